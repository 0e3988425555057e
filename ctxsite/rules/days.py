"""Which UTC days to look at, so that no other can show anything new.

Between days on which something changes (a date comes or goes, a zone changes its offset), all days of one weekday
are alike, clocks and all; so a week of each such stretch stands for it. The calendar repeats after 28 years.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from ctxsite.rules.daymasks import intervals_of
from ctxsite.rules.intervals import SCALES
from ctxsite.rules.leaves import Cond
from ctxsite.rules.offsets import FIRST_YEAR, LAST_YEAR, change_days
from ctxsite.rules.times import DAY

CYCLE = 28
"""Years after which weekdays, dates and leap days fall together again, where no century year interferes."""

_EASTERNMOST, _WESTERNMOST = 840, 720
_SINCE = 2000


@lru_cache(maxsize=4096)
def _fixed_changes(leaf: Cond, east: int, west: int) -> frozenset[int]:
    """Return the UTC days on which a date or moment comes or goes on clocks up to so many minutes east and west."""
    days: set[int] = set()
    scale = SCALES[str(leaf[0])]
    for interval in intervals_of(leaf) if leaf[0] in ("d", "m") else ():
        for change in (interval[0], interval[1] + 1):
            if scale.first < change <= scale.last:
                minute = change if leaf[0] == "m" else change * DAY
                days.update(range((minute - east) // DAY, (minute + west) // DAY + 1))
    return frozenset(days)


@lru_cache(maxsize=16384)
def _yearly_changes(leaf: Cond, year: int) -> frozenset[int]:
    """Return the UTC days of a year on which a day of the year comes or goes, and the year's first and last."""
    if leaf[0] != "y":
        return frozenset()
    days = {_first(year), _first(year + 1) - 1}
    for first, last in intervals_of(leaf):
        for change in (first, last + 1):
            day = _day_of_year(year, change)
            days.update((day - 1, day))
    return frozenset(days)


def _day_of_year(year: int, index: int) -> int:
    """Return the day of the year with this place in a leap year; February 29 is March 1 where there is none."""
    leap = _first(year + 1) - _first(year) == 366
    return _first(year) + (index if leap or index <= 59 else index - 1)


@lru_cache(maxsize=16384)
def _first(year: int) -> int:
    return dt.date(year, 1, 1).toordinal()


def _years(today: int, changes: Iterable[int], periodic: bool) -> tuple[list[int], list[int]]:
    """Return the years to look at: from this one on, and backwards before it."""
    this = dt.date.fromordinal(today).year
    around = {dt.date.fromordinal(day).year + beside for day in changes for beside in (-1, 0, 1)}
    years = {this, *around}
    if periodic:
        years.update(range(min(_SINCE, this), this + _enough(this)))
        for year in around:
            years.update(range(year - CYCLE, year + 1) if year < this else range(year, year + 2 * CYCLE + 1))
    ahead = sorted(year for year in years if this <= year <= LAST_YEAR)
    back = sorted((year for year in years if FIRST_YEAR <= year < this), reverse=True)
    return ahead, back


Weekdays = tuple[object, ...]
"""For each weekday, Sunday first, something that is equal for weekdays which no question tells apart."""


def _weekdays(clocks: Iterable[Cond]) -> Weekdays:
    asked = [leaf for leaf in clocks if leaf[0] == "w"]
    return tuple(
        tuple(any(first <= day <= last for first, last in intervals_of(leaf)) for leaf in asked) for day in range(7)
    )


def candidate_days(clocks: Sequence[Cond], zones: Sequence[str], today: int) -> Iterator[int]:
    """Yield days that stand for all: from today on, then backwards from yesterday.

    `clocks` are the questions about clocks that matter, `zones` those whose changes of offset do.
    """
    changes = frozenset[int]().union(*(_fixed_changes(leaf, _EASTERNMOST, _WESTERNMOST) for leaf in clocks))
    alone = _weekdays(clocks)
    weekdays = tuple((alone[day - 1], alone[day], alone[(day + 1) % 7]) for day in range(7))
    periodic = bool(zones) or any(leaf[0] == "y" for leaf in clocks)
    ahead, back = _years(today, changes, periodic)
    for year in ahead:
        first, end = max(today, _first(year)), _first(year + 1)
        yield from _forwards(first, end, _cuts(year, changes, clocks, zones), weekdays)
    for year in (ahead[0], *back):
        end = min(today, _first(year + 1))
        yield from _backwards(_first(year), end, _cuts(year, changes, clocks, zones), weekdays)


