"""Files as they are written: what all ways of publishing share.

Paths are joined as text here: with ten thousand files `pathlib` takes longer than the disk.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from ctxsite.model.artifact import Artifact, Stamp

STAGED = ".ctxsite-new"
"""Behind the name of what is written beside its place."""


def is_empty(output: Path) -> bool:
    """Tell whether there is nothing at a path, or a folder with nothing in it."""
    try:
        with os.scandir(output) as entries:
            return next(entries, None) is None
    except FileNotFoundError:
        return True
    except OSError:
        return False


def make_folder(file: str, made: set[str]) -> None:
    """Make the folder of a new file, unless it has been made."""
    folder = file.rpartition("/")[0]
    if folder not in made:
        try:
            os.mkdir(folder)  # mostly one level deeper than the last
        except OSError:
            os.makedirs(folder, exist_ok=True)
        made.add(folder)


def write(artifact: Artifact, name: str, roots: Path) -> Stamp:
    """Write an artifact to a path whose folder is there; `roots` is where its `copy_of` is to be found."""
    if artifact.copy_of is None:
        handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            data = memoryview(artifact.data)
            while data:
                data = data[os.write(handle, data) :]
            state = os.fstat(handle)
        finally:
            os.close(handle)
    else:
        shutil.copyfile(roots / artifact.copy_of, name)
        state = os.stat(name)
    return state.st_size, state.st_mtime_ns
