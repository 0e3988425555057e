"""`signals:`, `audiences:` and `zone:`: what they become, and every way to write them wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ctxsite.diagnostics import codes_rules as codes
from ctxsite.diagnostics.model import Code
from ctxsite.diagnostics.text import render_all
from ctxsite.rules.context import Context
from ctxsite.rules.evaluate import Visit
from ctxsite.rules.signals import SESSION, SignalType, Source
from tests.rules.reading import VOCABULARY, clean_vocabulary, vocabulary

FAULTS: list[tuple[str, list[Code]]] = [
    ("signals: [segment]", [codes.SIGNALS_SHAPE]),
    ("signals: {plan: text}", [codes.SIGNALS_SHAPE]),
    ("audiences: [night]", [codes.SIGNALS_SHAPE]),
    ("signals: {my plan: {type: text}}", [codes.SIGNAL_NAME]),
    ("signals: {weekday: {type: text}}", [codes.SIGNAL_NAME]),
    ("signals: {device: {from: query:d}}", [codes.SIGNAL_NAME]),
    ("signals: {plan: {type: text, form: cookie:plan}}", [codes.SIGNAL_KEY]),
    ("signals: {country: {type: text, from: cookie:c}}", [codes.SIGNAL_KEY]),
    ("signals: {plan: {type: txt}}", [codes.SIGNAL_TYPE]),
    ("signals: {plan: {from: cookie:plan}}", [codes.SIGNAL_TYPE]),
    ("signals: {segment: {type: enum, values: [a]}}", [codes.SIGNAL_TYPE]),
    ("signals: {weather: {type: enum}}", [codes.SIGNAL_VALUES]),
    ("signals: {weather: {type: enum, values: []}}", [codes.SIGNAL_VALUES]),
    ("signals: {weather: {type: enum, values: [sun, 5, sun]}}", [codes.SIGNAL_VALUES, codes.SIGNAL_VALUES]),
    ("signals: {tags: {type: set, values: ['a,b', '']}}", [codes.SIGNAL_VALUES, codes.SIGNAL_VALUES]),
    ("signals: {orders: {type: number, values: [1]}}", [codes.SIGNAL_VALUES]),
    ("signals: {plan: {type: text, from: coockie:plan}}", [codes.SIGNAL_SOURCE]),
    ("signals: {plan: {type: text, from: ['query:', 5]}}", [codes.SIGNAL_SOURCE, codes.SIGNAL_SOURCE]),
    ("signals: {plan: {type: text, from: 'cookie:my plan'}}", [codes.SIGNAL_SOURCE]),
    ("signals: {plan: {type: boolean, from: 'path:shop'}}", [codes.SIGNAL_SOURCE]),
    ("signals: {plan: {type: text, remember: 30}}", [codes.SIGNAL_REMEMBER]),
    ("signals: {plan: {type: text, remember: 99999d}}", [codes.SIGNAL_REMEMBER]),
    ("audiences: {Night Owls: {time: 22:00-05:00}}", [codes.AUDIENCE_NAME]),
    ("audiences: {default: {time: 22:00-05:00}}", [codes.AUDIENCE_NAME]),
    ("audiences: {when-2: {time: 22:00-05:00}}", [codes.AUDIENCE_NAME]),
    ("audiences: {a: b, b: {not: c}, c: {any: [a, d]}, d: {time: 22:00-05:00}}", [codes.AUDIENCE_CYCLE]),
    ("audiences: {self: {not: self}, other: self}", [codes.AUDIENCE_CYCLE]),
    ("audiences: {a: b, b: a, c: d, d: c}", [codes.AUDIENCE_CYCLE, codes.AUDIENCE_CYCLE]),
    ("audiences: {a: {time: 22:00-22:00}, b: a, c: {any: [a, b]}}", [codes.RANGE_EMPTY]),
    ("zone: Europe/Berln", [codes.ZONE_UNKNOWN]),
    ("zone: CEST", [codes.ZONE_UNKNOWN]),
    ("zone: 2", [codes.ZONE_UNKNOWN]),
    (
        "audiences: {a0: {time: 22:00-05:00}, " + ", ".join(f"a{n}: a{n - 1}" for n in range(1, 120)) + "}",
        [codes.CONDITION_DEEP],
    ),
]


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_each_fault_has_its_code(text: str, expected: list[Code]) -> None:
    _, found = vocabulary(text)
    assert [diagnostic.code for diagnostic in found] == [code.id for code in expected]


def test_the_faults_as_people_see_them(golden: Callable[[str, str], None]) -> None:
    shown = [render_all(vocabulary(text)[1]) for text, _ in FAULTS]
    golden("rules/declarations.txt", "\n\n".join(shown) + "\n")


def test_every_code_of_declarations_is_tried() -> None:
    tried = {code.id for _, expected in FAULTS for code in expected}
    known = {code.id for code in vars(codes).values() if isinstance(code, Code)}
    assert {code for code in known if "CTX230" <= code < "CTX250"} <= tried


@pytest.mark.parametrize("text", [text for text, _ in FAULTS])
def test_audiences_with_faults_can_still_be_asked(text: str) -> None:
    """Nobody publishes them; but checking goes on, and must come to an end."""
    known, _ = vocabulary(text)
    visit = Visit(Context(), known)
    assert all(isinstance(visit.audience(name), bool) for name in known.audiences)


def test_declarations_are_read() -> None:
    signals = VOCABULARY.signals
    assert signals["segment"].type is SignalType.SET
    assert signals["segment"].values == ("private", "business", "partner", "press")
    assert signals["segment"].sources == (Source("query", "segment"), Source("storage", "segment"))
    assert signals["segment"].remember == 30
    assert signals["country"].sources == (Source("meta", "country"), Source("cookie", "country"))
    assert signals["campaign"].sources == (Source("query", "utm_campaign"),)
    assert signals["orders"].type is SignalType.NUMBER
    assert VOCABULARY.zone == "Europe/Berlin"
    assert list(VOCABULARY.audiences) == ["night", "dach", "night-in-dach", "quiet"]


@pytest.mark.parametrize(
    ("text", "days"), [("no", None), ("false", None), ("session", SESSION), ("1d", 1), ("3650d", 3650)]
)
def test_how_long_to_remember(text: str, days: int | None) -> None:
    assert clean_vocabulary(f"signals: {{x: {{type: text, remember: {text}}}}}").signals["x"].remember == days


def test_a_media_query_keeps_its_colons() -> None:
    known = clean_vocabulary("signals: {calm: {type: boolean, from: 'media:(prefers-reduced-motion: reduce)'}}")
    assert known.signals["calm"].sources == (Source("media", "(prefers-reduced-motion: reduce)"),)


def test_nothing_declared_is_a_vocabulary_too() -> None:
    known = clean_vocabulary("{title: Site}")
    assert known.zone == "visitor"
    assert not known.audiences
    assert "segment" not in known.signals
