"""What templates see of a page and of its language: read-only, made for each rendering, worked out when asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Protocol

from markupsafe import Markup

from ctxsite.config.settings import Language
from ctxsite.diagnostics import did_you_mean
from ctxsite.model.body import Heading
from ctxsite.model.document import Document
from ctxsite.model.meta import DEFAULT, Meta
from ctxsite.model.page import NOT_FOUND_ID, Page
from ctxsite.model.words import count_words, default_html
from ctxsite.render.errors import TemplateUseError
from ctxsite.render.markup import safe
from ctxsite.render.offers import DISMISS, OFFER, offers
from ctxsite.render.queries import Queries
from ctxsite.render.reads import Reads
from ctxsite.render.site import Site


class Scene(Protocol):
    """What a view needs of the rendering that it is part of."""

    @property
    def site(self) -> Site:
        """All that is rendered."""

    @property
    def queries(self) -> Queries:
        """Questions about the pages of this language."""

    @property
    def reads(self) -> Reads:
        """What notes all that is read."""

    @property
    def current(self) -> Page:
        """The page that is being rendered."""

    @property
    def for_all(self) -> bool:
        """Tell whether this is rendered for all pages of the language at once."""

    def url(self, address: str) -> str:
        """Return the URL of an address, as this page writes it."""

    def view(self, page: Page) -> PageView:
        """Return the view of a page, the same for the same page."""

    def content(self, page: Page, document: Document, view: PageView) -> Markup:
        """Return a page's body as HTML."""


class LanguageView:
    """`lang`: the language that the page belongs to."""

    label = "lang"

    def __init__(self, language: Language, default: str) -> None:
        self.code = language.code
        self.name = language.name
        self.dir = language.dir
        self.is_default = language.code == default


