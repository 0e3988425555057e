"""The lowered form itself: exactly what engines are given."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ctxsite.rules.ast import Decision
from ctxsite.rules.table import Table, lower
from tests.rules.reading import VOCABULARY, clean_vocabulary, condition


def lowered(*texts: str) -> Table:
    return lower([Decision("", tuple((f"v{n}", condition(text)) for n, text in enumerate(texts)))], VOCABULARY)


def row(text: str) -> Any:
    rows = lowered(text).decisions[0][1]
    return json.loads(json.dumps(rows[0][1])) if rows else ["|"]


ROWS: list[tuple[str, Any]] = [
    ("{time: 18:00-23:00}", ["t", 1, 1080, 1379]),
    ("{time: 22:00-05:00}", ["t", 1, 0, 299, 1320, 1439]),
    ("{time: 05:00-00:00}", ["t", 1, 300, 1439]),
    ("{time: [08:00-12:00, 12:00-14:00, 13:00-15:00]}", ["t", 1, 480, 899]),
    ("{time: 18:00-23:00, zone: visitor}", ["t", 0, 1080, 1379]),
    ("{time: 00:00-24:00}", ["*", "time"]),
    ("{weekday: mon-fri}", ["w", 1, 1, 5]),
    ("{weekday: fri-mon}", ["w", 1, 0, 1, 5, 6]),
    ("{weekday: wed-tue}", ["*", "time"]),
    ("{date: 2026-12-01..2026-12-24}", ["d", 1, 20261201, 20261224]),
    ("{date: [2026-12-31, 2027-01-01]}", ["d", 1, 20261231, 20270101]),
    ("{date: ..2026-12-24}", ["d", 1, None, 20261224]),
    ("{date: 12-20..01-06}", ["y", 1, 101, 106, 1220, 1231]),
    ("{date: [02-28, 03-01]}", ["y", 1, 228, 228, 301, 301]),
    ("{date: [2026-05-01.., 02-29]}", ["|", ["d", 1, 20260501, None], ["y", 1, 229, 229]]),
    ("{moment: 2026-11-27T18:00..2026-12-01T00:00}", ["m", 1, 202611271800, 202611302359]),
    ("{moment: 2026-11-27T18:00..}", ["m", 1, 202611271800, None]),
    ("{moment: ..0001-01-01T00:00}", ["|"]),
    ("{segment: [business, press, business]}", ["=", "segment", "business", "press"]),
    ("{country: at}", ["=", "country", "at"]),
    ("{campaign: [Winter, WINTER]}", ["=", "campaign", "winter"]),
    ("{plan: [Pro, pro]}", ["=", "plan", "Pro", "pro"]),
    ("{member: [true, false]}", ["*", "member"]),
    ("{device: [phone, tablet, desktop]}", ["*", "device"]),
    ("{tags: [a, b, c]}", ["=", "tags", "a", "b", "c"]),
    ("{referrer: [news.example.org, example.org]}", ["^", "referrer", ".example.org"]),
    ("{language: [de-AT, de, en-GB]}", ["~", "language", "de-", "en-gb-"]),
    ("{language: ['*', de]}", ["*", "language"]),
    ("{orders: [3..5, 5..7, 9]}", ["#", "orders", 3, 7, 9, 9]),
    ("{orders: [3..5, 6..7]}", ["#", "orders", 3, 5, 6, 7]),
    ("{orders: [..2.5, 10..]}", ["#", "orders", None, 2.5, 10, None]),
    ("{known: [weekday, country, date]}", ["*", "time", "country"]),
    ("{not: {not: {country: DE}}}", ["=", "country", "de"]),
    ("{any: [{country: DE}, {country: AT}]}", ["=", "country", "de", "at"]),
    ("{any: [{time: 00:00-12:00}, {time: 12:00-24:00}, {time: 05:00-06:00}]}", ["*", "time"]),
    ("{any: [{known: country}, {country: AT}]}", ["*", "country"]),
    ("{all: [{country: [DE, AT]}, {country: [AT, CH]}]}", ["=", "country", "at"]),
    ("{all: [{country: DE}, {country: AT}]}", ["|"]),
    ("{all: [{tags: a}, {tags: b}]}", ["&", ["=", "tags", "a"], ["=", "tags", "b"]]),
    ("{all: [{time: 08:00-12:00}, {time: 10:00-14:00}]}", ["t", 1, 600, 719]),
    ("{time: 08:00-12:00, all: [{time: 08:00-12:00, zone: UTC}]}", ["&", ["t", 1, 480, 719], ["t", 2, 480, 719]]),
    ("{all: [{orders: 3..5}, {orders: 5..9}]}", ["#", "orders", 5, 5]),
    ("{known: [time, country], country: DE, weekday: sun}", ["&", ["=", "country", "de"], ["w", 1, 0, 0]]),
    ("{any: [{all: [night, {country: DE}]}, {any: [{tags: a}, {tags: b}]}]}",
     ["|", ["&", ["t", 1, 0, 299, 1320, 1439], ["=", "country", "de"]], ["=", "tags", "a", "b"]]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_the_smallest_form(text: str, expected: Any) -> None:
    assert row(text) == expected


def test_zones_and_signals_are_told() -> None:
    table = lowered(
        "{time: 18:00-23:00, zone: UTC}",
        "{segment: press, not: {weekday: sun}}",
        "{any: [{time: 01:00-02:00, zone: visitor}]}",
    )
    assert table.zones == ("UTC", "Europe/Berlin")
    assert table.signals == ("time", "segment")
    assert table.visitor_clock
    assert not lowered("{time: 18:00-23:00}").visitor_clock


def test_what_simplifies_away_is_not_read() -> None:
    table = lowered("{all: [{country: DE}, {country: AT}], segment: press}")
    assert table == Table((("", ()),), (), (), (), visitor_clock=False)


def test_rows_after_one_that_always_holds_are_left_out() -> None:
    table = lowered("{segment: press}", "{any: [{not: {all: [{country: DE}, {country: AT}]}}]}", "{country: DE}")
    assert [name for name, _ in table.decisions[0][1]] == ["v0", "v1"]


def test_a_long_audience_that_is_used_often_is_shared() -> None:
    table = lowered("{audience: quiet, segment: press}", "{audience: quiet, segment: private}", "quiet")
    assert len(table.shared) == 1
    assert [branch[1][1] for branch in table.decisions[0][1][:2]] == [("@", 0), ("@", 0)]
    assert table.decisions[0][1][2][1] == ("@", 0)
    assert lowered("quiet").shared == ()


def test_audiences_of_audiences_do_not_blow_up() -> None:
    text = "audiences:\n  a0: {any: [{campaign: one}, {all: [{campaign: two}, {not: {language: de}}]}]}\n"
    for n in range(1, 25):
        before, other = f"a{n - 1}", f"{{campaign: x{n}}}"
        text += f"  a{n}: {{any: [{{all: [{before}, {{not: {other}}}]}}, {{all: [{{not: {before}}}, {other}]}}]}}\n"
    known = clean_vocabulary(text)
    table = lower([Decision("", (("v", condition("a24", known)),))], known)
    assert len(json.dumps([table.decisions, table.shared])) < 4000
