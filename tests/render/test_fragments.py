"""Alternatives that outweigh a page: which of them leave it, what they become, and that they lose nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctxsite.diagnostics.text import render_all
from ctxsite.model.address import Host, Hosts
from ctxsite.model.body import Piece
from ctxsite.model.meta import DEFAULT, Meta
from ctxsite.model.page import Page
from ctxsite.render.compose import Document, compose
from ctxsite.render.fragments import FOLD, WORTH_IT, Part, lay_out
from ctxsite.render.head import Head
from ctxsite.render.regions import Alternative
from ctxsite.render.renderer import Rendering
from ctxsite.render.site import Delivery
from ctxsite.render.slots import HEAD, SlotPlaces
from tests.render.browser_model import show
from tests.render.small_sites import BILINGUAL, DELIVERY, page, renderer, variant
from tests.render.test_pieces import vary

LARGE = "<p>" + "large " * 400 + "</p>"
TEXT = "<p>" + "x" * FOLD + "</p>"
LOADS = replace(DELIVERY, loader="load()", waiting_css="waiting{}", inline_limit=0)


def made(template: str, one: Page, delivery: Delivery = LOADS) -> tuple[tuple[Document, ...], str]:
    """Return a page's documents, and the diagnostics as text."""
    site = renderer(
        {"page.html": f"<html><head>{{{{ head() }}}}</head><body>{template}</body></html>"}, one, settings=BILINGUAL
    )
    found = [site.render(one, shown)[0] for shown in (None, *one.variants)]
    documents, diagnostics = compose(one, [rendering for rendering in found if rendering], delivery)
    return documents, render_all(diagnostics)


def business(html: str | Sequence[Piece] = LARGE) -> Page:
    return page("a", Meta(title="A"), variants=[variant("business", Meta(title="A"), html)])


def test_an_alternative_becomes_a_document_of_its_own() -> None:
    (default, whole, fragment), said = made(TEXT + "{% slot 'a' %}{{ page.content }}{% endslot %}", business())
    assert said == ""
    html = default.data.decode()
    assert fragment.address.startswith("/~_fragments/")
    assert (
        '<div data-slot="a" data-shown="default">'
        f'<template data-v data-for="business" data-fragment="{fragment.address}"></template>'
        "<script>place()</script><div data-default><p>Text</p></div></div>"
    ) in html
    assert "<script>engine()</script>\n<style>waiting{}</style>\n<script>load()</script></head>" in html
    assert fragment.data.decode() == (
        '<!doctype html>\n<html><head><meta charset="utf-8"><meta name="robots" content="noindex">'
        f"<title>Fragment</title></head><body><template data-fragment>{LARGE}</template><p></p></body></html>\n"
    )
    assert (default.within, whole.within, fragment.within) == ("", "", "/a/")
    assert LARGE in whole.data.decode()
    assert "load()" not in whole.data.decode()


@pytest.mark.parametrize(
    ("template", "loaded"),
    [
        (f"{TEXT}{{% slot 'a' %}}{{{{ page.content }}}}{{% endslot %}}", True),
        ("<p>Little</p>{% slot 'a' %}{{ page.content }}{% endslot %}", False),
        ("<p>Little</p>{% slot 'a', loading='lazy' %}{{ page.content }}{% endslot %}", True),
        (f"{TEXT}{{% slot 'a', loading='eager' %}}{{{{ page.content }}}}{{% endslot %}}", False),
        (f"{TEXT}<main>{{% slot 'a' %}}{{{{ page.content }}}}{{% endslot %}}</main>", False),
        (f"<main>{TEXT}{{% slot 'a' %}}{{{{ page.content }}}}{{% endslot %}}</main>", True),
        ("<p>Little</p>{% slot 'o', loading='lazy' %}{% slot 'a' %}{{ page.content }}{% endslot %}{% endslot %}", True),
        (f"{TEXT}{{% slot 'o', loading='eager' %}}{{% slot 'a' %}}{{{{ page.content }}}}{{% endslot %}}{{% endslot %}}",
         False),
        (f"<script>{TEXT}</script>{{% slot 'a' %}}{{{{ page.content }}}}{{% endslot %}}", False),
    ],
)  # fmt: skip
def test_what_may_be_seen_at_first_stays_unless_its_slot_says_otherwise(template: str, loaded: bool) -> None:
    documents, said = made(template, business())
    assert len(documents) == 2 + loaded
    assert ("warning[CTX424]" in said) is not loaded


def test_what_differs_itself_does_not_push_anything_out_of_sight() -> None:
    template = (
        f"{{% slot 'hero' %}}{{% if page.params.x %}}Short{{% else %}}{TEXT}{{% endif %}}{{% endslot %}}"
        "{% slot 'a' %}{{ page.content }}{% endslot %}"
    )
    one = page(
        "a", Meta(title="A", params={"x": False}), variants=[variant("b", Meta(title="A", params={"x": True}), LARGE)]
    )
    assert len(made(template, one)[0]) == 2


def test_blocks_are_loaded_as_slots_are() -> None:
    blocks = [vary("one", TEXT, night=LARGE, day="little"), vary("two", "default", night=f"{LARGE}2", day=LARGE)]
    (default, *fragments), said = made("{{ page.content }}", page("a", body=blocks))
    assert "CTX424" in said, "the first block is on top"
    html = default.data.decode()
    assert html.count("data-fragment=") == len(fragments) == 2
    assert f'<template data-v="night">{LARGE}</template><template data-v="day">little</template>' in html
    _, said = made("{% slot 's', loading='lazy' %}{{ page.content }}{% endslot %}", page("a", body=blocks))
    assert "carries 6 bytes" in said


