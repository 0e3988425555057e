"""The lowered form of a page's decisions: what the browser and every other target evaluate.

A condition is an array whose first item is its operator:

- `["&", C, …]` all, `["|", C, …]` any, `["!", C]` not; `["&"]` is always, `["|"]` never;
- `["@", i]` the table's shared condition number i: an audience that is used more than once;
- `["=", signal, v, …]` the value, or a member of a set, is one of these;
- `["#", signal, low, high, …]` the number is in a closed interval, null for an open end;
- `["~", "language", "de-", …]` the lower-cased language with a hyphen after it starts with one of these;
- `["^", signal, ".example.org", …]` the host with a dot before it ends with one of these;
- `["*", signal, …]` all of these are known; `time` is the instant;
- `["t"|"w"|"d"|"y"|"m", z, low, high, …]` the clock shows something in a closed interval: minute of the day,
  weekday (0 is Sunday), `yyyymmdd`, `mmdd`, `yyyymmddhhmm` (null for an open end); z is 0 for the visitor's clock,
  or n for the n-th of the table's zones, from 1.

A question about something unknown is answered by no. Values of signals that ignore letter case are lower-cased.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from ctxsite.frozen import dataclass
from ctxsite.rules.ast import VISITOR, Decision
from ctxsite.rules.leaves import ALWAYS, NEVER, Cond
from ctxsite.rules.lower import Lowering
from ctxsite.rules.references import references
from ctxsite.rules.signals import Vocabulary

SHORT = 30
"""A condition of at most this many characters is repeated rather than shared."""

Row = tuple[str, Cond]


@dataclass(frozen=True, slots=True)
class Table:
    """The decisions of one page, lowered.

    `decisions` are name and rows, in the order given; `shared` the conditions that `@` refers to; `zones` the IANA
    names that `z` refers to; `signals` all signals read, `time` included, in the order of their first use;
    `visitor_clock` tells whether anything is read on the visitor's own clock.
    """

    decisions: tuple[tuple[str, tuple[Row, ...]], ...]
    shared: tuple[Cond, ...]
    zones: tuple[str, ...]
    signals: tuple[str, ...]
    visitor_clock: bool


@dataclass(slots=True)
class _Sharing:
    """Puts audiences that are used often, and are long, into the list of shared conditions."""

    vocabulary: Vocabulary
    uses: Mapping[str, int]
    shared: list[Cond] = field(default_factory=list)
    placed: dict[str, Cond] = field(default_factory=dict)

    def place(self, name: str) -> Cond:
        if name not in self.placed:
            whole = Lowering(self.vocabulary, self.place).lower(self.vocabulary.audiences[name])
            if self.uses[name] > 1 and len(json.dumps(whole, separators=(",", ":"))) > SHORT:
                self.shared.append(whole)
                whole = ("@", len(self.shared) - 1)
            self.placed[name] = whole
        return self.placed[name]


def _uses(decisions: Iterable[Decision], vocabulary: Vocabulary) -> Counter[str]:
    """Count how often each audience is named, by the decisions and by the audiences they lead to."""
    uses: Counter[str] = Counter()
    waiting = [condition for decision in decisions for _, condition in decision.branches]
    while waiting:
        for name in references(waiting.pop()):
            if name not in uses:
                waiting.append(vocabulary.audiences[name])
            uses[name] += 1
    return uses


def _rows(branches: Iterable[Row]) -> tuple[Row, ...]:
    """Leave out what is never reached for plain reasons: rows that never hold, and all after one that always does."""
    rows: list[Row] = []
    for name, row in branches:
        if row != NEVER:
            rows.append((name, row))
        if row == ALWAYS:
            break
    return tuple(rows)


@dataclass(slots=True)
class _Numbering:
    """Replaces zones' names by their numbers; notes signals, and which shared conditions are in use."""

    shared: Sequence[Cond]
    zones: dict[str, int] = field(default_factory=dict)
    signals: dict[str, None] = field(default_factory=dict)
    kept: dict[int, int] = field(default_factory=dict)
    conditions: list[Cond] = field(default_factory=list)
    visitor_clock: bool = False

    def number(self, cond: Cond) -> Cond:
        operator, *operands = cond
        if operator in ("&", "|", "!"):
            return (operator, *(self.number(part) for part in operands if isinstance(part, tuple)))
        if operator == "@":
            return ("@", self.keep(operands[0]))
        if operator == "*":
            self.signals.update((str(name), None) for name in operands)
            return cond
        if operator in ("=", "#", "~", "^"):
            self.signals[str(operands[0])] = None
            return cond
        self.signals["time"] = None
        return (operator, self.zone(str(operands[0])), *operands[1:])

    def keep(self, index: object) -> int:
        if not isinstance(index, int):
            raise TypeError(index)
        if index not in self.kept:
            whole = self.number(self.shared[index])
            self.kept[index] = len(self.conditions)
            self.conditions.append(whole)
        return self.kept[index]

    def zone(self, name: str) -> int:
        if name == VISITOR:
            self.visitor_clock = True
            return 0
        return self.zones.setdefault(name, len(self.zones) + 1)


def lower(decisions: Sequence[Decision], vocabulary: Vocabulary) -> Table:
    """Lower the decisions of one page. Their conditions name only what the vocabulary has."""
    sharing = _Sharing(vocabulary, _uses(decisions, vocabulary))
    lowering = Lowering(vocabulary, sharing.place)
    whole = [
        (decision.name, _rows([(name, lowering.lower(condition)) for name, condition in decision.branches]))
        for decision in decisions
    ]
    numbering = _Numbering(sharing.shared)
    numbered = tuple((name, tuple((branch, numbering.number(row)) for branch, row in rows)) for name, rows in whole)
    return Table(
        numbered, tuple(numbering.conditions), tuple(numbering.zones), tuple(numbering.signals), numbering.visitor_clock
    )
