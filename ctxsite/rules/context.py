"""A visit's context, from JSON data that nobody vouches for: whatever is malformed counts as unknown."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import field

from ctxsite.frozen import dataclass
from ctxsite.rules.clock import local_seconds
from ctxsite.rules.signals import BUILT_IN, SEGMENT, Signal, SignalType
from ctxsite.rules.values import is_country, is_host, is_language
from ctxsite.rules.zones import zone_names

Value = str | bool | float | frozenset[str]
"""A known signal's value; text of signals that ignore letter case is in lower case."""

_INSTANT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?(?:Z|([-+])([01]\d|2[0-3]):([0-5]\d))",
    re.ASCII,
)
_YEARS = range(2, 9999)  # a day less at both ends: every clock on earth can show these instants
_DIRECT = tuple(
    name for name, signal in BUILT_IN.items() if signal.type not in (SignalType.INSTANT, SignalType.LANGUAGE)
)


@dataclass(frozen=True, slots=True)
class Context:
    """The signals of one visit at one moment.

    `instant` is in seconds since 1970 UTC, None if unknown; `offset` that of `now` as it was given, in seconds;
    `zone` the visitor's IANA zone, None if unknown. `given` has each other signal's value by its name, as it came.
    """

    instant: int | None = None
    offset: int = 0
    zone: str | None = None
    given: Mapping[str, object] = field(default_factory=dict)


def read_instant(data: object) -> tuple[int, int] | None:
    """Read an instant with an offset (RFC 3339; seconds may be left out) into seconds since 1970 and the offset."""
    match = _INSTANT.fullmatch(data) if isinstance(data, str) else None
    if match is None or int(match[1]) not in _YEARS:
        return None
    try:
        seconds = local_seconds(int(match[1] + match[2] + match[3]), int(match[4]) * 60 + int(match[5]))
    except ValueError:  # no such day
        return None
    offset = 0
    if match[7]:
        offset = (int(match[8]) * 60 + int(match[9])) * (-60 if match[7] == "-" else 60)
    return seconds + int(match[6] or 0) - offset, offset


def read_context(data: object) -> Context:
    """Read a context from JSON data. Never raises; what is absent, null or malformed is unknown.

    Only the visitor's first language counts. Values are judged by `value_of`, which knows their signal.
    """
    if not isinstance(data, Mapping):
        return Context()
    given: dict[str, object] = {name: data[name] for name in _DIRECT if data.get(name) is not None}
    languages = data.get("languages")
    if isinstance(languages, list) and languages:
        given["language"] = languages[0]
    if data.get("segments") is not None:
        given[SEGMENT] = data["segments"]
    own = data.get("signals")
    if isinstance(own, Mapping):
        given.update((name, value) for name, value in own.items() if name not in BUILT_IN and name != SEGMENT)
    now = read_instant(data.get("now"))
    if now is None:
        return Context(given=given)
    zone = data.get("zone")
    return Context(now[0], now[1], zone if isinstance(zone, str) and zone in zone_names() else None, given)


def _set_value(signal: Signal, data: object) -> frozenset[str] | None:
    """Return the declared members; unknown if members were given and none of them is declared."""
    if not isinstance(data, list):
        return None
    declared = frozenset(member for member in data if isinstance(member, str) and member in (signal.values or ()))
    return None if data and not declared else declared


def _number_value(data: object) -> float | None:
    if isinstance(data, bool) or not isinstance(data, (int, float)):
        return None
    try:
        number = float(data)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def value_of(context: Context, signal: Signal) -> Value | None:
    """Return the signal's value, or None if it is unknown: absent, of another type, or not among its values.

    An empty text says nothing, so it is unknown; an empty set is known.
    """
    data = context.given.get(signal.name)
    if data is None:
        return None
    if signal.type is SignalType.SET:
        return _set_value(signal, data)
    if signal.type is SignalType.NUMBER:
        return _number_value(data)
    if signal.type is SignalType.BOOLEAN:
        return data if isinstance(data, bool) else None
    if not isinstance(data, str) or not data:
        return None
    text = data.lower() if signal.folded else data
    match signal.type:
        case SignalType.ENUM:
            return text if text in (signal.values or ()) else None
        case SignalType.COUNTRY:
            return text if is_country(text) else None
        case SignalType.LANGUAGE:
            return text if is_language(text) else None
        case SignalType.HOST:
            return text.removesuffix(".") if is_host(text) else None
    return text
