"""Contexts: what is malformed is unknown, and nothing else changes."""

from __future__ import annotations

import math
from typing import Any

import pytest

from ctxsite.rules.context import Context, read_context, read_instant, value_of
from tests.rules.reading import VOCABULARY

NOON = 1781092800


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-06-10T12:00Z", (NOON, 0)),
        ("2026-06-10T12:00:30Z", (NOON + 30, 0)),
        ("2026-06-10T12:00:30.999Z", (NOON + 30, 0)),
        ("2026-06-10T14:00+02:00", (NOON, 7200)),
        ("2026-06-10T08:30-03:30", (NOON, -12600)),
        ("1969-12-31T23:59Z", (-60, 0)),
    ],
)
def test_instants(text: str, expected: tuple[int, int]) -> None:
    assert read_instant(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2026-06-10T12:00", "2026-06-10", "2026-02-30T12:00Z", "2026-06-10T24:00Z", "2026-06-10T12:60Z", "now", "",
        "2026-06-10T12:00+2", "2026-06-10 12:00Z", "0001-01-01T00:00Z", "9999-12-31T23:59Z", "٢٠٢٦-06-10T12:00Z",
        5, None, True, [], "2026-06-10T12:00Z\n",
    ],
)  # fmt: skip
def test_what_is_no_instant(text: object) -> None:
    assert read_instant(text) is None
    assert read_context({"now": text, "zone": "Europe/Berlin"}).instant is None


@pytest.mark.parametrize("zone", ["Europe/Nowhere", "europe/berlin", "Factory", "../etc/passwd", "", 5, None, []])
def test_a_malformed_zone_is_as_if_it_were_absent(zone: object) -> None:
    assert read_context({"now": "2026-06-10T14:00+02:00", "zone": zone}) == Context(NOON, 7200, None)


VALUES: list[tuple[str, dict[str, Any], object]] = [
    ("language", {"languages": ["de-AT", "en"]}, "de-at"),
    ("language", {"languages": [None, "de"]}, None),
    ("language", {"languages": "de"}, None),
    ("language", {"languages": ["de_AT"]}, None),
    ("language", {"languages": ["*"]}, None),
    ("segment", {"segments": "business"}, None),
    ("segment", {"segments": ["business", 5, "nobody"]}, frozenset({"business"})),
    ("segment", {"segments": []}, frozenset()),
    ("segment", {"signals": {"segment": ["business"]}}, None),
    ("country", {"country": "de"}, "de"),
    ("country", {"country": "Germany"}, None),
    ("country", {"signals": {"country": "DE"}}, None),
    ("campaign", {"campaign": 2026}, None),
    ("campaign", {"campaign": ""}, None),
    ("referrer", {"referrer": "https://example.org/"}, None),
    ("referrer", {"referrer": "example.org:8080"}, None),
    ("referrer", {"referrer": "Example.org."}, "example.org"),
    ("scheme", {"scheme": "DARK"}, "dark"),
    ("orders", {"signals": {"orders": 10**400}}, None),
    ("orders", {"signals": {"orders": math.nan}}, None),
    ("orders", {"signals": {"orders": math.inf}}, None),
    ("orders", {"signals": {"orders": 4}}, 4.0),
    ("orders", {"orders": 4}, None),
    ("member", {"signals": {"member": "true"}}, None),
    ("tags", {"signals": {"tags": ["a", "a"]}}, frozenset({"a"})),
    ("tags", {"signals": {"tags": "a"}}, None),
    ("plan", {"signals": ["plan"]}, None),
    ("plan", {"signals": {"plan": ["pro"]}}, None),
    ("weather", {"signals": {"weather": ["sun"]}}, None),
    ("weather", {"signals": {"weather": "snow"}}, "snow"),
]


@pytest.mark.parametrize(("name", "data", "expected"), VALUES)
def test_values_and_what_counts_as_unknown(name: str, data: dict[str, Any], expected: object) -> None:
    assert value_of(read_context(data), VOCABULARY.signals[name]) == expected
