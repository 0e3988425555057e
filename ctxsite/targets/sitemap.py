"""`sitemap.xml` for each language (sitemaps.org protocol 0.9) with `hreflang` alternates, and `robots.txt`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ctxsite.config.settings import Settings
from ctxsite.model.artifact import Artifact
from ctxsite.model.page import Page, SiteMap
from ctxsite.targets.languages import home_folder
from ctxsite.targets.xml import escape, quoteattr

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


def sitemaps(sitemap: SiteMap, settings: Settings) -> list[Artifact]:
    """Return one sitemap a language that has pages of its own. Variants and fallbacks are in none."""
    artifacts = []
    for code in settings.languages:
        pages = [page for page in sitemap.pages if page.key.language == code and not page.fallback]
        if pages:
            path = home_folder(code, settings) + "sitemap.xml"
            artifacts.append(Artifact(path, _document(pages, settings).encode()))
    return artifacts


def _document(pages: Sequence[Page], settings: Settings) -> str:
    return _HEAD + "".join(_entry(page, settings) for page in pages) + "</urlset>\n"


def _entry(page: Page, settings: Settings) -> str:
    lines = [f"<url><loc>{escape(settings.hosts.absolute(page.address))}</loc>"]
    changed = page.meta.updated or page.meta.date
    if changed is not None:
        lines.append(f"<lastmod>{changed.isoformat()}</lastmod>")
    lines += [
        f'<xhtml:link rel="alternate" hreflang="{tag}" href={quoteattr(settings.hosts.absolute(address))}/>'
        for tag, address in alternates(page.translations, settings).items()
        if settings.hosts.of(address).named or not settings.hosts.of(page.address).named
    ]
    return "".join(lines) + "</url>\n"


def alternates(translations: Mapping[str, str], settings: Settings) -> dict[str, str]:
    """Return `hreflang` values with their addresses: every real translation, then `x-default`.

    A page in one language only has none: there is nothing to choose. `x-default` is the default language's
    page, or the first translation where it has none.
    """
    if len(translations) < 2:
        return {}
    ordered = {code: translations[code] for code in settings.languages if code in translations}
    return {**ordered, "x-default": ordered.get(settings.default_language) or next(iter(ordered.values()))}


def site_index(maps: Sequence[Artifact], settings: Settings) -> list[Artifact]:
    """Return an index of the sitemaps, if the main host has several. Other hosts have one each, and no index."""
    here = [artifact for artifact in maps if settings.hosts.of("/" + artifact.path) is settings.hosts.main]
    if len(here) < 2:
        return []
    entries = "".join(
        f"<sitemap><loc>{escape(settings.hosts.absolute('/' + artifact.path))}</loc></sitemap>\n" for artifact in here
    )
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    )
    return [Artifact("sitemap-index.xml", f"{head}{entries}</sitemapindex>\n".encode())]


def robots(maps: Sequence[Artifact], settings: Settings) -> list[Artifact]:
    """Return a `robots.txt` for each host that allows everything and names its sitemaps (RFC 9309)."""
    named = [*maps, *site_index(maps, settings)]
    made = []
    for host in (settings.hosts.main, *settings.hosts.own):
        here = [f"/{artifact.path}" for artifact in named if settings.hosts.of(f"/{artifact.path}") is host]
        here = here if host.named else []  # `Sitemap:` wants a whole URL
        lines = ["User-agent: *", "Disallow:", "", *(f"Sitemap: {host.absolute(path)}" for path in here)]
        made.append(Artifact(f"{host.prefix[1:]}robots.txt", ("\n".join(lines) + "\n").encode()))
    return made
