"""Laws of proofs: nothing is called unreachable that a context reaches, and every witness selects its branch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctxsite.rules.ast import Decision
from ctxsite.rules.check import Prover, prove
from ctxsite.rules.context import read_context
from ctxsite.rules.evaluate import decide
from ctxsite.rules.proofs import Proof, Verdict
from ctxsite.rules.signals import Vocabulary
from tests.rules import generate
from tests.rules.batch import vocabularies
from tests.rules.generate import Json
from tests.rules.reading import VOCABULARY, clean_vocabulary, condition, decision
from tests.rules.strategies import contexts, variants

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
KNOWN = vocabularies()
PROVERS = [Prover(known, NOW, ("en", "de")) for known in KNOWN]


def open_outcomes(proof: Proof) -> set[str]:
    outcomes = (*proof.branches, proof.default)
    return {branch.name for branch in outcomes if branch.verdict in (Verdict.REACHABLE, Verdict.UNDECIDED)}


def check_witnesses(proof: Proof, known: Vocabulary) -> None:
    for name, witness in proof.witnesses().items():
        assert decide(proof.decision, read_context(witness), known) == name
    for name, witness in proof.surprises:
        assert decide(proof.decision, read_context(witness), known) == name
        assert set(witness) <= {"now", "zone"}
    outcomes = (*proof.branches, proof.default)
    assert all((branch.witness is not None) == (branch.verdict is Verdict.REACHABLE) for branch in outcomes)


@settings(max_examples=60, deadline=None)
@given(variants, st.lists(contexts, min_size=20, max_size=40), st.booleans())
def test_what_a_context_gets_is_reachable(data: Json, visits: list[Json], zoned: bool) -> None:
    known, rules = KNOWN[zoned], decision(data, KNOWN[zoned])
    proof = PROVERS[zoned].prove(rules)
    assert {decide(rules, read_context(visit), known) for visit in visits} <= open_outcomes(proof)
    check_witnesses(proof, known)


SMALL: dict[str, list[Json]] = {
    "country": [None, "DE", "AT", "FR"],
    "languages": [None, ["de"], ["de-AT"], ["en"], ["fr-CH"], ["fr"]],
    "segments": [None, [], ["private"], ["business"], ["press"], ["private", "business"], ["business", "press"]],
    "member": [None, True, False],
    "orders": [None, -2, -1, -0.5, 0, 1, 2, 2.2, 2.5, 2.7, 3, 3.2, 3.5, 4, 5, 7, 10, 11],
}


def small_contexts() -> Iterator[Json]:
    """Yield a context for every combination of the cells of a few signals."""
    for country, languages, segments, member, orders in product(*SMALL.values()):
        own = {"member": member, "orders": orders}
        yield {"country": country, "languages": languages, "segments": segments, "signals": own}


def small_condition(draw: Random, depth: int = 1) -> Json:
    made: Json = {}
    for _ in range(draw.randint(1, 2)):
        key = draw.choice(("country", "language", "segment", "member", "orders", "known", "any", "all", "not"))
        if key in ("any", "all", "not"):
            inner = [small_condition(draw, depth - 1) for _ in range(2)] if depth else [{"country": "DE"}]
            made[key] = inner[0] if key == "not" else inner
        else:
            choices: dict[str, Json] = {
                "country": ["DE", "AT", ["DE", "AT"]],
                "language": ["de", "de-AT", "fr", "*"],
                "segment": ["private", "business", ["press", "private"]],
                "member": [True, False],
                "orders": [3, "..2", "2.5..3.5", "3..5", "0..", -1],
                "known": ["country", "segment", "orders", ["member", "language"]],
            }
            made[key] = draw.choice(choices[key])
    return made


@pytest.mark.parametrize("seed", range(12))
def test_brute_force_over_all_cells_agrees(seed: int) -> None:
    draw = Random(seed)
    rules = decision([(f"v{n}", small_condition(draw)) for n in range(5)])
    reached = {decide(rules, read_context(context), VOCABULARY) for context in small_contexts()}
    proof = PROVERS[0].prove(rules)
    check_witnesses(proof, KNOWN[0])
    assert reached == open_outcomes(proof)


def clock_condition(draw: Random, zones: tuple[str, ...]) -> Json:
    keys = draw.sample(("time", "weekday", "date"), draw.randint(1, 3))
    made: Json = {key: generate.values(draw, key) for key in keys}
    made["zone"] = draw.choice(zones)
    return {"not": made} if draw.random() < 0.2 else made


@pytest.mark.parametrize(
    "zones", [("visitor",), ("Europe/Berlin",), ("America/St_Johns", "visitor"), ("UTC", "Asia/Kathmandu")]
)
@pytest.mark.parametrize("seed", range(5))
def test_brute_force_over_hours_agrees(zones: tuple[str, ...], seed: int) -> None:
    """Contexts at the edges of times, through several years: none gets what is called unreachable."""
    draw = Random(f"{zones}{seed}")
    rules = decision([(f"v{n}", clock_condition(draw, zones)) for n in range(5)])
    proof = PROVERS[0].prove(rules)
    check_witnesses(proof, KNOWN[0])
    start = dt.datetime(2023, 12, 30, tzinfo=dt.UTC)
    reached = {decide(rules, read_context({}), VOCABULARY)}
    for step in range(5 * 365 * 8):
        instant = start + dt.timedelta(minutes=180 * step + draw.choice((0, 0, 1, 59, 150, 179)))
        context = {"now": instant.isoformat(), "zone": draw.choice(generate.ZONES)}
        reached.add(decide(rules, read_context(context), VOCABULARY))
    assert reached <= open_outcomes(proof)


@given(variants)
@settings(max_examples=40, deadline=None)
def test_proofs_are_the_same_each_time(data: Json) -> None:
    rules = decision(data)
    assert prove(rules, VOCABULARY, now=NOW) == prove(rules, VOCABULARY, now=NOW)


def test_dropping_a_needed_branch_or_part_makes_room() -> None:
    """Reasons are minimal: every branch and every part that is named is needed."""
    for seed in range(60):
        draw = Random(seed)
        rules = decision([(f"v{n}", generate.make_condition(draw, 1)) for n in range(4)], KNOWN[0])
        for branch in PROVERS[0].prove(rules).branches:
            own = dict(rules.branches)[branch.name]
            for spared in branch.earlier:
                others = [(name, when) for name, when in rules.branches if name in branch.earlier and name != spared]
                fewer = Decision("", (*others, (branch.name, own)))
                assert PROVERS[0].prove(fewer).branches[-1].verdict is Verdict.REACHABLE


WITNESSES: list[tuple[str, Json]] = [
    ("{segment: business}", {"segments": ["business"]}),
    ("{time: 18:00-23:00}", {"now": "2026-11-22T18:00+01:00", "zone": "Europe/Berlin"}),
    ("{time: 08:00-18:00}", {"now": "2026-11-22T10:00+01:00", "zone": "Europe/Berlin"}),
    ("{time: 22:00-05:00}", {"now": "2026-11-22T22:00+01:00", "zone": "Europe/Berlin"}),
    ("{time: 09:10-09:50}", {"now": "2026-11-22T09:30+01:00", "zone": "Europe/Berlin"}),
    ("{weekday: wed}", {"now": "2026-11-25T10:00+01:00", "zone": "Europe/Berlin"}),
    ("{date: 12-24}", {"now": "2026-12-24T10:00+01:00", "zone": "Europe/Berlin"}),
    ("{date: 02-29}", {"now": "2028-02-29T10:00+01:00", "zone": "Europe/Berlin"}),
    ("{date: 2025-12-24}", {"now": "2025-12-24T10:00+01:00", "zone": "Europe/Berlin"}),
    ("{time: 18:00-23:00, zone: visitor}", {"now": "2026-11-22T18:00+01:00", "zone": "Europe/Berlin"}),
    ("{time: 18:00-23:00, zone: America/New_York}", {"now": "2026-11-23T00:00+01:00", "zone": "Europe/Berlin"}),
    ("{not: {language: [en, de]}, known: language}", {"languages": ["fr"]}),
    ("{known: language}", {"languages": ["en"]}),
    ("{known: country, not: {country: [US, DE]}}", {"country": "GB"}),
    ("{any: [{country: DE, segment: press, member: true}, {campaign: Winter}]}", {"campaign": "winter"}),
    ("{all: [{segment: press}, {segment: private}]}", {"segments": ["private", "press"]}),
    ("{known: orders, not: {orders: [..4, 5..]}}", {"signals": {"orders": 4.5}}),
    ("{orders: 2.5..9}", {"signals": {"orders": 3}}),
    ("{known: plan, not: {plan: other}}", {"signals": {"plan": "other-aa"}}),
    ("{not: {known: country}}", {}),
]


@pytest.mark.parametrize(("text", "expected"), WITNESSES)
def test_witnesses_are_plain(text: str, expected: Json) -> None:
    proof = PROVERS[1].prove(Decision("", (("v", condition(text)),)))
    zoned = Prover(VOCABULARY, NOW, ("en", "de")).prove(Decision("", (("v", condition(text)),)))
    assert zoned.branches[0].witness == expected
    assert proof.branches[0].verdict is Verdict.REACHABLE


SURPRISES: list[tuple[str, bool]] = [
    ("{not: {country: DE}}", True),
    ("{not: {country: DE}, known: country}", False),
    ("{not: {known: country}}", False),
    ("{not: {time: 18:00-23:00}}", False),
    ("{time: 18:00-23:00, not: {segment: press}}", True),
    ("{any: [{time: 18:00-23:00}, {not: {segment: press}}]}", True),
    ("{any: [{time: 00:00-24:00}, {not: {segment: press}}]}", False),
    ("{not: {any: [{language: de}, {time: 18:00-23:00}]}}", True),
    ("{not: {all: [{language: de}, {known: language}]}}", False),
    ("{segment: press}", False),
]


@pytest.mark.parametrize(("text", "expected"), SURPRISES)
def test_who_is_unknown_gets_the_default(text: str, expected: bool) -> None:
    proof = PROVERS[0].prove(Decision("", (("v", condition(text)),)))
    assert bool(proof.surprises) is expected


def test_a_decision_too_large_is_called_undecided() -> None:
    draw = Random(3)
    signals = "".join(f"  b{n}: {{type: boolean}}\n" for n in range(40))
    known = clean_vocabulary(f"signals:\n{signals}")

    def literal() -> Json:
        name = f"b{draw.randrange(40)}"
        return {name: True} if draw.random() < 0.5 else {"not": {name: True}}

    hard = {"all": [{"any": [literal() for _ in range(3)]} for _ in range(175)]}
    proof = prove(decision([("hard", hard), ("easy", {"b0": True})], known), known, now=NOW)
    assert [branch.verdict for branch in proof.branches] == [Verdict.UNDECIDED, Verdict.REACHABLE]


def test_audiences_that_multiply_are_called_undecided() -> None:
    text = "audiences:\n  a0: {any: [{campaign: one}, {campaign: two, language: de}]}\n"
    text += "".join(f"  a{n}: {{any: [{{all: [a{n - 1}, {{not: a{n - 1}}}]}}, a{n - 1}]}}\n" for n in range(1, 25))
    known = clean_vocabulary(text)
    proof = prove(Decision("", (("v", condition("a24", known)),)), known, now=NOW)
    assert proof.branches[0].verdict is Verdict.UNDECIDED


def test_realistic_decisions_are_all_decided() -> None:
    pool: list[Json] = [
        {"segment": "business"}, {"time": "18:00-23:00"}, {"weekday": "mon-fri", "time": "08:00-18:00"}, "quiet",
        {"date": "12-20..01-06"}, {"date": "2026-11-01..2026-12-24", "language": "de"}, {"campaign": "winter"},
        {"visit": "returning"}, {"country": ["DE", "AT"]}, "night-in-dach", {"not": "quiet"}, {"device": "phone"},
        {"any": ["dach", {"segment": "business", "member": True}]}, {"orders": "3..", "weather": "rain"},
        {"moment": "2026-11-27T18:00..2026-11-30T09:00"}, {"time": "06:00-12:00", "zone": "visitor"},
    ]  # fmt: skip
    draw = Random(1)
    prover = Prover(VOCABULARY, NOW, ("de", "en"))
    for _ in range(100):
        rules = decision([(f"v{n}", draw.choice(pool)) for n in range(draw.randint(1, 6))])
        proof = prover.prove(rules)
        check_witnesses(proof, VOCABULARY)
        verdicts: list[Any] = [branch.verdict for branch in (*proof.branches, proof.default)]
        assert Verdict.UNDECIDED not in verdicts