class PageView:
    """`page`, and every other page that a template gets. Of a variant only the page itself is ever shown."""

    label = "page"

    def __init__(self, page: Page, scene: Scene, meta: Meta, document: Document, variant: str = DEFAULT) -> None:
        self._page = page
        self._scene = scene
        self._meta = meta
        self._document = document
        self.variant = variant

    def __repr__(self) -> str:
        return f"<page {self._page.key.id!r}>"

    @property
    def id(self) -> str:
        """The path below `content/` without language, variant and ending; empty for the start page."""
        return self._page.key.id

    @property
    def title(self) -> str:
        """The title, never empty."""
        return self._meta.title

    @property
    def description(self) -> str:
        """One or two sentences for search engines and lists; may be empty."""
        return self._meta.description

    @property
    def date(self) -> dt.datetime | None:
        """When it was published, as an instant, or None."""
        return self._meta.date

    @property
    def updated(self) -> dt.datetime | None:
        """When it was last changed, as an instant, or None."""
        return self._meta.updated

    @property
    def url(self) -> str:
        """The root-relative URL, base path included (absolute on another host). A variant has that of its page."""
        return self._scene.url(self._page.address)

    @property
    def permalink(self) -> str:
        """The absolute URL where the site has a base URL; else the root-relative one."""
        return self._scene.site.settings.hosts.absolute(self._page.address)

    @property
    def language(self) -> str:
        """The language that the page belongs to; that of the text is `shown`."""
        return self._page.key.language

    @property
    def dir(self) -> str:
        """The writing direction of `language`: `ltr` or `rtl`."""
        return self._scene.site.settings.languages[self._page.key.language].dir

    @property
    def shown(self) -> str:
        """The language of the text."""
        return self._page.shown

    @property
    def shown_dir(self) -> str:
        """The writing direction of the text."""
        return self._scene.site.settings.languages[self._page.shown].dir

    @property
    def kind(self) -> str:
        """Home, section, page, or 404."""
        return "404" if self._page.key.id == NOT_FOUND_ID else str(self._page.kind)

    @property
    def section(self) -> str:
        """The id of the section it is in; empty at the top."""
        return self._page.section

    @property
    def tags(self) -> Sequence[str]:
        """The tags, as written."""
        return self._meta.tags

    @property
    def params(self) -> Mapping[str, object]:
        """The free part of the front matter."""
        return self._meta.params

    @property
    def weight(self) -> int | None:
        """The weight, or None."""
        return self._meta.weight

    @property
    def draft(self) -> bool:
        """Whether it is a draft."""
        return self._meta.draft

    @property
    def words(self) -> int:
        """The number of words of the text."""
        self._read_document()
        return count_words(default_html(self._scene.site.bodies(self._page, self._document)))

    @property
    def summary(self) -> str:
        """Plain text: `summary:`, otherwise the description, otherwise the first paragraph."""
        written = self._meta.summary or self._meta.description
        if not written:
            self._scene.reads.note("summary", self._page.key.language, self._page.key.id)
        return written or self._document.body.summary

    def _read_document(self) -> None:
        self._scene.reads.note("document", self._document.path)

    @cached_property
    def content(self) -> Markup:
        """The body as HTML. Of any page but the one being rendered it is the default, without decisions."""
        self._read_document()
        return self._scene.content(self._page, self._document, self)

    @cached_property
    def toc(self) -> list[dict[str, object]]:
        """The headings below the title's level, nested: level, id, html, children."""
        self._read_document()
        return _nested(self._document.body.headings)

    @cached_property
    def translations(self) -> list[dict[str, object]]:
        """For each language of the site: language, name, url (or None), current, missing."""
        return [self._translation(language) for language in self._scene.site.settings.languages.values()]

    def _translation(self, language: Language) -> dict[str, object]:
        queries = self._scene.queries
        there = self._page.translations.get(language.code)
        missing = there is None
        if missing and self.kind == "404":
            start = queries.version("", language.code)
            there, missing = (start.address, False) if start else (None, True)
        elif missing:
            fallback = queries.version(self._page.key.id, language.code)
            there = fallback.address if fallback else None
        return {
            "language": language.code,
            "name": language.name,
            "url": None if there is None else self._scene.url(there),
            "current": language.code == self._page.key.language,
            "missing": missing,
        }

    @cached_property
    def offers(self) -> list[dict[str, object]]:
        """What a bar offers to readers of other languages: language, name, dir, url, text and dismiss in each."""
        found = offers(self._page, self._scene.site, self._scene.url)
        for offer in found:
            for message in (OFFER, DISMISS):
                self._scene.reads.note("word", str(offer["language"]), message)
        return found

    @property
    def fallback(self) -> dict[str, object] | None:
        """Where the text is another language's: that language, its name, and the url of the original."""
        if not self._page.fallback:
            return None
        settings = self._scene.site.settings
        original = self._scene.queries.version(self._page.key.id, self._page.shown)
        return {
            "language": self._page.shown,
            "name": settings.languages[self._page.shown].name,
            "url": self._scene.url(original.address) if original else self.url,
        }

    @cached_property
    def ancestors(self) -> list[PageView]:
        """The pages above, from the start page to the parent."""
        return [self._scene.view(page) for page in self._scene.queries.ancestors(self._page)]

    @property
    def prev(self) -> PageView | None:
        """The page before this one in the section's order."""
        return self._beside(-1)

    @property
    def next(self) -> PageView | None:
        """The page after this one in the section's order."""
        return self._beside(1)

    def _beside(self, step: int) -> PageView | None:
        found = self._scene.queries.neighbour(self._page, step)
        return self._scene.view(found) if found else None

    def asset(self, name: object) -> str:
        """Return the url of a file in the page's own folder."""
        wanted = str(name)
        found = self._scene.queries.asset(self._page.assets.get(wanted, ""))
        if found is None:
            advice = did_you_mean(wanted, self._page.assets)
            raise TemplateUseError(f"there is no file `{wanted}` beside this page", "asset", advice=advice)
        return self._scene.url(found)


def _nested(headings: Sequence[Heading]) -> list[dict[str, object]]:
    top: list[dict[str, object]] = []
    levels: list[tuple[int, list[dict[str, object]]]] = [(1, top)]
    for heading in headings:
        if heading.level < 2:
            continue
        while levels[-1][0] >= heading.level:
            levels.pop()
        children: list[dict[str, object]] = []
        entry = {"level": heading.level, "id": heading.id, "html": safe(heading.html), "children": children}
        levels[-1][1].append(entry)
        levels.append((heading.level, children))
    return top
