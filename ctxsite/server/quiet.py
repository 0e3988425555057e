"""Changes of files, collected until a short quiet, so that a save is one change, and a `git checkout` too."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from enum import Enum

from ctxsite.frozen import dataclass

_MANY = 3
_STORM = 0.08
_LONGEST = 2.0


class Kind(Enum):
    """How sure it is that a change is over; the values are the seconds of quiet to wait for."""

    DONE = 0.012
    """A file was closed after writing, or moved to its place."""
    GONE = 0.05
    """A file is no longer there: editors often put another in its place at once."""
    UNDER_WAY = 0.2
    """A file was opened or changed: its end is still to come."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that have changed, by path, in the order in which they did. Empty if it is only time."""

    paths: tuple[str, ...] = ()
    folders: bool = False
    """Whether folders or links are among them, so that there may be others to watch."""


class Changes:
    """Where watchers put what they see, and the builder takes it from."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._condition = threading.Condition()
        self._seen: dict[str, float] = {}
        """Paths, and the instant at which they are ready."""
        self._first = 0.0
        self._folders = False
        self._closed = False

    def note(self, path: str, kind: Kind = Kind.DONE, *, folder: bool = False) -> None:
        """Take note of a change; `folder` says that folders to watch may have come or gone."""
        now = self._clock()
        with self._condition:
            if not self._seen:
                self._first = now
            self._seen[path] = now + kind.value
            self._folders = self._folders or folder
            self._condition.notify_all()

    @property
    def waiting(self) -> bool:
        """Whether there is something that has not been taken."""
        return bool(self._seen)

    def close(self) -> None:
        """Let `take` return None."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()

    def take(self, seconds: float | None = None) -> Batch | None:
        """Wait for changes and for the quiet after them; return them, or an empty batch after so many seconds.

        Returns None once it is closed.
        """
        end = None if seconds is None else self._clock() + seconds
        with self._condition:
            while not self._closed:
                now = self._clock()
                if self._seen and (ready := self._ready()) <= now:
                    batch = Batch(tuple(self._seen), self._folders)
                    self._seen.clear()
                    self._folders = False
                    return batch
                if not self._seen and end is not None and end <= now:
                    return Batch()
                until = ready if self._seen else end
                self._condition.wait(None if until is None else max(0.0, until - now))
        return None

    def _ready(self) -> float:
        """Return the instant at which what was seen may be taken."""
        last = max(self._seen.values())
        storm = len(self._seen) > _MANY
        return min(self._first + _LONGEST, last + _STORM if storm else last)
