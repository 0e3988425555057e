"""The specification's own examples, by both Python evaluators."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ctxsite.rules.context import read_context
from ctxsite.rules.evaluate import Visit
from ctxsite.rules.table import lower
from ctxsite.rules.table_evaluate import decide_table
from tests.rules.reading import clean_vocabulary, decision


def read_cases() -> tuple[Any, list[Any]]:
    lines = (Path(__file__).parent / "cases.jsonl").read_text("utf-8").splitlines()
    site, *cases = map(json.loads, lines)
    return site, cases


def test_every_case_of_the_specification() -> None:
    site, cases = read_cases()
    known = clean_vocabulary(json.dumps(site))
    wrong = []
    for case in cases:
        rules = decision(case["variants"], known)
        visit = Visit(read_context(case["context"]), known)
        got = visit.decide(rules), decide_table(lower([rules], known), visit)[""]
        if got != (case["expect"], case["expect"]):
            wrong.append((case, got))
    assert wrong == []
    assert len(cases) >= 240
    assert {case["expect"] for case in cases} >= {"default", "v0", "v1", "v2"}


def test_tables_stay_small() -> None:
    """Lowering what people write costs about as many characters as the rules themselves had."""
    site, cases = read_cases()
    known = clean_vocabulary(json.dumps(site))
    rules = sum(len(json.dumps(case["variants"])) for case in cases)
    tables = sum(len(json.dumps(lower([decision(case["variants"], known)], known).decisions)) for case in cases)
    assert tables < 1.3 * rules
