"""What `head()` stands for: title, description, canonical, robots, languages, feed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape

from ctxsite.config.settings import Settings
from ctxsite.frozen import dataclass
from ctxsite.model.meta import Meta
from ctxsite.model.page import NOT_FOUND_ID, Kind, Page


@dataclass(frozen=True, slots=True)
class Head:
    """A page's head in two parts: what a theme without `head()` writes itself, and what every page needs.

    `translated` tells whether visitors can go to other languages from here.
    """

    words: str
    relations: str
    translated: bool = False

    def html(self) -> str:
        """Return both parts."""
        return self.words + self.relations


def page_title(page: Page, meta: Meta, settings: Settings) -> str:
    """Return the document's title: the page's, then the site's; the start page has its own alone."""
    site = settings.languages[page.key.language].title or settings.title
    if page.kind is Kind.HOME or not site or meta.title == site:
        return meta.title or site
    return f"{meta.title} – {site}"


def head(page: Page, meta: Meta, settings: Settings, *, original: Page | None, feed: str | None, variant: bool) -> Head:
    """Return a page's head.

    `original` is the page that a fallback shows, `feed` the address of its language's feed, and `variant` tells
    whether this is a variant at its own address.
    """
    words = [f"<title>{escape(page_title(page, meta, settings))}</title>"]
    if meta.description:
        words.append(f'<meta name="description" content="{escape(meta.description)}">')
    relations: list[str] = []
    if variant or page.key.id == NOT_FOUND_ID:
        relations.append('<meta name="robots" content="noindex">')
    if page.key.id != NOT_FOUND_ID:
        canonical = original.address if original is not None else page.address
        relations.append(f'<link rel="canonical" href="{escape(settings.hosts.absolute(canonical))}">')
        if not variant and not page.fallback:
            relations += _alternates(page, settings)
    if feed is not None:
        title = settings.languages[page.key.language].title or settings.title
        words.append(_feed(settings.hosts.url(feed, page.address), title))
    translated = len(page.translations) > 1 or page.fallback or page.key.id == NOT_FOUND_ID
    return Head(_lines(words), _lines(relations), translated and len(settings.languages) > 1)


def _alternates(page: Page, settings: Settings) -> list[str]:
    """Return links to all real translations and `x-default`, if there is more than one."""
    found = [(code, page.translations[code]) for code in settings.languages if code in page.translations]
    if len(found) < 2:
        return []
    fallback = page.translations.get(settings.default_language, found[0][1])
    return [
        f'<link rel="alternate" hreflang="{escape(code)}" href="{escape(settings.hosts.absolute(there))}">'
        for code, there in [*found, ("x-default", fallback)]
    ]


@lru_cache
def _feed(url: str, title: str) -> str:
    """Return the link to a feed: the same on all pages of a language."""
    return f'<link rel="alternate" type="application/atom+xml" href="{escape(url)}" title="{escape(title)}">'


def _lines(parts: Sequence[str]) -> str:
    return "\n".join((*parts, ""))
