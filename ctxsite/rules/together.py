"""One context for several decisions at once: a block's branch on the variant of the page that has the block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ctxsite.rules.ast import All, Condition, Decision, Not
from ctxsite.rules.check import Prover
from ctxsite.rules.context import read_context
from ctxsite.rules.evaluate import Visit
from ctxsite.rules.signals import Vocabulary
from ctxsite.rules.witness import Witness

Outcome = tuple[Decision, str]
"""A decision, and the branch that it shall show."""


def together(
    wanted: Sequence[Outcome], known: Sequence[Witness], prover: Prover, vocabulary: Vocabulary
) -> Witness | None:
    """Return a context in which every decision shows what it shall, or None if there is none (or it is too hard).

    `known` are contexts for some of them alone: what they say is tried first, because it reads best.
    """
    for context in _joined(known):
        if _shows(context, wanted, vocabulary):
            return context
    conditions = [condition for decision, name in wanted for condition in _selecting(decision, name)]
    if not conditions:
        return {}
    found = prover.prove(Decision("", (("all", All(tuple(conditions), conditions[0].span)),))).branches[0].witness
    return found if found is not None and _shows(found, wanted, vocabulary) else None


def _joined(known: Sequence[Witness]) -> Iterator[Witness]:
    """Yield what all contexts say, the last ones having the last word, then the first ones."""
    for order in (known, known[::-1]):
        joined: dict[str, object] = {}
        signals: dict[str, object] = {}
        for context in order:
            joined |= context
            own = context.get("signals")
            signals |= own if isinstance(own, Mapping) else {}
        yield {**joined, "signals": signals} if signals else joined


def _shows(context: Witness, wanted: Sequence[Outcome], vocabulary: Vocabulary) -> bool:
    visit = Visit(read_context(context), vocabulary)
    return all(visit.decide(decision) == name for decision, name in wanted)


def _selecting(decision: Decision, name: str) -> Iterator[Condition]:
    """Yield what has to hold for a branch to be the first that does."""
    for branch, condition in decision.branches:
        if branch == name:
            yield condition
            return
        yield Not(condition, condition.span)
