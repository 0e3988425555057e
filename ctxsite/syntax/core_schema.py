"""What a plain YAML scalar means: YAML 1.2.2, 10.3.2, the core schema.

No dates, no base-60 numbers, no `yes`: what is none of null, true, false or a number is a text.
"""

from __future__ import annotations

import re

Value = str | int | float | bool | None

MOST_DIGITS = 400
"""A longer number is damage or an attack: reading it takes quadratic time."""

_CONSTANTS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_NUMBER_STARTS = frozenset("+-.0123456789")
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,), "int": (int,), "float": (float, int), "bool": (bool,), "null": (type(None),),
}  # fmt: skip


def resolve(raw: str) -> Value:
    """Return what a plain scalar means; an integer of more than `MOST_DIGITS` digits stays text."""
    if raw in _CONSTANTS:
        return _CONSTANTS[raw]
    if raw[0] not in _NUMBER_STARTS:
        return raw
    if _INTEGER.fullmatch(raw):
        if len(raw) > MOST_DIGITS:
            return raw
        return int(raw, 0) if raw[:2] in {"0o", "0x"} else int(raw)
    if _FLOAT.fullmatch(raw):
        return float(raw.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return raw


def too_long(raw: str) -> bool:
    """Tell whether `raw` is an integer of too many digits."""
    return len(raw) > MOST_DIGITS and _INTEGER.fullmatch(raw) is not None


def resolve_as(name: str, raw: str) -> tuple[Value, bool]:
    """Return what `raw` means under the core tag `!!name`, and whether it is a value of that type at all."""
    value = raw if name == "str" else resolve(raw)
    return value, type(value) in _TYPES.get(name, ())
