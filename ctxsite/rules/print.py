"""Conditions back to YAML, in flow style: for suggestions, traces, reports. Reading it gives the same condition."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
from ctxsite.rules.times import date_text, moment_text, time_text, weekday_text
from ctxsite.rules.values import number_text, range_text

_WORD = re.compile(r"(?!(?:null|true|false)$)[a-z][a-z0-9_-]*", re.ASCII | re.IGNORECASE)
_CLOCKS = (Time, Weekday, Date, Moment)


def scalar(text: str) -> str:
    """Return a text as a YAML scalar: a word as it is, anything else in double quotes."""
    if _WORD.fullmatch(text):
        return text
    escaped = "".join(
        f"\\{char}" if char in '"\\' else char if char.isprintable() else f"\\U{ord(char):08x}" for char in text
    )
    return f'"{escaped}"'


def _list(values: Iterable[str]) -> str:
    shown = list(values)
    return shown[0] if len(shown) == 1 else f"[{', '.join(shown)}]"


def _number(bounds: tuple[float | None, float | None]) -> str:
    low, high = bounds
    return number_text(low) if low is not None and low == high else scalar(range_text(bounds))


def _value(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else scalar(value)


def entry(condition: Condition) -> tuple[str, str]:
    """Return a condition as one key and its value, without its zone: `("time", '"18:00-23:00"')`."""
    match condition:
        case Time(ranges=times):
            return "time", _list(scalar(time_text(each)) for each in times)
        case Weekday(ranges=days):
            return "weekday", _list(scalar(weekday_text(each)) for each in days)
        case Date(ranges=dates):
            return "date", _list(scalar(date_text(each)) for each in dates)
        case Moment(ranges=moments):
            return "moment", _list(scalar(moment_text(each)) for each in moments)
        case Language(ranges=tags):
            return "language", _list(scalar(tag) for tag in tags)
        case Membership(signal=name, values=values):
            return name, _list(_value(value) for value in values)
        case Number(signal=name, ranges=bounds):
            return name, _list(_number(each) for each in bounds)
        case Known(signals=names):
            return "known", _list(scalar(name) for name in names)
    return _joining_entry(condition)


def _joining_entry(condition: Audience | All | Any | Not) -> tuple[str, str]:
    match condition:
        case Audience(names=names):
            return "audience", _list(scalar(name) for name in names)
        case All(parts=parts):
            return "all", f"[{', '.join(condition_text(part) for part in parts)}]"
        case Any(parts=parts):
            return "any", f"[{', '.join(condition_text(part) for part in parts)}]"
        case Not(part=part):
            return "not", condition_text(part)


def _one_mapping(parts: tuple[Condition, ...]) -> bool:
    """Tell whether the parts can stand as the keys of one mapping: each key once, one zone for all clocks."""
    keys = {entry(part)[0] for part in parts}
    zones = {part.zone for part in parts if isinstance(part, _CLOCKS)}
    return len(parts) > 1 and len(keys) == len(parts) and len(zones) < 2


def condition_text(condition: Condition) -> str:
    """Return the condition as a flow mapping: `{time: "18:00-23:00", zone: Europe/Berlin}`."""
    parts = condition.parts if isinstance(condition, All) and _one_mapping(condition.parts) else (condition,)
    zone = next((part.zone for part in parts if isinstance(part, _CLOCKS)), None)
    entries = [entry(part) for part in parts]
    if zone is not None:
        entries.append(("zone", scalar(zone)))
    return "{" + ", ".join(f"{key}: {value}" for key, value in entries) + "}"
