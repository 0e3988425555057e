"""Values that conditions compare signals with: read, checked against the signal's type, and written back."""

from __future__ import annotations

import math
import re

from ctxsite.diagnostics import codes_rules as codes
from ctxsite.diagnostics import did_you_mean
from ctxsite.rules.signals import Signal, SignalType
from ctxsite.rules.times import Fault
from ctxsite.syntax.nodes import Scalar, kind

NumberRange = tuple[float | None, float | None]
"""A closed range; None is an open end."""

SignalValue = str | bool | NumberRange

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)
_COUNTRY = re.compile(r"[A-Za-z]{2}", re.ASCII)
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?", re.ASCII)
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?", re.ASCII)


def is_language(text: str) -> bool:
    """Tell whether the text has the form of a language tag (RFC 4647, 2.1: no extended ranges)."""
    return _LANGUAGE.fullmatch(text) is not None


def is_country(text: str) -> bool:
    """Tell whether the text has the form of an ISO 3166-1 alpha-2 code."""
    return _COUNTRY.fullmatch(text) is not None


def is_host(text: str) -> bool:
    """Tell whether the text is a host name in ASCII, lower case: no scheme, port or path."""
    return _HOST.fullmatch(text) is not None


def language_text(tag: str) -> str:
    """Return a language tag in its usual letter case (RFC 5646, 2.1.1): `zh-Hant-TW`."""
    parts: list[str] = []
    for part in tag.lower().split("-"):
        plain = not parts or len(parts[-1]) == 1 or not part.isalpha()
        parts.append(part if plain else {2: part.upper(), 4: part.title()}.get(len(part), part))
    return "-".join(parts)


def read_language(text: str) -> str | Fault:
    """Read a basic language range (RFC 4647, 2.1)."""
    if text == "*" or is_language(text):
        return language_text(text)
    repaired = text.strip().replace("_", "-").removesuffix("-*").strip("-")
    help_ = (
        f"did you mean `{language_text(repaired)}`?" if is_language(repaired) else "write a tag such as `de` or `de-AT`"
    )
    return Fault(codes.LANGUAGE_INVALID, f"`{text}` is not a language", help_)


_NOT_ISO = {"UK": "GB", "EL": "GR"}


def _read_country(text: str) -> str | Fault:
    code = text.upper()
    if code in _NOT_ISO:
        return Fault(codes.COUNTRY_INVALID, f"`{text}` is not a code of ISO 3166-1", f"write `{_NOT_ISO[code]}`")
    if is_country(text):
        return code
    return Fault(codes.COUNTRY_INVALID, f"`{text}` is not a country", "write its two letters, such as `DE`")


def _read_host(text: str) -> str | Fault:
    host = text.lower()
    if is_host(host):
        return host.removesuffix(".")
    host = host.partition("://")[2] or host
    host = re.split(r"[/?#:]", host.removeprefix("*."), maxsplit=1)[0]
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            host = ""
    help_ = f"did you mean `{host}`?" if is_host(host) else None
    return Fault(codes.REFERRER_INVALID, f"`{text}` is not a host name", help_)


def _finite(text: str) -> float | None:
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def _read_number(node: Scalar) -> NumberRange | Fault:
    value = node.value
    if isinstance(value, bool) or value is None:
        return Fault(codes.VALUE_TYPE, f"expected a number or a range, found {kind(node)}")
    if not isinstance(value, str):
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            return Fault(codes.NUMBER_INVALID, f"`{node.raw}` is too large, or no number")
        return number, number
    first, dots, last = (part.strip() for part in value.partition(".."))
    low, high = _finite(first), _finite(last if dots else first)
    if (low is None and (first or not dots)) or (high is None and (last or not dots)):
        code = codes.NUMBER_INVALID if dots else codes.VALUE_TYPE
        return Fault(code, f"`{value}` is neither a number nor a range of numbers", "write `5`, `3..5`, `3..` or `..5`")
    if low is None and high is None:
        return Fault(codes.NUMBER_INVALID, "a range needs at least one end")
    if low is not None and high is not None and high < low:
        return Fault(
            codes.RANGE_EMPTY, f"the range `{value}` ends before it starts", f"did you mean `{last}..{first}`?"
        )
    return low, high


def _read_boolean(node: Scalar) -> bool | Fault:
    if isinstance(node.value, bool):
        return node.value
    lowered = node.raw.strip().lower()
    help_ = f"write `{lowered}` without quotes" if lowered in ("true", "false") else "write `true` or `false`"
    return Fault(codes.VALUE_TYPE, f"expected true or false, found {kind(node)}", help_)


def _read_declared(signal: Signal, text: str) -> str | Fault:
    values = signal.values or ()
    if text in values:
        return text
    if signal.folded and text.lower() in values:
        return text.lower()
    return Fault(codes.VALUE_UNKNOWN, f"`{signal.name}` is never `{text}`", did_you_mean(text, values))


def read_signal_value(signal: Signal, node: Scalar) -> SignalValue | Fault:
    """Read one value that a condition compares `signal` with."""
    if signal.type is SignalType.NUMBER:
        return _read_number(node)
    if signal.type is SignalType.BOOLEAN:
        return _read_boolean(node)
    if not isinstance(node.value, str):
        return Fault(codes.VALUE_TYPE, f"`{signal.name}` is text, not {kind(node)}", f'quote it: "{node.raw}"')
    if signal.type is SignalType.COUNTRY:
        return _read_country(node.value)
    if signal.type is SignalType.HOST:
        return _read_host(node.value)
    if signal.type is SignalType.TEXT:
        return node.value
    return _read_declared(signal, node.value)


def number_text(number: float) -> str:
    """Write a number so that reading it gives the same one; whole numbers without a point."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def range_text(bounds: NumberRange) -> str:
    """Write a number or a range of numbers."""
    low, high = ("" if end is None else number_text(end) for end in bounds)
    return low if low == high else f"{low}..{high}"
