"""What a build spends its time on: stages, documents, pages, templates. Made only where somebody asks for it.

Times are seconds. They are taken where the work is done, in workers too, and come back with its results. Processor
time is that of this process and of the workers that have ended.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from typing import Generic, TypeVar

from ctxsite.frozen import dataclass

try:
    from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
except ImportError:  # Windows has nothing like it
    _MEASURABLE = False
else:
    _MEASURABLE = True

Item = TypeVar("Item")
Result = TypeVar("Result")

Templates = Mapping[str, tuple[int, float]]
"""By template: how often it was run, and the seconds that it took without the components it called."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of a build, in seconds of the clock on the wall and of processors."""

    name: str
    wall: float
    processor: float


@dataclass(frozen=True, slots=True)
class Peak:
    """The most memory that was in use, in bytes: by this process, and by the largest of its workers."""

    main: int
    worker: int


class Profile:
    """Takes notes while one build runs."""

    def __init__(self) -> None:
        self.documents: dict[str, float] = {}
        """Seconds that reading and compiling took, by path."""
        self.pages: dict[str, float] = {}
        """Seconds that rendering took, all variants included, by address."""
        self.templates: dict[str, tuple[int, float]] = {}
        self._spent: dict[str, tuple[float, float]] = {}
        self._current: str | None = None
        self._since = (0.0, 0.0)

    @property
    def stages(self) -> list[Stage]:
        """Return the stages that have ended, in the order in which they began."""
        return [Stage(name, *spent) for name, spent in self._spent.items()]

    def stage(self, name: str | None) -> None:
        """Begin a stage, or go on with it, also after others. It ends the one before; None ends the last."""
        if name == self._current:
            return
        now = (time.perf_counter(), _processor())
        if self._current is not None:
            wall, processor = self._since
            before = self._spent.get(self._current, (0.0, 0.0))
            self._spent[self._current] = (before[0] + now[0] - wall, before[1] + now[1] - processor)
        self._current, self._since = name, now

    def watch(
        self,
        notes: dict[str, float],
        work: Callable[[Item], Result],
        names: Sequence[str],
        run: Callable[[Callable[[Item], Timed[Result]]], Generator[Timed[Result], None, None]],
        templates: Callable[[], Templates] = dict,
    ) -> Generator[Result, None, None]:
        """Yield what `run` yields when it is given `work`; take down in `notes`, by name, what each result took.

        `templates` is asked after each piece of work, where it was done, for the templates that it ran.
        """
        with closing(run(_Timing(work, templates))) as results:
            for name, done in zip(names, results, strict=True):
                notes[name] = done.seconds
                for template, (runs, seconds) in done.templates.items():
                    before = self.templates.get(template, (0, 0.0))
                    self.templates[template] = (before[0] + runs, before[1] + seconds)
                yield done.result


@dataclass(frozen=True, slots=True)
class Timed(Generic[Result]):
    """A result, and what it took."""

    result: Result
    seconds: float
    templates: Templates


class _Timing(Generic[Item, Result]):
    """Work that says what it took."""

    def __init__(self, work: Callable[[Item], Result], templates: Callable[[], Templates]) -> None:
        self._work = work
        self._templates = templates

    def __call__(self, item: Item) -> Timed[Result]:
        started = time.perf_counter()
        result = self._work(item)
        return Timed(result, time.perf_counter() - started, self._templates())


def _processor() -> float:
    """Return the processor seconds of this process and of its children that have ended."""
    own = time.process_time()
    if not _MEASURABLE:
        return own
    children = getrusage(RUSAGE_CHILDREN)
    return own + children.ru_utime + children.ru_stime


def memory_peak() -> Peak | None:
    """Return the most memory that was in use so far; None where the system does not tell."""
    if not _MEASURABLE:
        return None
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage(2): bytes there, kilobytes elsewhere
    most = (getrusage(who).ru_maxrss * unit for who in (RUSAGE_SELF, RUSAGE_CHILDREN))
    return Peak(*most)
