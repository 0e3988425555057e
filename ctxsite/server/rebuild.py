"""The builder's thread: whenever files have changed, and it is quiet, the site is built again.

A build during which files change is not shown, because it may have read some before and some after; another one
follows. Only if that goes on for long is one shown for the time being.
"""

from __future__ import annotations

import datetime as dt
import gc
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from ctxsite.build.session import Built
from ctxsite.frozen import dataclass
from ctxsite.server.live import Live
from ctxsite.server.quiet import Batch, Changes
from ctxsite.server.watch import Watcher

_LONG = 5.0
"""Seconds after which a build is shown although files keep changing."""

_LOOK = 2.0
"""Seconds between two looks at whether the watched folders are still the same."""

_MOST_UNSWEPT = 50
"""Builds after which garbage is looked for even if there was no pause."""

_STORM = 500
"""After so many changes at once another look is taken, as the system may have dropped events."""


@dataclass(frozen=True, slots=True)
class Report:
    """What there is to say about a build. `built` is None if the builder itself failed, for `failure`."""

    paths: tuple[str, ...]
    built: Built | None
    changed: tuple[str, ...]
    """Files of the output that are not as they were."""
    mended: bool
    seconds: float
    failure: str = ""
    details: str = ""


class Rebuilder:
    """Builds and publishes. `build` makes the site by `clock`, None for one that stands; `tell` hears of each build."""

    def __init__(
        self,
        build: Callable[[dt.datetime], Built],
        clock: Callable[[], dt.datetime],
        live: Live,
        changes: Changes,
        tell: Callable[[Report], None],
        *,
        ticking: bool = True,
    ) -> None:
        self._build = build
        self._clock = clock
        self._ticking = ticking
        self._live = live
        self._changes = changes
        self._tell = tell
        self._due: dt.datetime | None = None
        self._look_again: float | None = None
        self._others: tuple[Path, ...] = ()
        self._unswept = 0

    def first(self) -> tuple[Path, ...]:
        """Build for the first time; return the folders outside the site that are to be watched."""
        self._again(Batch())
        return self._others

    def start(self, watcher: Watcher) -> threading.Thread:
        """Build whenever there is a reason to, in a thread of its own, until the changes are closed."""
        thread = threading.Thread(target=self._run, args=(watcher,), name="ctxsite builder", daemon=True)
        thread.start()
        return thread

    def _run(self, watcher: Watcher) -> None:
        while (batch := self._changes.take(_LOOK)) is not None:
            stale = watcher.stale()
            if batch.paths or stale or self._is_due():
                self._watch(watcher, again=batch.folders or stale)
                self._again(batch, watcher)
            if self._unswept > (0 if not batch.paths else _MOST_UNSWEPT):
                self._unswept = 0
                gc.collect()

    def _watch(self, watcher: Watcher, *, again: bool) -> None:
        """Watch what there is now, before it is read, so that nothing can change between the two unseen."""
        if again:
            watcher.watch(self._others)

    def _again(self, batch: Batch, watcher: Watcher | None = None) -> None:
        started = time.monotonic()
        paths = dict.fromkeys(batch.paths)
        while True:
            built, failure, details = self._built()
            overtaken = self._changes.waiting and time.monotonic() - started < _LONG
            more = self._changes.take(_LONG) if overtaken else None
            if more is None:
                break
            paths.update(dict.fromkeys(more.paths))
            if watcher is not None:
                self._watch(watcher, again=more.folders)
        before = self._live.view
        changed: tuple[str, ...] = ()
        if built is None:
            self._live.fail(failure)
        else:
            changed = self._live.publish(built)
            if built.watched != self._others:
                self._others = built.watched
                if watcher is not None:
                    self._watch(watcher, again=True)
        mended = built is not None and built.ok and bool(before.problems or before.failure)
        seconds = time.monotonic() - started
        self._tell(Report(tuple(paths), built, changed, mended, seconds, failure, details))
        self._look_again = time.monotonic() + _LOOK if built is None or len(paths) >= _STORM else None

    def _built(self) -> tuple[Built | None, str, str]:
        """Build; what goes wrong in the builder itself must not end the server.

        Cyclic garbage is looked for in the next pause: among the objects of a large site that takes nearly as long as
        a build, in which there is hardly any.
        """
        now = self._clock()
        gc.disable()
        try:
            built = self._build(now)
        except OSError as error:
            reason = f"cannot read the site: {error.strerror or error}: {error.filename or ''}".rstrip(": ")
            return None, reason, traceback.format_exc()
        except Exception as error:
            return None, f"the builder has a defect: {type(error).__name__}: {error}", traceback.format_exc()
        finally:
            self._unswept += 1
            gc.enable()
        next_hour = now.replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)
        self._due = min(built.compiled.learnt.until or next_hour, next_hour) if self._ticking else None
        return built, "", ""

    def _is_due(self) -> bool:
        """Tell whether it is time for a build that no file asks for.

        A page is due, or ends; it is another hour; or the last build failed, or may have missed something.
        """
        if self._look_again is not None and time.monotonic() >= self._look_again:
            return True
        return self._due is not None and self._clock() >= self._due
