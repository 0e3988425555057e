"""`ctxsite.json`: what was built, for tools: pages, decisions, signals, artifacts with digests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

import ctxsite
from ctxsite.config.settings import Settings
from ctxsite.model.artifact import Artifact
from ctxsite.model.page import Page, PageKey, SiteMap, block_decisions
from ctxsite.rules.ast import Decision
from ctxsite.rules.print import condition_text
from ctxsite.rules.table import lower
from ctxsite.targets.headers import Hashes
from ctxsite.targets.summary_lines import encode, file_line

PATH = "ctxsite.json"

Witnesses = Callable[[Decision], Mapping[str, Mapping[str, object]]]
"""From a decision to a context (JSON data) for each of its branches that can be shown, and for its default."""


def manifest(
    sitemap: SiteMap,
    settings: Settings,
    digests: Mapping[str, str],
    hashes: Hashes,
    witnesses: Witnesses,
    rebuild_before: dt.datetime | None,
) -> Artifact:
    """Return the summary. `digests` maps each artifact's path to the SHA-256 of its bytes (hexadecimal).

    `witnesses` gives a context for each branch of a decision that can be shown; `rebuild_before` is when the zones'
    tables end, if there are any.

    It holds no time of building, so that the same sources give the same bytes on any day.
    """
    head = {
        "version": 1,
        "generator": f"ctxsite {ctxsite.__version__}",
        "base_url": settings.base_url,
        "default_language": settings.default_language,
        "languages": {code: _language(code, sitemap, settings, digests) for code in settings.languages},
        "csp": {"script-src": list(hashes.scripts), "style-src": list(hashes.styles)},
        "rebuild_before": None if rebuild_before is None else rebuild_before.isoformat(),
    }
    # A line for each page and each file: good to compare, and written at the speed of the encoder in C.
    parts = [
        *(f"{encode(name)}: {encode(value)}" for name, value in head.items()),
        _lines("pages", "[]", (page_line(page, settings, witnesses) for page in sitemap.pages)),
        _lines("artifacts", "{}", (file_line(path, digests[path]) for path in sorted(digests))),
    ]
    return Artifact(PATH, ("{\n" + ",\n".join(parts) + "\n}\n").encode())


def _lines(name: str, brackets: str, items: Iterable[str]) -> str:
    return f"{encode(name)}: {brackets[0]}\n" + ",\n".join(items) + f"\n{brackets[1]}"


def page_line(page: Page, settings: Settings, witnesses: Witnesses) -> str:
    """Return the line of a page."""
    if page.has_decisions:
        return encode(page_data(page, settings, witnesses))
    # The same for nearly all pages, in a third of the time.
    translations = ", ".join([f"{encode(code)}: {encode(address)}" for code, address in page.translations.items()])
    return (
        f'{{"address": {encode(page.address)}, "url": {encode(settings.hosts.absolute(page.address))}, '
        f'"id": {encode(page.key.id)}, "language": {encode(page.key.language)}, "shown": {encode(page.shown)}, '
        f'"kind": "{page.kind.value}", "title": {encode(page.meta.title)}, "source": {encode(page.document.path)}, '
        f'"translations": {{{translations}}}, "variants": [], "witnesses": {{}}, "blocks": [], "signals": []}}'
    )


def _language(code: str, sitemap: SiteMap, settings: Settings, digests: Mapping[str, str]) -> dict[str, object]:
    """Return what there is in a language besides its pages, by its address; None for what there is not."""
    language, home = settings.languages[code], settings.home(code)
    unknown = "/404.html" if code == settings.default_language else f"{home}404.html"
    names = {"feed": "feed.xml", "sitemap": "sitemap.xml", "search": "search.json"}
    files = {**{name: home + file for name, file in names.items()}, "not_found": unknown}
    return {
        "name": language.name,
        "dir": language.dir,
        "base_url": settings.hosts.of(home).base_url,
        "home": home if PageKey("", code) in sitemap.by_key else None,
        **{name: address if address[1:] in digests else None for name, address in files.items()},
    }


def page_data(page: Page, settings: Settings, witnesses: Witnesses) -> dict[str, object]:
    """Return a page as JSON data: its addresses, variants, blocks, their conditions, witnesses, the signals read."""
    own = page.decision()
    blocks = block_decisions(page)
    decisions = [*([own] if own else []), *(block.decision for block in blocks)]
    return {
        "address": page.address,
        "url": settings.hosts.absolute(page.address),
        "id": page.key.id,
        "language": page.key.language,
        "shown": page.shown,
        "kind": str(page.kind),
        "title": page.meta.title,
        "source": page.document.path,
        "translations": dict(page.translations),
        "variants": [
            {
                "name": variant.name,
                "address": variant.address,
                "source": variant.document.path,
                "title": variant.meta.title,
                "when": condition_text(variant.when),
            }
            for variant in page.variants
        ],
        "witnesses": witnesses(own) if own else {},
        "blocks": [
            {
                "name": block.decision.name,
                "in": list(block.variants),
                "branches": [{"name": name, "when": condition_text(when)} for name, when in block.decision.branches],
                "witnesses": witnesses(block.decision),
            }
            for block in blocks
        ],
        "signals": list(lower(decisions, settings.vocabulary).signals) if decisions else [],
    }
