"""The meaning of conditions and decisions. Every other evaluator is held against this one."""

from __future__ import annotations

from collections.abc import Iterable

from ctxsite.rules.ast import (
    DEFAULT,
    VISITOR,
    All,
    Any,
    Audience,
    Clock,
    Condition,
    Date,
    DateRange,
    Decision,
    Known,
    Language,
    Membership,
    Moment,
    Not,
    Number,
    Time,
    Weekday,
)
from ctxsite.rules.clock import WallClock, wall_clock
from ctxsite.rules.context import Context, Value, value_of
from ctxsite.rules.signals import Signal, SignalType, Vocabulary
from ctxsite.rules.zones import offset_at, zone_info


class Visit:
    """A context met by a vocabulary. Remembers what it worked out, so one visit serves many decisions."""

    __slots__ = ("_audiences", "_clocks", "_values", "context", "vocabulary")

    def __init__(self, context: Context, vocabulary: Vocabulary) -> None:
        self.context = context
        self.vocabulary = vocabulary
        self._values: dict[str, Value | None] = {}
        self._clocks: dict[str, WallClock | None] = {}
        self._audiences: dict[str, bool] = {}

    def value(self, name: str) -> Value | None:
        """Return a signal's value, None if it is unknown."""
        if name not in self._values:
            signal = self.vocabulary.signals.get(name)
            self._values[name] = None if signal is None else value_of(self.context, signal)
        return self._values[name]

    def known(self, name: str) -> bool:
        """Tell whether a signal is known."""
        return self.context.instant is not None if name == "time" else self.value(name) is not None

    def clock(self, zone: str | None) -> WallClock | None:
        """Return what the clock shows in the zone (None: the site's), or None if the instant is unknown."""
        name = zone or self.vocabulary.zone
        if name not in self._clocks:
            self._clocks[name] = self._read_clock(name)
        return self._clocks[name]

    def _read_clock(self, name: str) -> WallClock | None:
        instant, offset = self.context.instant, self.context.offset
        if instant is None:
            return None
        zone = zone_info((self.context.zone or "") if name == VISITOR else name)
        return wall_clock(instant + (offset if zone is None else offset_at(zone, instant)))

    def audience(self, name: str) -> bool:
        """Tell whether an audience's condition holds."""
        if name not in self._audiences:
            self._audiences[name] = self.holds(self.vocabulary.audiences[name])
        return self._audiences[name]

    def holds(self, condition: Condition) -> bool:
        """Answer a condition. A question about something unknown is answered by no."""
        match condition:
            case Time() | Weekday() | Date() | Moment():
                at = self.clock(condition.zone)
                return at is not None and _shows(at, condition)
            case Language(ranges=tags):
                language = self.value("language")
                return language is not None and any(_speaks(str(language), tag.lower()) for tag in tags)
            case Membership(signal=name, values=values):
                return self._is_one_of(self.vocabulary.signals.get(name), values)
            case Number(signal=name, ranges=bounds):
                number = self.value(name)
                return isinstance(number, float) and any(
                    (low is None or low <= number) and (high is None or number <= high) for low, high in bounds
                )
            case Audience(names=names):
                return any(self.audience(name) for name in names)
            case All(parts=parts):
                return all(self.holds(part) for part in parts)
            case Any(parts=parts):
                return any(self.holds(part) for part in parts)
            case Not(part=part):
                return not self.holds(part)
            case Known(signals=names):
                return all(self.known(name) for name in names)

    def _is_one_of(self, signal: Signal | None, values: Iterable[str | bool]) -> bool:
        value = None if signal is None else self.value(signal.name)
        if signal is None or value is None:
            return False
        if isinstance(value, frozenset):
            return not value.isdisjoint(values)
        wanted = [item.lower() if signal.folded and isinstance(item, str) else item for item in values]
        if signal.type is SignalType.HOST:
            return any(f".{value}".endswith(f".{host}") for host in wanted)
        return value in wanted

    def decide(self, decision: Decision) -> str:
        """Return the name of the first branch whose condition holds, or `default`."""
        return next((name for name, condition in decision.branches if self.holds(condition)), DEFAULT)


def _shows(at: WallClock, asked: Clock) -> bool:
    match asked:
        case Time(ranges=ranges):
            return any(_in_day(at.minute, start, end) for start, end in ranges)
        case Weekday(ranges=ranges):
            return any(_wraps(at.weekday, first, last) for first, last in ranges)
        case Date(ranges=days):
            return any(_on_day(at, day) for day in days)
        case Moment(ranges=moments):
            return any(
                (start is None or start <= at.moment) and (end is None or at.moment < end) for start, end in moments
            )


def _in_day(minute: int, start: int, end: int) -> bool:
    return start <= minute < end if start < end else minute >= start or minute < end


def _wraps(at: int, first: int, last: int) -> bool:
    return first <= at <= last if first <= last else at >= first or at <= last


def _on_day(at: WallClock, days: DateRange) -> bool:
    if days.yearly and days.start is not None and days.end is not None:
        return _wraps(at.month_day, days.start, days.end)
    return (days.start is None or days.start <= at.date) and (days.end is None or at.date <= days.end)


def _speaks(language: str, wanted: str) -> bool:
    """RFC 4647, 3.3.1: basic filtering."""
    return wanted == "*" or f"{language}-".startswith(f"{wanted}-")


def holds(condition: Condition, context: Context, vocabulary: Vocabulary) -> bool:
    """Tell whether a condition holds in a context."""
    return Visit(context, vocabulary).holds(condition)


def decide(decision: Decision, context: Context, vocabulary: Vocabulary) -> str:
    """Return the branch that a context gets: the first that holds, or `default`."""
    return Visit(context, vocabulary).decide(decision)
