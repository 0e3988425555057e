"""Other files in the places of files that are there as the last build wrote them."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

from ctxsite.build import patience
from ctxsite.build.publish import UNFINISHED, leave_note
from ctxsite.build.workers import in_order
from ctxsite.build.writing import STAGED, write
from ctxsite.model.artifact import Artifact, Stamp

Stage = Callable[[Sequence[str]], Callable[[Artifact], Stamp]]
"""Given the paths of files that are going to be made, gives what writes one of them beside its place."""

_BATCH = 500
_WORTH_IT = 4
"""For so many batches of files it pays to rename them in several processes."""


class Renewal:
    """Writes files beside their places first (`write`, in any process), while it may still turn out that they are not
    wanted; then they take their places. All of this raises OSError when the disk refuses.
    """

    def __init__(self, output: Path, roots: Path) -> None:
        self._output = str(output)
        self._roots = roots
        self._begun: Sequence[str] = ()
        self._plain: set[str] = set()

    def begin(self, paths: Sequence[str]) -> None:
        """Announce files, so that a later build finds what is left of them should this one be killed."""
        self._begun = paths
        leave_note(Path(self._output), paths)

    def linked(self, path: str) -> bool:
        """Tell whether one of the folders that a file is in is a symbolic link, which may lead out of the output."""
        folder, seen = path.rpartition("/")[0], list[str]()
        while folder and folder not in self._plain:
            if stat.S_ISLNK(os.lstat(f"{self._output}/{folder}").st_mode):
                return True  # and so are all that have been seen, for they are in it
            seen.append(folder)
            folder = folder.rpartition("/")[0]
        self._plain.update(seen)
        return False

    def write(self, artifact: Artifact) -> Stamp:
        """Write a file beside its place. Return its stamp, which it keeps."""
        return write(artifact, f"{self._output}/{artifact.path}{STAGED}", self._roots)

    def place(
        self, artifacts: Sequence[Artifact], jobs: int = 1, meanwhile: Callable[[], None] = lambda: None
    ) -> dict[str, Stamp]:
        """Put files into their places; those without a stamp have their bytes with them. Return the stamps of all.

        `meanwhile` is called before that, or as soon as copies of this process begin with it; where it has none,
        though it might, afterwards. What it raises, this raises; some of the files may be in their places then.
        """
        unwritten = [artifact.path for artifact in artifacts if artifact.stamp is None]
        if unwritten and not self._begun:
            self.begin(unwritten)
        else:
            self._begun = (*self._begun, *unwritten)
        stamps = {artifact.path: artifact.stamp or self.write(artifact) for artifact in artifacts}
        paths = list(stamps)
        batches = [paths[start : start + _BATCH] for start in range(0, len(paths), _BATCH)]
        waiting = [meanwhile]

        def first() -> None:
            while waiting:
                waiting.pop()()

        if jobs < 2 or len(batches) < _WORTH_IT:
            first()
        for _ in in_order(self._put, batches, jobs, worth_it=_WORTH_IT, meanwhile=first):
            pass
        first()
        return stamps

    def _put(self, paths: Sequence[str]) -> None:
        """Let files take their places."""

        def put(path: str) -> None:
            target = f"{self._output}/{path}"
            os.replace(target + STAGED, target)

        patience.each(put, paths)

    def end(self) -> None:
        """Remove the announcement."""
        if self._begun:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(f"{self._output}/{UNFINISHED}")

    def drop(self) -> None:
        """Remove what was written beside its place, and the announcement."""
        for path in self._begun:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(f"{self._output}/{path}{STAGED}")
        self.end()
