"""The board's script: typed, and the built file is its own; and its differences are the smallest there are."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from typing import Any

import pytest

from tests.selector.node import ROOT, node, run, tool

pytestmark = pytest.mark.node

BOARD = ROOT / "ctxsite" / "server" / "board"


def test_types_are_right() -> None:
    run([tool("tsc"), "--project", "ctxsite/server/board/tsconfig.json"])


def test_the_built_file_is_that_of_the_source() -> None:
    tool("esbuild")
    run([node(), "tools/board.mjs", "--check"])


def asked(module: str, call: str, cases: list[Any]) -> list[Any]:
    """Return what a function of a module says in each case."""
    script = (
        f"import * as m from {json.dumps((BOARD / module).as_uri())};"
        f"console.log(JSON.stringify({json.dumps(cases)}.map((given) => m.{call})));"
    )
    found: list[Any] = json.loads(run([node(), "--input-type=module", "--eval", script]))
    return found


def longest(a: list[str], b: list[str]) -> int:
    """Return how many items two lists can have in common, in order."""
    row = [0] * (len(b) + 1)
    for x in a:
        before = row[:]
        for j, y in enumerate(b):
            row[j + 1] = before[j] + 1 if x == y else max(before[j + 1], row[j])
    return row[-1]


def ascending(pairs: list[list[int]]) -> bool:
    return all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs))


def test_what_two_lists_have_in_common() -> None:
    chance = random.Random(5)
    cases = [[[chance.choice("abcd") for _ in range(chance.randrange(12))] for _ in range(2)] for _ in range(400)]
    for (a, b), pairs in zip(cases, asked("diff.js", "common(...given)", cases), strict=True):
        assert ascending(pairs)
        assert all(a[i] == b[j] for i, j in pairs)
        assert len(pairs) == longest(a, b)


def test_lists_without_anything_in_common_do_not_take_for_ever() -> None:
    a, b = ([f"{name}{i}" for i in range(2000)] for name in "ab")
    assert asked("diff.js", "common(...given)", [[["x", *a, "y"], ["x", *b, "y"]]]) == [[[0, 0], [2001, 2001]]]


ALIKE = {
    "one is changed": (["prices include tax", "call us"], ["prices exclude tax", "call us"], [[0, 0], [1, 1]]),
    "one is put in": (["call us now"], ["new here", "call us today"], [[0, 1]]),
    "nothing is alike": (["one two"], ["three four"], []),
    "nothing is there": ([], ["three four"], []),
}


def test_what_is_alike() -> None:
    cases = [[[text.split() for text in a], [text.split() for text in b]] for a, b, _ in ALIKE.values()]
    assert asked("diff.js", "alike(...given)", cases) == [pairs for _, _, pairs in ALIKE.values()]


def test_heights_that_correspond() -> None:
    anchors = [[0, 0], [100, 300], [200, 400], [200, 1000]]
    cases = [[height, anchors, side] for height, side in [(0, 0), (50, 0), (150, 0), (200, 0), (350, 1), (9999, 1)]]
    assert asked("scrolling.js", "corresponding(...given)", cases) == [0, 150, 350, 400, 150, 200]
