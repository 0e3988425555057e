"""The state of a site's translations: what is there, what is missing, and what its source has left behind.

A translation is outdated where its source is no longer the text whose fingerprint it carries. One without a
fingerprint counts as translated, and is told apart as `unmarked`: nobody has said yet of which text it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from ctxsite.config.settings import Settings
from ctxsite.content.marking import fingerprint
from ctxsite.frozen import dataclass
from ctxsite.i18n.languages import fallback_chain
from ctxsite.model.document import Document
from ctxsite.model.meta import DEFAULT
from ctxsite.model.page import Page, PageKey, SiteMap


class State(StrEnum):
    """What is known of one translation."""

    CURRENT = "current"
    UNMARKED = "unmarked"
    OUTDATED = "outdated"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Translation:
    """A page, or one of its variants, in one language. `path` is None where it is missing."""

    key: PageKey
    variant: str
    source: Document
    document: Document | None
    state: State

    @property
    def section(self) -> str:
        """The first part of the page's id; empty at the top."""
        return self.key.id.partition("/")[0] if "/" in self.key.id else ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many translations are in which state. `translated` are all that are there and not outdated."""

    translated: int = 0
    missing: int = 0
    outdated: int = 0
    unmarked: int = 0

    @property
    def total(self) -> int:
        """All that there is to translate."""
        return self.translated + self.missing + self.outdated

    def plus(self, state: State) -> Tally:
        """Return the tally with one more."""
        return Tally(
            self.translated + (state in {State.CURRENT, State.UNMARKED}),
            self.missing + (state is State.MISSING),
            self.outdated + (state is State.OUTDATED),
            self.unmarked + (state is State.UNMARKED),
        )


def translations_of(sitemap: SiteMap, settings: Settings) -> tuple[Translation, ...]:
    """Return every translation that there is or could be, by language and page, variants after their page."""
    written = {page.key: page for page in sitemap.by_source.values() if not page.fallback and _file(page.document)}
    ids = sorted({key.id for key in written})
    return tuple(
        found
        for language in settings.languages
        if language != settings.default_language
        for id_ in ids
        for found in _page(PageKey(id_, language), written, settings)
    )


def _page(key: PageKey, written: Mapping[PageKey, Page], settings: Settings) -> Iterator[Translation]:
    chain = fallback_chain(key.language, settings.default_language, tuple(settings.languages))
    source = next((written[PageKey(key.id, code)] for code in chain if PageKey(key.id, code) in written), None)
    if source is None:
        return  # a page of this language alone
    own = written.get(key)
    page_state = _state(own.document if own else None, source.document)
    yield Translation(key, DEFAULT, source.document, own.document if own else None, page_state)
    theirs = {variant.name: variant.document for variant in own.variants} if own else {}
    for variant in source.variants:
        if variant.document is source.document:
            continue  # it has no text of its own
        document = theirs.get(variant.name)
        if own is not None and document is own.document:
            document = None
        yield Translation(key, variant.name, variant.document, document, _state(document, variant.document))


def _file(document: Document) -> bool:
    """Tell a document that somebody wrote from that of a section without a file."""
    return document.path.endswith(".md")


def _state(document: Document | None, source: Document) -> State:
    if document is None:
        return State.MISSING
    mark = document.front.meta.source_digest
    if mark is None:
        return State.UNMARKED
    return State.CURRENT if mark == fingerprint(source.digest) else State.OUTDATED


def by_section(found: tuple[Translation, ...]) -> dict[str, dict[str, Tally]]:
    """Return the tallies by language, then by section."""
    tallies: dict[str, dict[str, Tally]] = {}
    for one in found:
        sections = tallies.setdefault(one.key.language, {})
        sections[one.section] = sections.get(one.section, Tally()).plus(one.state)
    return tallies
