"""The engine, as it is shipped, gives the answers of the definition."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from ctxsite.rules.ast import Decision
from ctxsite.rules.signals import Vocabulary
from ctxsite.targets.browser import compile_page, site_engine
from tests.rules.batch import CONTEXTS_PER_DECISION, batch, vocabularies
from tests.rules.reading import clean_vocabulary, decision
from tests.rules.test_cases import read_cases
from tests.selector.node import visits
from tests.selector.visit import from_query, visit

NOW = dt.datetime(2025, 3, 1, tzinfo=dt.UTC)
"""The build's clock: contexts lie before, in and after the years that zones' tables cover."""

pytestmark = pytest.mark.node


def _answers(cases: list[tuple[Decision, Vocabulary, Any]], folder: Path) -> list[str]:
    """Let one engine, composed for all these decisions, decide each in its context."""
    known = from_query(cases[0][1])
    engine = site_engine([rules for rules, _, _ in cases], known, NOW)
    tables: dict[int, str] = {}
    lines = []
    for rules, words, context in cases:
        if id(rules) not in tables:
            tables[id(rules)] = compile_page([(rules, None)], from_query(words), NOW).text
        lines.append(visit(context, words, tables[id(rules)]))
    return [answer["page"] for answer in visits(engine, lines, folder)]


def test_every_case_of_the_specification(tmp_path: Path) -> None:
    site, cases = read_cases()
    known = clean_vocabulary(json.dumps(site))
    answers = _answers([(decision(case["variants"], known), known, case["context"]) for case in cases], tmp_path)
    assert len(answers) == len(cases) >= 240
    assert [(case, answer) for case, answer in zip(cases, answers, strict=True) if answer != case["expect"]] == []


@pytest.mark.parametrize(
    ("count", "seed"), [(20_000, 1), pytest.param(200_000, 2, marks=pytest.mark.slow)], ids=["some", "all"]
)
def test_a_seeded_batch(count: int, seed: int, tmp_path: Path) -> None:
    known = vocabularies()
    cases: list[tuple[Decision, Vocabulary, Any]] = []
    expected: list[str] = []
    for number, case in enumerate(batch(count, seed)):
        if number % CONTEXTS_PER_DECISION == 0:
            words = known[number // CONTEXTS_PER_DECISION % len(known)]
            rules = decision([list(variant) for variant in case["variants"]], words)
        cases.append((rules, words, case["context"]))
        expected.append(case["expected"])
    answers = _answers(cases, tmp_path)
    wrong = [
        (case[0], case[2], wanted, answer)
        for case, wanted, answer in zip(cases, expected, answers, strict=True)
        if answer != wanted
    ]
    assert wrong[:3] == []
    assert len(answers) == count
    assert len(set(answers)) > 2


@pytest.mark.parametrize(
    ("value", "expected"), [("WINTER", "w"), ("winter", "w"), ("summer", "default"), ("", "default")]
)
def test_letter_case_of_a_campaign_that_the_site_finds_itself(value: str, expected: str, tmp_path: Path) -> None:
    known = clean_vocabulary('signals: {campaign: {from: ["query:c"]}}')
    rules = decision([("w", {"campaign": "Winter"})], known)
    engine = site_engine([rules], known, NOW)
    made = {"table": compile_page([(rules, None)], known, NOW).text, "search": f"?c={value}"}
    assert [answer["page"] for answer in visits(engine, [made], tmp_path)] == [expected]
