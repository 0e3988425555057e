"""Presets: for each variant of a page, each branch of its blocks, and their defaults, a context that shows it here.

The context is the proof's witness where that is enough. A block's witness may lead to a variant of the page that does
not have the block; then both decisions are proved together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ctxsite.model.page import BlockDecision, Page, block_decisions
from ctxsite.rules.ast import DEFAULT, All, Condition, Decision, Not
from ctxsite.rules.check import Prover
from ctxsite.rules.context import read_context
from ctxsite.rules.evaluate import Visit
from ctxsite.rules.print import condition_text
from ctxsite.rules.signals import Vocabulary
from ctxsite.rules.witness import Witness


@dataclass(frozen=True, slots=True)
class Preset:
    """One outcome of one decision (`block` is empty for the page's own), and a context for it; None: there is none.

    `when` is the branch's condition as it is written, empty for a default.
    """

    block: str
    branch: str
    when: str
    context: Witness | None


class Presets:
    """Finds presets over one vocabulary; remembers proofs, for the next page that asks the same."""

    def __init__(self, vocabulary: Vocabulary, now: dt.datetime, languages: Sequence[str]) -> None:
        self._vocabulary = vocabulary
        self._prover = Prover(vocabulary, now, languages)
        self._witnesses: dict[Decision, Mapping[str, Witness]] = {}

    def of(self, page: Page, variant: str | None = None) -> tuple[Preset, ...]:
        """Return a page's presets in the order of its decisions; at a variant's own address, those of its blocks."""
        own = page.decision() if variant is None else None
        blocks = block_decisions(page)
        found: list[Preset] = []
        if own is not None:
            found += (Preset("", name, when, self._proved(own).get(name)) for name, when in _branches(own))
        for block in blocks:
            if variant is None or variant in block.variants:
                found += self._of_block(own, block)
        return tuple(found)

    def _of_block(self, own: Decision | None, block: BlockDecision) -> Iterator[Preset]:
        for name, when in _branches(block.decision):
            yield Preset(block.decision.name, name, when, self._in_place(own, block, name))

    def _in_place(self, own: Decision | None, block: BlockDecision, branch: str) -> Witness | None:
        """Return a context in which a page shows a block, and in it a branch."""
        plain = self._proved(block.decision).get(branch)
        if plain is None or own is None:
            return plain
        if Visit(read_context(plain), self._vocabulary).decide(own) in block.variants:
            return plain
        for variant in block.variants:
            parts = (*_outcome(own, variant), *_outcome(block.decision, branch))
            together = Decision("", ((branch, All(parts, parts[0].span)),))
            found = self._proved(together).get(branch)
            if found is not None:
                return found
        return None

    def _proved(self, decision: Decision) -> Mapping[str, Witness]:
        if decision not in self._witnesses:
            self._witnesses[decision] = self._prover.prove(decision).witnesses()
        return self._witnesses[decision]


def _branches(decision: Decision) -> list[tuple[str, str]]:
    return [*((name, condition_text(when)) for name, when in decision.branches), (DEFAULT, "")]


def _outcome(decision: Decision, branch: str) -> tuple[Condition, ...]:
    """Return what has to hold so that a decision gives a branch."""
    parts: list[Condition] = []
    for name, when in decision.branches:
        if name == branch:
            return (*parts, when)
        parts.append(Not(when, when.span))
    return tuple(parts)
