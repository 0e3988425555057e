"""What a search found, as a context: JSON data that any evaluator reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from ctxsite.rules.context import Value
from ctxsite.rules.instants import When, instant_seconds
from ctxsite.rules.signals import BUILT_IN, SEGMENT, Signal, SignalType
from ctxsite.rules.values import language_text
from ctxsite.rules.zones import EPOCH, zone_info

Witness = Mapping[str, object]
"""A context as JSON data."""


def _shown(signal: Signal, value: Value) -> object:
    if isinstance(value, frozenset):
        return [member for member in signal.values or () if member in value]
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if signal.type is SignalType.LANGUAGE:
        return [language_text(str(value))]
    return str(value).upper() if signal.type is SignalType.COUNTRY else value


def make_witness(signals: Mapping[str, Signal], values: Mapping[str, Value], when: When | None) -> Witness:
    """Return the context, its keys in the order of the specification."""
    context: dict[str, object] = {}
    if when is not None:
        instant = EPOCH + dt.timedelta(seconds=instant_seconds(when))
        context["now"] = instant.astimezone(zone_info(when.zone) or dt.UTC).isoformat(timespec="minutes")
        context["zone"] = when.zone
    shown = {name: _shown(signals[name], values[name]) for name in signals if name in values}
    if "language" in shown:
        context["languages"] = shown.pop("language")
    if SEGMENT in shown:
        context["segments"] = shown.pop(SEGMENT)
    context.update((name, shown.pop(name)) for name in BUILT_IN if name in shown)
    if shown:
        context["signals"] = shown
    return context
