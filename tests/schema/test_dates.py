"""Dates and times."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctxsite.schema.dates import parse_date_time


def at(*parts: int, hours: float = 0) -> dt.datetime:
    year, month, day, *rest = parts
    hour, minute, second, micro = (*rest, 0, 0, 0, 0)[:4]
    zone = dt.UTC if not hours else dt.timezone(dt.timedelta(hours=hours))
    return dt.datetime(year, month, day, hour, minute, second, micro, zone)


GOOD: list[tuple[str, dt.datetime]] = [
    ("2026-12-24", at(2026, 12, 24)),
    ("2024-02-29", at(2024, 2, 29)),
    ("2026-12-24T10:00", at(2026, 12, 24, 10)),
    ("2026-12-24t10:00z", at(2026, 12, 24, 10)),
    ("2026-12-24 10:00", at(2026, 12, 24, 10)),
    ("2026-12-24 10:00:30 +0100", at(2026, 12, 24, 10, 0, 30, hours=1)),
    ("2026-12-24T10:00:30.5Z", at(2026, 12, 24, 10, 0, 30, 500_000)),
    ("2026-12-24T10:00:30.123456789-05:30", at(2026, 12, 24, 10, 0, 30, 123_456, hours=-5.5)),
    ("2026-12-24T10:00+01", at(2026, 12, 24, 10, hours=1)),
    ("2026-12-24T23:59:59-00:00", at(2026, 12, 24, 23, 59, 59)),
    ("0002-01-01T00:00+23:59", at(2, 1, 1, hours=23 + 59 / 60)),
]


@pytest.mark.parametrize(("text", "meant"), GOOD)
def test_reads_instants(text: str, meant: dt.datetime) -> None:
    found, problem, _ = parse_date_time(text)
    assert problem == ""
    assert found is not None
    assert (found, found.utcoffset()) == (meant, meant.utcoffset())


BAD: list[tuple[str, str, str]] = [
    ("2019-15-05", "there is no month 15", "did you mean `2019-05-15`?"),
    ("2019-31-31", "there is no month 31", "write a date as"),
    ("2019-00-05", "there is no month 00", "write a date as"),
    ("2025-02-29", "February 2025 has no day 29", "write a date as"),
    ("2026-04-31", "April 2026 has no day 31", "write a date as"),
    ("2026-04-00", "April 2026 has no day 00", "write a date as"),
    ("0001-01-01", "the year 0001 is out of range", "write a date as"),
    ("9999-12-31", "the year 9999 is out of range", "write a date as"),
    ("2026-12-24T24:00", "there is no time 24:00", "hours run from 00 to 23"),
    ("2026-12-24T10:60:00", "there is no time 10:60:00", "hours run from 00 to 23"),
    ("2026-12-24T10:00:60Z", "there is no time 10:00:60", "hours run from 00 to 23"),
    ("2026-12-24T10:00+24:00", "there is no such offset from UTC", "offsets look like"),
    ("2026-12-24T10:00+01:60", "there is no such offset from UTC", "offsets look like"),
    ("2026-1-5", "this is not a date", "did you mean `2026-01-05`?"),
    ("24.12.2026", "this is not a date", "did you mean `2026-12-24`?"),
    ("24. 12. 2026", "this is not a date", "did you mean `2026-12-24`?"),
    ("2026/12/24", "this is not a date", "did you mean `2026-12-24`?"),
    ("20261224", "this is not a date", "did you mean `2026-12-24`?"),
    ("12/24/2026", "this is not a date", "write a date as"),
    ("tomorrow", "this is not a date", "write a date as"),
    ("2026-12-24T10", "this is not a date", "write a date as"),
    ("２０２６-12-24", "this is not a date", "write a date as"),
    ("", "this is not a date", "write a date as"),
]


@pytest.mark.parametrize(("text", "problem", "advice"), BAD)
def test_says_what_is_wrong(text: str, problem: str, advice: str) -> None:
    found, said, help_text = parse_date_time(text)
    assert (found, said) == (None, problem)
    assert help_text is not None
    assert help_text.startswith(advice)


_ZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes)))


@given(st.datetimes(dt.datetime(2, 1, 1), dt.datetime(9998, 12, 31), timezones=_ZONES), st.sampled_from("T "))
def test_what_python_writes_is_read(instant: dt.datetime, separator: str) -> None:
    assert parse_date_time(instant.isoformat(separator)) == (instant, "", None)


@given(st.dates())
def test_every_instant_can_be_shown_in_every_zone(day: dt.date) -> None:
    for offset in ("+23:59", "-23:59"):
        found, problem, _ = parse_date_time(f"{day.isoformat()}T00:00{offset}")
        assert (found is None) == (day.year in {1, 9999})
        if found is not None:
            for hours in (-23, 23):
                assert found.astimezone(dt.timezone(dt.timedelta(hours=hours))) == found
        else:
            assert "out of range" in problem


@given(st.text() | st.text("0123456789-:TZ+. "))
def test_no_text_raises(text: str) -> None:
    found, problem, _ = parse_date_time(text)
    assert (found is None) == bool(problem)
