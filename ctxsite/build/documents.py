"""Content files read into documents, one by one, each knowing nothing of the others."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ctxsite.build.codec import loads
from ctxsite.build.compiling import Compiler, Encoded, encoded, head_length
from ctxsite.build.load import read_source
from ctxsite.build.memory import Learnt, Memory
from ctxsite.build.workers import in_order
from ctxsite.config.settings import Settings
from ctxsite.content.branches import read_branches
from ctxsite.content.frontmatter import read_front_matter
from ctxsite.content.markdown.engine import Engine, Labels, make_engine
from ctxsite.content.paths import site_layout
from ctxsite.diagnostics import Diagnostic
from ctxsite.model.document import Document

if TYPE_CHECKING:
    from ctxsite.build.profile import Profile

_Read = tuple[Encoded, bytes, tuple[Diagnostic, ...]]
"""A document and its body, encoded; both empty for a file that cannot be read."""


def read_documents(
    root: Path,
    paths: Sequence[str],
    settings: Settings,
    labels: Mapping[str, Labels],
    jobs: int,
    progress: Callable[[int, int], None],
    meanwhile: Callable[[], None],
    memory: Memory | None = None,
    profile: Profile | None = None,
) -> tuple[list[Document], Learnt, tuple[Diagnostic, ...]]:
    """Read and compile the files, in their order. Those that cannot be read at all are missing and reported.

    `labels` are the few words that Markdown adds, by language. The documents come without their bodies' pieces, which
    are among what was learnt, or in `memory` where the last build has read the same text in the same way. This process
    calls `meanwhile` as soon as copies of it are at work, if there are any.
    """
    engine, faults = make_engine(
        settings.markdown.engine,
        settings.markdown.extensions,
        settings.markdown.extension_configs,
        smart=settings.markdown.smart,
        places=settings.markdown.places,
    )
    read = _Reader(root, settings, engine, labels)
    learnt = Learnt(_way(settings, engine, labels))
    if memory is not None:
        known = ((path, memory.document(path, learnt.way)) for path in paths)
        learnt.documents.update((path, document) for path, document in known if document is not None)
    pending = [path for path in paths if path not in learnt.documents]
    run = partial(in_order, items=pending, jobs=jobs, meanwhile=meanwhile)
    compiled = run(read) if profile is None else profile.watch(profile.documents, read, pending, run)
    documents: list[Document] = []
    diagnostics = list(faults)
    for number, path in enumerate(paths, 1):
        encoded = learnt.documents.get(path)
        if encoded is not None:
            diagnostics += loads(encoded[2])
        else:
            encoded, learnt.pieces[path], found = next(compiled)
            diagnostics += found
        if encoded[1]:
            if memory is not None:
                learnt.documents[path] = encoded
            documents.append(loads(encoded[1]))
        if not number % 50:
            progress(number, len(paths))
    return documents, learnt, tuple(diagnostics)


def _way(settings: Settings, engine: Engine, labels: Mapping[str, Labels]) -> str:
    """Return what is different wherever the same text may become another document."""
    layout = site_layout(settings)
    rules = [settings.places.get(key) for key in ("signals", "audiences", "zone")]
    said = [(place.start, place.text()) if place else None for place in rules]
    how = (layout, settings.search, settings.unknown_keys, settings.markdown, engine.identity, dict(labels), said)
    return hashlib.sha256(repr(how).encode("utf-8", "surrogatepass")).hexdigest()


class _Reader:
    """Reads one file after another with the same engine."""

    def __init__(self, root: Path, settings: Settings, engine: Engine, labels: Mapping[str, Labels]) -> None:
        self._root = root
        self._vocabulary = settings.vocabulary
        self._free = settings.unknown_keys == "params"
        self._compile = Compiler(settings, engine, labels, read_branches)

    def __call__(self, path: str) -> _Read:
        source, problems = read_source(self._root, path)
        if source is None:
            return ("", b"", b""), b"", problems
        front, start, problems = read_front_matter(source, self._vocabulary, free=self._free)
        compiled = self._compile(source, front, start, problems)
        return *encoded(compiled, head_length(source, start)), compiled[2]
