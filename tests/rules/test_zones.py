"""Offset tables against the zones themselves, minute by minute around each change."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from ctxsite.rules.zones import EPOCH, offset_at, offset_table, transitions, zone_info, zone_names

START, END = dt.datetime(2024, 1, 1, tzinfo=dt.UTC), dt.datetime(2032, 1, 1, tzinfo=dt.UTC)
LIVELY = (
    "Africa/Casablanca", "Africa/Cairo", "Asia/Gaza", "Australia/Lord_Howe", "America/St_Johns", "America/Scoresbysund",
    "Antarctica/Troll", "Pacific/Chatham", "Europe/Dublin", "America/Santiago", "Asia/Kathmandu", "UTC",
)  # fmt: skip


def seconds(at: dt.datetime) -> int:
    return int((at - EPOCH).total_seconds())


def by_table(table: tuple[tuple[int, int], ...], instant: int) -> int:
    return next((offset for start, offset in reversed(table) if start <= instant), table[0][1])


@pytest.mark.parametrize("name", LIVELY)
def test_a_table_says_what_the_zone_says(name: str) -> None:
    table, zone = offset_table(name, START, END), zone_info(name)
    assert zone is not None
    hours = range(seconds(START), seconds(END), 3 * 3600)
    edges = [start + beside for start, _ in table[1:] for beside in (-60, -1, 0, 60)]
    wrong = [at for at in (*hours, *edges) if by_table(table, at) * 60 != offset_at(zone, at)]
    assert wrong == []
    assert all(before[1] != after[1] and before[0] < after[0] for before, after in pairwise(table))


def test_changes_are_found_to_the_second() -> None:
    table = offset_table(
        "Europe/Berlin", dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
    )
    spring, autumn = dt.datetime(2026, 3, 29, 1, tzinfo=dt.UTC), dt.datetime(2026, 10, 25, 1, tzinfo=dt.UTC)
    assert table == (
        (seconds(dt.datetime(2026, 1, 1, tzinfo=dt.UTC)), 60), (seconds(spring), 120), (seconds(autumn), 60),
    )  # fmt: skip


def test_half_an_hour_of_daylight_saving() -> None:
    assert {offset for _, offset in offset_table("Australia/Lord_Howe", START, END)} == {630, 660}


def test_a_change_at_the_last_second_is_in_and_at_the_end_is_not() -> None:
    change = seconds(dt.datetime(2026, 3, 29, 1, tzinfo=dt.UTC))
    assert len(transitions("Europe/Berlin", change - 5, change)) == 1
    assert transitions("Europe/Berlin", change - 5, change + 1)[1] == (change, 7200)


def test_names() -> None:
    assert {"Europe/Berlin", "UTC", "Etc/GMT+5"} <= zone_names()
    assert zone_info("Factory") is zone_info("Europe/Nowhere") is zone_info("../zones") is None
    with pytest.raises(ValueError, match="Europe/Nowhere"):
        offset_table("Europe/Nowhere", START, END)
