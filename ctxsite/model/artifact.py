"""What is to be written, before anything is."""

from __future__ import annotations

from ctxsite.frozen import dataclass

Stamp = tuple[int, int]
"""A file's size and time of change (nanoseconds): what is the same need not be read again."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of the output. `path` is relative to the output folder, with forward slashes.

    Either `data` holds its bytes, or `copy_of` names a file below the site's or a theme's root to copy. `digest` is
    the SHA-256 of `data` (hexadecimal), where it is known. One that has been written has a `stamp` instead of bytes.
    """

    path: str
    data: bytes = b""
    copy_of: str | None = None
    digest: str | None = None
    stamp: Stamp | None = None

    def __reduce__(self) -> tuple[type[Artifact], tuple[object, ...]]:
        """Go to other processes without the detour that frozen classes take by themselves."""
        return Artifact, (self.path, self.data, self.copy_of, self.digest, self.stamp)
