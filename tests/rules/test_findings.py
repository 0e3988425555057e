"""What authors are told about their decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from ctxsite.diagnostics import codes_rules as codes
from ctxsite.diagnostics.model import Code
from ctxsite.diagnostics.text import render_all
from ctxsite.rules.ast import Decision
from ctxsite.rules.check import Prover
from ctxsite.rules.findings import findings
from ctxsite.rules.parse import parse_condition
from ctxsite.source import SourceText
from ctxsite.syntax.nodes import Mapping
from ctxsite.syntax.yaml import read_yaml
from tests.rules.reading import VOCABULARY

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
PROVER = Prover(VOCABULARY, NOW, ("en",))

DECISIONS: list[tuple[str, str, list[Code]]] = [
    ("", "a: {segment: business}\nb: {time: 18:00-23:00}", []),
    ("", "saturday: {weekday: sat, country: DE, date: 2026-12-24}", [codes.BRANCH_IMPOSSIBLE]),
    ("", "gap: {moment: 2027-03-28T02:00..2027-03-28T03:00}", [codes.BRANCH_IMPOSSIBLE]),
    ("", "german: {language: de}\naustrian: {language: de-AT}", [codes.BRANCH_SHADOWED]),
    ("hero", "low: {orders: ..4}\nx: {tags: a}\nhigh: {orders: 4..}\nany: {orders: 1..9}", [codes.BRANCH_SHADOWED]),
    ("", "elsewhere: {not: {country: DE}}", [codes.UNKNOWN_VISITOR]),
    ("hero", "quiet: {time: 18:00-23:00, not: {segment: press}}", [codes.UNKNOWN_VISITOR]),
    ("", "winter: {date: 2025-12-01..2025-12-24}", [codes.BRANCH_PAST]),
    ("", "early: {time: 00:00-12:00}\nlate: {time: 12:00-24:00}\nx: {tags: a}", [codes.BRANCH_CLOCKLESS]),
    ("", "yes: {known: country}\nno: {not: {known: country}}", [codes.DEFAULT_UNREACHABLE]),
]


def read(name: str, text: str) -> Decision:
    node, _ = read_yaml(SourceText("content/pricing.md", text))
    assert isinstance(node, Mapping)
    branches = []
    for key, value in node.entries:
        condition, _ = parse_condition(value, VOCABULARY)
        assert condition is not None
        branches.append((str(key.value), condition))
    return Decision(name, tuple(branches))


@pytest.mark.parametrize(("name", "text", "expected"), DECISIONS)
def test_what_is_found(name: str, text: str, expected: list[Code]) -> None:
    found = findings(PROVER.prove(read(name, text)))
    assert [diagnostic.code for diagnostic in found] == [code.id for code in expected]


def test_too_large_a_decision_is_told_honestly() -> None:
    found = findings(PROVER.prove(read("", "a: {campaign: [x, y]}\nb: night-in-dach"), steps=0))
    assert found == ()
    tight = PROVER.prove(Decision("", read("", "a: {campaign: x}").branches * 2100))
    assert {diagnostic.code for diagnostic in findings(tight)} == {codes.DECISION_UNDECIDED.id}


def test_findings_as_people_see_them(golden: Callable[[str, str], None]) -> None:
    shown = [render_all(findings(PROVER.prove(read(name, text)))) for name, text, _ in DECISIONS]
    golden("rules/findings.txt", "\n\n".join(text for text in shown if text) + "\n")


def test_every_code_of_proofs_is_tried() -> None:
    tried = {code.id for _, _, expected in DECISIONS for code in expected} | {codes.DECISION_UNDECIDED.id}
    known = {code.id for code in vars(codes).values() if isinstance(code, Code)}
    assert tried == {code for code in known if "CTX250" <= code < "CTX260"}
