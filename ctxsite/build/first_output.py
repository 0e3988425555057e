"""An output where there is none yet: written beside its place, as its files are made, to appear as a whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

from ctxsite.build.writing import STAGED, is_empty, make_folder, write
from ctxsite.model.artifact import Artifact


class UnwritableError(BaseException):
    """A file of a first output cannot be written. No template's fault, so nothing that explains those catches it."""


class FirstOutput:
    """An output where there is none yet: written beside its place, as its files are made, to appear as a whole.

    Left as a context, it removes what has not appeared.
    """

    def __init__(self, roots: Path) -> None:
        self._roots = roots
        self._output = Path()
        self._whole = ""
        self._made: set[str] = set()
        self._written: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.drop()

    def begin(self, output: Path) -> bool:
        """Return whether files can be written for this output: it has none, and there is room beside it."""
        if self._whole:
            return True
        if output.is_symlink() or not is_empty(output):
            return False
        whole = output.with_name(f".{output.name}{STAGED}")
        try:
            shutil.rmtree(whole, ignore_errors=True)
            whole.mkdir(parents=True)
        except OSError:
            return False
        self._output, self._whole = output, str(whole)
        return True

    def write(self, artifact: Artifact) -> None:
        """Write a file, in any process. Raises UnwritableError."""
        try:
            self._write(artifact)
        except OSError as error:
            raise UnwritableError(str(error)) from error

    def note(self, paths: Iterable[str]) -> None:
        """Take down which files have been written, whoever did."""
        self._written.update(paths)

    def appears(self, artifacts: Iterable[Artifact]) -> bool:
        """Write the rest and put the whole into its place; False where that cannot be."""
        try:
            for artifact in artifacts:
                if artifact.path not in self._written:
                    self._write(artifact)
            os.replace(self._whole, self._output)
        except OSError:
            return False
        self._whole = ""
        return True

    def copies(self, artifacts: Sequence[Artifact]) -> Sequence[Artifact]:
        """Return artifacts for another way to publish them: of those that have been written, the bytes are here."""
        if not self._written:
            return artifacts
        return [
            replace(artifact, copy_of=f"{self._whole}/{artifact.path}") if artifact.path in self._written else artifact
            for artifact in artifacts
        ]

    def drop(self) -> None:
        """Remove what was written and has not appeared."""
        if self._whole:
            shutil.rmtree(self._whole, ignore_errors=True)
        self._whole = ""
        self._written.clear()

    def _write(self, artifact: Artifact) -> None:
        target = f"{self._whole}/{artifact.path}"
        make_folder(target, self._made)
        write(artifact, target, self._roots)
