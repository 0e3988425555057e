"""What each question means, at its edges: a condition, a context, and the answer."""

from __future__ import annotations

from typing import Any

import pytest

from ctxsite.rules.ast import Decision
from ctxsite.rules.context import read_context
from ctxsite.rules.evaluate import Visit, decide, holds
from ctxsite.rules.table import lower
from ctxsite.rules.table_evaluate import decide_table
from tests.rules.reading import VOCABULARY, clean_vocabulary, condition, decision

UNZONED = clean_vocabulary("signals: {segment: {values: [private, business]}}")


def at(now: str, **more: Any) -> dict[str, Any]:
    return {"now": now, **more}


EDGES: list[tuple[str, dict[str, Any], bool]] = [
    ("{time: 18:00-23:00}", at("2026-06-10T17:59+02:00"), False),
    ("{time: 18:00-23:00}", at("2026-06-10T18:00+02:00"), True),
    ("{time: 18:00-23:00}", at("2026-06-10T22:59:59+02:00"), True),
    ("{time: 18:00-23:00}", at("2026-06-10T23:00+02:00"), False),
    ("{time: 22:00-05:00}", at("2026-06-10T04:59+02:00"), True),
    ("{time: 22:00-05:00}", at("2026-06-10T05:00+02:00"), False),
    ("{time: 22:00-05:00}", at("2026-06-10T21:59+02:00"), False),
    ("{time: 18:00-24:00}", at("2026-06-10T23:59+02:00"), True),
    ("{time: 18:00-24:00}", at("2026-06-10T00:00+02:00"), False),
    ("{time: 05:00-00:00}", at("2026-06-10T23:59+02:00"), True),
    ("{time: 05:00-00:00}", at("2026-06-10T00:00+02:00"), False),
    ("{time: [01:00-02:00, 03:00-04:00]}", at("2026-06-10T03:30+02:00"), True),
    ("{weekday: sat, time: 22:00-05:00}", at("2026-06-13T02:00+02:00"), True),
    ("{weekday: fri, time: 22:00-05:00}", at("2026-06-13T02:00+02:00"), False),
    ("{weekday: fri-mon}", at("2026-06-14T12:00+02:00"), True),
    ("{weekday: fri-mon}", at("2026-06-16T12:00+02:00"), False),
    ("{weekday: mon-fri}", at("2026-06-14T12:00+02:00"), False),
    ("{date: 2026-12-24}", at("2026-12-24T00:00+01:00"), True),
    ("{date: 2026-12-24}", at("2026-12-25T00:00+01:00"), False),
    ("{date: 2026-12-01..2026-12-24}", at("2026-12-24T23:59+01:00"), True),
    ("{date: 2026-12-01..}", at("2026-11-30T23:59+01:00"), False),
    ("{date: ..2026-12-24}", at("2026-12-25T00:00+01:00"), False),
    ("{date: 12-20..01-06}", at("2027-01-06T12:00+01:00"), True),
    ("{date: 12-20..01-06}", at("2027-01-07T12:00+01:00"), False),
    ("{date: 02-29}", at("2028-02-29T12:00+01:00"), True),
    ("{date: 02-29}", at("2027-02-28T12:00+01:00"), False),
    ("{date: 02-29}", at("2027-03-01T12:00+01:00"), False),
    ("{moment: 2026-11-27T18:00..2026-11-30T09:00}", at("2026-11-27T18:00+01:00"), True),
    ("{moment: 2026-11-27T18:00..2026-11-30T09:00}", at("2026-11-30T09:00+01:00"), False),
    ("{moment: ..2026-11-30T09:00}", at("2026-11-30T08:59+01:00"), True),
    ("{moment: 2026-11-27T18:00..}", at("2026-11-27T17:59+01:00"), False),
    ("{time: 18:00-23:00}", {"segments": ["business"]}, False),
    ("{not: {time: 18:00-23:00}}", {}, True),
    ("{time: 20:00-20:01}", at("2026-06-10T14:00-04:00", zone="America/New_York"), True),
    ("{time: 14:00-14:01, zone: visitor}", at("2026-06-10T14:00-04:00", zone="America/New_York"), True),
    ("{time: 14:00-14:01, zone: visitor}", at("2026-06-10T18:00Z", zone="America/New_York"), True),
    ("{time: 18:00-18:01, zone: visitor}", at("2026-06-10T18:00Z"), True),
    ("{time: 18:00-18:01, zone: visitor}", at("2026-06-10T18:00Z", zone="Europe/Nowhere"), True),
    ("{time: 23:30-23:31, zone: Asia/Kolkata}", at("2026-06-10T18:00Z"), True),
    ("{date: 2026-06-11, zone: Asia/Kolkata}", at("2026-06-10T18:30Z"), True),
    ("{time: 02:00-03:00}", at("2026-03-29T01:00Z"), False),
    ("{time: 02:00-03:00}", at("2026-10-25T00:30Z"), True),
    ("{time: 02:00-03:00}", at("2026-10-25T01:30Z"), True),
    ("{language: de}", {"languages": ["de-Latn-CH"]}, True),
    ("{language: de}", {"languages": ["den"]}, False),
    ("{language: de-AT}", {"languages": ["de"]}, False),
    ("{language: DE-at}", {"languages": ["de-AT"]}, True),
    ("{language: de}", {"languages": ["en", "de"]}, False),
    ("{language: '*'}", {"languages": ["xx"]}, True),
    ("{language: '*'}", {"languages": []}, False),
    ("{segment: [business, press]}", {"segments": ["private", "press"]}, True),
    ("{segment: business}", {"segments": []}, False),
    ("{known: segment}", {"segments": []}, True),
    ("{known: segment}", {}, False),
    ("{known: segment}", {"segments": ["nobody"]}, False),
    ("{segment: press}", {"segments": ["nobody", "press"]}, True),
    ("{known: [country, time]}", {"country": "DE"}, False),
    ("{known: [country, weekday]}", at("2026-06-10T18:00Z", country="DE"), True),
    ("{country: at}", {"country": "AT"}, True),
    ("{country: AT}", {"country": "at"}, True),
    ("{known: country}", {"country": "T1"}, False),
    ("{campaign: Winter}", {"campaign": "WINTER"}, True),
    ("{referrer: example.org}", {"referrer": "example.org"}, True),
    ("{referrer: example.org}", {"referrer": "News.Example.ORG"}, True),
    ("{referrer: example.org}", {"referrer": "badexample.org"}, False),
    ("{referrer: example.org}", {"referrer": "example.org.evil.net"}, False),
    ("{device: Phone}", {"device": "PHONE"}, True),
    ("{known: device}", {"device": "watch"}, False),
    ("{weather: sun}", {"signals": {"weather": "Sun"}}, False),
    ("{known: weather}", {"signals": {"weather": "fog"}}, False),
    ("{orders: 3..5}", {"signals": {"orders": 5}}, True),
    ("{orders: 3..5}", {"signals": {"orders": 5.5}}, False),
    ("{orders: 5}", {"signals": {"orders": 5.0}}, True),
    ("{orders: ..3}", {"signals": {"orders": -1}}, True),
    ("{orders: 3..}", {"signals": {"orders": 2.999}}, False),
    ("{orders: '1'}", {"signals": {"orders": True}}, False),
    ("{known: orders}", {"signals": {"orders": "5"}}, False),
    ("{member: false}", {"signals": {"member": False}}, True),
    ("{member: false}", {}, False),
    ("{known: member}", {"signals": {"member": 0}}, False),
    ("{plan: pro}", {"signals": {"plan": "Pro"}}, False),
    ("{known: plan}", {"signals": {"plan": ""}}, False),
    ("{tags: [a, c]}", {"signals": {"tags": ["b", "c"]}}, True),
    ("night-in-dach", at("2026-06-10T23:00+02:00", country="CH"), True),
    ("night-in-dach", at("2026-06-10T21:00+02:00", country="CH"), False),
    ("{audience: [night, dach]}", {"languages": ["de"]}, True),
    ("{any: [{country: DE}, {segment: press}]}", {"segments": ["press"]}, True),
    ("{all: [{country: DE}, {segment: press}]}", {"segments": ["press"]}, False),
    ("{not: {country: DE}, known: country}", {}, False),
    ("{not: {country: DE}, known: country}", {"country": "FR"}, True),
]


