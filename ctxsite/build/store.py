"""What builds remember: one file, `.ctxsite/store` below the site's root; the third module that touches the disk.

The file is a table of sections, each with its place, length and checksum. It is written beside its place and renamed,
so it is whole or it is the last one; whatever cannot be read, or was written by another version of the program or of
its libraries, is an empty store. Nothing in it names a place outside the site, so it may be carried to another
machine. Builds of one site wait for each other, by a lock on its folder that the system drops with their process.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import shutil
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, cast

import click

import ctxsite

FOLDER = ".ctxsite"
_FILE = "store"
_MAGIC = b"ctxsite store 1\n"
_ROOM = 12
_BLOBS = "blobs"

Section = tuple[int, int, int]
"""Where a section begins, its length, and the checksum of its bytes."""


class Store:
    """An open store: sections by name, read when they are asked for. `wait` is called before it waits for its lock."""

    def __init__(self, root: Path, wait: Callable[[], None]) -> None:
        self._root = str(root)
        self._wait = wait
        self._folder = f"{root}/{FOLDER}"
        self._lock = -1
        self._file = -1
        self._sections: dict[str, Section] = {}
        self._blobs: dict[str, Section] | None = None

    def __enter__(self) -> Store:
        """Wait for the lock, then read the table."""
        with contextlib.suppress(ImportError, OSError):  # without locks, builds at once are their users' affair
            import fcntl  # noqa: PLC0415  (not on every system)

            self._lock = os.open(self._root, os.O_RDONLY)
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._wait()
                fcntl.flock(self._lock, fcntl.LOCK_EX)
        with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
            self._file = os.open(f"{self._folder}/{_FILE}", os.O_RDONLY)
            self._sections = self._table()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for handle in (self._file, self._lock):
            if handle >= 0:
                os.close(handle)
        self._file = self._lock = -1

    def _table(self) -> dict[str, Section]:
        head = os.pread(self._file, len(_MAGIC) + _ROOM, 0)
        if head[: len(_MAGIC)] != _MAGIC:
            return {}
        start, check = int.from_bytes(head[-_ROOM:-4], "big"), int.from_bytes(head[-4:], "big")
        size = os.fstat(self._file).st_size
        raw = os.pread(self._file, size - start, start) if start < size else b""
        if zlib.crc32(raw) != check:
            return {}
        program, sections = marshal.loads(raw)  # noqa: S302  (its checksum is right)
        return sections if program == _program() else {}

    def load(self, name: str) -> Any:
        """Return a section's value, or None if there is none or it is damaged."""
        section = self._sections.get(name)
        raw = None if section is None else self.piece(section)
        return None if raw is None else marshal.loads(raw)  # noqa: S302  (its checksum is right)

    def piece(self, section: Section) -> bytes | None:
        """Return the bytes at a place of the file, or None if they are damaged. Works in forked processes."""
        start, length, check = section
        try:
            raw = os.pread(self._file, length, start)
        except OSError:
            return None
        return raw if len(raw) == length and zlib.crc32(raw) == check else None

    def blob(self, name: str) -> bytes | None:
        """Return one of many small sections, or None if it is missing or damaged."""
        if self._blobs is None:
            self._blobs = self.load(_BLOBS) or {}
        section = self._blobs.get(name)
        return None if section is None else self.piece(section)

    def save(self, blobs: Iterable[tuple[str, bytes]], sections: Iterable[tuple[str, object]]) -> None:
        """Write a new store: many sections of bytes, and some of plain data. What the disk refuses is not kept."""
        name = f"{self._folder}/{_FILE}"
        try:
            if not os.path.isdir(self._folder):
                os.mkdir(self._folder)
                with open(f"{self._folder}/.gitignore", "w", encoding="ascii") as note:
                    note.write("*\n")
            with open(f"{name}.new", "wb") as file:
                file.write(_MAGIC + bytes(_ROOM))
                position = len(_MAGIC) + _ROOM
                small: dict[str, Section] = {}
                for section, raw in blobs:
                    small[section] = (position, len(raw), zlib.crc32(raw))
                    position += file.write(raw)
                table: dict[str, Section] = {}
                for section, value in (*sections, (_BLOBS, small)):
                    raw = marshal.dumps(cast(bytes, value))  # plain data, however it is nested
                    table[section] = (position, len(raw), zlib.crc32(raw))
                    position += file.write(raw)
                start = position
                raw = marshal.dumps((_program(), table))
                file.write(raw)
                file.seek(len(_MAGIC))
                file.write(start.to_bytes(_ROOM - 4, "big") + zlib.crc32(raw).to_bytes(4, "big"))
            os.replace(f"{name}.new", name)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(f"{name}.new")


Stamp = tuple[int, int]
"""A file's size and time of change (nanoseconds): what is the same need not be read again."""

_TICK = 50_000_000
"""Nanoseconds within which a file may change twice and keep its time."""


def stamps(folder: str, paths: Iterable[str]) -> dict[str, Stamp]:
    """Return the stamps of the files that are there."""
    found: dict[str, Stamp] = {}
    for path in paths:
        with contextlib.suppress(OSError):
            state = os.stat(f"{folder}/{path}")
            found[path] = (state.st_size, state.st_mtime_ns)
    return found


def all_stand(folder: str, written: Mapping[str, tuple[int, int, str]]) -> bool:
    """Tell whether all files have the size and time they had; `written` adds their digests, which are not asked for."""
    try:
        for path, (size, time, _) in written.items():
            state = os.stat(f"{folder}/{path}")
            if state.st_mtime_ns != time or state.st_size != size:
                return False
    except OSError:
        return False
    return True


def settled(found: Mapping[str, Stamp], taken: int) -> dict[str, Stamp]:
    """Return stamps without the times of files that had only just changed when they were `taken` (nanoseconds)."""
    return {
        path: (size, time if time < taken - (_TICK if time % 1_000_000_000 else 2_000_000_000) else -1)
        for path, (size, time) in found.items()
    }


def clean(root: Path) -> bool:
    """Remove a site's store. Return whether there was one."""
    folder = root / FOLDER
    there = folder.is_dir()
    shutil.rmtree(folder, ignore_errors=True)
    return there


def _program() -> str:
    """Return what made a store: the program's own files and the libraries' versions, as far as names and sizes tell."""
    package = os.path.dirname(ctxsite.__file__)
    own = sorted(_sizes(package))
    with os.scandir(os.path.dirname(os.path.dirname(click.__file__))) as entries:
        others = sorted(entry.name for entry in entries if entry.name.endswith(".dist-info"))
    text = f"{ctxsite.__version__} {sys.version_info[:3]} {own} {others}"
    return f"{ctxsite.__version__} {zlib.crc32(text.encode()):08x}"


def _sizes(folder: str) -> Iterator[tuple[str, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir() and entry.name not in {"__pycache__", "themes"}:
                yield from ((f"{entry.name}/{name}", size) for name, size in _sizes(entry.path))
            elif entry.name.endswith((".py", ".json")):
                yield entry.name, entry.stat().st_size
