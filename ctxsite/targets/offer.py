"""The script that offers a page in the visitor's language: one text for a whole site, in pages with translations.

Its source is `ctxsite/selector/languages/offer.js`; built, it is part of this program, as the engine is.
"""

from __future__ import annotations

from pkgutil import get_data
from urllib.parse import urlsplit

from ctxsite.config.settings import Settings
from ctxsite.model.page import SiteMap
from ctxsite.targets.browser import storage_key
from ctxsite.targets.engine import script_text

OFF = "off"


def offer_script(sitemap: SiteMap, settings: Settings) -> str:
    """Return the script; empty where `languages.choose` is `off`, or no page has a translation."""
    if settings.choose == OFF or all(len(page.translations) < 2 for page in sitemap.pages):
        return ""
    function = (get_data("ctxsite", "selector/languages/offer.min.js") or b"").decode().strip()
    hosts, signals = settings.hosts, settings.vocabulary.signals.values()
    keys = [storage_key(signal) for signal in signals if signal.remember is not None]
    urls = [urlsplit(host.base_url) for host in (hosts.main, *hosts.own)] if hosts.own else []
    given: list[object] = [int(settings.choose == "redirect"), int(settings.consent == "required")]
    origins = [f"{url.scheme}://{url.netloc}" for url in urls if url.netloc]
    given += [keys, origins] if origins else [keys] if keys else []
    return f"({function})({','.join(map(script_text, given))})"
