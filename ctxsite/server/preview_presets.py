"""Presets: for each variant of a page, each branch of its blocks, and their defaults, a context that shows it here.

The context is the proof's witness where that is enough. A block's witness may lead to a variant of the page that does
not have the block; then both decisions are proved together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from ctxsite.build.decisions import Proofs
from ctxsite.frozen import dataclass
from ctxsite.model.page import BlockDecision, Page, PageKey, block_decisions
from ctxsite.rules.ast import DEFAULT, Decision
from ctxsite.rules.check import Prover
from ctxsite.rules.context import read_context
from ctxsite.rules.evaluate import Visit
from ctxsite.rules.print import condition_text
from ctxsite.rules.signals import Vocabulary
from ctxsite.rules.together import together
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
    """Finds presets of the pages of one build; remembers what was found."""

    def __init__(self, proofs: Proofs, vocabulary: Vocabulary, now: dt.datetime, languages: Sequence[str]) -> None:
        self._proofs = proofs
        self._vocabulary = vocabulary
        self._prover = Prover(vocabulary, now, languages)
        self._found: dict[tuple[PageKey, str | None], tuple[Preset, ...]] = {}

    def of(self, page: Page, variant: str | None = None) -> tuple[Preset, ...]:
        """Return a page's presets in the order of its decisions; at a variant's own address, those of its blocks."""
        asked = (page.key, variant)
        if asked not in self._found:
            self._found[asked] = tuple(self._all(page, variant))
        return self._found[asked]

    def _all(self, page: Page, variant: str | None) -> Iterator[Preset]:
        own = page.decision() if variant is None else None
        if own is not None:
            witnesses = self._proofs.witnesses(own)
            yield from (Preset("", name, when, witnesses.get(name)) for name, when in _branches(own))
        for block in block_decisions(page):
            if variant is None or variant in block.variants:
                name = block.decision.name
                for branch, when in _branches(block.decision):
                    yield Preset(name, branch, when, self._in_place(own, block, branch))

    def _in_place(self, own: Decision | None, block: BlockDecision, branch: str) -> Witness | None:
        """Return a context in which a page shows a block, and in it a branch."""
        plain = self._proofs.witnesses(block.decision).get(branch)
        if plain is None or own is None:
            return plain
        if Visit(read_context(plain), self._vocabulary).decide(own) in block.variants:
            return plain
        shown = self._proofs.witnesses(own)
        for variant in block.variants:
            if variant in shown:
                wanted = ((own, variant), (block.decision, branch))
                found = together(wanted, (shown[variant], plain), self._prover, self._vocabulary)
                if found is not None:
                    return found
        return None


def _branches(decision: Decision) -> list[tuple[str, str]]:
    return [*((name, condition_text(when)) for name, when in decision.branches), (DEFAULT, "")]
