"""A page and its variants in one document: what differs in place, what does not said once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctxsite.diagnostics.text import render_all
from ctxsite.model.body import Piece
from ctxsite.model.meta import DEFAULT, Meta
from ctxsite.model.page import Page, Variant
from ctxsite.render.compose import compose
from ctxsite.render.failures import merge
from ctxsite.render.head import Head
from ctxsite.render.renderer import Rendering
from ctxsite.render.slots import HEAD, SlotPlaces
from tests.render.browser_model import show as in_browser
from tests.render.small_sites import DELIVERY, finish, page, renderer, theme, variant
from tests.render.test_pieces import vary

NEEDED = '<style>guard{{}}</style>\n<script type="application/json" id="ctxsite">{}</script>\n<script>engine()</script>'
FRAME = "<!doctype html>\n<html>\n<head>{{ head() }}</head>\n<body>%s</body>\n</html>"


def built(template: str, one: Page) -> tuple[dict[str, str], str]:
    """Return the page's documents by variant, and the diagnostics as text."""
    documents, diagnostics = finish(renderer({"page.html": FRAME % template}, one), one)
    return {found.variant: found.data.decode() for found in documents}, render_all(diagnostics)


def body(html: str) -> str:
    return html.partition("<body>")[2].partition("</body>")[0]


def business(title: str = "A", html: str | Sequence[Piece] = "<p>Text</p>") -> Variant:
    return variant("business", Meta(title=title, params={"x": "own"}), html)


def test_a_page_without_decisions_carries_nothing_of_ours() -> None:
    found, said = built("{% slot 'a' %}{{ page.content }}{% endslot %}", page("a"))
    assert said == ""
    assert found[DEFAULT] == (
        '<!doctype html>\n<html>\n<head><title>A – Site</title>\n<link rel="canonical" href="/a/"></head>\n'
        "<body><p>Text</p></body>\n</html>\n"
    )


def test_a_page_with_a_variant_and_the_variant_whole() -> None:
    one = page("a", variants=[business("Business", "<p>Own</p>")])
    found, said = built("{% slot 'a' %}{{ page.content }}{% endslot %}<p>same</p>{% slot 'b' %}x{% endslot %}", one)
    assert said == ""
    assert found == {
        DEFAULT: (
            '<!doctype html>\n<html data-variant="default">\n<head><title>A – Site</title>\n'
            '<link rel="canonical" href="/a/">\n'
            + NEEDED.format("['page:business']{'default': 'A – Site', 'business': 'Business – Site'}")
            + '</head>\n<body><div data-slot="a" data-shown="default"><template data-v="business"><p>Own</p></template>'
            "<script>place()</script><div data-default><p>Text</p></div></div><p>same</p>x</body>\n</html>\n"
        ),
        "business": (
            '<!doctype html>\n<html data-variant="business">\n<head><title>Business – Site</title>\n'
            '<meta name="robots" content="noindex">\n<link rel="canonical" href="/a/"></head>\n'
            "<body><p>Own</p><p>same</p>x</body>\n</html>\n"
        ),
    }


def test_a_page_with_blocks_only() -> None:
    found, said = built("{{ page.content }}", page("a", body=[vary("hero", "day", night="moon")]))
    assert said == ""
    assert NEEDED.format("['hero:night']") in found[DEFAULT]
    assert '<html data-variant="default">' in found[DEFAULT]


def test_blocks_of_a_variant_s_own_body_have_a_scope_and_live_on_its_own_page() -> None:
    own = business("A", [vary("hero", "day", snow="white"), vary("extra", "x", night="y")])
    other = variant("press", Meta(title="A"), [vary("hero", "day", night="moon")])
    one = page("a", body=[vary("hero", "day", night="moon")], variants=[own, other])
    found, said = built("{% slot 'a' %}{{ page.content }}{% endslot %}", one)
    assert said == ""
    tables = {name: re.findall(r'id="ctxsite">(.*)</script>', html) for name, html in found.items()}
    assert tables == {
        DEFAULT: [("['page:business,press', \"hero:night@('default', 'press')\", \"hero:snow@('business',)\", "
                  "\"extra:night@('business',)\"]")],
        "business": ["['hero:snow', 'extra:night']"],
        "press": ["['hero:night']"],
    }  # fmt: skip
    assert "data-slot" not in found["business"]
    assert 'data-vary="hero"' in found["business"]


