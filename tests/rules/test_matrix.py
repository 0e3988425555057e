"""Who sees what, as a table: its law, and tables as people read them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import assume, given, settings

from ctxsite.rules import cells
from ctxsite.rules.ast import VISITOR
from ctxsite.rules.context import read_context
from ctxsite.rules.dimensions import Dimension, is_clock
from ctxsite.rules.evaluate import Visit
from ctxsite.rules.formulas import leaves
from ctxsite.rules.leaves import ALWAYS, NEVER, Cond
from ctxsite.rules.lower import Lowering
from ctxsite.rules.matrix import MOST_ROWS, Node, as_data, as_text, diagram, matrix
from ctxsite.rules.table import Table
from ctxsite.rules.table_evaluate import decide_table
from tests.rules import strategies
from tests.rules.reading import VOCABULARY, decision

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def holds(leaf: Cond, visit: Visit) -> bool:
    """Evaluate one question by the reference evaluator of tables."""
    zones: tuple[str, ...] = ()
    if is_clock(leaf):
        zone = str(leaf[1])
        leaf, zones = (leaf[0], 0 if zone == VISITOR else 1, *leaf[2:]), (zone,)
    return decide_table(Table((("x", (("yes", leaf),)),), (), zones, (), False), visit)["x"] == "yes"


def apart(leaf: Cond) -> list[Cond]:
    """Ask about each signal by itself whether it is known."""
    return [("*", name) for name in leaf[1:]] if leaf[0] == "*" else [leaf]


def piece(dimension: Dimension, asked: list[Cond], visit: Visit) -> int:
    """Return the piece of a dimension that a visit is in: the one that answers every question as the visit does."""
    for index in range(dimension.count):
        answers = [(leaf, dimension.narrow(leaf, index)) for leaf in asked]
        if all((answer == ALWAYS) == holds(leaf, visit) for leaf, answer in answers if answer in (ALWAYS, NEVER)):
            return index
    raise AssertionError(f"no piece of {dimension.title} fits")


@settings(max_examples=300)
@given(strategies.variants, strategies.contexts)
def test_every_visit_finds_its_row(variants: list[tuple[str, Any]], data: dict[str, Any]) -> None:
    visit = Visit(read_context(data), VOCABULARY)
    assume(visit.known("time"))
    asked_of = decision(variants)
    tree, dimensions = diagram(asked_of, VOCABULARY, ["en"])
    lowering = Lowering(VOCABULARY, lambda name: lowering.lower(VOCABULARY.audiences[name]))
    asked = [leaf for _, when in asked_of.branches for leaf in leaves(cells.given(lowering.lower(when), "time", True))]
    asked = [one for leaf in asked for one in apart(leaf)]
    while isinstance(tree, Node):
        here = piece(dimensions[tree.dimension], asked, visit)
        tree = next(after for pieces, after in tree.groups if here in pieces)
    assert tree == visit.decide(asked_of)


TABLES: dict[str, tuple[list[tuple[str, Any]], str]] = {
    "a day has no gaps, and midnight is inside a range": (
        [("night", "night"), ("day", {"time": "09:00-17:00"})],
        """\
time in Europe/Berlin    │ shown
─────────────────────────┼────────
22:00–05:00              │ night
05:00–09:00, 17:00–22:00 │ default
09:00–17:00              │ day""",
    ),
    "what no longer matters is left blank": (
        [("b", {"segment": "business"}), ("w", {"weekday": "sat-sun", "zone": "visitor"})],
        """\
segment business │ weekday │ shown
─────────────────┼─────────┼────────
yes              │         │ b
no               │ Sat–Sun │ w
no               │ Mon–Fri │ default""",
    ),
    "no day is both": (
        [("x", {"date": "2026-12-24", "weekday": "thu"})],
        """\
date in Europe/Berlin      │ weekday in Europe/Berlin │ shown
───────────────────────────┼──────────────────────────┼────────
..2026-12-23, 2026-12-25.. │                          │ default
2026-12-24                 │ Thu                      │ x""",
    ),
    "unknown is told apart where that matters": (
        [("abroad", {"known": "country", "not": {"country": "DE"}})],
        """\
country     │ shown
────────────┼────────
another     │ abroad
DE, unknown │ default""",
    ),
    "numbers have ends": (
        [("few", {"orders": "..2"}), ("some", {"orders": "3..5"}), ("five", {"orders": [5, "8.."]})],
        """\
orders    │ shown
──────────┼────────
up to 2   │ few
3..5      │ some
from 8    │ five
otherwise │ default""",
    ),
    "languages are ranges": (
        [("at", {"language": "de-AT"}), ("de", {"language": ["de", "fr"]})],
        """\
language  │ shown
──────────┼────────
de-AT     │ at
de, fr    │ de
otherwise │ default""",
    ),
    "moments": (
        [("x", {"moment": "2026-11-27T18:00..2026-11-30T09:00"})],
        """\
moment in Europe/Berlin                │ shown
───────────────────────────────────────┼────────
..2026-11-27T18:00, 2026-11-30T09:00.. │ default
2026-11-27T18:00..2026-11-30T09:00     │ x""",
    ),
}


@pytest.mark.parametrize("case", TABLES)
def test_table(case: str) -> None:
    variants, expected = TABLES[case]
    assert as_text(matrix(decision(variants), VOCABULARY, now=NOW)) == expected


def test_a_wide_table_fits_the_terminal() -> None:
    variants = [("x", {"country": ["AT", "BE", "CH", "CZ", "DE", "DK", "ES", "FI", "FR", "GB"], "plan": "p" * 90})]
    text = as_text(matrix(decision(variants), VOCABULARY, now=NOW), 60)
    assert max(map(len, text.splitlines())) <= 60


def test_a_table_of_too_many_rows_says_so() -> None:
    minutes = [f"{n // 60:02}:{n % 60:02}-{n // 60:02}:{n % 60 + 1:02}" for n in range(0, 1200, 4)]
    variants = [(f"v{n}", {"time": text}) for n, text in enumerate(minutes)]
    table = matrix(decision(variants), VOCABULARY, now=NOW)
    assert (len(table.rows), table.complete) == (MOST_ROWS, False)
    assert as_text(table).endswith(f"the first {MOST_ROWS} rows are shown")


def test_as_data() -> None:
    table = matrix(decision([("b", {"segment": "business"})]), VOCABULARY, now=NOW)
    assert as_data(table) == {
        "decision": "",
        "rows": [
            {"when": {"segment business": "yes"}, "shown": "b"},
            {"when": {"segment business": "no"}, "shown": "default"},
        ],
        "complete": True,
    }
