"""Questions about clocks, answered for all minutes of a UTC day at once: bit n of a mask is minute n of that day.

Days are counted as by `datetime.date.toordinal`; offsets are in minutes, from -12 to +14 hours, so a local date
is the UTC day itself or one of its neighbours.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache

from ctxsite.rules.intervals import SCALES, Intervals
from ctxsite.rules.leaves import Cond, clock_intervals
from ctxsite.rules.times import DAY

FULL = (1 << DAY) - 1

Pieces = tuple[tuple[int, int], ...]
"""A clock on one day: from which minute of the UTC day which offset holds; the first from minute 0."""


@lru_cache(maxsize=4096)
def intervals_of(leaf: Cond) -> Intervals:
    """Return a clock question's intervals on its scale."""
    return clock_intervals(leaf)


def span_mask(first: int, last: int) -> int:
    """Return the mask of the minutes `first` to `last`, cut to the day."""
    first, last = max(first, 0), min(last, DAY - 1)
    return ((1 << (last + 1)) - (1 << first)) if first <= last else 0


def rotated(local: int, offset: int) -> int:
    """Turn a mask of local minutes of the day into the mask of UTC minutes that show them."""
    shift = offset % DAY
    return ((local >> shift) | (local << (DAY - shift))) & FULL


@lru_cache(maxsize=8192)
def _time_mask(leaf: Cond, offset: int) -> int:
    local = 0
    for first, last in intervals_of(leaf):
        local |= span_mask(first, last)
    return rotated(local, offset)


@lru_cache(maxsize=512)
def _date_masks(offset: int) -> tuple[int, int, int]:
    """Return the UTC minutes whose local date is the day before, the same, the day after."""
    return span_mask(0, -offset - 1), span_mask(-offset, DAY - 1 - offset), span_mask(DAY - offset, DAY - 1)


@lru_cache(maxsize=65536)
def _on(leaf: Cond, day: int) -> bool:
    """Tell whether a weekday, date or day of the year lies in a question's intervals."""
    match leaf[0]:
        case "w":
            number = day % 7
        case "d":
            number = day
        case _:
            date = dt.date.fromordinal(day)
            number = SCALES["y"].read(date.month * 100 + date.day)
    return any(first <= number <= last for first, last in intervals_of(leaf))


def signature(leaf: Cond, day: int) -> object:
    """Return what the question's answers on this UTC day depend on, offsets aside.

    Days with equal signatures have equal masks.
    """
    if leaf[0] == "t":
        return None
    if leaf[0] != "m":
        return _on(leaf, day - 1), _on(leaf, day), _on(leaf, day + 1)
    start, end = (day - 1) * DAY, (day + 2) * DAY
    for first, last in intervals_of(leaf):
        if first <= start and end <= last:
            return True
        if start <= last and first <= end:
            return day
    return False


def _mask_at(leaf: Cond, day: int, offset: int) -> int:
    if leaf[0] == "t":
        return _time_mask(leaf, offset)
    mask = 0
    if leaf[0] == "m":
        start = day * DAY + offset
        for first, last in intervals_of(leaf):
            mask |= span_mask(first - start, last - start)
        return mask
    for beside, part in zip((-1, 0, 1), _date_masks(offset), strict=True):
        if part and _on(leaf, day + beside):
            mask |= part
    return mask


def by_pieces(masks: list[int], pieces: Pieces) -> int:
    """Join masks that hold from each piece's minute on."""
    whole = 0
    ends = [start for start, _ in pieces[1:]] + [DAY]
    for mask, (start, _), end in zip(masks, pieces, ends, strict=True):
        whole |= mask & span_mask(start, end - 1)
    return whole


def mask(formula: Cond, day: int, clocks: Mapping[str, Pieces]) -> int:
    """Return the minutes of the UTC day at which a formula about time holds, the instant being known.

    `clocks` has the pieces of every zone the formula names, the visitor's among them.
    """
    operator = formula[0]
    if operator == "&":
        result = FULL
        for part in formula[1:]:
            if not result:
                break
            result &= mask(part, day, clocks) if isinstance(part, tuple) else FULL
        return result
    if operator == "|":
        result = 0
        for part in formula[1:]:
            result |= mask(part, day, clocks) if isinstance(part, tuple) else 0
        return result
    if operator == "!":
        return FULL & ~mask(formula[1], day, clocks) if isinstance(formula[1], tuple) else 0
    if operator == "*":
        return FULL
    pieces = clocks[str(formula[1])]
    if len(pieces) == 1:
        return _mask_at(formula, day, pieces[0][1])
    return by_pieces([_mask_at(formula, day, offset) for _, offset in pieces], pieces)
