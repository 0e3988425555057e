"""Conditions and decisions as values; spec: the documentation's page on rules.

Every node keeps the span it was written at, so that whatever is found out about it later can be shown there.
Spans take no part in equality: two conditions are equal when they ask the same in the same words.
"""

from __future__ import annotations

from dataclasses import field

from ctxsite.frozen import dataclass
from ctxsite.source import Span

DEFAULT = "default"
"""What a decision gives when no branch's condition holds."""

VISITOR = "visitor"
"""The zone that means: the visitor's own clock."""


@dataclass(frozen=True, slots=True)
class Time:
    """The minute of the day is in one of the half-open ranges `[start, end)`; an end before its start wraps midnight.

    Minutes count from midnight, 0 to 1440. `zone` is that of the mapping the key stood in: None for the site's,
    `visitor`, or an IANA name; the same holds for the other three clock questions.
    """

    ranges: tuple[tuple[int, int], ...]
    zone: str | None
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Weekday:
    """The day of the week is in one of the closed ranges; 0 is Sunday, 6 Saturday; a range may wrap."""

    ranges: tuple[tuple[int, int], ...]
    zone: str | None
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class DateRange:
    """A closed range of days: `yyyymmdd` numbers with None for an open end, or each year's `mmdd` numbers.

    Only a yearly range may wrap (its end before its start).
    """

    start: int | None
    end: int | None
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class Date:
    """The calendar date is in one of the ranges."""

    ranges: tuple[DateRange, ...]
    zone: str | None
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Moment:
    """The wall clock's minute is in one of the half-open ranges of `yyyymmddhhmm` numbers; None is an open end."""

    ranges: tuple[tuple[int | None, int | None], ...]
    zone: str | None
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Language:
    """The visitor's first language matches one of the basic ranges (RFC 4647, 3.3.1), which may be `*`."""

    ranges: tuple[str, ...]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Membership:
    """The signal's value, or one of its members if it is a set, is one of the values."""

    signal: str
    values: tuple[str | bool, ...]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Number:
    """The number is in one of the closed ranges; None is an open end."""

    signal: str
    ranges: tuple[tuple[float | None, float | None], ...]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Audience:
    """The condition of one of these audiences holds."""

    names: tuple[str, ...]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds: a mapping of several keys, or `all:`."""

    parts: tuple[Condition, ...]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Any:
    """One of the parts holds."""

    parts: tuple[Condition, ...]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Known:
    """Each of these signals is known; `time` stands for the instant."""

    signals: tuple[str, ...]
    span: Span = field(compare=False, repr=False)


Clock = Time | Weekday | Date | Moment
Condition = Time | Weekday | Date | Moment | Language | Membership | Number | Audience | All | Any | Not | Known


@dataclass(frozen=True, slots=True)
class Decision:
    """An ordered list of named branches; the first whose condition holds is shown, otherwise the default.

    `name` is the block's, or empty for a page's own decision.
    """

    name: str
    branches: tuple[tuple[str, Condition], ...]
