"""JSON Schema (2020-12) of conditions and of what they name, for editors."""

from __future__ import annotations

from ctxsite.rules.declarations import KEYS
from ctxsite.rules.signals import (
    BUILT_IN,
    CONFIGURABLE,
    DECLARABLE,
    SEGMENT,
    SOURCE_KINDS,
    Signal,
    SignalType,
    Vocabulary,
)
from ctxsite.rules.times import WEEKDAYS

Schema = dict[str, object]

_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
_DAY = r"\d{4}-\d\d-\d\d"
_YEARLY = r"\d\d-\d\d"
_WEEKDAY = "|".join(WEEKDAYS)
_NUMBER = r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"

_DATES = "|".join((_DAY, _YEARLY, rf"{_DAY}\.\.", rf"\.\.{_DAY}", rf"{_DAY}\.\.{_DAY}", rf"{_YEARLY}\.\.{_YEARLY}"))
_MOMENT = f"{_DAY}T{_CLOCK}"

PATTERNS = {
    "time": rf"^{_CLOCK}-(?:{_CLOCK}|24:00)$",
    "weekday": rf"^(?:{_WEEKDAY})(?:-(?:{_WEEKDAY}))?$",
    "date": rf"^(?:{_DATES})$",
    "moment": rf"^(?:{_MOMENT}\.\.(?:{_MOMENT})?|\.\.{_MOMENT})$",
    "language": r"^(?:\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)$",
}
"""The form of the texts behind each key. A schema cannot know the calendar; the parser does."""

_EXAMPLES = {
    "time": "when the clock shows one of these times: \"18:00-23:00\"; may wrap midnight",
    "weekday": "on these days: mon, mon-fri",
    "date": "on these dates, both ends included: 2026-12-01..2026-12-24, or each year 12-20..01-06",
    "moment": "between two moments: 2026-11-27T18:00..2026-11-30T09:00; either end may be left open",
    "language": "the visitor's first language: de, fr-CH, or * for any that is known",
}  # fmt: skip

CONDITION: Schema = {"$ref": "#/$defs/condition"}
"""How other schemas refer to a condition."""


def _or_list(item: Schema) -> Schema:
    return {"anyOf": [item, {"type": "array", "items": item, "minItems": 1}]}


def _value(signal: Signal) -> Schema:
    match signal.type:
        case SignalType.BOOLEAN:
            return {"type": "boolean"}
        case SignalType.NUMBER:
            return {"anyOf": [
                {"type": "number"},
                {"type": "string", "pattern": rf"^(?:{_NUMBER}(?:\.\.(?:{_NUMBER})?)?|\.\.{_NUMBER})$"},
            ]}  # fmt: skip
        case SignalType.COUNTRY:
            return {"type": "string", "pattern": "^[A-Za-z]{2}$"}
    if signal.values is not None and not signal.folded:
        return {"enum": list(signal.values)}
    if signal.values is not None:
        return {"anyOf": [{"enum": list(signal.values)}, {"type": "string"}]}
    return {"type": "string", "minLength": 1}


def definitions(vocabulary: Vocabulary | None = None) -> Schema:
    """Return the `$defs` that describe conditions.

    With a site's vocabulary its signals, values and audiences are known, and nothing else is allowed; without,
    any further key is taken for a signal of the site's own.
    """
    known = vocabulary or Vocabulary()
    audiences = list(known.audiences)
    audience: Schema = {"enum": audiences} if audiences else {"type": "string", "minLength": 1}
    signal_names: Schema = {"enum": [*known.signals, "weekday", "date", "moment"]} if vocabulary else {"type": "string"}
    clocks: Schema = {
        key: {**_or_list({"type": "string", "pattern": pattern}), "description": f"Holds {_EXAMPLES[key]}."}
        for key, pattern in PATTERNS.items()
    }
    signals: Schema = {
        name: {**_or_list(_value(signal)), "description": f"Compares the signal {name}."}
        for name, signal in known.signals.items()
        if name not in PATTERNS
    }
    many = {"type": "array", "items": {"$ref": "#/$defs/when"}, "minItems": 1}
    joining: Schema = {
        "zone": {"type": "string", "description": "On whose clock: visitor, or an IANA name. For this mapping's keys."},
        "audience": {**_or_list(audience), "description": "One of these audiences."},
        "any": {**many, "description": "One of these conditions holds."},
        "all": {**many, "description": "Every one of these conditions holds."},
        "not": {"$ref": "#/$defs/when", "description": "The condition does not hold."},
        "known": {**_or_list(signal_names), "description": "Each of these signals is known."},
    }
    return {
        "when": {"anyOf": [audience, CONDITION], "description": "A condition, or an audience's name."},
        "condition": {
            "type": "object",
            "properties": {**clocks, **signals, **joining},
            "additionalProperties": False if vocabulary else {},
            "minProperties": 1,
        },
        "signal": _signal(),
    }


def _signal() -> Schema:
    source = {"type": "string", "pattern": rf"^(?:{'|'.join(SOURCE_KINDS)}):.+$"}
    parts: Schema = {
        "type": {"enum": [str(type_) for type_ in DECLARABLE]},
        "values": {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True},
        "from": {"anyOf": [source, {"type": "array", "items": source}]},
        "remember": {"anyOf": [{"enum": ["no", "session", False]}, {"type": "string", "pattern": r"^\d{1,4}d$"}]},
    }
    return {"type": "object", "properties": {key: parts[key] for key in KEYS}, "additionalProperties": False}


def signals() -> Schema:
    """Return the schema of `signals:`; it refers to the definitions."""
    names = [SEGMENT, *(name for name in BUILT_IN if name in CONFIGURABLE)]
    return {
        "type": "object",
        "properties": {name: {"$ref": "#/$defs/signal"} for name in names},
        "additionalProperties": {"$ref": "#/$defs/signal"},
    }


def audiences() -> Schema:
    """Return the schema of `audiences:`; it refers to the definitions."""
    return {
        "type": "object",
        "propertyNames": {"pattern": "^[a-z0-9][a-z0-9-]*$"},
        "additionalProperties": {"$ref": "#/$defs/when"},
    }
