"""What a page's bar says to visitors who would rather read it in another language, in that language."""

from __future__ import annotations

from collections.abc import Callable

from ctxsite.model.page import Page
from ctxsite.render.markup import safe
from ctxsite.render.site import Site

OFFER = "This page is also available in your language:"
DISMISS = "Do not offer this again"


def offers(page: Page, site: Site, url: Callable[[str], str]) -> list[dict[str, object]]:
    """Return, for each real translation of a page, its language, name, dir, url, and the bar's two texts.

    There are none where the site offers nothing by a bar, and for a page that shows another language's text.
    """
    settings = site.settings
    if settings.choose != "suggest" or page.fallback or len(page.translations) < 2:
        return []
    return [
        {
            "language": language.code,
            "name": language.name,
            "dir": language.dir,
            "url": url(page.translations[language.code]),
            "text": safe(_said(OFFER, language.code, site)),
            "dismiss": safe(_said(DISMISS, language.code, site)),
        }
        for language in settings.languages.values()
        if language.code in page.translations and language.code != page.key.language
    ]


def _said(message: str, language: str, site: Site) -> str:
    """Return a message in a language; in English, if its catalogues lack it."""
    strings = site.translations.get(language)
    return strings.text(message) if strings is not None and strings.has(None, message) else message
