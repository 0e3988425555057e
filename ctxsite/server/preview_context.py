"""A context as one parameter of an address, so that a link shares it.

`?ctx=now:2026-12-24T20:15+01:00;zone:Europe/Vienna;segments:business` is a list of `name:value`, with semicolons
between. Names are those of a context as data, and signals of the site's own; values are written as a browser's sources
would hold them. What is not there is unknown; `-` is a context in which nothing is known. A percent sign, a semicolon,
a plus sign and white space in a value are percent-encoded, so that no plus sign and no space means anything else than
itself when the text has been through a query. The same text is read in the browser (`panel/context.js`), which has to
find the same in it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from urllib.parse import quote, unquote

from ctxsite.rules.context import read_context
from ctxsite.rules.signals import BUILT_IN, SEGMENT, Signal, SignalType, Vocabulary
from ctxsite.rules.zones import EPOCH, zone_info, zone_names

PARAMETER = "ctx"
"""The query's parameter."""

NOBODY = "-"
"""The context in which nothing is known."""

_TEXTS = ("country", "campaign", "referrer", "device", "visit", "scheme")
_NAMES = ("now", "zone", "languages", "segments", *_TEXTS)
_NUMBER = re.compile(r"[+-]?\d{1,300}(\.\d+)?", re.ASCII)
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_ESCAPED = re.compile(r"[%;+\s\x00-\x1f\x7f]")
_MALFORMED = re.compile(r"%(?![0-9A-Fa-f]{2})")


def context_from(text: str, vocabulary: Vocabulary) -> dict[str, object]:
    """Return the context, as JSON data, that a text means. Never raises: what cannot be read is unknown."""
    found = _items(text)
    context: dict[str, object] = {}
    if "now" in found:
        context["now"] = found["now"].replace(" ", "+")
    if "zone" in found:
        zone = found["zone"].replace(" ", "+")
        context["zone"] = next((name for name in zone_names() if name.lower() == zone.lower()), zone)
    if "languages" in found:
        context["languages"] = [tag.strip() for tag in found["languages"].split(",")]
    if "segments" in found:
        context["segments"] = _members(found["segments"])
    context.update((name, found[name]) for name in _TEXTS if name in found)
    own = {name.removeprefix("."): value for name, value in found.items() if name not in _NAMES}
    signals: dict[str, object] = {}
    for name, value in own.items():
        signal = vocabulary.signals.get(name)
        if signal is not None and name not in BUILT_IN and name != SEGMENT:
            signals[name] = _typed(signal, value)
    if signals:
        context["signals"] = signals
    return context


def context_text(context: Mapping[str, object], vocabulary: Vocabulary) -> str:
    """Return a context, given as JSON data, as text; `now` on the clock of the zone, if that is known.

    Values that are none of their signal's type are left out.
    """
    items: list[tuple[str, str]] = []
    seen = read_context(context)
    if seen.instant is not None:
        items.append(("now", _instant(seen.instant, seen.offset, seen.zone)))
        if seen.zone is not None:
            items.append(("zone", seen.zone))
    languages = context.get("languages")
    if isinstance(languages, list) and all(isinstance(tag, str) for tag in languages) and languages:
        items.append(("languages", ",".join(languages)))
    segments = context.get("segments")
    if isinstance(segments, list):
        items.append(("segments", ",".join(str(member) for member in segments)))
    items += [(name, value) for name in _TEXTS if isinstance(value := context.get(name), str)]
    signals = context.get("signals")
    for name, value in signals.items() if isinstance(signals, Mapping) else ():
        signal = vocabulary.signals.get(name)
        text = None if signal is None else _WRITERS.get(signal.type, _plain)(value)
        if text is not None:
            items.append((f".{name}" if name in _NAMES else name, text))
    return ";".join(f"{name}:{_ESCAPED.sub(_escape, value)}" if name not in ("now", "zone") else f"{name}:{value}"
                    for name, value in items) or NOBODY  # fmt: skip


def link_query(context: Mapping[str, object], vocabulary: Vocabulary) -> str:
    """Return the query, from its question mark on, that shares a context given as JSON data."""
    return f"?{PARAMETER}=" + quote(context_text(context, vocabulary), safe=":;,/+@!$'()*~")


def _items(text: str) -> dict[str, str]:
    """Return the values by their names; the last one of a name counts, what is malformed does not."""
    found: dict[str, str] = {}
    for item in text.split(";"):
        name, colon, value = item.partition(":")
        if not colon or _MALFORMED.search(value):
            continue
        try:
            found[name] = unquote(value, errors="strict")
        except UnicodeDecodeError:
            continue
    return found


def _typed(signal: Signal, text: str) -> object:
    match signal.type:
        case SignalType.SET:
            return _members(text)
        case SignalType.BOOLEAN:
            return _BOOLEANS.get(text)
        case SignalType.NUMBER:
            return float(text) if _NUMBER.fullmatch(text) else None
    return text


def _members(text: str) -> list[str]:
    return re.split(" *, *", text) if text else []


def _instant(seconds: int, offset: int, zone: str | None) -> str:
    at = EPOCH + dt.timedelta(seconds=seconds)
    info = zone_info(zone or "")
    clock = info if info is not None else dt.timezone(dt.timedelta(seconds=offset))
    shown = at.astimezone(clock)
    lag = shown.utcoffset()
    if lag is None or lag % dt.timedelta(minutes=1):  # before clocks agreed on whole minutes
        shown = at
    return shown.isoformat(timespec="seconds" if seconds % 60 else "minutes")


def _plain(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _set(value: object) -> str | None:
    return ",".join(str(member) for member in value) if isinstance(value, list) else None


def _boolean(value: object) -> str | None:
    return str(value).lower() if isinstance(value, bool) else None


def _number(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return f"{Decimal(repr(value)):f}".removesuffix(".0")


_WRITERS: Mapping[SignalType, Callable[[object], str | None]] = {
    SignalType.SET: _set,
    SignalType.BOOLEAN: _boolean,
    SignalType.NUMBER: _number,
}


def _escape(match: re.Match[str]) -> str:
    return quote(match[0], safe="")
