"""Times, weekdays, dates and moments as text: read, checked and written back.

Each reader takes one value's text and returns what `ast` keeps of it, or a `Fault` that says what is wrong.
"""

from __future__ import annotations

import datetime as dt
import re

from ctxsite.diagnostics.codes_rules import DATE_INVALID, MOMENT_INVALID, RANGE_EMPTY, TIME_INVALID, WEEKDAY_INVALID
from ctxsite.diagnostics.model import Code, did_you_mean
from ctxsite.frozen import dataclass
from ctxsite.rules.ast import DateRange

DAY = 1440
"""Minutes of a day."""

WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")

_TIME = re.compile(r"(\d\d):(\d\d)", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_YEARLY = re.compile(r"(\d\d)-(\d\d)", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)", re.ASCII)
_LEAP_YEAR = 2024


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is no value of its key: a code, a sentence, and a suggestion if there is one."""

    code: Code
    message: str
    help: str | None = None


def _minute(text: str) -> int | None:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2])
    return hour * 60 + minute if (hour < 24 and minute < 60) or (hour == 24 and minute == 0) else None


def read_time(text: str) -> tuple[int, int] | Fault:
    """Read `18:00-23:00` into minutes of the day, `[start, end)`."""
    first, dash, last = text.partition("-")
    if not dash:
        return Fault(TIME_INVALID, f"`{text}` is not a range of time", "write it as `18:00-23:00`")
    ends = []
    for part in (first.strip(), last.strip()):
        minute = _minute(part)
        if minute is None:
            padded = f"0{part}"
            return Fault(
                TIME_INVALID,
                f"`{part}` is not a time of day",
                f"write `{padded}`"
                if _minute(padded) is not None
                else "times run from 00:00 to 24:00, with four digits",
            )
        ends.append(minute)
    start, end = ends
    if start == DAY:
        return Fault(TIME_INVALID, "a range cannot start at 24:00", "write 00:00")
    if start == end:
        return Fault(RANGE_EMPTY, f"the range `{text}` starts where it ends", "the whole day is `00:00-24:00`")
    return start, end


def read_weekday(text: str) -> tuple[int, int] | Fault:
    """Read `sat` or `fri-mon` into a closed range of days, 0 for Sunday; it may wrap."""
    ends = []
    for part in text.split("-") if text.count("-") < 2 else (text,):
        name = part.strip().lower()
        if name not in WEEKDAYS:
            near = next((day for day in WEEKDAYS if name.startswith(day)), None)
            help_ = f"did you mean `{near}`?" if near else did_you_mean(name, WEEKDAYS)
            return Fault(WEEKDAY_INVALID, f"`{part.strip()}` is not a weekday", help_)
        ends.append(WEEKDAYS.index(name))
    if len(ends) == 2 and ends[0] == ends[1]:
        return Fault(RANGE_EMPTY, f"the range `{text}` starts where it ends", f"write `{WEEKDAYS[ends[0]]}`")
    return ends[0], ends[-1]


def _day(text: str) -> tuple[int, bool] | Fault:
    """Read one date into its number and whether it is yearly."""
    if match := _DATE.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif match := _YEARLY.fullmatch(text):
        year, month, day = _LEAP_YEAR, int(match[1]), int(match[2])
    else:
        return Fault(DATE_INVALID, f"`{text}` is not a date", "write it as `2026-12-24`, or `12-24` for every year")
    try:
        dt.date(year, month, day)
    except ValueError:
        return Fault(DATE_INVALID, f"`{text}` is not a day of the calendar", _nearest_day(year, month))
    yearly = len(match.groups()) == 2
    return (month * 100 + day, True) if yearly else (year * 10000 + month * 100 + day, False)


def _nearest_day(year: int, month: int) -> str:
    if not 1 <= month <= 12:
        return "months run from 01 to 12"
    if not year:
        return "years start at 0001"
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day if year < 9999 else 31
    return f"that month has {last} days"


def read_date(text: str) -> DateRange | Fault:
    """Read a date, or a range of dates with both ends included."""
    first, dots, last = (part.strip() for part in text.partition(".."))
    if not dots:
        day = _day(first)
        return day if isinstance(day, Fault) else DateRange(day[0], day[0], day[1])
    if not first and not last:
        return Fault(DATE_INVALID, "a range needs at least one end")
    start, end = (_day(part) if part else None for part in (first, last))
    for read in (start, end):
        if isinstance(read, Fault):
            return read
    yearly = [read[1] for read in (start, end) if isinstance(read, tuple)]
    if True in yearly and (len(yearly) == 1 or False in yearly):
        return Fault(DATE_INVALID, f"`{text}` mixes a day of every year with something else", "give both ends alike")
    low, high = (read[0] if isinstance(read, tuple) else None for read in (start, end))
    if low is not None and high is not None and high < low and not yearly[0]:
        return Fault(RANGE_EMPTY, f"the range `{text}` ends before it starts", f"did you mean `{last}..{first}`?")
    return DateRange(low, high, yearly[0])


def _instant(text: str) -> int | Fault:
    match = _MOMENT.fullmatch(text)
    if match is None:
        day_only = _DATE.fullmatch(text) is not None
        help_ = f"write `{text}T00:00`" if day_only else "write it as `2026-11-27T18:00`, without seconds or offset"
        return Fault(MOMENT_INVALID, f"`{text}` is not a date and time", help_)
    day, minute = _day(match[1]), _minute(match[2])
    if isinstance(day, Fault):
        return Fault(MOMENT_INVALID, day.message, day.help)
    if minute is None or minute == DAY:
        return Fault(MOMENT_INVALID, f"`{match[2]}` is not a time of day", "times run from 00:00 to 23:59")
    return day[0] * 10000 + minute // 60 * 100 + minute % 60


def read_moment(text: str) -> tuple[int | None, int | None] | Fault:
    """Read a range of wall-clock minutes into `yyyymmddhhmm` numbers, `[start, end)`."""
    first, dots, last = (part.strip() for part in text.partition(".."))
    if not dots:
        return Fault(MOMENT_INVALID, f"`{text}` is not a range of moments", f"write `{text}..` for everything after it")
    if not first and not last:
        return Fault(MOMENT_INVALID, "a range needs at least one end")
    start, end = (_instant(part) if part else None for part in (first, last))
    if isinstance(start, Fault):
        return start
    if isinstance(end, Fault):
        return end
    if start is not None and end is not None and end <= start:
        where = "starts where it ends" if start == end else "ends before it starts"
        help_ = None if start == end else f"did you mean `{last}..{first}`?"
        return Fault(RANGE_EMPTY, f"the range `{text}` {where}", help_)
    return start, end


def time_text(minutes: tuple[int, int]) -> str:
    """Write a range of minutes of the day."""
    return "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in minutes)


def weekday_text(days: tuple[int, int]) -> str:
    """Write a weekday or a range of them."""
    return WEEKDAYS[days[0]] if days[0] == days[1] else f"{WEEKDAYS[days[0]]}-{WEEKDAYS[days[1]]}"


def _day_text(day: int | None, yearly: bool) -> str:
    if day is None:
        return ""
    month_day = f"{day // 100 % 100:02}-{day % 100:02}"
    return month_day if yearly else f"{day // 10000:04}-{month_day}"


def date_text(days: DateRange) -> str:
    """Write a date or a range of them."""
    start, end = _day_text(days.start, days.yearly), _day_text(days.end, days.yearly)
    return start if start == end else f"{start}..{end}"


def moment_text(moments: tuple[int | None, int | None]) -> str:
    """Write a range of moments."""
    return "..".join(
        "" if at is None else f"{_day_text(at // 10000, yearly=False)}T{at // 100 % 100:02}:{at % 100:02}"
        for at in moments
    )
