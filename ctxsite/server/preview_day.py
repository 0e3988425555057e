"""When, on the day of a context, something else is shown: the moments worth looking at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ctxsite.frozen import dataclass
from ctxsite.rules.context import Context
from ctxsite.rules.evaluate import Visit
from ctxsite.rules.signals import Vocabulary
from ctxsite.rules.zones import offset_at, zone_info

STEP = 5
"""Minutes between two looks. Changes are found to the minute; what lasts shorter than this may be missed."""

_MINUTE = 60
_DAY = 86400

Outcome = Mapping[str, str]
"""What is shown, by decision: the page's variant under the empty name, and the branches of its blocks."""


@dataclass(frozen=True, slots=True)
class Change:
    """An instant (seconds since 1970), what the visitor's clock shows then, and what is shown from then on."""

    instant: int
    clock: str
    outcome: Outcome


def changes(context: Context, vocabulary: Vocabulary, outcome: Callable[[Visit], Outcome]) -> tuple[Change, ...]:
    """Return when what `outcome` tells changes, within the day that the visitor's clock shows; nothing without a clock.

    Each change has only what is new with it.
    """
    if context.instant is None:
        return ()

    def at(instant: int) -> Outcome:
        return outcome(Visit(replace(context, instant=instant), vocabulary))

    found: list[Change] = []
    seen = [(time, at(time)) for time in _looks(context)]
    for (before, old), (after, new) in pairwise(seen):
        if old != new:
            instant = _first(before, after, old, at)
            told = {name: branch for name, branch in at(instant).items() if old.get(name) != branch}
            minute = (instant + _offset(context, instant)) % _DAY // _MINUTE
            found.append(Change(instant, f"{minute // 60:02}:{minute % 60:02}", told))
    return tuple(found)


def _looks(context: Context) -> Sequence[int]:
    """Return the instants to look at: from the first minute of the visitor's day to its last."""
    now = context.instant or 0
    local = now + _offset(context, now)
    start = _instant(context, local // _DAY * _DAY)
    end = _instant(context, (local // _DAY + 1) * _DAY) - _MINUTE
    return (*range(start, end, STEP * _MINUTE), end)


def _instant(context: Context, local: int) -> int:
    """Return the instant at which the visitor's clock shows something, as seconds since 1970 on that clock."""
    guess = local - _offset(context, local - _DAY)
    return local - _offset(context, guess)


def _offset(context: Context, instant: int) -> int:
    zone = zone_info(context.zone or "")
    return context.offset if zone is None else offset_at(zone, instant)


def _first(before: int, after: int, old: Outcome, at: Callable[[int], Outcome]) -> int:
    """Return the first minute after `before` that is not as it was then."""
    while after - before > _MINUTE:
        middle = before + (after - before) // (2 * _MINUTE) * _MINUTE
        if at(middle) == old:
            before = middle
        else:
            after = middle
    return after
