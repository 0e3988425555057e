"""All decisions of a site proved: what can be shown, by which context, and what is wrong with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from ctxsite.config.settings import Settings
from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_decisions import AUDIENCE_UNUSED, BLOCK_SAME, STARTS_BEFORE_PAGE, VARIANT_SAME
from ctxsite.frozen import dataclass
from ctxsite.model.body import Component, DataValue, Html, Link, Piece, Vary
from ctxsite.model.document import Document
from ctxsite.model.page import Page, SiteMap
from ctxsite.rules.ast import All, Any, Audience, Condition, Date, Decision, Moment, Not
from ctxsite.rules.check import Prover
from ctxsite.rules.findings import findings
from ctxsite.rules.proofs import Proof
from ctxsite.rules.references import references
from ctxsite.source import Span


@dataclass(frozen=True, slots=True)
class Proofs:
    """The proof of each decision of a site; equal decisions are proved once."""

    by_decision: Mapping[Decision, Proof]

    def witnesses(self, decision: Decision) -> dict[str, Mapping[str, object]]:
        """Return, as JSON data, a context for each branch of a decision that can be shown, and for its default."""
        return dict(self.by_decision[decision].witnesses())


def prove_site(
    sitemap: SiteMap,
    settings: Settings,
    now: dt.datetime,
    bodies: Callable[[Document], Sequence[Piece]],
    *,
    whole: bool = True,
) -> tuple[Proofs, tuple[Diagnostic, ...]]:
    """Prove every decision of every page, and report what does not do what its author may think.

    `bodies` gives documents' pieces. `whole` is false where mistakes have kept parts of the site out of the map:
    nothing is called unused then.
    """
    prover = Prover(settings.vocabulary, now, [settings.default_language, *settings.languages])
    proofs: dict[Decision, Proof] = {}
    diagnostics: list[Diagnostic] = []
    for page in (*sitemap.pages, *sitemap.not_found):
        if not page.has_decisions:
            continue
        for decision, places in _decisions(page):
            if decision not in proofs:
                proofs[decision] = prover.prove(decision)
            if whole or not any(_at_fault(condition, settings) for _, condition in decision.branches):
                diagnostics += findings(replace(proofs[decision], decision=decision), places)
        if whole:
            diagnostics += _without_difference(page, bodies)
        diagnostics += _too_early(page, settings, now)
    if whole:
        diagnostics += _unused(proofs, settings)
    return Proofs(proofs), tuple(dict.fromkeys(diagnostics))


def _at_fault(condition: Condition, settings: Settings) -> bool:
    """Tell whether a condition holds a part that could not be read: nothing is joined there, which nobody can write."""
    match condition:
        case Any(parts=parts) | All(parts=parts):
            return not parts or any(_at_fault(part, settings) for part in parts)
        case Not(part=part):
            return _at_fault(part, settings)
        case Audience(names=names):
            return any(_at_fault(settings.vocabulary.audiences[name], settings) for name in names)
    return False


def _decisions(page: Page) -> Iterator[tuple[Decision, dict[str, Span]]]:
    """Yield a page's decisions with the places of their branches on this page."""
    own = page.decision()
    if own is not None:
        yield own, {rule.name: rule.span for rule in page.document.front.variants or ()}
    for document in _documents(page):
        for block in document.body.blocks:
            branches = tuple((branch.name, branch.when) for branch in block.alternatives)
            yield Decision(block.name, branches), {branch.name: branch.span for branch in block.alternatives}


def _documents(page: Page) -> Iterator[Document]:
    """Yield the documents whose text a page shows, each once."""
    yield page.document
    for variant in page.variants:
        if variant.document is not page.document:
            yield variant.document


def _without_difference(page: Page, bodies: Callable[[Document], Sequence[Piece]]) -> Iterator[Diagnostic]:
    for variant in page.variants:
        if variant.meta == page.meta and _shape(bodies(variant.document)) == _shape(bodies(page.document)):
            rule = next((rule for rule in page.document.front.variants or () if rule.name == variant.name), None)
            at = rule.span if rule else variant.document.start
            stem, dot, ending = page.document.path.partition(".")
            own = variant.document is not page.document
            hint = "change its text" if own else f"write `{stem}@{variant.name}{dot}{ending}`"
            hint += ", override a key, or remove the variant"
            yield VARIANT_SAME.at(at, f"variant `{variant.name}` is the same as the default", help=hint)
    for document in _documents(page):
        for block in document.body.blocks:
            default = _shape(block.default)
            if all(_shape(branch.body) == default for branch in block.alternatives):
                yield BLOCK_SAME.at(block.span, f"all branches of block `{block.name}` are the same as its default")


def _shape(pieces: Sequence[Piece]) -> tuple[object, ...]:
    """Return what pieces say, without where they say it."""
    return tuple(_part(piece) for piece in pieces)


def _part(piece: Piece) -> tuple[object, ...]:
    match piece:
        case Html(text=text):
            return ("html", text)
        case Link(target=target):
            return ("link", target)
        case DataValue(path=path, format=how):
            return ("data", path, how)
        case Component(name=name, argument=argument, params=params, body=body):
            return ("component", name, argument, tuple(sorted(params.items())), _shape(body))
        case Vary(default=default, alternatives=alternatives):
            return ("vary", _shape(default), tuple((branch.when, _shape(branch.body)) for branch in alternatives))


def _too_early(page: Page, settings: Settings, now: dt.datetime) -> Iterator[Diagnostic]:
    """Report variants whose first day lies before the day on which their page appears."""
    starts = page.meta.publish_date or page.meta.date
    if starts is None or starts <= now:
        return
    for variant in page.variants:
        first = _first_day(variant.when, settings)
        if first is not None and first < starts.date():
            message = f"variant `{variant.name}` starts on {first}, and its page is published on {starts.date()}"
            hint = "publish the page earlier, or let the variant start later"
            yield STARTS_BEFORE_PAGE.at(variant.when.span, message, help=hint)


def _first_day(condition: Condition, settings: Settings) -> dt.date | None:
    """Return the first day on which a condition can hold, where its dates say so plainly."""
    match condition:
        case Audience(names=(name,)):
            return _first_day(settings.vocabulary.audiences[name], settings)
        case All(parts=parts):
            return max((day for part in parts if (day := _first_day(part, settings)) is not None), default=None)
        case Date(ranges=ranges) if not any(part.yearly for part in ranges):
            starts = [part.start for part in ranges]
        case Moment(ranges=moments):
            starts = [None if start is None else start // 10_000 for start, _ in moments]
        case _:
            return None
    days = [start for start in starts if start is not None]
    first = min(days) if len(days) == len(starts) and days else None
    return None if first is None else dt.date(first // 10_000, first // 100 % 100, first % 100)


def _unused(proofs: Mapping[Decision, Proof], settings: Settings) -> Iterator[Diagnostic]:
    """Report audiences that no decision uses, be it by way of other audiences."""
    audiences = settings.vocabulary.audiences
    waiting = [name for decision in proofs for _, condition in decision.branches for name in references(condition)]
    used: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            waiting += references(audiences[name])
    for name, condition in audiences.items():
        if name not in used:
            yield AUDIENCE_UNUSED.at(condition.span, f"no page uses the audience `{name}`")