@pytest.mark.parametrize(("text", "context", "expected"), EDGES)
def test_a_question_at_its_edges(text: str, context: dict[str, Any], expected: bool) -> None:
    assert holds(condition(text), read_context(context), VOCABULARY) is expected
    rules = [Decision("", (("yes", condition(text)),))]
    visit = Visit(read_context(context), VOCABULARY)
    assert decide_table(lower(rules, VOCABULARY), visit)[""] == ("yes" if expected else "default")


def test_without_a_zone_of_the_site_rules_read_the_visitors_clock() -> None:
    visit = read_context(at("2026-06-10T14:00-04:00"))
    assert holds(condition("{time: 14:00-14:01}", UNZONED), visit, UNZONED)
    assert not holds(condition("{time: 20:00-20:01}", UNZONED), visit, UNZONED)


def test_a_zone_is_for_its_own_mapping_only() -> None:
    asked = condition("{time: 12:00-13:00, zone: UTC, any: [{time: 14:00-15:00}]}")
    assert holds(asked, read_context(at("2026-06-10T12:30Z")), VOCABULARY)


def test_the_first_branch_that_holds_is_shown() -> None:
    rules = decision(
        [("press", {"segment": "press"}), ("known", {"known": "segment"}), ("never", {"segment": "press"})]
    )
    shown = [decide(rules, read_context({"segments": given}), VOCABULARY) for given in (["press"], ["private"], None)]
    assert shown == ["press", "known", "default"]
