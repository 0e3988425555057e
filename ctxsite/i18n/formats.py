"""Dates, numbers and amounts of money as a language writes them (CLDR, by Babel).

Dates in English take a short way that needs no Babel, so that a site in English alone never loads it; a test
holds the two equal.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ctxsite.config.language_tags import normal
from ctxsite.diagnostics import did_you_mean
from ctxsite.i18n.languages import parents

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


_SPACED = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
"""Between a currency's letters and digits (CLDR's `currencySpacing`, which Babel leaves out): `CHF 30.00`."""


def format_currency(value: object, language: str, code: str) -> str:
    """Return an amount of money in a currency (ISO 4217). Raises ValueError for what is no number or no currency."""
    number = _number(value)
    from babel import numbers  # noqa: PLC0415

    if not numbers.is_currency(code):
        raise ValueError(f"`{code}` is not a currency's code (as in EUR)")
    return _SPACED.sub("\N{NO-BREAK SPACE}", numbers.format_currency(number, code, locale=_locale(language)))


def _number(value: object) -> Decimal:
    if isinstance(value, (int, float, Decimal, str)) and not isinstance(value, bool):
        try:
            return Decimal(str(value))
        except InvalidOperation:
            pass
    raise ValueError("there is no number here" if value is None else f"`{value}` is not a number")


def format_percent(value: object, language: str) -> str:
    """Return a share as per cent: 0.84 is `84%`. Raises ValueError for what is no number."""
    number = _number(value)
    from babel import numbers  # noqa: PLC0415

    return numbers.format_percent(number, format=None, locale=_locale(language))


def format_unit(value: object, language: str, unit: str, length: str = "long") -> str:
    """Return an amount of a unit of CLDR (`kilometer`, `kilowatt-hour`); `length` is long, short or narrow.

    Raises ValueError for what is no number, no unit or no length.
    """
    number = _number(value)
    from babel import units  # noqa: PLC0415

    if length not in {"long", "short", "narrow"}:
        raise ValueError(f"`{length}` is not a length: use long, short or narrow")
    try:
        return units.format_unit(number, unit, length=length, locale=_locale(language))  # type: ignore[arg-type]  # checked above
    except units.UnknownUnitError:
        raise ValueError(f"`{unit}` is not a unit that CLDR knows (as kilometer)") from None


def format_time(value: object, language: str, style: str = "short") -> str:
    """Return the time of day of an instant, on its own clock. Raises ValueError for a date without a time."""
    moment = _moment(value)
    if not isinstance(moment, dt.datetime):
        raise ValueError(f"`{value}` has no time of day")
    if style not in NAMED_FORMATS:
        raise ValueError(f"`{style}` is not a time format: use {', '.join(NAMED_FORMATS)}")
    from babel import dates  # noqa: PLC0415

    return dates.format_time(moment, style, tzinfo=moment.tzinfo, locale=_locale(language))


def format_series(value: object, language: str, style: str = "standard") -> str:
    """Return several texts as one: `a, b, and c`. `style` is standard, or, or one of CLDR's (`standard-short`).

    Raises ValueError for what is no list.
    """
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise ValueError(f"`{value}` is not a list")
    from babel import lists  # noqa: PLC0415

    try:
        return lists.format_list([str(item) for item in value], style=style, locale=_locale(language))  # type: ignore[arg-type]  # its own error
    except ValueError:
        raise ValueError(f"`{style}` is not a way to list things: use standard or or") from None


FORMATS: Mapping[str, Callable[..., str]] = {
    "currency": format_currency,
    "date": format_date,
    "number": format_number,
    "percent": format_percent,
    "series": format_series,
    "time": format_time,
    "unit": format_unit,
}
"""Ways to write a value: each takes it, the language, and further words."""


def formatted(value: object, language: str, how: str) -> str:
    """Return a value in a format as texts name it: `currency EUR`, `date long`, `percent`. Raises ValueError."""
    name, *words = how.split(maxsplit=1)
    if name not in FORMATS:
        hint = did_you_mean(name, FORMATS) or ""
        raise ValueError(f"there is no format `{name}`{', ' + hint if hint else ''}".rstrip("?"))
    if name in {"currency", "unit"} and not words:
        example = "currency EUR" if name == "currency" else "unit kilometer"
        raise ValueError(f"`{name}` needs a word more, as in `{example}`")
    if name == "unit":
        words = words[0].split()
    try:
        return FORMATS[name](value, language, *words)
    except TypeError:
        raise ValueError(f"`{name}` takes fewer words") from None
