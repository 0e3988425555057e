"""`feed.xml` for each language: Atom (RFC 4287), the newest dated pages with their summaries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ctxsite.config.settings import Settings
from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_output import NO_HOST
from ctxsite.model.artifact import Artifact
from ctxsite.model.page import Kind, Page, SiteMap
from ctxsite.source import Location
from ctxsite.targets.languages import home_folder
from ctxsite.targets.xml import quoteattr, xml_text


def feed_pages(sitemap: SiteMap, settings: Settings, language: str) -> list[Page]:
    """Return the pages of a language's feed, the newest first."""
    dated = [
        page
        for page in sitemap.pages
        if page.key.language == language and page.kind is Kind.PAGE and page.meta.date is not None and not page.fallback
    ]
    dated.sort(key=lambda page: (page.meta.date or dt.datetime.min, page.key.id), reverse=True)
    return dated[: settings.feed_limit]


def feeds(sitemap: SiteMap, settings: Settings) -> dict[str, Artifact]:
    """Return, by language, the feed of each that has dated pages."""
    artifacts = {}
    for code in settings.languages:
        pages = feed_pages(sitemap, settings, code)
        if pages:
            path = home_folder(code, settings) + "feed.xml"
            artifacts[code] = Artifact(path, _document(pages, settings, code, path).encode())
    return artifacts


def hostless(sitemap: SiteMap, settings: Settings) -> tuple[Diagnostic, ...]:
    """Say that a feed's `id`s are not absolute (RFC 4287, 4.2.6), because nobody has said where the site will stand."""
    if settings.base_url and "base_url" not in settings.places:
        return ()  # a path given on the command line: a preview
    here = (code for code in settings.languages if not settings.hosts.of(settings.home(code)).named)
    if not any(feed_pages(sitemap, settings, code) for code in here):
        return ()
    place = settings.places.get("base_url") or Location("ctxsite.yaml", 1, 1, 2, "")
    message = "feeds and sitemaps have addresses without a host, because no `base_url` says where the site will stand"
    return (NO_HOST.at(place, message, help="add `base_url: https://example.org/` with the site's own host"),)


def _document(pages: Sequence[Page], settings: Settings, language: str, path: str) -> str:
    title = settings.languages[language].title or settings.title
    home = settings.hosts.absolute(settings.home(language))
    title = title or home  # a feed needs both a title and an author (RFC 4287, 4.1.1)
    changed = max(_changed(page) for page in pages)
    head = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">',
        f"<title>{xml_text(title)}</title>",
        f"<id>{xml_text(home)}</id>",
        f"<link href={quoteattr(home)}/>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(settings.hosts.absolute("/" + path))}/>',
        f"<updated>{changed.isoformat()}</updated>",
        f"<author><name>{xml_text(title)}</name></author>",
    ]
    return "\n".join([*head, *(_entry(page, settings) for page in pages), "</feed>\n"])


def _changed(page: Page) -> dt.datetime:
    changed = page.meta.updated or page.meta.date
    assert changed is not None, "only dated pages are in a feed"  # noqa: S101
    return changed


def _entry(page: Page, settings: Settings) -> str:
    address = settings.hosts.absolute(page.address)
    summary = page.meta.summary or page.meta.description or page.document.body.summary
    published = f"<published>{page.meta.date.isoformat()}</published>" if page.meta.date else ""
    return (
        f"<entry><title>{xml_text(page.meta.title)}</title>"
        f"<id>{xml_text(address)}</id><link href={quoteattr(address)}/>"
        f"{published}<updated>{_changed(page).isoformat()}</updated><summary>{xml_text(summary)}</summary></entry>"
    )
