"""Hand-made decisions, each with what is to be proved of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ctxsite.rules.ast import Decision
from ctxsite.rules.check import Prover
from ctxsite.rules.context import read_context
from ctxsite.rules.evaluate import decide
from ctxsite.rules.parse import parse_condition
from ctxsite.rules.proofs import BranchProof, Verdict
from ctxsite.syntax.nodes import Mapping, Scalar, Sequence
from tests.rules.reading import VOCABULARY, node

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
PROVER = Prover(VOCABULARY, NOW, ("en", "de"))


def read_puzzles() -> list[Mapping]:
    puzzles = node((Path(__file__).parent / "puzzles.yaml").read_text("utf-8"))
    assert isinstance(puzzles, Sequence)
    return [puzzle for puzzle in puzzles.items if isinstance(puzzle, Mapping)]


PUZZLES = read_puzzles()


def texts(puzzle: Mapping, key: str) -> list[str]:
    found = puzzle.get(key)
    items = found.items if isinstance(found, Sequence) else [found] if isinstance(found, Scalar) else []
    return [str(item.value) for item in items if isinstance(item, Scalar)]


def decision_of(puzzle: Mapping) -> Decision:
    branches: list[Any] = []
    when = puzzle.get("when")
    assert isinstance(when, Sequence)
    for name, item in zip("abcdefgh", when.items, strict=False):
        condition, found = parse_condition(item, VOCABULARY)
        assert condition is not None
        assert not found
        branches.append((name, condition))
    return Decision("", tuple(branches))


def outcome(branch: BranchProof) -> str:
    match branch.verdict:
        case Verdict.REACHABLE:
            return "past" if branch.past else "clockless" if branch.clockless else "shown"
        case Verdict.SHADOWED:
            return "by " + " ".join(branch.earlier)
    return "impossible" if branch.verdict is Verdict.UNSATISFIABLE else "undecided"


@pytest.mark.parametrize("puzzle", PUZZLES, ids=lambda puzzle: texts(puzzle, "why")[0])
def test_a_puzzle_is_decided(puzzle: Mapping) -> None:
    decision = decision_of(puzzle)
    proof = PROVER.prove(decision)
    assert [outcome(branch) for branch in proof.branches] == texts(puzzle, "expect")
    wanted = texts(puzzle, "default") or ["shown"]
    assert ("never" if proof.default.verdict is Verdict.SHADOWED else outcome(proof.default)) == wanted[0]
    for name, witness in proof.witnesses().items():
        assert decide(decision, read_context(witness), VOCABULARY) == name


def test_there_are_enough_of_them() -> None:
    assert len(PUZZLES) >= 40
