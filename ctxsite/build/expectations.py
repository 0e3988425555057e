"""What pages expect of their own decisions (`expect:` in front matter), held at every build."""

from __future__ import annotations

from collections.abc import Iterator

from ctxsite.diagnostics import Diagnostic, did_you_mean
from ctxsite.diagnostics.codes_expectations import EXPECTATION_FAILED, EXPECTATION_OF_NOTHING
from ctxsite.model.meta import DEFAULT, Expectation
from ctxsite.model.page import Page, SiteMap, block_decisions
from ctxsite.rules.ast import Decision
from ctxsite.rules.context import read_context
from ctxsite.rules.evaluate import Visit
from ctxsite.rules.explain import as_text, explain
from ctxsite.rules.signals import Vocabulary


def hold(sitemap: SiteMap, vocabulary: Vocabulary) -> tuple[Diagnostic, ...]:
    """Return a diagnostic for each expectation that does not come true, with the trace of the decision."""
    return tuple(
        found
        for page in sitemap.pages
        if not page.fallback
        for expectation in page.document.front.expect
        for found in _held(page, expectation, vocabulary)
    )


def _held(page: Page, expectation: Expectation, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    visit = Visit(read_context(expectation.context), vocabulary)
    own = page.decision()
    shown = visit.decide(own) if own else DEFAULT
    if expectation.variant is not None and expectation.variant != shown:
        known = [DEFAULT, *(variant.name for variant in page.variants)]
        if expectation.variant not in known:
            yield _nothing(expectation, f"variant `{expectation.variant}`", expectation.variant, known)
        else:
            yield _failed(expectation, own, visit, f"the variant `{expectation.variant}`", shown)
        return
    blocks = {block.decision.name: block.decision for block in block_decisions(page) if shown in block.variants}
    for name, wanted in expectation.blocks.items():
        block = blocks.get(name)
        if block is None:
            yield _nothing(expectation, f"block `{name}`", name, list(blocks))
            continue
        known = [DEFAULT, *(branch for branch, _ in block.branches)]
        got = visit.decide(block)
        if wanted not in known:
            yield _nothing(expectation, f"branch `{wanted}` in block `{name}`", wanted, known)
        elif wanted != got:
            yield _failed(expectation, block, visit, f"the branch `{wanted}` of block `{name}`", got)


def _nothing(expectation: Expectation, what: str, word: str, known: list[str]) -> Diagnostic:
    return EXPECTATION_OF_NOTHING.at(expectation.span, f"there is no {what}", help=did_you_mean(word, known))


def _failed(expectation: Expectation, decision: Decision | None, visit: Visit, what: str, got: str) -> Diagnostic:
    trace = "\n" + as_text(explain(decision, visit), 76) if decision else ""
    story = trace.replace("\n", "\n    ")
    return EXPECTATION_FAILED.at(expectation.span, f"expected {what}, got `{got}`", help=f"this is why:{story}")
