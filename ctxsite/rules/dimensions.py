"""What a decision's outcome depends on, cut into the pieces that its questions can tell apart, with words for them.

A dimension is a signal, a member of a set, or one face of a clock (time of day, weekday, date …). Its pieces cover
all of it and none overlap, so a table of who sees what has a row for everybody.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

from ctxsite.frozen import dataclass
from ctxsite.rules.ast import VISITOR
from ctxsite.rules.cells import cells, given, given_member, mentioned
from ctxsite.rules.context import Value
from ctxsite.rules.formulas import CLOCK_OPERATORS, assume
from ctxsite.rules.intervals import SCALES, union
from ctxsite.rules.leaves import ALWAYS, NEVER, Cond, clock_intervals, number_intervals
from ctxsite.rules.signals import Signal, SignalType
from ctxsite.rules.table_evaluate import matches
from ctxsite.rules.values import language_text, number_text

REST = "otherwise"
YES, NO = "yes", "no"
_DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
_FACES = {"t": "time", "w": "weekday", "d": "date", "y": "day of the year", "m": "moment"}
_MOST_RANGES = 3


@dataclass(frozen=True, slots=True)
class Dimension:
    """One thing that an outcome depends on. `count` pieces; `narrow` simplifies a formula, knowing which piece it is.

    `words` names a set of pieces; `formula` says the same as a condition, for a clock's face, or is None.
    """

    title: str
    count: int
    narrow: Callable[[Cond, int], Cond]
    words: Callable[[Sequence[int]], str]
    formula: Callable[[Sequence[int]], Cond] | None = None


def clock_face(operator: str, zone: str, asked: Sequence[Cond]) -> Dimension:
    """Return a face of the clock in a zone, cut where the questions about it begin and end."""
    scale = SCALES[operator]
    ranges = [interval for leaf in asked for interval in clock_intervals(leaf)]
    starts = sorted({scale.first} | {low for low, _ in ranges} | {high + 1 for _, high in ranges if high < scale.last})
    pieces = [(low, high - 1) for low, high in pairwise([*starts, scale.last + 1])]

    def narrow(formula: Cond, index: int) -> Cond:
        at = pieces[index][0]

        def answer(leaf: Cond) -> Cond:
            if leaf[0] != operator or leaf[1] != zone:
                return leaf
            return ALWAYS if any(low <= at <= high for low, high in clock_intervals(leaf)) else NEVER

        return assume(formula, answer)

    def words(indices: Sequence[int]) -> str:
        merged = union(pieces[index] for index in indices)
        if len(merged) == 1 and merged[0] == (scale.first, scale.last):
            return ""
        joined = _joined(merged, scale.first, scale.last) if operator in "twy" else list(merged)
        if len(joined) > _MOST_RANGES:
            return REST
        return ", ".join(_range(operator, low, high) for low, high in joined)

    def formula(indices: Sequence[int]) -> Cond:
        ends = [scale.write(end) for low_high in union(pieces[index] for index in indices) for end in low_high]
        return (operator, zone, *ends)

    where = "" if zone == VISITOR else f" in {zone}"
    return Dimension(_FACES[operator] + where, len(pieces), narrow, words, formula)


def _joined(ranges: Sequence[tuple[int, int]], first: int, last: int) -> list[tuple[int, int]]:
    """Join what ends at a scale's end to what starts at its start: 22:00 to 05:00 is one range."""
    if len(ranges) > 1 and ranges[0][0] == first and ranges[-1][1] == last:
        return [*ranges[1:-1], (ranges[-1][0], ranges[0][1])]
    return list(ranges)


def _range(operator: str, low: int, high: int) -> str:
    scale = SCALES[operator]
    if operator == "t":
        return f"{_minute(low)}–{_minute(high + 1)}"
    if operator == "m":
        start = "" if low == scale.first else _stamp(scale.write(low))
        end = "" if high == scale.last else _stamp(scale.write(high + 1))
        return f"{start}..{end}"
    texts = [_day(operator, scale.write(end)) for end in (low, high)]
    if operator == "d":
        texts = ["" if low == scale.first else texts[0], "" if high == scale.last else texts[1]]
    if texts[0] == texts[1]:
        return texts[0]
    return (".." if operator in "dy" else "–").join(texts)


