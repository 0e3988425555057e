"""Conditions to the rows of a table: flattened, merged, constants folded; the same answer in every context."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field

from ctxsite.frozen import dataclass
from ctxsite.rules.ast import (
    All,
    Any,
    Audience,
    Condition,
    Date,
    Known,
    Language,
    Membership,
    Moment,
    Not,
    Number,
    Time,
    Weekday,
)
from ctxsite.rules.intervals import SCALES
from ctxsite.rules.leaves import (
    ALWAYS,
    NEVER,
    Cond,
    both,
    either,
    from_clock,
    from_date,
    from_language,
    from_membership,
    from_number,
    known,
)
from ctxsite.rules.signals import Vocabulary

_MERGED_BY_EITHER = frozenset("=~^#twdym")
_MERGED_BY_BOTH = frozenset("=#twdym")


def _asks(leaf: Cond) -> str | None:
    """Return the signal that must be known for a leaf to hold."""
    if leaf[0] in _MERGED_BY_EITHER:
        return "time" if leaf[0] in SCALES else str(leaf[1])
    return None


def any_of(parts: Iterable[Cond], vocabulary: Vocabulary) -> Cond:
    """Return the disjunction: flat, each question once, those about the same thing merged into one."""
    merged: dict[object, Cond] = {}
    for part in _flat(parts, "|"):
        if part == ALWAYS:
            return ALWAYS
        key = part[:2] if part[0] in _MERGED_BY_EITHER else part
        before = merged.get(key)
        if before is None:
            merged[key] = part
        elif before[0] == part[0] != "*":  # otherwise it already asks no more than whether the signal is known
            merged[key] = either(before, part, vocabulary.signals) if part[0] in _MERGED_BY_EITHER else part
    known_alone = {leaf[1] for leaf in merged.values() if leaf[0] == "*" and len(leaf) == 2}
    flat = tuple(dict.fromkeys(leaf for leaf in merged.values() if _asks(leaf) not in known_alone))
    return flat[0] if len(flat) == 1 else ("|", *flat)


def all_of(parts: Iterable[Cond], vocabulary: Vocabulary) -> Cond:
    """Return the conjunction, likewise."""
    merged: dict[object, Cond] = {}
    for part in _flat(parts, "&"):
        if part == NEVER:
            return NEVER
        key = ("*",) if part[0] == "*" else part[:2] if part[0] in _MERGED_BY_BOTH else part
        joined = both(merged[key], part, vocabulary.signals) if key in merged else part
        if joined == NEVER:
            return NEVER
        if joined is None:
            merged[part] = part
        else:
            merged[key] = joined
    implied = {_asks(leaf) for leaf in merged.values()}
    if ("*",) in merged:
        names = tuple(name for name in merged[("*",)][1:] if name not in implied)
        merged[("*",)] = ("*", *names) if names else ALWAYS
    flat = tuple(dict.fromkeys(leaf for leaf in merged.values() if leaf != ALWAYS))
    return flat[0] if len(flat) == 1 else ("&", *flat)


def _flat(parts: Iterable[Cond], operator: str) -> Iterable[Cond]:
    for part in parts:
        if part[0] == operator:
            yield from (inner for inner in part[1:] if isinstance(inner, tuple))
        else:
            yield part


def negation(part: Cond) -> Cond:
    """Return the negation; two of them cancel out, for logic is two-valued."""
    if part in (ALWAYS, NEVER):
        return NEVER if part == ALWAYS else ALWAYS
    inner = part[1] if part[0] == "!" else None
    return inner if isinstance(inner, tuple) else ("!", part)


@dataclass(frozen=True, slots=True)
class Lowering:
    """Lowers conditions over one vocabulary. `audience` says how to put an audience: whole, or as a reference."""

    vocabulary: Vocabulary
    audience: Callable[[str], Cond] = field(repr=False)

    def lower(self, condition: Condition) -> Cond:
        """Return the condition as a row. Zones stand in it by name."""
        match condition:
            case Time() | Weekday() | Moment():
                return from_clock(condition, condition.zone or self.vocabulary.zone)
            case Date():
                return any_of(from_date(condition, condition.zone or self.vocabulary.zone), self.vocabulary)
            case Language():
                return from_language(condition)
            case Membership():
                return from_membership(condition, self.vocabulary.signals[condition.signal])
            case Number():
                return from_number(condition)
            case Known(signals=names):
                return known(names)
            case Audience(names=names):
                return any_of((self.audience(name) for name in names), self.vocabulary)
        return self.join(condition)

    def join(self, condition: All | Any | Not) -> Cond:
        """Lower what joins other conditions."""
        match condition:
            case All(parts=parts):
                return all_of((self.lower(part) for part in parts), self.vocabulary)
            case Any(parts=parts):
                return any_of((self.lower(part) for part in parts), self.vocabulary)
            case Not(part=part):
                return negation(self.lower(part))
