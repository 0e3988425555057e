"""Several decisions at once: a context is only given if every one of them agrees, and found where there is one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings

from ctxsite.rules.ast import Decision
from ctxsite.rules.check import Prover
from ctxsite.rules.context import read_context
from ctxsite.rules.evaluate import Visit
from ctxsite.rules.together import together
from ctxsite.rules.witness import Witness
from tests.rules.reading import VOCABULARY, decision
from tests.rules.strategies import contexts, variants

PROVER = Prover(VOCABULARY, dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC), ("en", "de"))


def branches(**conditions: object) -> Decision:
    return decision(list(conditions.items()))


PAGE = branches(business={"segment": "business"}, night={"audience": "night"})
BLOCK = branches(large={"orders": "100.."}, home={"country": "DE"})
AGAINST = branches(private={"all": [{"segment": "private"}, {"not": {"segment": "business"}}]})

CASES: dict[str, tuple[list[tuple[Decision, str]], list[Witness], bool]] = {
    "what is known is joined": (
        [(PAGE, "business"), (BLOCK, "large")],
        [{"segments": ["business"]}, {"signals": {"orders": 100}}],
        True,
    ),
    "nothing is known": ([(PAGE, "night"), (BLOCK, "home")], [], True),
    "the default of both": ([(PAGE, "default"), (BLOCK, "default")], [{"segments": ["business"]}], True),
    "they exclude each other": ([(PAGE, "business"), (AGAINST, "private")], [], False),
    "nothing is asked": ([], [], True),
}


@pytest.mark.parametrize("name", CASES)
def test_together(name: str) -> None:
    wanted, known, possible = CASES[name]
    found = together(wanted, known, PROVER, VOCABULARY)
    assert (found is not None) == possible
    if found is not None:
        visit = Visit(read_context(found), VOCABULARY)
        assert [visit.decide(asked) for asked, _ in wanted] == [name for _, name in wanted]


def test_what_is_known_reads_as_it_did() -> None:
    known: list[Witness] = [{"segments": ["business"]}, {"signals": {"orders": 100}}]
    found = together([(PAGE, "business"), (BLOCK, "large")], known, PROVER, VOCABULARY)
    assert found == {"segments": ["business"], "signals": {"orders": 100}}


@settings(max_examples=40)
@given(variants, variants, contexts)
def test_what_a_visitor_gets_is_found(first: Any, second: Any, context: Any) -> None:
    both = [decision(first), decision(second)]
    visit = Visit(read_context(context), VOCABULARY)
    wanted = [(asked, visit.decide(asked)) for asked in both]
    found = together(wanted, [], PROVER, VOCABULARY)
    assert found is not None
    again = Visit(read_context(found), VOCABULARY)
    assert [again.decide(asked) for asked in both] == [name for _, name in wanted]
