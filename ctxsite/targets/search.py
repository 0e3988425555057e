"""`search.json` for each language: what a search in the browser needs to know of its pages.

Each page stands for itself as everybody sees it: no variant's text, no page in another language's place, none for
unknown addresses.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from ctxsite.config.settings import Settings
from ctxsite.model.artifact import Artifact
from ctxsite.model.page import Page, PageKey, SiteMap
from ctxsite.targets.languages import home_folder

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def search_indexes(sitemap: SiteMap, settings: Settings) -> dict[str, Artifact]:
    """Return, by language, the index of each that has pages of its own; none unless the site asks for them."""
    found: dict[str, Artifact] = {}
    for code in settings.languages if settings.search else ():
        pages = [page for page in sitemap.pages if page.key.language == code and not page.fallback]
        if pages:
            found[code] = Artifact(
                home_folder(code, settings) + "search.json", _index(pages, sitemap, settings).encode()
            )
    return found


def _index(pages: Sequence[Page], sitemap: SiteMap, settings: Settings) -> str:
    language = pages[0].key.language
    lines = ",\n".join(search_line(page, sitemap, settings) for page in pages)
    return f'{{"version":1,"language":"{language}","pages":[\n{lines}\n]}}\n'


def search_line(page: Page, sitemap: SiteMap, settings: Settings) -> str:
    """Return the line of a page."""
    return _json(_entry(page, sitemap, settings))


def _entry(page: Page, sitemap: SiteMap, settings: Settings) -> dict[str, object]:
    """Return what is known of a page; what it does not have is left out."""
    section = sitemap.by_key.get(PageKey(page.section, page.key.language)) if page.section else None
    entry = {
        "url": settings.hosts.url(page.address, page.address),
        "title": page.meta.title,
        "section": section.meta.title if section else "",
        "tags": list(page.meta.tags),
        "description": page.meta.description,
        "text": page.document.body.text,
    }
    return {name: value for name, value in entry.items() if value}
