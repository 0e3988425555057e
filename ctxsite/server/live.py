"""What is served at present: the last good build and the newest one, as one value that is replaced whole.

Builds are published by one thread and looked at by others; who holds a `View` holds one consistent state, never a
mixture of two.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path

from ctxsite.build.session import Built
from ctxsite.diagnostics import Diagnostic, Severity
from ctxsite.frozen import dataclass

_REMEMBERED = 2000
"""States that a page may have been loaded in and still be told exactly what has changed since."""


@dataclass(frozen=True, slots=True)
class View:
    """One consistent state."""

    number: int = 0
    """Counts publications, also those of builds with errors; 0 before the first."""
    state: str = ""
    """What the served files are, as a digest: the same files have the same state, also after a restart."""
    good: Built | None = None
    """The last build without errors: what is served."""
    newest: Built | None = None
    """The newest build, with errors or without."""
    failure: str = ""
    """Why there is no newer build although something has changed, if the builder itself failed (a disk, say)."""

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """The newest build's errors."""
        found = self.newest.compiled.diagnostics if self.newest is not None else ()
        return tuple(problem for problem in found if problem.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the site is, and what the server may do with its files. `editor` opens a file, if one was named."""

    root: Path
    editor: str = ""
    token: str = field(default_factory=lambda: secrets.token_hex(16))
    """Known to pages that this server has sent, and to nobody else."""


class Live:
    """Holds the present `view`; wakes those who listen when it is replaced."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.closed = False
        self._view = View()
        self._listeners: set[Callable[[], None]] = set()
        self._lock = threading.Lock()
        self._newer = threading.Condition(self._lock)
        self._numbers: dict[str, int] = {}
        self._touched: dict[str, int] = {}

    @property
    def view(self) -> View:
        """What is served now. Take it once for each answer."""
        return self._view

    def publish(self, built: Built) -> tuple[str, ...]:
        """Replace the view by a new build; return which files have changed. One with errors keeps what is served."""
        changed: tuple[str, ...] = ()
        with self._lock:
            old = self._view
            good = built if built.ok else old.good
            state = _state(built.digests) if built.ok else old.state
            number = old.number + 1
            if built.ok and state != old.state:
                before = old.good.digests if old.good is not None else {}
                changed = tuple(differing(before, built.digests))
                self._touched.update(dict.fromkeys(changed, number))
                self._numbers.pop(state, None)
                self._numbers[state] = number
                if len(self._numbers) > _REMEMBERED:
                    del self._numbers[next(iter(self._numbers))]
            self._view = View(number, state, good, built)
        self._wake()
        return changed

    def fail(self, reason: str) -> None:
        """Say that the builder could not build at all."""
        with self._lock:
            old = self._view
            self._view = View(old.number + 1, old.state, old.good, old.newest, reason)
        self._wake()

    def changed_since(self, state: str) -> frozenset[str] | None:
        """Return the paths of files that are not as they were in a state; None for a state of another server."""
        with self._lock:
            number = self._numbers.get(state)
            if number is None:
                return None
            return frozenset(path for path, touched in self._touched.items() if touched > number)

    def listen(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Have `wake` called (by any thread) at each change; return what ends that."""
        with self._lock:
            self._listeners.add(wake)

        def end() -> None:
            with self._lock:
                self._listeners.discard(wake)

        return end

    def wait_beyond(self, number: int, seconds: float) -> View:
        """Wait until there is a newer view than that of a number, but no longer than so many seconds; return it."""
        with self._newer:
            self._newer.wait_for(lambda: self.closed or self._view.number > number, seconds)
        return self._view

    def close(self) -> None:
        """End everything that waits for changes."""
        self.closed = True
        self._wake()

    def _wake(self) -> None:
        with self._newer:
            self._newer.notify_all()
            listeners = tuple(self._listeners)
        for wake in listeners:
            wake()


def differing(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Return the keys whose values are not the same in both, or are in one only."""
    changed = [path for path, digest in after.items() if before.get(path) != digest]
    return changed + [path for path in before if path not in after]


def _state(digests: Mapping[str, str]) -> str:
    lines = "\n".join(f"{path} {digest}" for path, digest in sorted(digests.items()))
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()[:24]
