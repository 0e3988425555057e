"""The only writer: puts artifacts into the output folder so that it is servable at every instant.

Each file is written beside its place and renamed over it. Files at new addresses come first, then those that
change, then the summary `ctxsite.json`; what vanished is removed last. So whatever moment a build is killed
at, every file is whole, old or new, and no page that a visitor can reach names a file that is missing.
A file whose bytes are already right is not touched. Files that no build of ours wrote are never removed: ours are
those in the last `ctxsite.json`, and those in the note that a killed build leaves behind.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_addresses import FOREIGN_FILE
from ctxsite.model.artifact import Artifact
from ctxsite.source import Location

SUMMARY = "ctxsite.json"
_NOTE = ".ctxsite-unfinished"
_STAGED = ".ctxsite-new"


@dataclass(frozen=True, slots=True)
class Published:
    """How many files were written, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


def publish(artifacts: Sequence[Artifact], output: Path, roots: Path) -> Published:
    """Make `output` hold exactly the artifacts, and whatever foreign files it held before.

    `roots` is the folder that artifacts' `copy_of` is relative to (an absolute `copy_of` stands for itself).
    Raises OSError when the disk refuses; the previous output is then still servable.
    """
    output.mkdir(parents=True, exist_ok=True)
    ours = _ours(output)
    if (output / _NOTE).exists():
        for path in ours:
            (output / (path + _STAGED)).unlink(missing_ok=True)
    wanted = {artifact.path for artifact in artifacts}
    changed = [artifact for artifact in artifacts if not _same(artifact, output, roots)]
    gone = sorted(ours - wanted)
    if changed or gone:
        _leave_note(output, sorted(ours | wanted))
        folders = _folders(changed)
        blocked = [artifact.path for artifact in changed if (output / artifact.path).is_dir()]
        fresh = [artifact for artifact in changed if not (output / artifact.path).exists()]
        stale = [artifact for artifact in changed if (output / artifact.path).exists() and artifact.path != SUMMARY]
        summary = [artifact for artifact in changed if artifact.path == SUMMARY and artifact not in fresh]
        made: set[Path] = set()
        for path in gone:
            if path in folders or any(path.startswith(name + "/") for name in blocked):
                _remove(output, path)  # a file becomes a folder, or a folder a file
        for artifact in (*fresh, *stale, *summary):
            _write(artifact, output, roots, made)
        for path in gone:
            _remove(output, path)
        (output / _NOTE).unlink(missing_ok=True)
    return Published(len(changed), len(artifacts) - len(changed), len(gone))


def foreign(artifacts: Sequence[Artifact], output: Path, roots: Path) -> tuple[Diagnostic, ...]:
    """Report what stands where artifacts would go and is not ours: foreign files, and links that lead out."""
    ours = _ours(output)
    real = Path(os.path.realpath(output))
    links = {path for path in _folders(artifacts) if (output / path).is_symlink()}
    found = [path for path in sorted(links) if not Path(os.path.realpath(output / path)).is_relative_to(real)]
    blocking = sorted(path for path in _folders(artifacts) - links if path not in ours and (output / path).is_file())
    targets = [artifact for artifact in artifacts if artifact.path not in ours and (output / artifact.path).exists()]
    found += blocking + [artifact.path for artifact in targets if not _same(artifact, output, roots)]
    return tuple(
        FOREIGN_FILE.at(
            Location(f"{output.name}/{path}", 1, 1, 2, ""),
            f"`{path}` stands in the output folder, and no build of this site wrote it",
            help="move it away, choose another output folder, or say `--force` to overwrite such files",
        )
        for path in found
    )


def _folders(artifacts: Sequence[Artifact]) -> set[str]:
    folders: set[str] = set()
    for artifact in artifacts:
        folder = artifact.path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def clean(output: Path) -> int:
    """Remove what builds of ours wrote, and the folders that are empty then. Return how many files went."""
    ours = sorted(_ours(output) | ({SUMMARY} if (output / SUMMARY).exists() else set()))
    present = [path for path in ours if (output / path).is_file()]
    for path in present:
        _remove(output, path)
    (output / _NOTE).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        output.rmdir()
    return len(present)


def _ours(output: Path) -> set[str]:
    """Return the files that earlier builds wrote. A file that cannot be read or understood names none."""
    names: set[str] = set()
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        listed = json.loads((output / SUMMARY).read_text("utf-8"))["artifacts"]
        names |= {str(name) for name in listed} | {SUMMARY}
    with contextlib.suppress(OSError, ValueError):
        names |= set((output / _NOTE).read_text("utf-8").split("\n")) - {""}
    return {name for name in names if _inside(name)}


def _inside(name: str) -> bool:
    """Tell whether a listed name stays inside the output folder: the list may have been edited."""
    parts = name.split("/")
    return bool(name) and not name.startswith("/") and "\\" not in name and not {"..", "."} & set(parts) and all(parts)


def _same(artifact: Artifact, output: Path, roots: Path) -> bool:
    target = output / artifact.path
    try:
        if artifact.copy_of is None:
            return target.stat().st_size == len(artifact.data) and target.read_bytes() == artifact.data
        source = roots / artifact.copy_of
        return target.stat().st_size == source.stat().st_size and target.read_bytes() == source.read_bytes()
    except OSError:
        return False


def _leave_note(output: Path, names: Iterable[str]) -> None:
    staged = output / (_NOTE + _STAGED)
    staged.write_text("\n".join(names), "utf-8")
    staged.replace(output / _NOTE)


def _write(artifact: Artifact, output: Path, roots: Path, made: set[Path]) -> None:
    target = output / artifact.path
    if target.parent not in made:
        target.parent.mkdir(parents=True, exist_ok=True)
        made.add(target.parent)
    staged = target.with_name(target.name + _STAGED)
    if artifact.copy_of is None:
        handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        with open(handle, "wb") as file:  # noqa: PTH123  (from a descriptor: the mode is set at creation)
            file.write(artifact.data)
    else:
        shutil.copyfile(roots / artifact.copy_of, staged)
    staged.replace(target)


def _remove(output: Path, path: str) -> None:
    """Remove one file and the folders that it leaves empty."""
    target = output / path
    with contextlib.suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
        target.unlink()
    for folder in target.parents:
        if folder == output or output not in folder.parents:
            break
        try:
            folder.rmdir()
        except OSError:
            break
