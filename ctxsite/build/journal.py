"""A file that grows at its end: pieces with checksums, a table of them behind, and a head that names the table."""

from __future__ import annotations

import marshal
import os
import zlib
from collections.abc import Iterable, Mapping
from typing import Any, Protocol, cast

MAGIC = b"ctxsite store 2\n"
ROOM = 20
"""Bytes behind the magic word that say where the table is."""
_BUFFER = 1 << 22

Place = tuple[int, int, int]
"""Where a piece of the file begins, its length, and the checksum of its bytes."""


class Keeps(Protocol):
    """What builds need of a store: plain values and many small sections, by name."""

    def load(self, name: str) -> Any:
        """Return a value, or None if there is none."""

    def blob(self, name: str) -> bytes | None:
        """Return a small section, or None if there is none."""

    def names(self) -> Iterable[str]:
        """Return the names of all small sections."""


class Writer:
    """Writes pieces one behind the other; they count once the head names the last of them."""

    def __init__(self, handle: int, position: int) -> None:
        self._handle = handle
        self._flushed = position
        self._position = position
        self._waiting: list[bytes] = []

    def add(self, raw: bytes) -> Place:
        """Write a piece; return its place."""
        place = (self._position, len(raw), zlib.crc32(raw))
        self._position += len(raw)
        self._waiting.append(raw)
        if self._position - self._flushed > _BUFFER:
            self._flush()
        return place

    def _flush(self) -> None:
        data = memoryview(b"".join(self._waiting))
        self._waiting.clear()
        while data:
            written = os.pwrite(self._handle, data, self._flushed)
            self._flushed += written
            data = data[written:]

    def finish(self, table: bytes) -> None:
        """Write the table, then name it in the head."""
        start, length, check = self.add(table)
        self._flush()
        head = start.to_bytes(8, "big") + length.to_bytes(8, "big") + check.to_bytes(4, "big")
        os.pwrite(self._handle, head, len(MAGIC))


def patch(value: dict[Any, Any], changes: Mapping[Any, Any]) -> dict[Any, Any]:
    """Change keys of a mapping; None removes one. Return it."""
    for key, new in changes.items():
        if new is None:
            value.pop(key, None)
        else:
            value[key] = new
    return value


def plain(value: object) -> bytes:
    """Return plain data as bytes."""
    return marshal.dumps(cast(bytes, value))  # plain data, however it is nested


def unpacked(head: bytes) -> Place:
    """Return the place that a head names."""
    return int.from_bytes(head[:8], "big"), int.from_bytes(head[8:16], "big"), int.from_bytes(head[16:], "big")
