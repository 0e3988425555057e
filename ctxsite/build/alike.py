"""What can be told apart of documents and pages: whether anything but their own text differs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Mapping
from dataclasses import replace

from ctxsite.build.facts import ABSENT
from ctxsite.diagnostics import Diagnostic
from ctxsite.model.document import Document
from ctxsite.model.meta import FrontMatter
from ctxsite.model.page import Page, block_decisions
from ctxsite.render.reads import Fact


def about(said: Diagnostic, paths: Container[str]) -> bool:
    """Tell whether a diagnostic has a place in one of these files."""
    places = (said.location, *(each.location for each in said.related))
    return any(place is not None and place.path in paths for place in places)


def alike(before: Document, after: Document) -> bool:
    """Tell whether a document makes the same pages that it made: only their text may differ."""
    one, other = before.front, after.front
    return one is other or (
        (one.meta == other.meta and _front(one) == _front(other))
        and (bool(one.meta.title) or _first_heading(before) == _first_heading(after))
    )


def _front(front: FrontMatter) -> tuple[object, ...]:
    """Return what front matter says besides its typed keys, without places."""
    variants = None if front.variants is None else [(each.name, each.when, each.overrides) for each in front.variants]
    expected = [(each.context, each.variant, each.blocks) for each in front.expect]
    return variants, expected, front.given.keys()


def _first_heading(document: Document) -> str | None:
    return next((heading.html for heading in document.body.headings if heading.level == 1), None)


def with_documents(page: Page, new: Mapping[str, Document]) -> Page:
    """Return a page with other documents, by their paths."""
    variants = tuple(
        replace(variant, document=new.get(variant.document.path, variant.document)) for variant in page.variants
    )
    return replace(page, document=new.get(page.document.path, page.document), variants=variants)


def decisions_of(page: Page) -> tuple[object, ...]:
    """Return all decisions of a page."""
    return page.decision(), block_decisions(page)


def anchors_of(page: Page) -> list[frozenset[str]]:
    """Return the places within a page, by body."""
    return [page.document.body.anchors, *(variant.document.body.anchors for variant in page.variants)]


def lacking(read: Collection[Fact], facts: Callable[[Fact], str | None]) -> set[tuple[str, str]]:
    """Return the strings without a translation among what was read."""
    return {(fact[1], fact[3]) for fact in read if fact[0] in {"string", "plural"} and facts(fact) == ABSENT}
