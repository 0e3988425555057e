"""The only writer: puts artifacts into the output folder so that it is servable at every instant.

Where there is no output yet, all of it is written beside its place and appears at once. Later, each file is written
beside its place and renamed over it: files at new addresses come first, then those that change, then the summary
`ctxsite.json`; what vanished is removed last. So whatever moment a build is killed at, every file is whole, old or
new, and no page that a visitor can reach names a file that is missing. A file whose bytes are already right is not
touched. Files that no build of ours wrote are never removed: ours are those in the last `ctxsite.json`, and those in
the note that a killed build leaves behind.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from ctxsite.build import patience
from ctxsite.build.first_output import FirstOutput, remove_left
from ctxsite.build.writing import STAGED, is_empty, make_folder, write
from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_addresses import FOREIGN_FILE
from ctxsite.frozen import dataclass
from ctxsite.model.artifact import Artifact
from ctxsite.source import Location

SUMMARY = "ctxsite.json"
UNFINISHED = ".ctxsite-unfinished"
"""The note that a killed build leaves in the output folder."""


@dataclass(frozen=True, slots=True)
class Published:
    """How many files were written, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


def publish(
    artifacts: Sequence[Artifact],
    output: Path,
    roots: Path,
    right: Collection[str] = (),
    known: frozenset[str] | None = None,
    first: FirstOutput | None = None,
) -> Published:
    """Make `output` hold exactly the artifacts, and whatever foreign files it held before.

    `roots` is the folder that artifacts' `copy_of` is relative to (an absolute `copy_of` stands for itself). `right`
    are paths whose files are known to be right, so that their artifacts need no bytes; `known` is `ours(output)`, if it
    has been asked for already. `first` is what has been written already where there was no output. Raises OSError when
    the disk refuses; the previous output is then still servable.
    """
    with first or FirstOutput(roots) as whole:
        if not whole.begin(output):
            remove_left(output)
        elif whole.appears(artifacts):
            return Published(len(artifacts), 0, 0)
        return _publish_each(whole.copies(artifacts), output, roots, right, known)


def _publish_each(
    artifacts: Sequence[Artifact],
    output: Path,
    roots: Path,
    right: Collection[str],
    known: frozenset[str] | None,
) -> Published:
    output.mkdir(parents=True, exist_ok=True)
    mine = ours(output) if known is None else known
    unfinished = (output / UNFINISHED).exists()
    if unfinished:
        for path in mine:
            (output / (path + STAGED)).unlink(missing_ok=True)
    wanted = {artifact.path for artifact in artifacts}
    changed = [artifact for artifact in artifacts if artifact.path not in right and not _same(artifact, output, roots)]
    gone = sorted(mine - wanted)
    if changed or gone:
        leave_note(output, sorted(mine | wanted))
        _replace(changed, gone, output, roots)
    if changed or gone or unfinished:
        (output / UNFINISHED).unlink(missing_ok=True)
    return Published(len(changed), len(artifacts) - len(changed), len(gone))


def _replace(changed: Sequence[Artifact], gone: Sequence[str], output: Path, roots: Path) -> None:
    """Write what is new, then what changes, the summary last, and remove what vanished."""
    fresh: list[Artifact] = []
    stale: list[Artifact] = []
    blocked: list[str] = []
    for artifact in changed:
        mode = _mode(f"{output}/{artifact.path}")
        if stat.S_ISDIR(mode):
            blocked.append(artifact.path)
            mode = 0
        (stale if mode else fresh).append(artifact)
    folders = _folders(changed) if gone else set()
    for path in gone:
        if path in folders or any(path.startswith(name + "/") for name in blocked):
            _remove(output, path)  # a file becomes a folder, or a folder a file
    made: set[str] = set()
    for artifact in fresh:
        make_folder(f"{output}/{artifact.path}", made)

    def put(artifact: Artifact) -> None:
        target = f"{output}/{artifact.path}"
        write(artifact, target + STAGED, roots)
        os.replace(target + STAGED, target)

    patience.each(put, fresh)
    patience.each(put, [artifact for artifact in stale if artifact.path != SUMMARY])
    patience.each(put, [artifact for artifact in stale if artifact.path == SUMMARY])
    for path in gone:
        _remove(output, path)


def foreign(
    artifacts: Sequence[Artifact], output: Path, roots: Path, known: frozenset[str] | None = None
) -> tuple[Diagnostic, ...]:
    """Report what stands where artifacts would go and is not ours: foreign files, and links that lead out."""
    if is_empty(output):
        return ()
    mine = ours(output) if known is None else known
    real = Path(os.path.realpath(output))
    modes = {path: _mode(f"{output}/{path}") for path in _folders(artifacts)}
    links = sorted(path for path, mode in modes.items() if stat.S_ISLNK(mode))
    found = [path for path in links if not Path(os.path.realpath(output / path)).is_relative_to(real)]
    blocking = sorted(path for path, mode in modes.items() if stat.S_ISREG(mode) and path not in mine)
    targets = [artifact for artifact in artifacts if artifact.path not in mine and (output / artifact.path).exists()]
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
    """Remove what builds of ours wrote, and the folders that are empty then. Return how many files went.

    What a killed build has left beside the output goes, too.
    """
    remove_left(output)
    if not output.is_dir():
        return 0
    mine = sorted(ours(output) | ({SUMMARY} if (output / SUMMARY).exists() else set()))
    present = [path for path in mine if (output / path).is_file()]
    for path in present:
        _remove(output, path)
    (output / UNFINISHED).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        output.rmdir()
    return len(present)


def ours(output: Path, listed: Collection[str] = ()) -> frozenset[str]:
    """Return the files that earlier builds wrote. A file that cannot be read or understood names none.

    `listed` is what the summary there lists, itself included, if that is known: then it is not read.
    """
    names = set(listed)
    if not names:
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            summary = json.loads((output / SUMMARY).read_text("utf-8"))
            names |= {str(name) for name in summary["artifacts"]} | {SUMMARY}
    with contextlib.suppress(OSError, ValueError):
        names |= set((output / UNFINISHED).read_text("utf-8").split("\n")) - {""}
    return frozenset(name for name in names if _inside(name))


def _inside(name: str) -> bool:
    """Tell whether a listed name stays inside the output folder: the list may have been edited."""
    parts = name.split("/")
    return bool(name) and not name.startswith("/") and "\\" not in name and not {"..", "."} & set(parts) and all(parts)


def _same(artifact: Artifact, output: Path, roots: Path) -> bool:
    target = f"{output}/{artifact.path}"
    try:
        if artifact.copy_of is None:
            return os.stat(target).st_size == len(artifact.data) and Path(target).read_bytes() == artifact.data
        source = roots / artifact.copy_of
        return os.stat(target).st_size == source.stat().st_size and Path(target).read_bytes() == source.read_bytes()
    except OSError:
        return False


def _mode(path: str) -> int:
    """Return what a path is, links not followed; 0 for nothing."""
    try:
        return os.lstat(path).st_mode
    except OSError:
        return 0


def leave_note(output: Path, names: Iterable[str]) -> None:
    """Note in the output folder what is going to be written: should that be cut short, it is known whose it is."""
    staged = output / (UNFINISHED + STAGED)
    staged.write_text("\n".join(names), "utf-8")
    staged.replace(output / UNFINISHED)


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