def _minute(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _stamp(number: int) -> str:
    date, time = divmod(number, 10000)
    return f"{_day('d', date)}T{time // 100:02}:{time % 100:02}"


def _day(operator: str, number: int) -> str:
    if operator == "w":
        return _DAYS[number]
    tail = f"{number // 100 % 100:02}-{number % 100:02}"
    return tail if operator == "y" else f"{number // 10000:04}-{tail}"


def plain_signal(signal: Signal, asked: Sequence[Cond], languages: Sequence[str]) -> Dimension:
    """Return a signal that is neither a set nor a number: the values that rules mention, and everything else."""
    values: list[Value | None] = [*cells(signal, asked, languages), None]
    tests = [leaf for leaf in asked if leaf[0] != "*"]
    named = [_names(signal, value, tests) for value in values]

    def words(indices: Sequence[int]) -> str:
        if len(indices) == len(values):
            return ""
        if len(values) - 1 in indices and len(tests) == len(asked):
            return REST
        return ", ".join(name for index in indices for name in named[index])

    def narrow(formula: Cond, index: int) -> Cond:
        return given(formula, signal.name, values[index])

    return Dimension(signal.name, len(values), narrow, words)


def _names(signal: Signal, value: Value | None, tests: Sequence[Cond]) -> list[str]:
    """Return the values that rules mention and that are answered as this one is."""
    if value is None:
        return ["unknown"]

    def answers(other: Value) -> list[bool]:
        return [matches(str(leaf[0]), other, leaf[2:]) for leaf in tests]

    if not any(answers(value)):
        return ["another"]
    alike = [other for other in dict.fromkeys(mentioned(tests)) if answers(other) == answers(value)]
    return [_text(signal, other) for other in alike or [value]]


def _text(signal: Signal, value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if signal.type is SignalType.LANGUAGE:
        return language_text(str(value))
    return str(value).upper() if signal.type is SignalType.COUNTRY else str(value)


def number_signal(signal: Signal, asked: Sequence[Cond]) -> Dimension:
    """Return a number, cut at the ends of the intervals that rules mention: each end, and each gap between."""
    intervals = [interval for leaf in asked if leaf[0] == "#" for interval in number_intervals(leaf)]
    ends = sorted({end for interval in intervals for end in interval if math.isfinite(end)})
    points: list[float | None] = [ends[0] - 1] if ends else [0.0]
    for number, end in enumerate(ends):
        after = ends[number + 1] if number + 1 < len(ends) else end + 2
        points += [end, end + (after - end) / 2]
    points.append(None)

    def narrow(formula: Cond, index: int) -> Cond:
        return given(formula, signal.name, points[index])

    def words(indices: Sequence[int]) -> str:
        if len(indices) == len(points):
            return ""
        if len(points) - 1 in indices:
            return "unknown" if len(indices) == 1 else REST
        return ", ".join(_numbers(low, high, ends) for low, high in union((index, index) for index in indices))

    return Dimension(signal.name, len(points), narrow, words)


def _numbers(low: int, high: int, ends: Sequence[float]) -> str:
    """Name the pieces `low` to `high`: odd ones are ends, even ones the gaps around them."""
    if low == high and low % 2:
        return number_text(ends[low // 2])
    start = _edge(low, ends, "from", "above") if low else ""
    end = _edge(high, ends, "up to", "below") if high < 2 * len(ends) else ""
    if low % 2 and high % 2:
        return f"{number_text(ends[low // 2])}..{number_text(ends[high // 2])}"
    return " and ".join(part for part in (start, end) if part)


def _edge(index: int, ends: Sequence[float], at: str, beyond: str) -> str:
    if index % 2:
        return f"{at} {number_text(ends[index // 2])}"
    return f"{beyond} {number_text(ends[index // 2 - (beyond == 'above')])}"


def member(signal: Signal, name: str) -> Dimension:
    """Return whether a set has a member."""

    def narrow(formula: Cond, index: int) -> Cond:
        return given_member(formula, signal.name, name, index == 0)

    return Dimension(f"{signal.name} {name}", 2, narrow, _yes_no)


def knowledge(signal: Signal) -> Dimension:
    """Return whether a set is known, for one that has no member that matters."""

    def narrow(formula: Cond, index: int) -> Cond:
        def answer(leaf: Cond) -> Cond:
            if leaf[0] != "*" or signal.name not in leaf[1:]:
                return leaf
            rest = [other for other in leaf[1:] if other != signal.name]
            return NEVER if index else ("*", *rest) if rest else ALWAYS

        return assume(formula, answer)

    return Dimension(f"{signal.name} known", 2, narrow, _yes_no)


def _yes_no(indices: Sequence[int]) -> str:
    return "" if len(indices) == 2 else NO if indices[0] else YES


def is_clock(leaf: Cond) -> bool:
    """Tell whether a question is about what a clock shows."""
    return leaf[0] in CLOCK_OPERATORS