def test_a_block_in_a_loaded_alternative_goes_with_it() -> None:
    inner = [vary("inner", "x", night=LARGE)]
    documents, _ = made(TEXT + "{% slot 'a' %}{{ page.content }}{% endslot %}", business(inner))
    default, whole, *fragments = documents
    assert len(fragments) == 2, "one for the default's slot, one for the block on the variant's own page"
    assert f'<template data-v="night">{LARGE}</template>' in fragments[0].data.decode()
    assert 'data-for="night"' in whole.data.decode()
    assert 'data-for="business"' in default.data.decode()


def test_the_largest_leave_until_the_rest_is_within_the_limit() -> None:
    sizes = (1_500, 3_000, 2_000, 1_200)
    parts = [Part(f"<body>{TEXT}")] + [Part(Alternative(str(size), "x" * size)) for size in sizes]
    for limit, left in (
        (7_700, {1_500, 3_000, 2_000, 1_200}), (7_699, {1_500, 2_000, 1_200}), (4_700, {1_500, 2_000, 1_200}),
        (4_699, {1_500, 1_200}), (2_000, {1_200}), (1_199, set()),
    ):  # fmt: skip
        layout = lay_out(parts, (), limit, str)
        assert {int(name) for name in re.findall(r'data-v="(\d+)"', layout.text)} == left
        assert layout.carried == sum(left)
        assert len(layout.fragments) == len(sizes) - len(left)


def test_a_small_alternative_is_not_worth_a_request() -> None:
    for size, loaded in ((WORTH_IT - 1, 0), (WORTH_IT, 1)):
        layout = lay_out([Part(f"<body>{TEXT}"), Part(Alternative("a", "x" * size))], (), 0, str)
        assert len(layout.fragments) == loaded


def test_fragments_are_on_the_page_s_own_host() -> None:
    german = Host("/de/", "https://beispiel.example", "")
    delivery = replace(LOADS, hosts=Hosts(Host("/", "https://example.org/docs", "/docs"), (german,)))
    template = TEXT + "{% slot 'a' %}{{ page.content }}{% endslot %}"
    (default, _, fragment), _ = made(template, business(), delivery)
    assert f'data-fragment="/docs{fragment.address}"'.encode() in default.data
    own = page("a", Meta(title="A"), language="de", variants=[variant("business", Meta(title="A"), LARGE, "/de/a/")])
    (default, _, there), _ = made(template, own, delivery)
    assert there.address == "/de" + fragment.address
    assert f'data-fragment="{fragment.address}"'.encode() in default.data


def test_a_heavy_page_is_told() -> None:
    _, said = made("{% slot 'a' %}{{ page.content }}{% endslot %}", business())
    assert said == (
        "warning[CTX424]: alternatives of more than `inline_limit` (0 bytes) stay within the page\n"
        "  --> themes/t/templates/page.html:1:1\n"
        "  1 | <html><head>{{ head() }}</head><body>{% slot 'a' %}{{ page.content }}{% endslot %}</body></html>\n"
        f"    | {'^' * 96}\n"
        "  note: while rendering this page: content/a.md:1:1\n  1 | ---\n    | ^\n"
        f'  help: say `loading="lazy"` at slots that are out of sight at first, or raise `inline_limit`; '
        f"/a/ carries {len(LARGE)} bytes"
    )


SIZES = st.sampled_from([0, 10, WORTH_IT, 2 * WORTH_IT])
VARIANTS = ("business", "press")


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.tuples(SIZES, SIZES, SIZES), st.sampled_from(["", "eager", "lazy"])), min_size=1, max_size=4),
    st.integers(0, 9 * WORTH_IT),
)
def test_a_variant_loses_nothing_by_being_loaded(slots: Sequence[tuple[tuple[int, int, int], str]], limit: int) -> None:
    def text(shown: int, *, marked: bool) -> str:
        parts = []
        for number, (lengths, loading) in enumerate(slots):
            inner = f"<b>{'abc'[shown] * lengths[shown]}</b>"
            opened = SlotPlaces().open(f"s{number}", "div", loading, "page.html", 1)
            parts.append(f"{opened}{inner}\udc04" if marked else inner)
        return f"<html><head>{HEAD}</head><body>{TEXT}" + "<hr></hr>".join(parts) + "</body></html>"

    one = page("a", variants=[variant(name, Meta(title=name), "x") for name in VARIANTS])
    renderings = [
        Rendering(name, text(number, marked=True), Head("", ""), (), {})
        for number, name in enumerate((DEFAULT, *VARIANTS))
    ]
    documents, _ = compose(one, renderings, replace(LOADS, inline_limit=limit))
    composed = documents[0].data.decode().partition("<body>")[2].partition("</body>")[0]
    fragments = {document.address: document.data.decode() for document in documents if document.within}
    assert len(fragments) == len(set(re.findall('data-fragment="([^"]*)"', composed)))
    for number, name in enumerate((DEFAULT, *VARIANTS)):
        alone = text(number, marked=False).partition("<body>")[2].partition("</body>")[0]
        assert show(composed, name, fragments) == alone
    carried = sum(map(len, re.findall('<template data-v="[^"]*">(.*?)</template>', composed)))
    stays = [
        html for html in re.findall('<template data-v="[^"]*">(.*?)</template>', composed) if len(html) >= WORTH_IT
    ]
    assert carried <= limit or len(stays) <= sum(2 for _, loading in slots if loading == "eager")
