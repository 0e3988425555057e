"""Sets of integers as sorted, disjoint, closed intervals; and the five scales that clocks are read on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from ctxsite.frozen import dataclass
from ctxsite.rules.times import DAY

Intervals = tuple[tuple[int, int], ...]

_LEAP = dt.date(2024, 1, 1).toordinal()


def union(intervals: Iterable[tuple[int, int]]) -> Intervals:
    """Return the union; intervals that touch (3..5, 6..7) become one; an end before its start is an empty interval."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted(interval for interval in intervals if interval[0] <= interval[1]):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return tuple(merged)


def intersection(first: Intervals, second: Intervals) -> Intervals:
    """Return what both contain."""
    pairs = ((max(a, c), min(b, d)) for a, b in first for c, d in second)
    return union(pairs)


def wrapped(low: int, high: int, scale: Scale) -> tuple[tuple[int, int], ...]:
    """Return a closed range that may wrap around the end of its scale, as one interval or two."""
    return ((low, high),) if low <= high else ((scale.first, high), (low, scale.last))


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers that are consecutive where the calendar is, between `first` and `last`, and how they are written.

    `write` turns such a number into the one that tables show (`yyyymmdd`, …); `read` is its inverse.
    """

    first: int
    last: int
    write: Callable[[int], int]
    read: Callable[[int], int]


def _write_date(ordinal: int) -> int:
    day = dt.date.fromordinal(ordinal)
    return day.year * 10000 + day.month * 100 + day.day


def _read_date(number: int) -> int:
    return dt.date(number // 10000, number // 100 % 100, number % 100).toordinal()


def _write_month_day(index: int) -> int:
    return _write_date(_LEAP + index) % 10000


def _read_month_day(number: int) -> int:
    return _read_date(20240000 + number) - _LEAP


def _write_moment(minutes: int) -> int:
    ordinal, minute = divmod(minutes, DAY)
    return _write_date(ordinal) * 10000 + minute // 60 * 100 + minute % 60


def _read_moment(number: int) -> int:
    return _read_date(number // 10000) * DAY + number // 100 % 100 * 60 + number % 100


def _same(number: int) -> int:
    return number


_LAST_DAY = dt.date.max.toordinal()

SCALES = {
    "t": Scale(0, DAY - 1, _same, _same),
    "w": Scale(0, 6, _same, _same),
    "d": Scale(1, _LAST_DAY, _write_date, _read_date),
    "y": Scale(0, 365, _write_month_day, _read_month_day),
    "m": Scale(DAY, _LAST_DAY * DAY + DAY - 1, _write_moment, _read_moment),
}
"""Minute of the day, weekday, date, day of the year, moment: by their operators in the table."""
