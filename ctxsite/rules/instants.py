"""Formulas about time alone: an instant and a visitor's zone at which one holds, or the certainty that there are none.

Every clock reads the same instant. Named zones are read at their real offsets, gaps and repeated hours included;
the visitor's clock is that of any zone that exists.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field

from ctxsite.frozen import dataclass
from ctxsite.rules.ast import VISITOR
from ctxsite.rules.budget import Budget
from ctxsite.rules.daymasks import Pieces, mask, rotated, signature, span_mask
from ctxsite.rules.days import candidate_days, days_of_one_clock
from ctxsite.rules.formulas import clock_known, leaves, relaxed
from ctxsite.rules.leaves import ALWAYS, NEVER, Cond
from ctxsite.rules.offsets import UNEVEN, offsets_on, pieces, zone_with_offset
from ctxsite.rules.times import DAY

Shown = Callable[[int], Mapping[str, Pieces]]
"""What each clock shows on a UTC day, the visitor's among them."""

_UTC: Pieces = ((0, 0),)
_BANDS = tuple(
    span_mask(first, last - 1)
    for first, last in ((600, 601), (540, 1020), (480, 1200), (420, 1320), (360, 1440), (0, 1440))
)
"""Times of day by how natural an example they are: 10:00, working hours, the day, the evening, the night."""
_ROUND = tuple(sum(1 << minute for minute in range(0, DAY, step)) for step in (60, 30, 15, 5, 1))


@dataclass(frozen=True, slots=True)
class When:
    """A minute of a UTC day (an ordinal), and the zone the visitor is in."""

    day: int
    minute: int
    zone: str


@dataclass(slots=True)
class Instants:
    """Looks for instants, today's first. `zones` are the visitor's likeliest ones, at least one."""

    today: int
    zones: Sequence[str]
    found: dict[Cond, When | None] = field(default_factory=dict)

    def solve(self, formula: Cond, budget: Budget) -> When | None:
        """Return when the formula holds, or None if it never does; today or later if that can be."""
        if formula == NEVER:
            return None
        if formula not in self.found:
            self.found[formula] = self._search(clock_known(formula), budget)
        return self.found[formula]

    def is_past(self, when: When) -> bool:
        """Tell whether an instant lies before today."""
        return when.day < self.today

    def usual(self) -> When:
        """Return an instant where any will do."""
        return self._nicest(ALWAYS, self.today, self._in(self.zones[0], ()), self.zones[0])

    def _search(self, formula: Cond, budget: Budget) -> When | None:
        if formula in (ALWAYS, NEVER):
            return self.usual() if formula == ALWAYS else None
        clocks = tuple(dict.fromkeys(leaves(formula)))
        zones = sorted({str(leaf[1]) for leaf in clocks})
        named = [zone for zone in zones if zone != VISITOR]
        if not all(self._on_one_clock(relaxed(formula, (zone,)), zone, budget) for zone in zones):
            return None
        if len(zones) > len(named) > 1 and self._search(relaxed(formula, named), budget) is None:
            return None
        for zone in self.zones if VISITOR in zones else self.zones[:1]:
            shown = self._in(zone, named)
            day = self._scan(formula, clocks, [*named, zone] if VISITOR in zones else named, shown, budget)
            if day is not None:
                return self._nicest(formula, day, shown, zone)
        if VISITOR not in zones:
            return None
        return self._anywhere(formula, clocks, named, budget)

    @staticmethod
    def _in(zone: str, named: Sequence[str]) -> Shown:
        """Return what clocks show to a visitor in a zone."""
        return lambda day: {**{name: pieces(name, day) for name in named}, VISITOR: pieces(zone, day)}

    def _scan(
        self, formula: Cond, clocks: Sequence[Cond], changing: Sequence[str], shown: Shown, budget: Budget
    ) -> int | None:
        """Return the first day on which the formula holds at some minute."""
        for day in candidate_days(clocks, changing, self.today):
            budget.spend()
            if mask(formula, day, shown(day)):
                return day
        return None

    def _on_one_clock(self, formula: Cond, zone: str, budget: Budget) -> bool:
        """Tell whether a formula could hold on one clock, were it never changed: no real clock shows more than that."""
        if formula in (ALWAYS, NEVER):
            return formula == ALWAYS
        clocks = tuple(dict.fromkeys(leaves(formula)))
        for day in days_of_one_clock(clocks, self.today):
            budget.spend()
            if mask(formula, day, {zone: _UTC}):
                return True
        return False

    def _anywhere(self, formula: Cond, clocks: Sequence[Cond], named: Sequence[str], budget: Budget) -> When | None:
        """Search with the visitor anywhere in the world."""
        seen: set[object] = set()
        for day in candidate_days(clocks, [*named, *UNEVEN], self.today):
            budget.spend()
            on_day = {name: pieces(name, day) for name in named}
            offsets = offsets_on(day)
            kind = _kind(clocks, day, [*on_day.values(), tuple(offsets.items())])
            if kind in seen:
                continue
            seen.add(kind)
            budget.spend(len(offsets))
            for offset, available in offsets.items():
                minutes = available and available & mask(formula, day, {**on_day, VISITOR: ((0, offset),)})
                if minutes:
                    _, minute = _natural(minutes, offset)
                    return When(day, minute, zone_with_offset(offset, day, minute))
        return None

    def _nicest(self, formula: Cond, day: int, shown: Shown, zone: str) -> When:
        """Choose the most natural minute of a day, or of one beside it, by the clock of a visitor in the zone."""
        choices: list[tuple[int, int, int]] = []
        for place, other in enumerate((day, day + 1, day - 1)):
            on_day = shown(other)
            minutes = mask(formula, other, on_day)
            if minutes and not (other < self.today <= day):
                rank, minute = _natural(minutes, on_day[VISITOR][0][1])
                choices.append((rank, place, minute))
        _, place, minute = min(choices)
        return When((day, day + 1, day - 1)[place], minute, zone)


def _natural(minutes: int, offset: int) -> tuple[int, int]:
    """Choose the most natural of some minutes as a clock with this offset shows them; return its rank, too."""
    for rank, band in enumerate(_BANDS):
        chosen = rotated(minutes, -offset) & band
        for step in _ROUND:
            if rounded := chosen & step:
                local = (rounded & -rounded).bit_length() - 1
                return rank, (local - offset) % DAY
    raise ValueError(minutes)


def _kind(clocks: Iterable[Cond], day: int, offsets: Iterable[object]) -> object:
    return tuple(signature(leaf, day) for leaf in clocks), tuple(offsets)


def instant_seconds(when: When) -> int:
    """Return the instant in seconds since 1970."""
    return (when.day - dt.date(1970, 1, 1).toordinal()) * 86400 + when.minute * 60
