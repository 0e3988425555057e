"""An output where there is none yet: written beside its place, as its files are made, to appear as a whole.

It is written into a hidden folder. Whoever writes there has locked it, forked copies included: what a killed build has
left may be removed only once none of its copies is at work any more.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

from ctxsite.build.writing import STAGED, make_folder, write
from ctxsite.model.artifact import Artifact, Stamp

_NO_LOCK = -1


class UnwritableError(BaseException):
    """A file of a first output cannot be written. No template's fault, so nothing that explains those catches it."""


class FirstOutput:
    """An output where there is none yet: written beside its place, as its files are made, to appear as a whole.

    Left as a context, it removes what has not appeared.
    """

    def __init__(self, roots: Path) -> None:
        self._roots = roots
        self._place = Path()
        self._whole = ""
        self._lock = _NO_LOCK
        self._above: Sequence[Path] = ()
        self._made: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.drop()

    def begin(self, output: Path) -> bool:
        """Return whether files can be written for this output: it is not there, and there is room beside it."""
        if self._whole:
            return True
        if os.path.lexists(output):
            return False  # an empty folder, too, is somebody's: it may be watched, mounted, or have a group of its own
        above: list[Path] = []
        try:
            place, whole = _places(output)
            _remove_left(whole)
            above += (parent for parent in whole.parents if not parent.exists())
            whole.mkdir(parents=True)
            self._lock = _locked(whole)
        except OSError:
            _remove_empty(above)
            return False
        self._place, self._whole, self._above = place, str(whole), above
        return True

    def write(self, artifact: Artifact) -> Stamp:
        """Write a file, in any process. Raises UnwritableError."""
        try:
            return self._write(artifact)
        except OSError as error:
            raise UnwritableError(str(error)) from error

    def appears(self, artifacts: Iterable[Artifact]) -> bool:
        """Write the rest and put the whole into its place; False where that cannot be."""
        try:
            for artifact in artifacts:
                if artifact.stamp is None:
                    self._write(artifact)
            os.replace(self._whole, self._place)
        except OSError:
            return False
        self._end()
        return True

    def copies(self, artifacts: Sequence[Artifact]) -> Sequence[Artifact]:
        """Return artifacts for another way to publish them: of those that have been written, the bytes are here."""
        if not any(artifact.stamp for artifact in artifacts):
            self.drop()
            return artifacts
        return [
            replace(artifact, copy_of=f"{self._whole}/{artifact.path}") if artifact.stamp else artifact
            for artifact in artifacts
        ]

    def drop(self) -> None:
        """Remove what was written and has not appeared, and what was made for it. Another beginning may follow."""
        if self._whole:
            shutil.rmtree(self._whole, ignore_errors=True)
            _remove_empty(self._above)
        self._end()

    def _end(self) -> None:
        if self._lock != _NO_LOCK:
            os.close(self._lock)
        self._lock, self._whole = _NO_LOCK, ""
        self._made.clear()

    def _write(self, artifact: Artifact) -> Stamp:
        target = f"{self._whole}/{artifact.path}"
        make_folder(target, self._made)
        return write(artifact, target, self._roots)


def remove_left(output: Path) -> None:
    """Remove what a killed build has left beside an output, unless a build is at work there."""
    with contextlib.suppress(OSError):
        _remove_left(_places(output)[1])


def _places(output: Path) -> tuple[Path, Path]:
    """Return an output's path without links, and that of the folder beside it. Raises OSError where there is none."""
    place = Path(os.path.realpath(output))
    if not place.name:
        raise OSError
    return place, place.with_name(f".{place.name}{STAGED}")


def _remove_left(whole: Path) -> None:
    try:
        lock = _locked(whole)
    except FileNotFoundError:
        return
    shutil.rmtree(whole, ignore_errors=True)
    if lock != _NO_LOCK:
        os.close(lock)


def _remove_empty(folders: Iterable[Path]) -> None:
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _locked(folder: Path) -> int:
    """Lock a folder; return what to close in the end. Raises OSError: it is none, or somebody else has locked it."""
    try:
        import fcntl  # noqa: PLC0415  (not on every system)
    except ImportError:
        return _NO_LOCK
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except OSError:
            pass  # a file system without locks: builds at once are their users' affair
        if not os.path.samestat(os.fstat(lock), os.lstat(folder)):
            raise BlockingIOError  # it is a link, or was removed meanwhile, and somebody has made another
    except OSError:
        os.close(lock)
        raise
    return lock
