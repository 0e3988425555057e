"""What builds remember: one file, `.ctxsite/store` below the site's root; the third module that touches the disk.

The file has a head, pieces with checksums, and a table that says which pieces make which section; the head names the
table. What is new is written behind all that, and then the head: until then, the last table holds. Whatever cannot be
read, or was written by another version of the program or of its libraries, is an empty store. Nothing in it names a
place outside the site, so it may be carried to another machine. Builds of one site wait for each other, by a lock on
its folder that the system drops with their process.
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
from ctxsite.build.journal import MAGIC, ROOM, Place, Writer, patch, plain, unpacked
from ctxsite.model.artifact import Stamp

FOLDER = ".ctxsite"
_FILE = "store"
_BLOBS = "blobs"
_SPARE = 1 << 20
"""Bytes of no use that are never worth writing the store anew."""
_MOST_PATCHES = 64
_AHEAD = 1 << 18
"""So many bytes are read at once where pieces are asked for in their order."""


class Store:
    """An open store: sections by name, read when they are asked for. `wait` is called before it waits for its lock."""

    def __init__(self, root: Path, wait: Callable[[], None]) -> None:
        self._root = str(root)
        self._wait = wait
        self._folder = f"{root}/{FOLDER}"
        self._lock = -1
        self._file = -1
        self._sections: dict[str, tuple[Place, ...]] = {}
        self._live = 0
        self._loaded: dict[str, Any] = {}
        self._ahead = b""
        """A stretch of the file from `_begin` on that has been read already; the last piece ended at `_end`."""
        self._begin = self._end = 0

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
            self._file = os.open(f"{self._folder}/{_FILE}", os.O_RDWR)
            self._sections, self._live = self._table()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for handle in (self._file, self._lock):
            if handle >= 0:
                os.close(handle)
        self._file = self._lock = -1

    def _table(self) -> tuple[dict[str, tuple[Place, ...]], int]:
        head = os.pread(self._file, len(MAGIC) + ROOM, 0)
        if head[: len(MAGIC)] != MAGIC or len(head) < len(MAGIC) + ROOM:
            return {}, 0
        raw = self._piece(unpacked(head[-ROOM:]))
        if raw is None:
            return {}, 0
        program, sections, live = marshal.loads(raw)  # noqa: S302  (its checksum is right)
        return (sections, live) if program == _program() else ({}, 0)

    def load(self, name: str) -> Any:
        """Return a section's value, or None if there is none or it is damaged. Values are not to be changed."""
        if name not in self._loaded:
            places = self._sections.get(name, ())
            self._loaded[name] = self._merged(places)
            if places and self._loaded[name] is None:  # sections belong together: one that is damaged spoils all
                self._sections = {}
                self._loaded = dict.fromkeys(self._loaded)
        return self._loaded[name]

    def _merged(self, places: tuple[Place, ...]) -> Any:
        value: Any = None
        for number, place in enumerate(places):
            raw = self._piece(place)
            if raw is None:
                return None
            read: Any = marshal.loads(raw)  # noqa: S302  (its checksum is right)
            if number and value is not None:
                patch(value, read)
            else:
                value = read
        return value

    def _piece(self, place: Place) -> bytes | None:
        """Return the bytes at a place of the file, or None if they are damaged. Works in forked processes."""
        start, length, check = place
        try:
            raw = self._read(start, length)
        except (OSError, OverflowError, MemoryError):
            return None
        return raw if len(raw) == length and zlib.crc32(raw) == check else None

    def _read(self, start: int, length: int) -> bytes:
        """Return bytes of the file; where one piece after the other is asked for, it is read in larger ones."""
        at = start - self._begin
        if not 0 <= at <= len(self._ahead) - length:
            if not 0 <= start - self._end < _AHEAD:
                self._end = start + length
                return os.pread(self._file, length, start)
            self._ahead, self._begin, at = os.pread(self._file, max(length, _AHEAD), start), start, 0
        self._end = start + length
        return self._ahead[at : at + length]

    def blob(self, name: str) -> bytes | None:
        """Return one of many small sections, or None if it is missing or damaged."""
        blobs: dict[str, Place] | None = self._loaded.get(_BLOBS) or self.load(_BLOBS)
        place = blobs and blobs.get(name)
        return self._piece(place) if place else None

    def names(self) -> Iterable[str]:
        """Return the names of all small sections."""
        return (self.load(_BLOBS) or {}).keys()

    def save(
        self,
        blobs: Mapping[str, bytes | None],
        sections: Mapping[str, object],
        patches: Mapping[str, Mapping[Any, Any]] | None = None,
    ) -> None:
        """Keep what has changed: small sections (None removes one), sections of plain data, keys of those that are
        mappings. What was there and is not named stays. What the disk refuses is not kept.

        It is written behind what is there, and counts from the instant at which the head names the new table; where
        more than half would be of no use any more, everything is written beside its place and renamed.
        """
        places: dict[str, Place] = self.load(_BLOBS) or {}
        gone = sum(places[name][1] for name in blobs if name in places)
        fresh = sum(len(raw) for raw in blobs.values() if raw is not None)
        live = self._live - gone + fresh
        try:
            end = os.fstat(self._file).st_size if self._sections else 0
            if not end or end + fresh > 2 * live + _SPARE:
                self._write_anew(blobs, sections, patches or {}, places)
            else:
                writer = Writer(self._file, end)
                self._append(writer, blobs, sections, patches or {}, places, live)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(f"{self._folder}/{_FILE}.new")

    def _append(
        self,
        writer: Writer,
        blobs: Mapping[str, bytes | None],
        sections: Mapping[str, object],
        patches: Mapping[str, Mapping[Any, Any]],
        places: Mapping[str, Place],
        live: int,
    ) -> None:
        moved = {name: None if raw is None else writer.add(raw) for name, raw in blobs.items()}
        table = dict(self._sections)
        if len(moved) * 8 < len(places):
            patches = {**patches, _BLOBS: moved}
        elif moved:
            sections = {**sections, _BLOBS: patch(dict(places), moved)}
        for name, changes in patches.items():
            if not changes:
                continue
            known = table.get(name, ())
            if not known or len(known) > _MOST_PATCHES or sum(place[1] for place in known[1:]) > known[0][1]:
                sections = {**sections, name: patch(dict(self.load(name) or {}), changes)}
            else:
                table[name] = (*known, writer.add(plain(changes)))
        for name, value in sections.items():
            if value is None:
                table.pop(name, None)
                continue
            raw = plain(value)
            known = table.get(name, ())
            if len(known) != 1 or known[0][1:] != (len(raw), zlib.crc32(raw)):
                table[name] = (writer.add(raw),)
        writer.finish(plain((_program(), table, live)))

    def _write_anew(
        self,
        blobs: Mapping[str, bytes | None],
        sections: Mapping[str, object],
        patches: Mapping[str, Mapping[Any, Any]],
        places: Mapping[str, Place],
    ) -> None:
        if not os.path.isdir(self._folder):
            os.mkdir(self._folder)
            with open(f"{self._folder}/.gitignore", "w", encoding="ascii") as note:
                note.write("*\n")
        name = f"{self._folder}/{_FILE}"
        handle = os.open(f"{name}.new", os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            writer = Writer(handle, 0)
            writer.add(MAGIC + bytes(ROOM))
            moved: dict[str, Place] = {}
            for blob, place in places.items():
                if blob not in blobs and (raw := self._piece(place)) is not None:
                    moved[blob] = writer.add(raw)
            moved |= {blob: writer.add(raw) for blob, raw in blobs.items() if raw is not None}
            whole: dict[str, object] = {each: self.load(each) for each in self._sections if each not in sections}
            whole |= sections
            for each, changes in patches.items():
                whole[each] = patch(dict(cast(dict[Any, Any], whole.get(each) or {})), changes)
            whole[_BLOBS] = moved
            table = {each: (writer.add(plain(value)),) for each, value in whole.items() if value is not None}
            writer.finish(plain((_program(), table, sum(place[1] for place in moved.values()))))
        finally:
            os.close(handle)
        os.replace(f"{name}.new", name)


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
    text = f"{ctxsite.__version__} {sys.version_info[:3]} {sys.byteorder} {own} {others}"
    return f"{ctxsite.__version__} {zlib.crc32(text.encode()):08x}"


def _sizes(folder: str) -> Iterator[tuple[str, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir() and entry.name not in {"__pycache__", "themes"}:
                yield from ((f"{entry.name}/{name}", size) for name, size in _sizes(entry.path))
            elif entry.name.endswith((".py", ".json")):
                yield entry.name, entry.stat().st_size
