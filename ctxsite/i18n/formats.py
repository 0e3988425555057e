"""Dates, numbers and amounts of money as a language writes them (CLDR, by Babel).

Dates in English take a short way that needs no Babel, so that a site in English alone never loads it; a test
holds the two equal.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ctxsite.i18n.languages import normal, parents

if TYPE_CHECKING:
    from babel.core import Locale

NAMED_FORMATS = ("short", "medium", "long", "full")

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@cache
def _locale(language: str) -> Locale:
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415

    for code in (normal(language), *parents(language)):
        try:
            return Locale.parse(code, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return Locale("en")


def format_date(value: object, language: str, style: str = "long") -> str:
    """Return a date as text. `style` is short, medium, long, full, or a CLDR pattern such as `d MMMM y, HH:mm`.

    `value` is a date, an instant (shown in its own offset) or ISO 8601 text. Raises ValueError for anything else.
    """
    moment = _moment(value)
    if style in NAMED_FORMATS:
        return _named(moment.date() if isinstance(moment, dt.datetime) else moment, language, style)
    if not any(char in style for char in "yYuMLdEQwHhmsc"):
        raise ValueError(f"`{style}` is not a date format: use {', '.join(NAMED_FORMATS)}, or a pattern as `d MMMM y`")
    from babel import dates  # noqa: PLC0415

    if isinstance(moment, dt.datetime):
        return dates.format_datetime(moment, style, tzinfo=moment.tzinfo, locale=_locale(language))
    return dates.format_date(moment, style, locale=_locale(language))


@lru_cache(maxsize=4096)  # of days only: instants are equal that read differently on their own clocks
def _named(day: dt.date, language: str, style: str) -> str:
    if language == "en":
        return _english(day, style)
    from babel import dates  # noqa: PLC0415

    return dates.format_date(day, style, locale=_locale(language))


def _english(moment: dt.date, style: str) -> str:
    month, day = _MONTHS[moment.month - 1], moment.day
    if style == "short":
        return f"{moment.month}/{day}/{moment.year % 100:02}"
    if style == "medium":
        return f"{month[:3]} {day}, {moment.year}"
    text = f"{month} {day}, {moment.year}"
    return text if style == "long" else f"{_DAYS[moment.weekday()]}, {text}"


def _moment(value: object) -> dt.datetime | dt.date:
    if isinstance(value, (dt.datetime, dt.date)):
        return value
    if isinstance(value, str):
        try:
            return dt.datetime.fromisoformat(value) if len(value) > 10 else dt.date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"`{value}` is not a date (as in 2026-12-24)") from None
    raise ValueError("there is no date here" if value is None else f"`{value}` is not a date")


def format_number(value: object, language: str, pattern: str | None = None) -> str:
    """Return a number as text, grouped and rounded as the language does, or by a CLDR pattern such as `0.00`.

    `value` is a number or text that reads as one (`0.3`). Raises ValueError otherwise.
    """
    number = _number(value)
    from babel import numbers  # noqa: PLC0415

    return numbers.format_decimal(number, format=pattern, locale=_locale(language))


def format_currency(value: object, language: str, code: str) -> str:
    """Return an amount of money in a currency (ISO 4217). Raises ValueError for what is no number or no currency."""
    number = _number(value)
    from babel import numbers  # noqa: PLC0415

    if not numbers.is_currency(code):
        raise ValueError(f"`{code}` is not a currency's code (as in EUR)")
    return numbers.format_currency(number, code, locale=_locale(language))


def _number(value: object) -> Decimal:
    if isinstance(value, (int, float, Decimal, str)) and not isinstance(value, bool):
        try:
            return Decimal(str(value))
        except InvalidOperation:
            pass
    raise ValueError("there is no number here" if value is None else f"`{value}` is not a number")