def test_alternatives_with_the_same_html_are_shipped_once() -> None:
    names = ("one", "two", "three")
    html = {"one": "<p>x</p>", "two": "<p>y</p>", "three": "<p>x</p>"}
    one = page("a", variants=[variant(name, Meta(title="A"), html[name]) for name in names])
    found, _ = built("{% slot 'a' %}{{ page.content }}{% endslot %}", one)
    assert re.findall(r'<template data-v="([^"]*)">(.*?)</template>', found[DEFAULT]) == [
        ("one three", "<p>x</p>"), ("two", "<p>y</p>"),
    ]  # fmt: skip


def test_only_the_innermost_slot_that_covers_the_difference_has_an_alternative() -> None:
    template = "{% slot 'out' %}<i>same</i>{% slot 'in', tag='span' %}{{ page.title }}{% endslot %}{% endslot %}"
    found, _ = built(template, page("a", variants=[business("B")]))
    assert body(found[DEFAULT]) == (
        '<i>same</i><span data-slot="in" data-shown="default"><template data-v="business">B</template>'
        "<script>place()</script><span data-default>A</span></span>"
    )


def test_a_slot_that_only_one_of_them_has_belongs_to_what_surrounds_it() -> None:
    inner = "{% if page.params.get('x') %}{% slot 'in' %}{{ page.title }}{% endslot %}{% endif %}"
    found, said = built("{% slot 'out' %}<p>" + inner + "</p>{% endslot %}", page("a", variants=[business("B")]))
    assert said == ""
    assert body(found[DEFAULT]) == (
        '<div data-slot="out" data-shown="default"><template data-v="business"><p>B</p></template>'
        "<script>place()</script><div data-default><p></p></div></div>"
    )
    _, said = built(f"<p>{inner}</p>", page("a", variants=[business("B")]))
    assert "`<body><p></p></body>` becomes `<body><p>{slot in}</p></body>`" in said


def test_what_differs_outside_every_slot_is_said() -> None:
    one = page("a", Meta(title="A"), variants=[business("B")])
    found, said = built("<title>{{ page.title }}</title>\n<h1>\n  {{ page.title }}\n</h1>\n", one)
    assert said == (
        "warning[CTX420]: variant `business` differs from the default outside every slot\n"
        "  --> themes/t/templates/page.html:1:1\n  1 | <!doctype html>\n    | ^^^^^^^^^^^^^^^\n"
        "  note: while rendering this page: content/a.md:1:1\n  1 | ---\n    | ^\n"
        "  help: put a slot around it; at /a/ `A` becomes `B`"
    )
    assert "<h1>\n  A\n</h1>" in found[DEFAULT]
    assert "<h1>\n  B\n</h1>" in found["business"]


def test_a_template_that_forgot_a_slot_is_told_once_for_all_its_pages() -> None:
    pages = [page(f"p{number}", Meta(title=f"P{number}"), variants=[business(f"B{number}")]) for number in range(3)]
    made = renderer({"page.html": FRAME % "<h1>{{ page.title }}</h1>"}, *pages)
    found = merge([diagnostic for one in pages for diagnostic in finish(made, one)[1]])
    assert [[other.message for other in diagnostic.related] for diagnostic in found] == [
        ["while rendering this page and 2 others"]
    ]


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("<p class=\"{% slot 'x' %}{{ page.title }}{% endslot %}\">", "the slot `x` stands inside a tag"),
        ("<p>{% slot 'x' %}{{ page.title }}{% endslot %}</p>", None),
    ],
)
def test_a_slot_stands_where_an_element_can(template: str, message: str | None) -> None:
    _, said = built(template, page("a", variants=[business("B")]))
    place = "themes/t/templates/page.html:4:26"
    assert said.split("\n")[:2] == (
        [f"error[CTX423]: {message}, and differs between variants", f"  --> {place}"] if message else [""]
    )


