"""Dates, numbers and money as each language writes them."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
from babel.dates import format_date as babel_date
from hypothesis import given, settings
from hypothesis import strategies as st

from ctxsite.i18n.formats import NAMED_FORMATS, format_currency, format_date, format_number

EVENING = dt.datetime(2026, 12, 24, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=5)))


@settings(deadline=None)
@given(st.dates(), st.sampled_from(NAMED_FORMATS))
def test_the_short_way_for_english_says_what_babel_says(day: dt.date, style: str) -> None:
    assert format_date(day, "en", style) == babel_date(day, style, locale="en")


@pytest.mark.parametrize(
    ("value", "language", "style", "expected"),
    [
        (EVENING, "de", "long", "24. Dezember 2026"),
        (EVENING, "de-AT", "short", "24.12.26"),
        (EVENING, "en", "long", "December 24, 2026"),
        (EVENING, "en", "HH:mm", "23:30"),
        (EVENING, "de", "d. MMMM y, HH:mm", "24. Dezember 2026, 23:30"),
        ("2026-12-24", "fr", "long", "24 décembre 2026"),
        ("2026-12-24T08:00+01:00", "fr", "H:mm", "8:00"),
        (dt.date(2026, 1, 2), "en", "MMMM y", "January 2026"),
        (dt.date(2026, 1, 2), "tlh", "long", "January 2, 2026"),
    ],
)
def test_dates(value: object, language: str, style: str, expected: str) -> None:
    assert format_date(value, language, style) == expected


def test_one_instant_reads_differently_on_two_clocks() -> None:
    for offset, time, day in ((5, "23:30", "24. Dezember 2026"), (6, "00:30", "25. Dezember 2026")):
        there = EVENING.astimezone(dt.timezone(dt.timedelta(hours=offset)))
        assert (format_date(there, "de", "HH:mm"), format_date(there, "de")) == (time, day)


@pytest.mark.parametrize(
    ("value", "style", "message"),
    [
        (None, "long", "there is no date here"),
        (3, "long", "`3` is not a date"),
        ("soon", "long", "`soon` is not a date (as in 2026-12-24)"),
        (EVENING, "larg", "`larg` is not a date format"),
    ],
)
def test_what_is_no_date(value: object, style: str, message: str) -> None:
    with pytest.raises(ValueError, match="^" + message.replace("(", r"\(").replace(")", r"\)")):
        format_date(value, "en", style)


@pytest.mark.parametrize(
    ("value", "language", "pattern", "expected"),
    [
        (1234567.891, "en", None, "1,234,567.891"),
        (1234567.891, "de", None, "1.234.567,891"),
        (0.1, "de", "0.000", "0,100"),
        ("0.3121", "de", "0.0000", "0,3121"),
        (True, "en", None, None),
        (None, "en", None, None),
        ("many", "en", None, None),
    ],
)
def test_numbers(value: object, language: str, pattern: str | None, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(ValueError, match="number"):
            format_number(value, language, pattern)
    else:
        assert format_number(value, language, pattern) == expected


def test_money() -> None:
    assert format_currency(1234.5, "de", "EUR") == "1.234,50\N{NO-BREAK SPACE}€"
    assert format_currency("12", "en", "JPY") == "¥12"
    with pytest.raises(ValueError, match="not a currency's code"):
        format_currency(1, "en", "euro")


def test_a_site_in_english_alone_does_not_load_babel() -> None:
    program = (
        "import sys, datetime; from ctxsite.i18n import catalogues, formats, languages;"
        "formats.format_date(datetime.date(2026, 1, 2), 'en'); languages.fallback_chain('en', 'en', ['en']);"
        "catalogues.read_translations(['en'], [{}]); sys.exit('babel' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
