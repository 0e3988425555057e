"""When something else is shown on a day, on the visitor's clock, also where that clock is changed."""

from __future__ import annotations

from typing import Any

import pytest

from ctxsite.rules.context import read_context
from ctxsite.server.preview_day import changes
from tests.rules.reading import VOCABULARY, decision

DAY = decision(
    [
        ["early", {"time": "05:03-11:00", "zone": "visitor"}],
        ["desk", {"time": "18:00-19:00", "zone": "Europe/Berlin"}],
        ["late", {"time": "22:00-05:03", "zone": "visitor"}],
    ]
)

CASES: dict[str, tuple[Any, list[tuple[str, str]]]] = {
    "without a clock": ({"zone": "Europe/Berlin"}, []),
    "in summer": (
        {"now": "2026-07-01T12:00Z", "zone": "Europe/Berlin"},
        [("05:03", "early"), ("11:00", "default"), ("18:00", "desk"), ("19:00", "default"), ("22:00", "late")],
    ),
    "elsewhere": (
        {"now": "2026-07-01T12:00Z", "zone": "Asia/Kolkata"},
        [("05:03", "early"), ("11:00", "default"), ("21:30", "desk"), ("22:30", "late")],
    ),
    "by an offset": (
        {"now": "2026-07-01T23:59-07:30"},
        [("05:03", "early"), ("11:00", "default"), ("22:00", "late")],
    ),
    "a day of 23 hours": (
        {"now": "2026-03-29T20:00Z", "zone": "Europe/Berlin"},
        [("05:03", "early"), ("11:00", "default"), ("18:00", "desk"), ("19:00", "default"), ("22:00", "late")],
    ),
    "a day of 25 hours, its first hour": (
        {"now": "2026-10-24T22:30Z", "zone": "Europe/Berlin"},
        [("05:03", "early"), ("11:00", "default"), ("18:00", "desk"), ("19:00", "default"), ("22:00", "late")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_changes(name: str) -> None:
    context, expected = CASES[name]
    found = changes(read_context(context), VOCABULARY, lambda visit: {"": visit.decide(DAY)})
    assert [(change.clock, change.outcome[""]) for change in found] == expected


def test_only_what_is_new_is_told() -> None:
    other = decision([["noon", {"time": "12:00-13:00", "zone": "visitor"}]])
    context = read_context({"now": "2026-07-01T12:00Z", "zone": "UTC"})
    found = changes(context, VOCABULARY, lambda visit: {"": visit.decide(DAY), "b": visit.decide(other)})
    assert ("12:00", {"b": "noon"}) in [(change.clock, change.outcome) for change in found]