def test_a_slot_in_the_head_cannot_differ() -> None:
    layers = theme(
        {"page.html": "<html><head>\n{% slot 'x' %}{{ page.title }}{% endslot %}</head><body></body></html>"}
    )
    one = page("a", variants=[business("B")])
    _, diagnostics = finish(renderer(layers, one), one)
    assert [(found.code, found.location and found.location.line) for found in diagnostics] == [("CTX423", 2)]


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("<html><head><title>T</title></head><body>x</body></html>", "<title>T</title>{}</head>"),
        ("<!doctype html><html lang=en><title>T</title><body class=a>x", "<title>T</title>{}<body class=a>x"),
        ("<!doctype html><title>T</title><p>x", "<!doctype html>{}<title>T</title><p>x"),
    ],
)
def test_a_theme_without_head_gets_what_every_page_needs(template: str, expected: str) -> None:
    one = page("a", body=[vary("hero", "day", night="moon")])
    documents, _ = finish(renderer({"page.html": template + "{{ page.content }}"}, one), one)
    needed = '<link rel="canonical" href="/a/">\n' + NEEDED.format("['hero:night']") + "\n"
    assert expected.format(needed) in documents[0].data.decode()


def test_a_table_cannot_end_its_element() -> None:
    one = page("a", variants=[business("</script><b>")])
    found, _ = built("{% slot 'a' %}{{ page.title }}{% endslot %}", one)
    assert "'business': '\\u003c/script>\\u003cb> – Site'}</script>" in found[DEFAULT]


def test_marks_that_come_from_elsewhere_are_dropped() -> None:
    text = "<body>a\udc01b\udc04c\udc02d\udc04\ud800</body>"
    rendering = Rendering(DEFAULT, text, Head("", ""), (), {})
    for renderings in ([rendering], [rendering, Rendering("business", text, Head("", ""), (), {})]):
        documents, diagnostics = compose(page("a", variants=[business()]), renderings, DELIVERY)
        assert body(documents[0].data.decode()).replace("�", "") == "abcd"
        assert diagnostics == ()


# The law of composition: whoever gets a variant in place sees what stands at the variant's own address.


@dataclass(frozen=True)
class Region:
    """A slot with texts for the default and each variant, and slots inside, which a variant may leave out."""

    name: str
    texts: tuple[str, ...]
    inner: tuple[Region, ...]
    left_out_by: frozenset[int]


TEXTS = st.sampled_from(["", "a", "b", "<p>a</p>", "<em>x</em> & more"])
VARIANTS = ("business", "press")


def regions(depth: int) -> st.SearchStrategy[Region]:
    inner = st.lists(regions(depth - 1), max_size=2).map(tuple) if depth else st.just(())
    some = st.frozensets(st.integers(1, len(VARIANTS)))
    return st.builds(Region, st.just(""), st.tuples(*[TEXTS] * (1 + len(VARIANTS))), inner, some)


def write(region: Region, shown: int, path: str, *, marked: bool) -> str:
    inner = "".join(
        write(part, shown, f"{path}-{number}", marked=marked)
        for number, part in enumerate(region.inner)
        if shown not in part.left_out_by
    )
    text = f"{region.texts[shown]}{inner}<hr></hr>"
    return f"{SlotPlaces().open(path, 'div', 'lazy', 'page.html', 1)}{text}\udc04" if marked else text


@settings(deadline=None)
@given(st.lists(regions(2), min_size=1, max_size=3))
def test_a_variant_in_place_is_the_variant_at_its_own_address(slots: Sequence[Region]) -> None:
    def text(shown: int, *, marked: bool) -> str:
        parts = [write(slot, shown, f"s{number}", marked=marked) for number, slot in enumerate(slots)]
        return f"<html><head>{HEAD}</head><body><p>" + "</p><p>".join(parts) + "</p></body></html>"

    one = page("a", variants=[variant(name, Meta(title=name), "x") for name in VARIANTS])
    renderings = [
        Rendering(name, text(number, marked=True), Head("", ""), (), {})
        for number, name in enumerate((DEFAULT, *VARIANTS))
    ]
    documents, diagnostics = compose(one, renderings, DELIVERY)
    assert diagnostics == ()
    composed = body(documents[0].data.decode())
    for number, name in enumerate((DEFAULT, *VARIANTS)):
        alone = body(text(number, marked=False).replace(HEAD, ""))
        assert in_browser(composed, name) == alone
        assert body(documents[number].data.decode()) == (composed if number == 0 else alone)
    if all(text(number, marked=True) == text(0, marked=True) for number in (1, 2)):
        assert "data-slot" not in composed


def test_the_model_of_the_browser_tells_variants_apart() -> None:
    slot: Mapping[str, str] = {"default": "d", "business": "b", "press": "d"}
    html = (
        '<div data-slot="x" data-shown="default"><template data-v="business">b</template><script>place()</script>'
        "<div data-default>d</div></div>"
    )
    assert {name: in_browser(html, name) for name in slot} == slot
