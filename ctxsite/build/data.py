"""A site's data: what the files below `data/` hold, by their names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ctxsite.build.load import read_sources
from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_files import SAME_DATA
from ctxsite.source import Location
from ctxsite.syntax.data import read_data


def read_all_data(root: Path, paths: tuple[str, ...]) -> tuple[dict[str, object], tuple[Diagnostic, ...]]:
    """Return a site's data, and what is wrong with it."""
    sources, found = read_sources(root, paths)
    diagnostics = list(found)
    values: dict[str, object] = {}
    for path, source in sources.items():
        values[path], found = read_data(source)
        diagnostics += found
    tree, found = data_tree(values)
    return tree, (*diagnostics, *found)


def data_names(path: str) -> tuple[str, ...]:
    """Return the names under which a file's data stands: `data/tariffs/private.yaml` is `private` in `tariffs`."""
    *folders, last = path.split("/")[1:]
    return (*folders, last.rsplit(".", 1)[0])


def data_tree(values: Mapping[str, object]) -> tuple[dict[str, object], tuple[Diagnostic, ...]]:
    """Nest data by path: `data/tariffs/private.yaml` becomes `{"tariffs": {"private": …}}`.

    Two files for one name, or a file where another makes a folder, are reported; the first is kept.
    """
    tree: dict[str, object] = {}
    owners: dict[tuple[str, ...], str] = {}
    diagnostics: list[Diagnostic] = []
    for path, value in sorted(values.items(), key=lambda item: (-item[0].count("/"), item[0])):
        names = data_names(path)
        if names in owners:
            message = f"`{path}` and `{owners[names]}` both are `{'.'.join(names)}`"
            at = Location(path, 1, 1, 2, "")
            diagnostics.append(SAME_DATA.at(at, message, help="rename one of them, or put one into the other"))
            continue
        inner = tree
        for length, folder in enumerate(names[:-1], 1):
            inner = inner.setdefault(folder, {})  # type: ignore[assignment]  # owners holds every name that is no folder
            owners.setdefault(names[:length], path)
        inner[names[-1]] = value
        owners[names] = path
    return tree, tuple(diagnostics)
