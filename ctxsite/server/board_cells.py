"""The state of every page in every language: what the board shows, as values.

A cell is one page in one language. It is there for pages that were built, for those that the build has left out
(drafts, scheduled, expired), and for translations that are missing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum

from ctxsite.build.artifacts import Compiled
from ctxsite.build.decisions import Proofs
from ctxsite.build.translations import State, Translation, translations_of
from ctxsite.content.groups import group
from ctxsite.content.paths import site_layout
from ctxsite.frozen import dataclass
from ctxsite.model.document import Document
from ctxsite.model.meta import DEFAULT, Meta
from ctxsite.model.page import Page, PageKey, SiteMap, block_decisions
from ctxsite.rules.ast import Decision
from ctxsite.rules.proofs import BranchProof, Verdict
from ctxsite.rules.witness import Witness

SOURCE = "source"
"""The state of a text that is no translation."""
GENERATED = "generated"
"""The state of a page that nobody wrote: a section without an index file."""


class Mark(StrEnum):
    """What the build's clock says of a page, or its author."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    EXPIRED = "expired"


class Fault(StrEnum):
    """Why an outcome of a decision is not shown, or perhaps not."""

    UNREACHABLE = "unreachable"
    OVER = "over"
    CLOCKLESS = "clockless"
    UNDECIDED = "undecided"


_FAULTS = list(Fault)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The default or a variant of a page in one language. `address` is None where there is no such variant.

    `state` is that of its text, if it has one of its own; `witness` a context that gets it.
    """

    name: str
    address: str | None
    state: str | None = None
    fault: Fault | None = None
    witness: Witness | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A page in one language. `page` is None where the build has none, `document` where nothing is written."""

    key: PageKey
    state: str
    page: Page | None
    document: Document | None
    marks: tuple[Mark, ...]
    outcomes: tuple[Outcome, ...]
    blocks: int = 0
    block_faults: tuple[Fault, ...] = ()


def cells_of(compiled: Compiled) -> dict[PageKey, Cell]:
    """Return all cells, in no particular order."""
    now = compiled.now
    found = translations_of(compiled.sitemap, compiled.settings)
    states: dict[PageKey, dict[str, Translation]] = {}
    for translation in found:
        states.setdefault(translation.key, {})[translation.variant] = translation
    cells: dict[PageKey, Cell] = {}
    written = (page for page in compiled.sitemap.not_found if page.document.digest and not page.fallback)
    for page in (*compiled.sitemap.pages, *written):
        known = states.get(page.key, {})
        cells[page.key] = _built(page, known, _dropped(page, known, compiled.sitemap), compiled.proofs, now)
    for key, document in _left_out(compiled):
        if marks := _marks(document.front.meta, now):
            cells[key] = Cell(key, SOURCE, None, document, marks, ())
    for key, missing in states.items():
        if key not in cells:
            cells[key] = Cell(key, State.MISSING, None, None, (), tuple(_missing(missing, set())))
    return cells


def _dropped(page: Page, states: Mapping[str, Translation], sitemap: SiteMap) -> tuple[str, ...]:
    """Return the variants of a page's source that have no version here, though the page does not say that itself."""
    own = states.get(DEFAULT)
    source = sitemap.by_source.get(own.source.path) if own is not None else None
    if source is None or page.fallback or page.document.front.variants is not None:
        return ()
    there = {variant.name for variant in page.variants}
    return tuple(variant.name for variant in source.variants if variant.name not in there)


def _built(
    page: Page, states: Mapping[str, Translation], dropped: tuple[str, ...], proofs: Proofs, now: dt.datetime
) -> Cell:
    own = states.get(DEFAULT)
    document = page.document if _file(page.document) else None
    state = own.state.value if own else SOURCE if document else GENERATED
    decision = page.decision()
    known = proved(decision, proofs) if decision else {}
    addresses = {DEFAULT: page.address, **{variant.name: variant.address for variant in page.variants}}
    texts = {} if own else {v.name: SOURCE for v in page.variants if v.document is not page.document}
    texts |= {name: found.state for name, found in states.items() if name in addresses and name != DEFAULT}
    outcomes = [
        Outcome(
            name, address, texts.get(name), fault_of(known.get(name)), known[name].witness if name in known else None
        )
        for name, address in addresses.items()
    ]
    outcomes += _missing(states, set(addresses))
    listed = {outcome.name for outcome in outcomes}
    outcomes += [Outcome(name, None, State.MISSING) for name in dropped if name not in listed]
    blocks = block_decisions(page)
    faults = [
        fault for block in blocks for proof in proved(block.decision, proofs).values() if (fault := fault_of(proof))
    ]
    marks = () if page.fallback else _marks(page.meta, now)
    mine = None if page.fallback else document
    worst_first = tuple(sorted(set(faults), key=_FAULTS.index)) if faults else ()
    return Cell(page.key, state, page, mine, marks, tuple(outcomes), len(blocks), worst_first)


def _missing(states: Mapping[str, Translation], there: set[str]) -> Iterator[Outcome]:
    """Yield the variants that the source has a text for, and this language nothing at all."""
    for name, translation in states.items():
        if name != DEFAULT and name not in there:
            yield Outcome(name, None, translation.state)


def proved(decision: Decision, proofs: Proofs) -> dict[str, BranchProof]:
    """Return what was proved of a decision's branches, and of its default."""
    proof = proofs.by_decision.get(decision)
    return {branch.name: branch for branch in (*proof.branches, proof.default)} if proof else {}


def fault_of(proof: BranchProof | None) -> Fault | None:
    """Return why an outcome is not shown, or None if it is (or nothing was proved)."""
    if proof is None:
        return None
    match proof.verdict:
        case Verdict.UNSATISFIABLE | Verdict.SHADOWED:
            return Fault.UNREACHABLE
        case Verdict.UNDECIDED:
            return Fault.UNDECIDED
    if proof.name == DEFAULT:
        return None  # what is left over may well be the past, or visitors without a clock
    return Fault.OVER if proof.past else Fault.CLOCKLESS if proof.clockless else None


def _left_out(compiled: Compiled) -> Iterator[tuple[PageKey, Document]]:
    """Yield the pages that this build leaves out. What is shown is sorted along: it may own a translation's key."""
    absent = {document.path for document in compiled.absent}
    shown = [page.document for page in compiled.sitemap.pages if not page.fallback and _file(page.document)]
    groups, _ = group([*shown, *compiled.absent], site_layout(compiled.settings))
    for key, item in groups.items():
        if item.document.path in absent:
            yield key, item.document


def _marks(meta: Meta, now: dt.datetime) -> tuple[Mark, ...]:
    starts = meta.publish_date or meta.date
    due = {
        Mark.DRAFT: meta.draft,
        Mark.SCHEDULED: starts is not None and starts > now,
        Mark.EXPIRED: meta.expiry_date is not None and meta.expiry_date <= now,
    }
    return tuple(mark for mark, holds in due.items() if holds)


def _file(document: Document) -> bool:
    """Tell a document that somebody wrote from that of a section without a file."""
    return document.path.endswith(".md")
