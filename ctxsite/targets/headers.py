"""`_headers` and `_redirects`, in the form that static hosts read, and a page of its own for each alias."""

from __future__ import annotations

from html import escape

from ctxsite.config.settings import Settings
from ctxsite.frozen import dataclass
from ctxsite.model.address import FRAGMENTS, Hosts, alias_address, file_of
from ctxsite.model.artifact import Artifact
from ctxsite.model.page import PageKey, SiteMap


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


def headers(hashes: Hashes, settings: Settings, *, fragments: bool = False) -> list[Artifact]:
    """Return `_headers` for each host: the policy and what else every response should carry.

    `fragments` tells whether pages load some: these are no pages to be found. They could be kept for ever, being named
    by their content; but so would be an error, if a server puts these headers on errors, too.
    """
    lines = [
        f"  Content-Security-Policy: {policy(hashes)}",
        "  X-Content-Type-Options: nosniff",
        "  Referrer-Policy: strict-origin-when-cross-origin",
    ]
    made = []
    for host in (settings.hosts.main, *settings.hosts.own):
        rules = [f"{host.base_path}/*", *lines]
        rules += [f"{host.base_path}/{FRAGMENTS}/*", "  X-Robots-Tag: noindex"] if fragments else []
        made.append(Artifact(f"{host.prefix[1:]}_headers", ("\n".join(rules) + "\n").encode()))
    return made


def redirects(sitemap: SiteMap, settings: Settings) -> list[Artifact]:
    """Return `_redirects` for each host and, where it is not read, a page at each alias that leads on.

    Where the default language has a prefix, the site's root leads to its start page.
    """
    hosts = settings.hosts
    aliases: dict[str, str] = {}
    for page in sitemap.pages:
        for alias in page.meta.aliases if not page.fallback else ():
            aliases.setdefault(hosts.placed(alias_address(alias), page.address), page.address)
    home = settings.home(settings.default_language)
    entrance = {} if home == "/" or "/" in aliases else {"/": home}
    made = []
    for host in (hosts.main, *hosts.own):
        rules = [_rule(hosts, alias, there, 301) for alias, there in aliases.items() if hosts.of(alias) is host]
        if host is hosts.main:
            rules += [_rule(hosts, alias, there, 302) for alias, there in entrance.items()]  # it may become a page
        if rules:
            made.append(Artifact(f"{host.prefix[1:]}_redirects", "".join(rules).encode()))
    made += [Artifact(file_of(alias), _moved(alias, there, hosts).encode()) for alias, there in aliases.items()]
    return made + [Artifact("index.html", _entrance(settings, sitemap).encode()) for _ in entrance]


def _rule(hosts: Hosts, alias: str, address: str, status: int) -> str:
    return f"{hosts.of(alias).url(alias)} {hosts.url(address, alias)} {status}\n"


def _moved(alias: str, address: str, hosts: Hosts) -> str:
    target = escape(hosts.url(address, alias))
    body = f'<p>This page has moved to <a href="{target}">{target}</a>.</p>'
    return _leading_on("en", "Moved", target, escape(hosts.absolute(address)), body)


def _entrance(settings: Settings, sitemap: SiteMap) -> str:
    """Return the page at the root: it leads to the default language, and offers all that have a start page."""
    hosts, default = settings.hosts, settings.default_language
    links = "".join(
        f'<li><a href="{escape(hosts.url(settings.home(code), "/"))}" hreflang="{code}" lang="{code}" '
        f'dir="{language.dir}">{escape(language.name)}</a></li>'
        for code, language in settings.languages.items()
        if PageKey("", code) in sitemap.by_key
    )
    title = settings.languages[default].title or settings.title or settings.languages[default].name
    home = settings.home(default)
    target, canonical = escape(hosts.url(home, "/")), escape(hosts.absolute(home))
    return _leading_on(default, escape(title), target, canonical, f"<ul>{links}</ul>")


def _leading_on(language: str, title: str, target: str, canonical: str, body: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<link rel="canonical" href="{canonical}"><meta name="robots" content="noindex">'
        f'<meta http-equiv="refresh" content="0; url={target}"></head>'
        f"<body>{body}</body></html>\n"
    )
