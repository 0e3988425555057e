"""A seeded batch of tables and contexts with the answers of the definition, for engines in other languages."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from ctxsite.rules.context import read_context
from ctxsite.rules.evaluate import decide
from ctxsite.rules.signals import Vocabulary
from ctxsite.rules.table import lower
from tests.rules.generate import Json, make_context, make_variants
from tests.rules.reading import SITE, clean_vocabulary, decision

CONTEXTS_PER_DECISION = 8


def vocabularies() -> list[Vocabulary]:
    """Return the vocabularies that batches use: the same words, with the site's zone set and unset."""
    return [clean_vocabulary(SITE), clean_vocabulary(SITE.replace("zone: Europe/Berlin\n", ""))]


def signals_data(known: Vocabulary) -> Json:
    """Return what a reader of contexts must know of each signal."""
    return {
        signal.name: {"type": str(signal.type), "values": signal.values, "folded": signal.folded}
        for signal in known.signals.values()
    }


def batch(count: int, seed: int = 1) -> Iterator[Json]:
    """Yield that many cases, always the same for a seed.

    Each has `table` (`d`, `a`, and under `z` the zones' names), `signals` (what the table reads), `context`,
    `variants` (the source), and `expected`, the branch that the definition gives.
    """
    draw = Random(seed)
    known = vocabularies()
    for number in range(count):
        if number % CONTEXTS_PER_DECISION == 0:
            words = known[number // CONTEXTS_PER_DECISION % len(known)]
            variants = make_variants(draw)
            rules = decision([list(variant) for variant in variants], words)
            table = lower([rules], words)
        context = make_context(draw)
        yield {
            "table": {"d": table.decisions, "a": table.shared, "z": table.zones},
            "signals": table.signals,
            "variants": variants,
            "context": context,
            "expected": decide(rules, read_context(context), words),
        }


def operators(cond: Json) -> Iterator[str]:
    """Yield the operators in a lowered condition."""
    yield cond[0]
    if cond[0] in ("&", "|", "!"):
        for part in cond[1:]:
            yield from operators(part)
