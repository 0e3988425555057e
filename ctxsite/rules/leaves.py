"""The questions of a lowered table: built from conditions in their smallest form, merged where that is exact.

A condition of a table is a tuple, its operator first. What the operators mean is told in `table`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ctxsite.rules.ast import Date, Language, Membership, Moment, Number, Time, Weekday
from ctxsite.rules.intervals import SCALES, Intervals, intersection, union, wrapped
from ctxsite.rules.signals import Signal, SignalType

Cond = tuple["str | int | float | bool | Cond | None", ...]

ALWAYS: Cond = ("&",)
NEVER: Cond = ("|",)

NumberIntervals = tuple[tuple[float, float], ...]
_INFINITY = float("inf")


def known(signals: Iterable[str]) -> Cond:
    """Every one of the signals is known."""
    return ("*", *dict.fromkeys(signals))


def clock(operator: str, zone: str, intervals: Intervals) -> Cond:
    """The clock in the zone shows something in the intervals (numbers on the operator's scale)."""
    scale = SCALES[operator]
    if not intervals:
        return NEVER
    if intervals == ((scale.first, scale.last),):
        return known(("time",))
    ends: list[int | None] = []
    for low, high in intervals:
        unbounded = operator in "dm"
        ends.append(None if unbounded and low == scale.first else scale.write(low))
        ends.append(None if unbounded and high == scale.last else scale.write(high))
    return (operator, zone, *ends)


def clock_intervals(leaf: Cond) -> Intervals:
    """Return a clock leaf's intervals on its scale: the inverse of `clock`."""
    scale = SCALES[str(leaf[0])]
    ends = [end if isinstance(end, int) else None for end in leaf[2:]]
    lows = (scale.first if low is None else scale.read(low) for low in ends[::2])
    highs = (scale.last if high is None else scale.read(high) for high in ends[1::2])
    return tuple(zip(lows, highs, strict=True))


def from_clock(asked: Time | Weekday | Moment, zone: str) -> Cond:
    """Lower `time`, `weekday` and `moment`."""
    match asked:
        case Time(ranges=ranges):
            scale = SCALES["t"]
            minutes = (part for start, end in ranges for part in wrapped(start, (end or scale.last + 1) - 1, scale))
            return clock("t", zone, union(minutes))
        case Weekday(ranges=ranges):
            days = (part for first, last in ranges for part in wrapped(first, last, SCALES["w"]))
            return clock("w", zone, union(days))
        case Moment(ranges=moments):
            scale = SCALES["m"]
            lows = (scale.first if start is None else scale.read(start) for start, _ in moments)
            highs = (scale.last if end is None else scale.read(end) - 1 for _, end in moments)
            return clock("m", zone, union(zip(lows, highs, strict=True)))


def from_date(asked: Date, zone: str) -> list[Cond]:
    """Lower `date`: one question for dates proper, one for days of every year."""
    dates: list[tuple[int, int]] = []
    yearly: list[tuple[int, int]] = []
    for days in asked.ranges:
        scale = SCALES["y" if days.yearly else "d"]
        low = scale.first if days.start is None else scale.read(days.start)
        high = scale.last if days.end is None else scale.read(days.end)
        (yearly if days.yearly else dates).extend(wrapped(low, high, scale))
    leaves = [clock("d", zone, union(dates)), clock("y", zone, union(yearly))]
    return [leaf for leaf in leaves if leaf != NEVER]


def numbers(signal: str, intervals: NumberIntervals) -> Cond:
    """The number is in one of the closed intervals."""
    if not intervals:
        return NEVER
    if intervals == ((-_INFINITY, _INFINITY),):
        return known((signal,))
    return ("#", signal, *(_short(end) for interval in intervals for end in interval))


def _short(end: float) -> float | int | None:
    if end in (-_INFINITY, _INFINITY):
        return None
    return int(end) if end.is_integer() and abs(end) < 2**53 else end


def number_intervals(leaf: Cond) -> NumberIntervals:
    """Return a number leaf's intervals, ends infinite where open: the inverse of `numbers`."""
    ends = [float(end) if isinstance(end, (int, float)) else None for end in leaf[2:]]
    lows = (-_INFINITY if low is None else low for low in ends[::2])
    highs = (_INFINITY if high is None else high for high in ends[1::2])
    return tuple(zip(lows, highs, strict=True))


def union_of_numbers(intervals: Iterable[tuple[float, float]]) -> NumberIntervals:
    """Return the union of closed intervals of real numbers; only those that share a point become one."""
    merged: list[tuple[float, float]] = []
    for low, high in sorted(interval for interval in intervals if interval[0] <= interval[1]):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return tuple(merged)


def from_number(asked: Number) -> Cond:
    """Lower a question about a number."""
    return numbers(asked.signal, union_of_numbers(
        (-_INFINITY if low is None else low, _INFINITY if high is None else high) for low, high in asked.ranges
    ))  # fmt: skip


def equals(signal: Signal, values: Iterable[str | bool]) -> Cond:
    """The signal's value, or a member of it, is one of the values. All values of a signal that has one: it is known."""
    chosen = tuple(dict.fromkeys(values))
    if not chosen:
        return NEVER
    if signal.type is SignalType.BOOLEAN and len(chosen) == 2:
        return known((signal.name,))
    if signal.type is SignalType.ENUM and set(chosen) >= set(signal.values or ()):
        return known((signal.name,))
    return ("=", signal.name, *chosen)


def starts(tags: Iterable[str]) -> Cond:
    """The language, with a hyphen after it, starts with one of the tags (each with a hyphen at its end)."""
    return ("~", "language", *_least(tags, str.startswith))


def ends(signal: str, hosts: Iterable[str]) -> Cond:
    """The host, with a dot before it, ends with one of the hosts (each with a dot before it)."""
    return ("^", signal, *_least(hosts, str.endswith))


def _least(texts: Iterable[str], covered: Callable[[str, str], bool]) -> list[str]:
    """Return the texts without those that another one covers."""
    chosen = list(dict.fromkeys(texts))
    return [text for text in chosen if not any(text != other and covered(text, other) for other in chosen)]


def from_language(asked: Language) -> Cond:
    """Lower `language`."""
    if "*" in asked.ranges:
        return known(("language",))
    return starts(f"{tag.lower()}-" for tag in asked.ranges)


def from_membership(asked: Membership, signal: Signal) -> Cond:
    """Lower a question about a signal's values."""
    values = [value.lower() if signal.folded and isinstance(value, str) else value for value in asked.values]
    if signal.type is SignalType.HOST:
        return ends(signal.name, (f".{value}" for value in values))
    return equals(signal, values)


def either(first: Cond, second: Cond, signals: Mapping[str, Signal]) -> Cond:
    """Return one leaf that asks whether one of two leaves of the same kind holds."""
    operator, subject = str(first[0]), str(first[1])
    values = [value for value in (*first[2:], *second[2:]) if isinstance(value, (str, bool))]
    match operator:
        case "=":
            return equals(signals[subject], values)
        case "~":
            return starts(str(value) for value in values)
        case "^":
            return ends(subject, (str(value) for value in values))
        case "#":
            return numbers(subject, union_of_numbers((*number_intervals(first), *number_intervals(second))))
    return clock(operator, subject, union((*clock_intervals(first), *clock_intervals(second))))


def both(first: Cond, second: Cond, signals: Mapping[str, Signal]) -> Cond | None:
    """Return one leaf that asks whether two leaves of the same kind hold, or None where there is no such leaf."""
    operator, subject = str(first[0]), str(first[1])
    if operator == "*":
        return known(str(name) for name in (*first[1:], *second[1:]))
    if operator == "#":
        return numbers(subject, _common(number_intervals(first), number_intervals(second)))
    if operator in SCALES:
        return clock(operator, subject, intersection(clock_intervals(first), clock_intervals(second)))
    if operator == "=" and signals[subject].type is not SignalType.SET:
        return equals(
            signals[subject], [value for value in first[2:] if value in second[2:] and isinstance(value, (str, bool))]
        )
    return None


def _common(first: NumberIntervals, second: NumberIntervals) -> NumberIntervals:
    return union_of_numbers((max(a, c), min(b, d)) for a, b in first for c, d in second)
