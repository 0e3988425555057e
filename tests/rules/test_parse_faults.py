"""Every way to write a condition wrong: which code, and the whole text of it in a golden file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ctxsite.diagnostics import codes_rules as codes
from ctxsite.diagnostics.model import Code
from ctxsite.diagnostics.text import render_all
from ctxsite.rules.parse import parse_condition
from ctxsite.rules.signals import Vocabulary
from tests.rules.reading import VOCABULARY, node

FAULTS: list[tuple[str, list[Code]]] = [
    ("[{time: 18:00-23:00}, {segment: business}]", [codes.CONDITION_SHAPE]),
    ("5", [codes.CONDITION_SHAPE]),
    ("true", [codes.CONDITION_SHAPE]),
    ("{}", [codes.CONDITION_EMPTY]),
    ('""', [codes.CONDITION_EMPTY]),
    ("{segment: }", [codes.CONDITION_EMPTY]),
    ("{segment: []}", [codes.CONDITION_EMPTY]),
    ('{plan: ""}', [codes.CONDITION_EMPTY]),
    ("{any: []}", [codes.CONDITION_EMPTY]),
    ("{all: {segment: business}}", [codes.CONDITION_SHAPE]),
    ("{not: [night]}", [codes.CONDITION_SHAPE]),
    ("{not: {}}", [codes.CONDITION_EMPTY]),
    ("{segmnt: business}", [codes.KEY_UNKNOWN]),
    ("{temperature: 5}", [codes.KEY_UNKNOWN]),
    ("nihgt", [codes.AUDIENCE_UNKNOWN]),
    ("{audience: [night, dahc]}", [codes.AUDIENCE_UNKNOWN]),
    ("{known: [countr, time]}", [codes.SIGNAL_UNKNOWN]),
    ("{segment: busines}", [codes.VALUE_UNKNOWN]),
    ("{segment: {name: business}}", [codes.VALUE_TYPE]),
    ("{device: watch}", [codes.VALUE_UNKNOWN]),
    ("{weather: [sun, fog]}", [codes.VALUE_UNKNOWN]),
    ("{time: 18:00-18:00}", [codes.RANGE_EMPTY]),
    ("{time: 18:00-25:00}", [codes.TIME_INVALID]),
    ("{time: 9:00-17:00}", [codes.TIME_INVALID]),
    ("{time: 24:00-06:00}", [codes.TIME_INVALID]),
    ("{time: 18:00-24:01}", [codes.TIME_INVALID]),
    ("{time: 18:60-19:00}", [codes.TIME_INVALID]),
    ("{time: 18:00}", [codes.TIME_INVALID]),
    ("{time: 1800}", [codes.VALUE_TYPE]),
    ("{weekday: monday}", [codes.WEEKDAY_INVALID]),
    ("{weekday: mon-fri-sun}", [codes.WEEKDAY_INVALID]),
    ("{weekday: [mon, fir]}", [codes.WEEKDAY_INVALID]),
    ("{weekday: mon-mon}", [codes.RANGE_EMPTY]),
    ("{date: 2026-02-30}", [codes.DATE_INVALID]),
    ("{date: 2026-13-01}", [codes.DATE_INVALID]),
    ("{date: 02-30}", [codes.DATE_INVALID]),
    ("{date: 13-01}", [codes.DATE_INVALID]),
    ("{date: 24.12.2026}", [codes.DATE_INVALID]),
    ("{date: ..}", [codes.DATE_INVALID]),
    ("{date: 12-24..2026-12-31}", [codes.DATE_INVALID]),
    ("{date: 12-24..}", [codes.DATE_INVALID]),
    ("{date: 2026-12-24..2026-12-01}", [codes.RANGE_EMPTY]),
    ("{date: 20261224}", [codes.VALUE_TYPE]),
    ("{moment: 2026-11-27T18:00}", [codes.MOMENT_INVALID]),
    ("{moment: 2026-11-27..}", [codes.MOMENT_INVALID]),
    ("{moment: 2026-11-27T24:00..}", [codes.MOMENT_INVALID]),
    ("{moment: 2026-11-31T18:00..}", [codes.MOMENT_INVALID]),
    ("{moment: 2026-11-27T18:00Z..}", [codes.MOMENT_INVALID]),
    ("{moment: ..}", [codes.MOMENT_INVALID]),
    ("{moment: 2026-11-30T09:00..2026-11-27T18:00}", [codes.RANGE_EMPTY]),
    ("{moment: 2026-11-30T09:00..2026-11-30T09:00}", [codes.RANGE_EMPTY]),
    ("{zone: Europe/Berlin}", [codes.ZONE_ALONE]),
    ("{time: 18:00-23:00, zone: Europe/Berln}", [codes.ZONE_UNKNOWN]),
    ("{time: 18:00-23:00, zone: [UTC]}", [codes.VALUE_TYPE]),
    ("{language: de_AT}", [codes.LANGUAGE_INVALID]),
    ("{language: de-*}", [codes.LANGUAGE_INVALID]),
    ("{language: deutschland}", [codes.LANGUAGE_INVALID]),
    ("{country: Germany}", [codes.COUNTRY_INVALID]),
    ("{country: uk}", [codes.COUNTRY_INVALID]),
    ("{country: 49}", [codes.VALUE_TYPE]),
    ("{referrer: https://example.org/news}", [codes.REFERRER_INVALID]),
    ("{referrer: '*.example.org'}", [codes.REFERRER_INVALID]),
    ("{referrer: müller.example}", [codes.REFERRER_INVALID]),
    ("{orders: many}", [codes.VALUE_TYPE]),
    ("{orders: true}", [codes.VALUE_TYPE]),
    ("{orders: 5..3}", [codes.RANGE_EMPTY]),
    ("{orders: ..}", [codes.NUMBER_INVALID]),
    ("{orders: 3..x}", [codes.NUMBER_INVALID]),
    ("{orders: .inf}", [codes.NUMBER_INVALID]),
    ("{member: 'true'}", [codes.VALUE_TYPE]),
    ("{member: maybe}", [codes.VALUE_TYPE]),
    ("{plan: 5}", [codes.VALUE_TYPE]),
    ("{campaign: 2026}", [codes.VALUE_TYPE]),
    ("{plan: true}", [codes.VALUE_TYPE]),
    ("{not: " * 41 + "night" + "}" * 41, [codes.CONDITION_DEEP]),
    ("{any: [nihgt, {time: 25:00-26:00}], segmnt: x}", [codes.AUDIENCE_UNKNOWN, codes.TIME_INVALID, codes.KEY_UNKNOWN]),
]


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_each_fault_has_its_code_and_gives_no_condition(text: str, expected: list[Code]) -> None:
    condition, found = parse_condition(node(text), VOCABULARY)
    assert [diagnostic.code for diagnostic in found] == [code.id for code in expected]
    assert condition is None
    assert all(diagnostic.location is not None for diagnostic in found)


def test_the_faults_as_people_see_them(golden: Callable[[str, str], None]) -> None:
    shown = [render_all(parse_condition(node(text), VOCABULARY)[1]) for text, _ in FAULTS]
    golden("rules/conditions.txt", "\n\n".join(shown) + "\n")


def test_segments_must_be_declared() -> None:
    _, found = parse_condition(node("{segment: business}"), Vocabulary())
    assert [(diagnostic.code, diagnostic.message) for diagnostic in found] == [
        (codes.KEY_UNKNOWN.id, "this site declares no segments")
    ]


def test_a_zone_without_a_question_of_its_own_is_warned_of() -> None:
    condition, found = parse_condition(node("{zone: UTC, any: [{time: 10:00-12:00}]}"), VOCABULARY)
    assert condition is not None
    assert [diagnostic.code for diagnostic in found] == [codes.ZONE_UNUSED.id]


def test_every_code_of_conditions_is_tried() -> None:
    tried = {code.id for _, expected in FAULTS for code in expected} | {codes.ZONE_UNUSED.id}
    known = {code.id for code in vars(codes).values() if isinstance(code, Code)}
    assert tried == {code for code in known if "CTX200" <= code < "CTX230"}
