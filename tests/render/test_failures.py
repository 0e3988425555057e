"""Whatever goes wrong in a template is one diagnostic: template, line, page, suggestion; never a traceback."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ctxsite.diagnostics.text import render_all
from ctxsite.model.body import Component, DataValue, Html, Piece
from ctxsite.model.meta import Meta
from ctxsite.render.failures import explain, merge
from tests.render.small_sites import page, renderer, show, source

WRONG = {
    "syntax": "<p>\n  {% if page.title %}\n</p>\n",
    "unknown tag": "<p>\n  {% slto 'x' %}\n",
    "wrong end": "{% block a %}\n{% if true %}\n{% endblock %}",
    "unknown filter": "<p>{{ page.title|uper }}</p>",
    "unknown filter in a condition": "{% if false %}{{ 1|uper }}{% endif %}{{ 1 if false else 1|uper }}",
    "unknown variable": "<h1>\n  {{ pgae.title }}</h1>",
    "unknown local": "{% for item in [1] %}\n{{ itm }}\n{% endfor %}",
    "unknown attribute": "<h1>{{ page.titel }}</h1>",
    "unknown attribute in a condition": "{% if page.sumary %}x{% endif %}",
    "unknown key": "{{ page.params.hreo }}",
    "attribute of an attribute": "{{ site.home.titel }}",
    "attribute of a text": "{{ page.title.x }}",
    "no such page": "{{ site.page('abuot').url }}",
    "no such sort": "{{ site.pages(sort='dates') }}",
    "no such asset": "\n\n<link href=\"{{ asset('stile.css') }}\">",
    "missing include": "<div>\n{% include 'partials/foter.html' %}\n</div>",
    "missing parent": "{% extends 'parent:page.html' %}",
    "fault in an included template": "{% include 'partials/footer.html' %}",
    "fault in a macro": "{% from 'macros.html' import broken %}\n{{ broken() }}",
    "broken included template": "{% include 'broken.html' %}",
    "division by zero": "<p>\n\n{{ 1 / 0 }}",
    "wrong argument": "{{ site.pages(sections='x') }}",
    "no date": "{{ page.date|date }}",
    "no number": "{{ 'many'|number }}",
    "no currency": "{{ 3|currency('euro') }}",
    "message without its value": "{{ _('Hello %(name)s', nmae='x') }}",
    "endless recursion": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "slot twice": "{% slot 'a' %}{% endslot %}\n{% slot 'a' %}{% endslot %}",
    "slot without a name": "{% slot '' %}{% endslot %}",
    "slot with a wrong tag": "{% slot 'a', tag='li' %}{% endslot %}",
    "slot with a wrong option": "{% slot 'a', class='li' %}{% endslot %}",
}
MORE = {
    "partials/footer.html": "<footer>\n  <p>{{ site.titel }}</p>\n</footer>",
    "macros.html": "\n{% macro broken() %}\n{{ page.nothing.at.all }}\n{% endmacro %}",
    "broken.html": "ok\n{{ page. }}",
}


def test_each_mistake_in_a_template(golden: Callable[[str, str], None]) -> None:
    report = []
    for name, template in WRONG.items():
        one, home = page("about", Meta(title="About", params={"hero": 1})), page("")
        text, diagnostics = show({"page.html": template, **MORE}, one, home, assets={"style.css": "1"})
        assert text == "", name
        assert len(diagnostics) == 1, name
        report.append(f"# {name}\n{render_all(diagnostics)}\n")
    golden("render/templates.txt", "\n".join(report))


def test_each_mistake_in_a_body(golden: Callable[[str, str], None]) -> None:
    body = source(
        "content/a.md", "[[data: prices.home]] [[data: prices.a.9]] [[data: prices]] [[data: x]]\n::: nte\n::: bad\n"
    )
    at = body.text.index
    pieces: list[Piece] = [
        DataValue("prices.home", body.span(0, 21)),
        DataValue("prices.a.9", body.span(22, 42)),
        DataValue("prices", body.span(43, 59)),
        DataValue("prices.none", body.span(43, 59)),
        DataValue("x", body.span(60, 71)),
        Component("nte", None, {}, (Html("inside"),), body.span(at("nte"), at("nte") + 3)),
        Component("bad", None, {}, (Html("inside"),), body.span(at("bad"), at("bad") + 3)),
    ]
    files = {
        "page.html": "{{ page.content }}",
        "components/note.html": "x",
        "components/bad.html": "<b>\n{{ bdoy }}</b>",
    }
    data = {"prices": {"homes": 1, "a": [1, 2], "none": None}}
    _, diagnostics = show(files, page("a", body=pieces), data=data)
    assert len(diagnostics) == len(pieces)
    golden("render/bodies.txt", render_all(diagnostics) + "\n")


def test_a_page_that_names_an_unknown_template() -> None:
    _, diagnostics = show({"page.html": "", "wide.html": ""}, page("a", Meta(title="A", template="wied")))
    assert [(d.code, d.message, d.help) for d in diagnostics] == [
        ("CTX405", "there is no template `wied`", "did you mean `wide.html`?")
    ]


def test_one_cause_that_many_pages_hit_is_told_once() -> None:
    pages = [page(f"p{number}") for number in range(4)]
    made = renderer({"page.html": "{{ page.titel }}"}, *pages)
    found = merge([diagnostic for one in pages for diagnostic in made.render(one)[1]])
    assert len(found) == 1
    assert [(other.message, other.location.path) for other in found[0].related] == [
        ("while rendering this page and 3 others", "content/p0.md")
    ]
    assert merge(found[:1] * 2) == found


def test_a_fault_of_the_program_itself_is_not_hidden() -> None:
    made = renderer({"page.html": ""}, page())
    with pytest.raises(KeyError):
        explain(KeyError("ours"), made.environment, source("content/a.md").span(0))
