"""What templates see of pages and of the site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from ctxsite.config.settings import Language, MenuItem, Settings
from ctxsite.diagnostics.text import render_all
from ctxsite.model.body import Html
from ctxsite.model.meta import Meta
from ctxsite.model.page import Kind, Page
from ctxsite.render.queries import Queries
from ctxsite.render.site_view import check_menus
from tests.render.small_sites import (
    ARABIC,
    BILINGUAL,
    ENGLISH,
    GERMAN,
    document,
    page,
    renderer,
    show,
    sitemap,
    source,
    variant,
)


def day(number: int) -> dt.datetime:
    return dt.datetime(2026, 1, number, tzinfo=dt.UTC)


def post(name: str, **meta: object) -> Page:
    return page(f"blog/{name}", replace(Meta(title=name.title()), **meta))  # type: ignore[arg-type]


BLOG = (
    page("", kind=Kind.HOME),
    page("about", Meta(title="About")),
    page("blog", Meta(title="Blog", weight=2), kind=Kind.SECTION),
    post("old", date=day(1), tags=("b", "A")),
    post("new", date=day(9), tags=("b",)),
    post("heavy", weight=5),
    post("light", weight=1),
    post("zebra"),
    post("Ant", tags=("a",)),
    page("blog/sub", Meta(title="Sub"), kind=Kind.SECTION),
    page("blog/sub/deep", Meta(title="Deep", date=day(5))),
    page("shop", Meta(title="Shop", weight=1), kind=Kind.SECTION),
    page("404"),
)


def ids(pages: Sequence[Page]) -> list[str]:
    return [one.key.id.removeprefix("blog/") for one in pages]


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"section": "blog", "kind": "page"}, ["new", "sub/deep", "old", "light", "heavy", "Ant", "zebra"]),
        ({"section": "blog", "kind": "page", "sort": "weight"},
         ["light", "heavy", "new", "sub/deep", "old", "Ant", "zebra"]),
        ({"section": "blog", "sort": "title"}, ["Ant", "sub/deep", "heavy", "light", "new", "old", "sub", "zebra"]),
        ({"tag": "b"}, ["new", "old"]),
        ({"kind": "section"}, ["shop", "blog", "sub"]),
        ({"kind": "home"}, [""]),
        ({"section": "shop"}, []),
        ({"section": ""}, ["new", "sub/deep", "old", "light", "shop", "blog", "heavy", "about", "Ant", "sub", "zebra"]),
    ],
)  # fmt: skip
def test_lists_of_pages(query: dict[str, str], expected: list[str], order: int) -> None:
    queries = Queries(sitemap(BLOG[::order]), "en", "en")
    assert ids(queries.pages(**query)) == expected


def test_sections_tags_and_neighbours() -> None:
    queries = Queries(sitemap(BLOG), "en", "en")
    assert ids(queries.sections()) == ["shop", "blog"]
    assert queries.tags() == [("A", 1, None), ("a", 1, None), ("b", 2, None)]
    order = ids(queries.pages("blog", "page", sort="weight"))
    order.remove("sub/deep")  # it is a sibling of none of them
    by_id = {one.key.id.removeprefix("blog/"): one for one in BLOG}
    for left, right in pairwise(order):
        assert queries.neighbour(by_id[left], 1) is by_id[right]
        assert queries.neighbour(by_id[right], -1) is by_id[left]
    assert queries.neighbour(by_id[order[0]], -1) is None
    assert queries.neighbour(by_id[order[-1]], 1) is None
    assert queries.neighbour(by_id[""], 1) is None


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ site.pages(section='blog', limit=2)|map(attribute='title')|join(' ') }}", "New Deep"),
        ("{{ site.pages(section='blog', limit=1, reverse=true)|map(attribute='title')|join }}", "Zebra"),
        ("{{ site.pages(limit=-1)|length }}", "0"),
        ("{{ site.sections()|map(attribute='id')|join(' ') }}", "shop blog"),
        ("{{ site.page('about').url }} {{ site.page('/blog/old/').title }} {{ site.page('').kind }}",
         "/about/ Old home"),
        ("{{ site.home.url }}", "/"),
        ("{{ page.ancestors|map(attribute='url')|join(' ') }}", "/ /blog/ /blog/sub/"),
        ("{{ page.prev is none }} {{ page.next is none }}", "True True"),
        ("{{ page.section }} {{ page.kind }} {{ page.id }}", "blog/sub page blog/sub/deep"),
        ("{{ page.summary }} {{ page.words }}", "First words. 1"),
        ("{% for tag in site.tags() %}{{ tag.name }}{{ tag.count }}{% endfor %}", "A1a1b2"),
        ("{{ site.data.prices.home }} {{ site.now.year }} {{ site.title }}", "30 2026 Site"),
        ("{{ page is sameas site.page(page.id) }}", "True"),
        ("{{ site.page('about').content }}", "<p>Text</p>"),
    ],
)  # fmt: skip
def test_what_a_deep_page_says(template: str, expected: str) -> None:
    deep = next(one for one in BLOG if one.key.id == "blog/sub/deep")
    others = [one for one in BLOG if one is not deep]
    assert show(template, deep, *others, data={"prices": {"home": 30}}) == (expected, ())


def test_a_fallback_says_what_it_shows() -> None:
    settings = Settings(title="Site", languages={"ar": ARABIC, "en": ENGLISH, "de": GERMAN}, default_language="en")
    there = {"en": "/a/"}
    english = page("a", Meta(title="A"), translations=there)
    arabic = page("a", Meta(title="A"), language="ar", shown="en", translations=there)
    template = (
        "{{ page.language }} {{ page.dir }} {{ page.shown }} {{ page.shown_dir }}|"
        "{{ page.fallback.language }} {{ page.fallback.name }} {{ page.fallback.url }}|"
        "{% for t in page.translations %}{{ t.language }} {{ t.url }} {{ t.current }} {{ t.missing }};{% endfor %}"
    )
    assert show(template, arabic, english, settings=settings)[0] == (
        "ar rtl en ltr|en English /a/|ar /ar/a/ True True;en /a/ False False;de None False True;"
    )
    assert show("{{ page.fallback is none }}", english, arabic, settings=settings)[0] == "True"


def test_languages_of_the_site() -> None:
    template = "{% for l in site.languages %}{{ l.code }} {{ l.name }} {{ l.url }} {{ l.current }};{% endfor %}"
    german = page("a", language="de")
    text = show(
        template, german, page("", kind=Kind.HOME), page("", kind=Kind.HOME, language="de"), settings=BILINGUAL
    )[0]
    assert text == "en English / False;de Deutsch /de/ True;"


def test_a_language_takes_precedence_over_the_site() -> None:
    german = Language("de", "Deutsch", "ltr", "Titel", "Worte", {"a": 2})
    settings = replace(BILINGUAL, description="Words", params={"a": 1, "b": 1}, languages={"en": ENGLISH, "de": german})
    template = "{{ site.title }} {{ site.description }} {{ site.params.a }} {{ site.params.b }}"
    assert show(template, page("a", language="de"), settings=settings)[0] == "Titel Worte 2 1"
    assert show(template, page("a"), settings=settings)[0] == "Site Words 1 1"


def test_the_base_path_and_the_base_url_come_before_addresses() -> None:
    settings = Settings(base_url="https://example.org/docs", base_path="/docs")
    own = document("content/ü b/index.md", "")
    one = page("ü b", body=own, assets={"x y.png": "content/ü b/x y.png"})
    template = "{{ page.url }} {{ page.permalink }} {{ url('a') }} {{ page.url|absolute }} {{ page.asset('x y.png') }}"
    assert show(template, one, settings=settings)[0] == (
        "/docs/%C3%BC%20b/ https://example.org/docs/%C3%BC%20b/ /docs/a https://example.org/docs/%C3%BC%20b/ "
        "/docs/%C3%BC%20b/x%20y.png"
    )


MENU = (
    MenuItem("", "blog", children=(MenuItem("Newest", "blog/new"),)),
    MenuItem("Site's", url="/about/"),
    MenuItem("Away", url="https://example.org/"),
    MenuItem("Heading"),
    MenuItem("Gone", "gone", span=source("ctxsite.yaml", "menus: {main: [gone]}").span(14, 18)),
)
TEMPLATE = (
    "{% macro list(items) %}{% for i in items %}"
    "{{ i.title }} {{ i.url }}{{ ' *' if i.current }}({{ list(i.children) }});{% endfor %}{% endmacro %}"
    "{{ list(site.menu('main')) }}|{{ site.menu('none') }}"
)


def test_menus() -> None:
    settings = Settings(menus={"main": MENU})
    about = next(one for one in BLOG if one.key.id == "about")
    text = show(TEMPLATE, about, *(one for one in BLOG if one is not about), settings=settings)[0]
    assert text == (
        "Blog /blog/(Newest /blog/new/(););Site&#39;s /about/ *();Away https://example.org/();Heading None();|[]"
    )


def test_a_menu_that_names_no_page() -> None:
    made = renderer({"page.html": ""}, *BLOG, page("gong"), settings=Settings(menus={"main": MENU}))
    assert render_all(check_menus(made.site)) == (
        "error[CTX440]: this menu names a page `gone`, and there is none\n  --> ctxsite.yaml:1:15\n"
        "  1 | menus: {main: [gone]}\n    |               ^^^^\n  help: did you mean `gong`?"
    )


def test_a_variant_shows_its_own_words_at_its_page_s_address() -> None:
    own = variant("business", Meta(title="For business"), "<p>Business</p>")
    one = page("a", Meta(title="A"), variants=[own])
    made = renderer({"page.html": "{{ page.variant }} {{ page.title }} {{ page.url }} {{ page.content }}"}, one)
    texts = [rendering.text for rendering, _ in (made.render(one), made.render(one, own)) if rendering]
    assert texts == ["default A /a/ <p>Text</p>", "business For business /a/ <p>Business</p>"]


def test_the_page_for_unknown_addresses_has_a_title_and_leads_home() -> None:
    one = page("404", Meta(), translations={})
    template = "{{ page.title }}{% for t in page.translations %} {{ t.url }}{% endfor %}"
    homes = [page("", kind=Kind.HOME), page("", kind=Kind.HOME, language="de")]
    assert show(template, one, *homes, settings=BILINGUAL)[0] == "Page not found / /de/"


def test_the_body_of_another_page_stands_without_its_decisions() -> None:
    from tests.render.test_pieces import vary

    other = page("b", body=[vary("hero", "default", now="other"), Html("<p>rest</p>")])
    made = renderer({"page.html": "{{ site.page('b').content }}"}, page("a"), other)
    rendering, _ = made.render(page("a"))
    assert rendering is not None
    assert (rendering.text, rendering.decisions) == ("default<p>rest</p>", ())
