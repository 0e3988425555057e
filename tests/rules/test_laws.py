"""Laws of the rule language, over random rules and contexts."""

from __future__ import annotations

import json
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from ctxsite.rules.ast import Not
from ctxsite.rules.context import Context, read_context
from ctxsite.rules.evaluate import Visit, decide, holds
from ctxsite.rules.parse import parse_condition
from ctxsite.rules.print import condition_text
from ctxsite.rules.table import lower
from ctxsite.rules.table_evaluate import decide_table
from tests.rules.batch import batch, operators, vocabularies
from tests.rules.generate import Json
from tests.rules.reading import VOCABULARY, condition, decision, node
from tests.rules.strategies import conditions, contexts, json_values, malformed_contexts, variants

VOCABULARIES = vocabularies()


@settings(max_examples=400)
@given(st.lists(variants, min_size=1, max_size=3), st.lists(contexts, min_size=1, max_size=8), st.booleans())
def test_a_table_gives_what_the_definition_gives(pages: list[Json], visits: list[Json], zoned: bool) -> None:
    known = VOCABULARIES[zoned]
    rules = [decision(page, known, str(number)) for number, page in enumerate(pages)]
    table = lower(rules, known)
    for context in visits:
        visit = Visit(read_context(context), known)
        assert decide_table(table, visit) == {rule.name: visit.decide(rule) for rule in rules}


@settings(max_examples=400)
@given(conditions)
def test_reading_what_was_printed_gives_the_same_condition(data: Json) -> None:
    first = condition(json.dumps(data))
    second, diagnostics = parse_condition(node(condition_text(first)), VOCABULARY)
    assert (second, diagnostics) == (first, ())


@given(conditions, contexts)
def test_logic_is_two_valued(data: Json, context: Json) -> None:
    asked, visit = condition(json.dumps(data)), read_context(context)
    assert holds(Not(asked, asked.span), visit, VOCABULARY) is not holds(asked, visit, VOCABULARY)


@settings(max_examples=300)
@given(variants, malformed_contexts)
def test_no_context_raises_an_error(data: Json, context: Json) -> None:
    rules = decision(data)
    visit = Visit(read_context(context), VOCABULARY)
    assert decide_table(lower([rules], VOCABULARY), visit)[""] == visit.decide(rules)


@given(json_values.filter(lambda value: not isinstance(value, dict)))
def test_a_context_that_is_no_mapping_knows_nothing(data: Json) -> None:
    assert read_context(data) == Context()


@given(variants, contexts)
def test_the_order_of_signals_changes_nothing(data: Json, context: Json) -> None:
    shuffled = dict(reversed(context.items()))
    shuffled["signals"] = dict(reversed(context["signals"].items()))
    rules = decision(data)
    assert decide(rules, read_context(shuffled), VOCABULARY) == decide(rules, read_context(context), VOCABULARY)


@given(variants, contexts)
def test_a_branch_that_never_holds_changes_nothing(data: Json, context: Json) -> None:
    never = ("never", {"all": [{"known": "time"}, {"not": {"known": "time"}}]})
    visit = read_context(context)
    assert decide(decision([never, *data]), visit, VOCABULARY) == decide(decision(data), visit, VOCABULARY)


def test_the_batch_has_every_operator_and_every_outcome() -> None:
    outcomes: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for case in batch(4000):
        outcomes[case["expected"]] += 1
        for _, rows in case["table"]["d"]:
            seen.update(operator for _, row in rows for operator in operators(row))
        seen.update(operator for row in case["table"]["a"] for operator in operators(row))
        seen.update(("zone",) if case["table"]["z"] else ())
    assert set(seen) == {*"&|!@=#~^*twdym", "zone"}
    assert set(outcomes) == {"default", "v0", "v1", "v2", "v3"}
    assert min(outcomes.values()) > 40


def test_the_batch_is_the_same_each_time() -> None:
    assert list(batch(64, seed=7)) == list(batch(64, seed=7)) != list(batch(64, seed=8))
