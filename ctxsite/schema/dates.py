"""Dates and times as people write them: RFC 3339, and its shorter forms."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from ctxsite.diagnostics.codes_site import INVALID_DATE
from ctxsite.schema.types import Say, Type, wrong_type
from ctxsite.syntax.nodes import Node, Scalar

_PATTERN = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[Tt ] *(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)? *(?:([Zz])|([+-])(\d{2}):?(\d{2})?)?)?",
    re.ASCII,
)
_OTHERS = (
    (re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})", re.ASCII), "did you mean"),
    (re.compile(r"(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})\. ?(?P<y>\d{4})", re.ASCII), "did you mean"),
    (re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})", re.ASCII), "did you mean"),
)
_FORMS = "write a date as `2026-12-24`, with a time as `2026-12-24T10:00+01:00`"


def parse_date_time(text: str) -> tuple[dt.datetime | None, str, str | None]:
    """Return the instant with its offset (UTC where none is written); else None, what is wrong, and a suggestion.

    A date without a time is midnight. Years run from 2 to 9998, so that every zone can show every instant.
    """
    found = _PATTERN.fullmatch(text)
    if found is None:
        return None, "this is not a date", _meant(text)
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    problem = _impossible(year, month, day)
    if problem is not None:
        swapped = f"{year:04}-{day:02}-{month:02}"
        fits = month > 12 and _impossible(year, day, month) is None
        return None, problem, f"did you mean `{swapped}`?" if fits else _FORMS
    if found[4] is None:
        return dt.datetime(year, month, day, tzinfo=dt.UTC), "", None
    hour, minute, second = int(found[4]), int(found[5] or 0), int(found[6] or 0)
    if hour > 23 or minute > 59 or second > 59:
        shown = f"{hour:02}:{minute:02}" + (f":{second:02}" if found[6] else "")
        return None, f"there is no time {shown}", "hours run from 00 to 23, minutes and seconds from 00 to 59"
    away = dt.timedelta(hours=int(found[10] or 0), minutes=int(found[11] or 0))
    if away >= dt.timedelta(hours=24) or int(found[11] or 0) > 59:
        return None, "there is no such offset from UTC", "offsets look like `+01:00`"
    zone = dt.UTC if not away else dt.timezone(-away if found[9] == "-" else away)
    micro = int((found[7] or "0")[:6].ljust(6, "0"))
    return dt.datetime(year, month, day, hour, minute, second, micro, zone), "", None


def _impossible(year: int, month: int, day: int) -> str | None:
    if not 2 <= year <= 9998:
        return f"the year {year:04} is out of range"
    if not 1 <= month <= 12:
        return f"there is no month {month:02}"
    if not (1 <= day <= 28 or 28 < day <= calendar.monthrange(year, month)[1]):
        return f"{calendar.month_name[month]} {year} has no day {day:02}"
    return None


def _meant(text: str) -> str:
    for pattern, words in _OTHERS:
        found = pattern.fullmatch(text.strip())
        if found is not None:
            year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
            if _impossible(year, month, day) is None:
                return f"{words} `{year:04}-{month:02}-{day:02}`?"
    return _FORMS


def _read(node: Node, what: str, say: Say) -> dt.datetime | None:
    if not isinstance(node, Scalar) or node.value is None or isinstance(node.value, bool):
        say.append(wrong_type(node, what, "a date"))
        return None
    value, problem, help_text = parse_date_time(node.raw.strip())
    if value is None:
        say.append(INVALID_DATE.at(node.span, f"{what}: {problem}", help=help_text))
    return value


DATE_TIME = Type("a date", _read, {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}"})
"""An instant with an offset."""
