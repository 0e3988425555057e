"""`_headers` and `_redirects`, in the form that static hosts read, and a page of its own for each alias."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from ctxsite.config.settings import Settings
from ctxsite.model.address import absolute, alias_address, file_of, url
from ctxsite.model.artifact import Artifact
from ctxsite.model.page import SiteMap


@dataclass(frozen=True, slots=True)
class Hashes:
    """Source expressions of the inline scripts and styles that pages carry, without quotes (`sha256-…`)."""

    scripts: tuple[str, ...]
    styles: tuple[str, ...]


def policy(hashes: Hashes) -> str:
    """Return the Content-Security-Policy under which every page of the site works (CSP Level 3)."""
    scripts = " ".join(["'self'", *(f"'{value}'" for value in hashes.scripts)])
    styles = " ".join(["'self'", *(f"'{value}'" for value in hashes.styles)])
    return (
        f"default-src 'self'; script-src {scripts}; style-src {styles}; img-src 'self' data:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )


def headers(hashes: Hashes, settings: Settings) -> Artifact:
    """Return `_headers`: the policy and what else every response should carry."""
    lines = [
        f"{settings.base_path}/*",
        f"  Content-Security-Policy: {policy(hashes)}",
        "  X-Content-Type-Options: nosniff",
        "  Referrer-Policy: strict-origin-when-cross-origin",
    ]
    return Artifact("_headers", ("\n".join(lines) + "\n").encode())


def redirects(sitemap: SiteMap, settings: Settings) -> list[Artifact]:
    """Return `_redirects` and, for hosts that do not read it, a page at each alias that leads on."""
    aliases: dict[str, str] = {}
    for page in sitemap.pages:
        for alias in page.meta.aliases if not page.fallback else ():
            aliases.setdefault(alias_address(alias), page.address)
    if not aliases:
        return []
    base = settings.base_path
    rules = "".join(f"{url(base, alias)} {url(base, address)} 301\n" for alias, address in aliases.items())
    pages = [Artifact(file_of(alias), _page(settings, address).encode()) for alias, address in aliases.items()]
    return [Artifact("_redirects", rules.encode()), *pages]


def _page(settings: Settings, address: str) -> str:
    target = escape(url(settings.base_path, address))
    canonical = escape(absolute(settings.base_url, address))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Moved</title>'
        f'<link rel="canonical" href="{canonical}"><meta name="robots" content="noindex">'
        f'<meta http-equiv="refresh" content="0; url={target}"></head>'
        f'<body><p>This page has moved to <a href="{target}">{target}</a>.</p></body></html>\n'
    )
