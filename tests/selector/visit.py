"""Contexts as data, turned into the browser that would have had them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from ctxsite.rules.context import read_context
from ctxsite.rules.signals import Signal, SignalType, Source, Vocabulary
from ctxsite.rules.values import is_language
from ctxsite.rules.zones import offset_at, zone_info

WIDTHS = {"phone": 639, "tablet": 1023, "desktop": 1024}
DECLARED = (SignalType.ENUM, SignalType.SET, SignalType.BOOLEAN, SignalType.NUMBER, SignalType.TEXT, SignalType.COUNTRY)
PLACES: dict[str, Callable[[str], dict[str, Any]]] = {
    "language": lambda text: {"languages": [text]} if is_language(text) else {},
    "referrer": lambda text: {"referrer": f"https://{text}/path?query"},
    "device": lambda text: {"width": WIDTHS[text.lower()]} if text.lower() in WIDTHS else {},
    "scheme": lambda text: {"scheme": text.lower()} if text.lower() in ("dark", "light") else {},
    "visit": lambda text: {"session": {"ctxsite": text.lower()}},
}
"""How a browser tells what the engine finds by itself."""


def from_query(known: Vocabulary) -> Vocabulary:
    """Return the vocabulary with every signal that has sources taken from the query, under its own name."""
    return replace(known, signals={name: _moved(signal) for name, signal in known.signals.items()})


def _moved(signal: Signal) -> Signal:
    if signal.type not in DECLARED or signal.name in (*PLACES, "campaign"):
        return signal
    return replace(signal, sources=(Source("query", signal.name),), remember=None)


def visit(data: Any, known: Vocabulary, table: str) -> dict[str, Any]:
    """Return the visit of `harness.mjs` that has this context, for a table made with `from_query`."""
    context = read_context(data)
    made: dict[str, Any] = {"table": table}
    if context.instant is not None:
        zone = zone_info(context.zone or "")
        offset = context.offset if zone is None else offset_at(zone, context.instant)
        made |= {"now": context.instant * 1000, "offset": offset // 60}
    query: dict[str, str] = {}
    for name, value in context.given.items():
        signal = known.signals.get(name)
        text = None if signal is None else _text(signal, value)
        if text is None:
            continue
        if name in PLACES:
            made |= PLACES[name](text)
        else:
            query["utm_campaign" if name == "campaign" else name] = text
    if "session" not in made:
        made["gpc"] = True  # nothing may be remembered: `visit` is unknown
    made["search"] = "?" + urlencode(query)
    return made


def _text(signal: Signal, value: object) -> str | None:
    """Write a value as a visitor's browser would have it; None for data of another type."""
    match signal.type:
        case SignalType.SET:
            return ",".join(str(member) for member in value) if isinstance(value, list) else None
        case SignalType.BOOLEAN:
            return str(value).lower() if isinstance(value, bool) else None
        case SignalType.NUMBER:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return None
            return f"{Decimal(value):f}"
    return value if isinstance(value, str) else None