def _cuts(year: int, changes: frozenset[int], clocks: Iterable[Cond], zones: Iterable[str]) -> list[int]:
    yearly = (_yearly_changes(leaf, year) for leaf in clocks)
    shifts = (change_days(zone, year) for zone in zones)
    return sorted(changes.union(*yearly, *shifts))


def _week(days: Iterable[int], weekdays: Weekdays) -> Iterator[int]:
    """Yield the first day of each kind of weekday."""
    seen: set[object] = set()
    for day in days:
        kind = weekdays[day % 7]
        if kind not in seen:
            seen.add(kind)
            yield day


def _forwards(first: int, end: int, cuts: Iterable[int], weekdays: Weekdays) -> Iterator[int]:
    """Yield each cut, and the first days of each stretch between."""
    for cut in cuts:
        if first <= cut < end:
            yield from _week(range(first, min(first + 7, cut)), weekdays)
            yield cut
            first = cut + 1
    yield from _week(range(first, min(first + 7, end)), weekdays)


def _backwards(first: int, end: int, cuts: Sequence[int], weekdays: Weekdays) -> Iterator[int]:
    last = end - 1
    for cut in reversed(cuts):
        if first <= cut <= last:
            yield from _week(range(last, max(last - 7, cut), -1), weekdays)
            yield cut
            last = cut - 1
    yield from _week(range(last, max(last - 7, first - 1), -1), weekdays)


def days_of_one_clock(clocks: Sequence[Cond], today: int) -> Iterator[int]:
    """Yield days that stand for all on a single clock that is never changed: read as if it were in UTC.

    Stretches that are not over come first. In one long enough, every date falls on every weekday, leap day included.
    """
    changes = sorted(frozenset[int]().union(*(_fixed_changes(leaf, 0, 0) for leaf in clocks)))
    ends = [_first(FIRST_YEAR), *(day + after for day in changes for after in (0, 1)), _first(LAST_YEAR)]
    yearly = [leaf for leaf in clocks if leaf[0] == "y"]
    indexes = {0}.union(*((first, (last + 1) % 366) for leaf in yearly for first, last in intervals_of(leaf)))
    weekdays = _weekdays(clocks)
    for start, end in sorted(pairwise(ends), key=lambda stretch: stretch[1] <= today):
        years = range(dt.date.fromordinal(start).year, dt.date.fromordinal(max(start, end - 1)).year + 1)
        if not yearly:
            yield from _week(range(start, min(start + 7, end)), weekdays)
        elif len(years) > _enough(years[0]):
            yield from _falling_on(sorted(indexes), years[0] + 1, weekdays)
        else:
            for year in years:
                cuts = sorted(frozenset[int]().union(*(_yearly_changes(leaf, year) for leaf in yearly)))
                yield from _forwards(max(start, _first(year)), min(end, _first(year + 1)), cuts, weekdays)


def _enough(year: int) -> int:
    """Return how many years from this one on have a whole cycle among them, first and last not counted."""
    interfering = any(other % 100 == 0 and other % 400 for other in range(year, year + CYCLE + 2))
    return (2 if interfering else 1) * CYCLE + (10 if interfering else 2)


def _falling_on(indexes: Iterable[int], year: int, weekdays: Weekdays) -> Iterator[int]:
    """Yield each of some days of the year on each kind of weekday, from a year on."""
    kinds = len(set(weekdays))
    for index in indexes:
        seen: set[object] = set()
        for other in range(year, year + _enough(year - 1) - 1):
            day = _day_of_year(other, index)
            kind = weekdays[day % 7]
            if kind not in seen and (index != 59 or _first(other + 1) - _first(other) == 366):
                seen.add(kind)
                yield day
                if len(seen) == kinds:
                    break
