"""Watching a site's files: by the system's events (watchdog), or by looking again and again where there are none."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

from ctxsite.build.load import CONFIG, FOLDERS, ignored
from ctxsite.build.places import FileStamp, Identity, folders, identity, stamps
from ctxsite.server.quiet import Changes, Kind

_HEARD: list[type[FileSystemEvent]] = [
    DirCreatedEvent, DirDeletedEvent, DirMovedEvent, FileAttribEvent, FileClosedEvent, FileCreatedEvent,
    FileDeletedEvent, FileModifiedEvent, FileMovedEvent,
]  # fmt: skip
"""Not that a file was opened or read: the builder itself does that, thousands of times."""

_KINDS = {
    "attrib": Kind.DONE, "closed": Kind.DONE, "created": Kind.UNDER_WAY, "deleted": Kind.GONE,
    "modified": Kind.UNDER_WAY, "moved": Kind.DONE,
}  # fmt: skip

_AT_THE_TOP = {CONFIG, *FOLDERS, "themes"}

LOOK = 0.5
"""Seconds between two looks, or ten times as long as one takes, whichever is longer."""


class Watcher(Protocol):
    """What tells `Changes` about files."""

    def watch(self, others: Iterable[Path]) -> None:
        """Watch the site and these folders from now on; folders may have come and gone."""

    def stale(self) -> bool:
        """Tell whether a watched folder is no longer the one that was watched, which no event may have said."""

    def close(self) -> None:
        """Watch no more."""


class EventWatcher:
    """Listens to the system's events. Raises OSError where it allows no (more) watches."""

    def __init__(self, root: Path, changes: Changes) -> None:
        self._root = root
        self._handler = _Handler(root.resolve(), changes)
        self._observer = Observer()
        self._watches: dict[str, tuple[tuple[bool, Identity], ObservedWatch]] = {}
        self._observer.start()

    def watch(self, others: Iterable[Path]) -> None:
        """Listen where the site's files are now."""
        wanted = folders(self._root, others)
        for folder, (known, watch) in list(self._watches.items()):
            if wanted.get(folder) != known:
                self._observer.unschedule(watch)
                del self._watches[folder]
        for folder, known in wanted.items():
            if folder not in self._watches:
                watch = self._observer.schedule(self._handler, folder, recursive=known[0], event_filter=_HEARD)
                self._watches[folder] = (known, watch)

    def stale(self) -> bool:
        """Tell whether a folder was replaced; one that was moved away sends no event."""
        return any(identity(folder) != known[1] for folder, (known, _) in self._watches.items())

    def close(self) -> None:
        """Listen no more."""
        self._observer.stop()
        self._observer.join()


class _Handler(FileSystemEventHandler):
    def __init__(self, root: Path, changes: Changes) -> None:
        self._root = root
        self._changes = changes

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take note of an event if it is about a file of the site."""
        kind = Kind.UNDER_WAY if event.is_directory else _KINDS.get(event.event_type)
        if kind is None:
            return
        for raw in (event.src_path, event.dest_path):
            path = os.fsdecode(raw)
            if path and not self._foreign(path):
                self._changes.note(path, kind, folder=event.is_directory or Path(path).is_symlink())

    def _foreign(self, path: str) -> bool:
        """Tell whether a file is none that a build reads."""
        file = Path(path)
        if file.parent == self._root:
            return file.name not in _AT_THE_TOP
        inside = file.relative_to(self._root).parts if file.is_relative_to(self._root) else (file.name,)
        return any(ignored(name) for name in inside)


class PollingWatcher:
    """Looks at all files again and again: for network drives and containers, which send no events."""

    def __init__(self, root: Path, changes: Changes, interval: float = LOOK) -> None:
        self._root = root
        self._changes = changes
        self._interval = interval
        self._others: tuple[Path, ...] = ()
        self._known: Mapping[str, FileStamp] | None = None
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ctxsite polling", daemon=True)

    def watch(self, others: Iterable[Path]) -> None:
        """Look at these folders, too; start looking."""
        self._others = tuple(others)
        if self._known is None:
            self._known = stamps(self._root, self._others)
            self._thread.start()

    def stale(self) -> bool:
        """Return False: every look starts anew."""
        return False

    def _run(self) -> None:
        pause = self._interval
        while not self._end.wait(pause):
            started = time.monotonic()
            now, known = stamps(self._root, self._others), self._known or {}
            for path in {*now, *known}:
                if now.get(path) != known.get(path):
                    self._changes.note(path, Kind.DONE if path in now else Kind.GONE)
            self._known = now
            pause = max(self._interval, 10 * (time.monotonic() - started))

    def close(self) -> None:
        """Look no more."""
        self._end.set()
        if self._thread.is_alive():
            self._thread.join()


class Watching:
    """Listens to events until the system allows no more watches, and from then on looks by itself.

    `poll` is to look from the beginning. `tell` hears of the change.
    """

    def __init__(self, root: Path, changes: Changes, *, poll: bool, tell: Callable[[str], None]) -> None:
        self._root = root
        self._changes = changes
        self._tell = tell
        self._watcher: Watcher = PollingWatcher(root, changes) if poll else EventWatcher(root, changes)

    def watch(self, others: Iterable[Path]) -> None:
        """Watch the site and these folders from now on."""
        try:
            self._watcher.watch(others)
        except OSError as error:
            reason = error.strerror or str(error)
            self._tell(f"no file events ({reason}): looking for changes every {LOOK} s instead")
            self._watcher.close()
            self._watcher = PollingWatcher(self._root, self._changes)
            self._watcher.watch(others)

    def stale(self) -> bool:
        """Tell whether a watched folder is no longer the one that was watched."""
        return self._watcher.stale()

    def close(self) -> None:
        """Watch no more."""
        self._watcher.close()
