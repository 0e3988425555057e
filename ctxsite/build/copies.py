"""Files that a build would copy as they are, for those who show them without copying."""

from __future__ import annotations

import os
from pathlib import Path

from ctxsite.build.load import file_bytes
from ctxsite.model.artifact import Artifact


def source_of(root: Path, artifact: Artifact) -> Path:
    """Return the file that an artifact is a copy of."""
    return root / (artifact.copy_of or "")


def size_of(file: Path) -> int:
    """Return a file's size in bytes; 0 if it is gone."""
    try:
        return os.stat(file).st_size
    except OSError:
        return 0


def bytes_of(file: Path) -> bytes | None:
    """Return a file's bytes; None if it is gone or cannot be read."""
    try:
        return file_bytes(str(file))
    except OSError:
        return None
