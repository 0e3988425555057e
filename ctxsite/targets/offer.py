"""The script that offers a page in the visitor's language: one text for a whole site, in pages with translations.

Its source is `ctxsite/selector/languages/offer.js`; built, it is part of this program, as the engine is.
"""

from __future__ import annotations

from pkgutil import get_data

from ctxsite.config.settings import Settings
from ctxsite.model.page import SiteMap

OFF = "off"


def offer_script(sitemap: SiteMap, settings: Settings) -> str:
    """Return the script; empty where `languages.choose` is `off`, or no page has a translation."""
    if settings.choose == OFF or all(len(page.translations) < 2 for page in sitemap.pages):
        return ""
    function = (get_data("ctxsite", "selector/languages/offer.min.js") or b"").decode().strip()
    return f"({function})({int(settings.choose == 'redirect')},{int(settings.consent == 'required')})"
