"""Other files in the places of files that are there as the last build wrote them."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

from ctxsite.build.publish import SUMMARY, UNFINISHED, leave_note
from ctxsite.build.workers import in_order
from ctxsite.build.writing import STAGED, write
from ctxsite.model.artifact import Artifact, Stamp

Stage = Callable[[Sequence[str]], Callable[[Artifact], Stamp]]
"""Given the paths of files that are going to be made, gives what writes one of them beside its place."""

_BATCH = 250
_WORTH_IT = 8
"""For so many batches of files it pays to rename them in several processes."""


class Renewal:
    """Writes files beside their places first (`write`, in any process), while it may still turn out that they are not
    wanted; then they come all at once, the summary last. All of this raises OSError when the disk refuses.
    """

    def __init__(self, output: Path, roots: Path) -> None:
        self._output = output
        self._roots = roots
        self._begun: Sequence[str] = ()
        self._plain: set[str] = set()

    def begin(self, paths: Sequence[str]) -> None:
        """Announce files, so that a later build finds what is left of them should this one be killed."""
        self._begun = paths
        leave_note(self._output, paths)

    def linked(self, path: str) -> bool:
        """Tell whether one of the folders that a file is in is a symbolic link, which may lead out of the output."""
        folder = path.rpartition("/")[0]
        while folder and folder not in self._plain:
            if stat.S_ISLNK(os.lstat(f"{self._output}/{folder}").st_mode):
                return True
            self._plain.add(folder)
            folder = folder.rpartition("/")[0]
        return False

    def write(self, artifact: Artifact) -> Stamp:
        """Write a file beside its place. Return its stamp, which it keeps."""
        return write(artifact, f"{self._output}/{artifact.path}{STAGED}", self._roots)

    def finish(self, artifacts: Sequence[Artifact], jobs: int) -> dict[str, Stamp]:
        """Put files into their places; those without a stamp have their bytes with them. Return the stamps of all."""
        if artifacts and not self._begun:
            self.begin([artifact.path for artifact in artifacts])
        stamps = {artifact.path: artifact.stamp or self.write(artifact) for artifact in artifacts}
        paths = [path for path in stamps if path != SUMMARY]
        batches = [paths[start : start + _BATCH] for start in range(0, len(paths), _BATCH)]
        for _ in in_order(self._put, batches, jobs, worth_it=_WORTH_IT):
            pass
        self._put([path for path in stamps if path == SUMMARY])
        self._finished()
        return stamps

    def _finished(self) -> None:
        if self._begun:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(f"{self._output}/{UNFINISHED}")

    def _put(self, paths: Sequence[str]) -> None:
        for path in paths:
            target = f"{self._output}/{path}"
            os.replace(target + STAGED, target)

    def drop(self) -> None:
        """Remove what was written beside its place, and the announcement."""
        for path in self._begun:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(f"{self._output}/{path}{STAGED}")
        self._finished()
