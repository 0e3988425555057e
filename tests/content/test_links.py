"""Links of a small bilingual site, resolved from its documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

import pytest

from ctxsite.config.settings import Language, Settings
from ctxsite.content.assemble import Moment, assemble
from ctxsite.content.compile import compile_body
from ctxsite.content.frontmatter import read_front_matter
from ctxsite.content.links import Resolver, resolve
from ctxsite.content.targets import link_targets
from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_output import BROKEN_IMAGE
from ctxsite.diagnostics.text import render_all
from ctxsite.model.assets import asset_addresses
from ctxsite.model.body import Component, Html
from ctxsite.model.document import Document
from ctxsite.model.page import Page, PageKey, SiteMap
from ctxsite.rules.vocabulary import Vocabulary
from ctxsite.source import SourceText
from tests.content.written import engine, written

FILES: Mapping[str, str] = {
    "content/_index.md": "# Home\n",
    "content/_index.de.md": "# Start\n",
    "content/tariffs.md": "---\nvariants:\n  business:\n    when: {weekday: mon}\n---\n# Tariffs\n\n## Fees\n",
    "content/tariffs.de.md": "---\nslug: tarife\n---\n# Tarife\n\n## Gebühren {#fees}\n\n## Größe\n",
    "content/tariffs@business.md": "# Tariffs\n\n## Volume\n",
    "content/tariffs@business.de.md": "# Tarife\n\n## Menge {#volume}\n",
    "content/blog/_index.md": "# Blog\n",
    "content/blog/trip/index.md": "# Trip\n",
    "content/blog/trip/index.de.md": "# Reise\n",
    "content/blog/first post.md": "# First\n",
    "content/öffnung.md": "# Hours\n",
    "content/implicit/page.md": "# Page\n",
    "content/solo.md": "# Only in English\n",
}
ASSETS = ("content/blog/trip/map ü.png", "content/blog/trip/a/b.pdf", "content/blog/beside.png", "content/img/logo.svg")
FILES_OUT = ("terms.pdf", "img/x.png", "feed.xml")
LANGUAGES = {"en": Language("en", "English", "ltr"), "de": Language("de", "Deutsch", "ltr")}
SETTINGS = Settings(title="Test", languages=LANGUAGES, base_path="/docs")
MOMENT = Moment(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


def document(path: str, text: str) -> Document:
    source = SourceText(path, text)
    front, start, diagnostics = read_front_matter(source, Vocabulary())
    assert tuple(diagnostics) == ()
    body, found = compile_body(source, start, engine(), Vocabulary())
    assert found == ()
    return Document(path, "", front, body, source.span(0))


@cache
def sitemap() -> SiteMap:
    documents = [document(path, text) for path, text in FILES.items()]
    made, diagnostics = assemble(documents, ASSETS, SETTINGS, MOMENT)
    assert diagnostics == ()
    return made


def resolved(text: str, path: str, language: str = "en", *, absent: str = "") -> tuple[str, tuple[Diagnostic, ...]]:
    """Resolve a body written in the file at `path`, shown in a language."""
    site = sitemap()
    page = site.by_key[PageKey(site.by_source[path].key.id, language)]
    targets = link_targets(site, base_path="/docs", default_language="en", files=FILES_OUT, absent=[absent])
    pieces, diagnostics = resolve(document(path, text).body.pieces, page, targets)
    return written(pieces), diagnostics


def url(target: str, path: str, language: str = "en") -> str:
    html, diagnostics = resolved(f"[x](<{target}>)", path, language)
    assert diagnostics == (), render_all(diagnostics)
    return html.removeprefix('<p><a href="').removesuffix('">x</a></p>\n')


HOME, TARIFFS, TRIP = "content/_index.md", "content/tariffs.md", "content/blog/trip/index.md"
FROM_ENGLISH = [
    # relative to the file
    (HOME, "tariffs.md", "/docs/tariffs/"),
    (HOME, "./tariffs.md", "/docs/tariffs/"),
    (HOME, "tariffs.md#fees", "/docs/tariffs/#fees"),
    (HOME, "tariffs.md?segment=business&a=1#fees", "/docs/tariffs/?segment=business&amp;a=1#fees"),
    (HOME, "tariffs.md#volume", "/docs/tariffs/#volume"),
    (TRIP, "../../tariffs.md", "/docs/tariffs/"),
    (TRIP, "../first post.md", "/docs/blog/first-post/"),
    (TRIP, "../first%20post.md", "/docs/blog/first-post/"),
    (HOME, "öffnung.md", "/docs/%C3%B6ffnung/"),
    (TRIP, "../_index.md", "/docs/blog/"),
    (TRIP, "../../_index.md", "/docs/"),
    (HOME, "blog/trip/index.md", "/docs/blog/trip/"),
    # folders and pages without their ending
    (HOME, "blog/", "/docs/blog/"),
    (HOME, "blog", "/docs/blog/"),
    (HOME, "./", "/docs/"),
    (HOME, ".", "/docs/"),
    (HOME, "tariffs/", "/docs/tariffs/"),
    (HOME, "blog/trip/", "/docs/blog/trip/"),
    (HOME, "implicit/", "/docs/implicit/"),
    (TRIP, "..", "/docs/blog/"),
    (TRIP, "../../tariffs", "/docs/tariffs/"),
    # as a browser would, from the page's address
    (TARIFFS, "../blog/", "/docs/blog/"),
    # from the site's root
    (TRIP, "/tariffs/", "/docs/tariffs/"),
    (TRIP, "/tariffs/#fees", "/docs/tariffs/#fees"),
    (TRIP, "/tariffs/index.html", "/docs/tariffs/"),
    (TRIP, "/tariffs.md", "/docs/tariffs/"),
    (TRIP, "/", "/docs/"),
    (TRIP, "/tariffs/~business/", "/docs/tariffs/~business/"),
    # variants and languages
    (HOME, "tariffs@business.md", "/docs/tariffs/~business/"),
    (HOME, "tariffs.de.md", "/docs/de/tarife/"),
    (HOME, "tariffs.en.md", "/docs/tariffs/"),
    (HOME, "/de/tarife/", "/docs/de/tarife/"),
    (HOME, "/de/tarife/#gr%C3%B6%C3%9Fe", "/docs/de/tarife/#gr%C3%B6%C3%9Fe"),
    (HOME, "tariffs.de.md#größe", "/docs/de/tarife/#gr%C3%B6%C3%9Fe"),
    # files
    (TRIP, "map ü.png", "/docs/blog/trip/map%20%C3%BC.png"),
    (TRIP, "a/b.pdf#page=2", "/docs/blog/trip/a/b.pdf#page=2"),
    (HOME, "blog/trip/a/b.pdf", "/docs/blog/trip/a/b.pdf"),
    ("content/blog/first post.md", "beside.png", "/docs/blog/beside.png"),
    (HOME, "img/logo.svg", "/docs/img/logo.svg"),
    (TRIP, "../../img/logo.svg", "/docs/img/logo.svg"),
    (TRIP, "/img/logo.svg", "/docs/img/logo.svg"),
    (TRIP, "/terms.pdf?v=1", "/docs/terms.pdf?v=1"),
    (HOME, "../static/terms.pdf", "/docs/terms.pdf"),
    (HOME, "/feed.xml", "/docs/feed.xml"),
    # this page
    (TARIFFS, "#fees", "#fees"),
    (TARIFFS, "#volume", "#volume"),
    (TARIFFS, "?a=b#fees", "?a=b#fees"),
    (TARIFFS, "#top", "#top"),
    (TARIFFS, "#", "#"),
    (TARIFFS, "#:~:text=fees", "#:~:text=fees"),
]
IN_GERMAN = [
    ("content/_index.de.md", "tariffs.md", "/docs/de/tarife/"),
    ("content/_index.de.md", "tariffs.md#fees", "/docs/de/tarife/#fees"),
    ("content/_index.de.md", "tariffs.de.md", "/docs/de/tarife/"),
    ("content/_index.de.md", "/tariffs/", "/docs/de/tarife/"),
    ("content/_index.de.md", "/de/tarife/", "/docs/de/tarife/"),
    ("content/_index.de.md", "tariffs@business.md", "/docs/de/tarife/~business/"),
    ("content/_index.de.md", "tariffs@business.de.md", "/docs/de/tarife/~business/"),
    ("content/_index.de.md", "blog/", "/docs/de/blog/"),
    ("content/_index.de.md", "solo.md", "/docs/de/solo/"),
    ("content/blog/trip/index.de.md", "map ü.png", "/docs/de/blog/trip/map%20%C3%BC.png"),
    ("content/blog/trip/index.de.md", "../../img/logo.svg", "/docs/de/img/logo.svg"),
    # an English text, shown where the German one is missing
    ("content/solo.md", "tariffs.md", "/docs/de/tarife/"),
    ("content/solo.md", "/tariffs/", "/docs/de/tarife/"),
    ("content/solo.md", "tariffs.de.md", "/docs/de/tarife/"),
    ("content/blog/first post.md", "beside.png", "/docs/de/blog/beside.png"),
]


@pytest.mark.parametrize(("path", "target", "wanted"), FROM_ENGLISH)
def test_in_the_default_language(path: str, target: str, wanted: str) -> None:
    assert url(target, path) == wanted


@pytest.mark.parametrize(("path", "target", "wanted"), IN_GERMAN)
def test_in_another_language(path: str, target: str, wanted: str) -> None:
    assert url(target, path, "de") == wanted


OUTSIDE = ["https://example.org/a b?c#d", "//example.org/", "mailto:a@example.org", "tel:+49", "data:text/plain,a", ""]


@pytest.mark.parametrize("target", OUTSIDE)
def test_what_is_not_in_the_site_is_left_alone(target: str) -> None:
    html, diagnostics = resolved(f'<a href="{target}">x</a>', HOME)
    assert html == f'<p><a href="{target}">x</a></p>\n'
    assert diagnostics == ()


FAULTS = {
    "page": (TRIP, "text\n\na [b](../../tarifs.md) c\n"),
    "page-elsewhere": (HOME, "[a](trip/first post.md) [b](<first post.md>)\n"),
    "page-of-nothing-like-it": (HOME, "[a](xylophone.md)\n"),
    "address": (HOME, "[a](/tarifs/)\n"),
    "image": (TRIP, "![a](<map u.png>) ![b](/img/y.png) <img src='nothing.webp' alt=''>\n"),
    "image-elsewhere": (HOME, "![a](beside.png)\n"),
    "anchor": (HOME, "[a](tariffs.md#fee)\n"),
    "anchor-of-this-page": (TARIFFS, "## Fees\n\n[a](#feess) [b](#other)\n"),
    "anchor-without-headings": (HOME, "[a](content-free.md) [b](blog/trip/#a)\n"),
    "outside": (HOME, "[a](../../tariffs.md)\n"),
    "no-slash": (HOME, "[a](/tariffs)\n"),
    "base-path": (HOME, "[a](/docs/tariffs/)\n"),
    "absent": (HOME, "[a](draft.md)\n"),
    "reference": (HOME, "[a][b]\n\ntext\n\n[b]: nowhere.md 'title'\n"),
    "in-a-block": (HOME, "::: vary a\n[a](x.md)\n::: when {weekday: mon}\n[b](y.md)\n::: note\n[c](z.md)\n:::\n:::\n"),
    "parameter": (HOME, '::: card "A" href=x.md image=y.png title=z.md\n:::\n'),
    "no-file-but-a-folder": (HOME, "[a](blog/index.md)\n"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_golden(case: str, golden: Callable[[str, str], None]) -> None:
    path, text = FAULTS[case]
    html, diagnostics = resolved(text, path, absent="content/draft.md")
    assert diagnostics
    golden(f"links/{case}.txt", render_all(diagnostics) + "\n")
    if case == "page":
        assert '<a href="../../tarifs.md">' in html


def test_parameters_that_are_destinations_are_resolved() -> None:
    page = sitemap().by_source[TRIP]
    targets = link_targets(sitemap(), base_path="/docs")
    text = (
        '::: card "A" href=../../tariffs.md#fees src="map ü.png" link=https://example.org/ title=../x\n[b](./)\n:::\n'
    )
    pieces, diagnostics = resolve(document(TRIP, text).body.pieces, page, targets)
    assert diagnostics == ()
    card = pieces[0]
    assert isinstance(card, Component)
    assert card.params == {
        "href": "/docs/tariffs/#fees",
        "src": "/docs/blog/trip/map%20%C3%BC.png",
        "link": "https://example.org/",
        "title": "../x",
    }
    assert card.body == (Html('<p><a href="/docs/blog/trip/">b</a></p>\n'),)


def test_everything_else_stays() -> None:
    text = "[[data: a.b]]\n\n::: vary c\n[d](tariffs.md)\n::: when {weekday: mon}\n<img srcset='/img/x.png 2x'>\n:::\n"
    before = document(HOME, text).body.pieces
    after, diagnostics = resolve(before, sitemap().by_source[HOME], link_targets(sitemap(), files=FILES_OUT))
    assert diagnostics == ()
    assert written(after) == written(before).replace("((link tariffs.md))", "/tariffs/").replace(
        "((image /img/x.png))", "/img/x.png"
    )


def test_a_comma_within_an_address_of_a_srcset_is_its_own() -> None:
    text = '<img srcset="data:image/gif;base64,R0lGODlh 1x, /img/x.png?w=2,h=4 2x,/gone.png 3x">'
    before = document(HOME, text).body.pieces
    after, found = resolve(before, sitemap().by_source[HOME], link_targets(sitemap(), files=FILES_OUT))
    assert written(after).strip() == text
    assert [(said.code, said.message) for said in found] == [(BROKEN_IMAGE.id, "there is no file `/gone.png`")]


def test_files_belong_to_the_nearest_index() -> None:
    found = sorted((path, address) for _, path, address in asset_addresses(sitemap()))
    assert found == [
        ("content/blog/beside.png", "/blog/beside.png"),
        ("content/blog/beside.png", "/de/blog/beside.png"),
        ("content/blog/trip/a/b.pdf", "/blog/trip/a/b.pdf"),
        ("content/blog/trip/a/b.pdf", "/de/blog/trip/a/b.pdf"),
        ("content/blog/trip/map ü.png", "/blog/trip/map ü.png"),
        ("content/blog/trip/map ü.png", "/de/blog/trip/map ü.png"),
        ("content/img/logo.svg", "/de/img/logo.svg"),
        ("content/img/logo.svg", "/img/logo.svg"),
    ]


def test_a_site_is_resolved_page_by_page() -> None:
    resolver = Resolver(sitemap(), SETTINGS, frozenset(FILES_OUT))
    page: Page = sitemap().by_source[TARIFFS]
    broken = replace(page, document=document(TARIFFS, "[a](b.md)"))
    assert resolver.diagnostics(page) == ()
    assert [found.code for found in Resolver(sitemap(), SETTINGS, ()).diagnostics(broken)] == ["CTX300"]
    assert written(resolver.pieces(page, page.document)) == '<h1 id="tariffs">Tariffs</h1>\n<h2 id="fees">Fees</h2>\n'
    assert len({resolver.pieces(page, variant.document) for variant in page.variants}) == 1
