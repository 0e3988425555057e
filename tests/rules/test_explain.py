"""Traces: every question with what it saw, as data and as text."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from ctxsite.rules.ast import Decision
from ctxsite.rules.context import read_context
from ctxsite.rules.evaluate import Visit
from ctxsite.rules.explain import as_data, as_text, explain
from tests.rules.generate import Json
from tests.rules.reading import VOCABULARY, condition, decision
from tests.rules.strategies import contexts, variants

EVENING = "{time: 18:00-23:00, language: [de, fr-CH], any: [{orders: 3..}, {known: [plan, time]}]}"
RULES = Decision(
    "hero",
    (
        ("press", condition("{segment: press, not: {country: [DE, AT]}}")),
        ("evening", condition(EVENING)),
        ("night", condition("night")),
    ),
)  # fmt: skip
CONTEXT = {"now": "2026-12-24T20:15+01:00", "languages": ["de-AT"], "country": "CH", "signals": {"orders": 4}}

TEXT = """\
✗ press
  ✗ all of
    ✗ segment: press                    ← unknown
    ✓ not
      ✗ country: [DE, AT]               ← CH
✓ evening
  ✓ all of
    ✓ time: "18:00-23:00"               ← 20:15 in Europe/Berlin
    ✓ language: [de, fr-CH]             ← de-AT
    ✓ one of
      ✓ orders: "3.."                   ← 4
      ✗ known: [plan, time]             ← unknown: plan
· night (not asked: evening came first)"""


def trace(context: dict[str, Any]) -> str:
    return as_text(explain(RULES, Visit(read_context(context), VOCABULARY)))


def test_the_trace_as_text() -> None:
    assert trace(CONTEXT) == TEXT


def test_the_default_is_told_too() -> None:
    assert trace({}).splitlines()[-3:] == [
        "  ✗ audience night",
        '    ✗ time: "22:00-05:00"               ← unknown',
        "✓ default (no condition holds)",
    ]


def test_the_trace_as_data() -> None:
    data = as_data(explain(RULES, Visit(read_context(CONTEXT), VOCABULARY)))
    assert data["chosen"] == "evening"
    branches: Any = data["branches"]
    assert branches[0]["answer"]["parts"][0] == {"question": "segment: press", "holds": False, "saw": None}
    assert branches[1]["answer"]["parts"][1] == {"question": "language: [de, fr-CH]", "holds": True, "saw": "de-AT"}
    assert branches[2] == {"name": "night", "answer": None}


@given(variants, contexts)
def test_a_trace_agrees_with_the_decision_and_fits_the_terminal(data: Json, context: Json) -> None:
    rules, visit = decision(data), Visit(read_context(context), VOCABULARY)
    traced = explain(rules, visit)
    assert traced.chosen == visit.decide(rules)
    held = [branch.name for branch in traced.branches if branch.answer is not None and branch.answer.holds]
    assert held == ([] if traced.chosen == "default" else [traced.chosen])
    assert max(map(len, as_text(traced).splitlines())) <= 80
