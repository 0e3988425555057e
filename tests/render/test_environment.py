"""What the environment adds to plain Jinja."""

from __future__ import annotations

import pytest

from ctxsite.model.body import Heading
from ctxsite.model.meta import Meta
from tests.render.small_sites import BILINGUAL, document, page, show, theme, words


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ page.title }}", "&lt;A&gt; &amp; B"),
        ("{{ page.content }}", "<p>Text</p>"),
        ("{{ page.params.items }}", "three"),
        ("{{ page.params.get('none', 'else') }}", "else"),
        ("{{ page.params.none is defined }}", "False"),
        ("{{ page.params.none|default('else') }}", "else"),
        ("{% for item in [1, 2] %}\n  {{ item }}\n{% endfor %}", "  1\n  2\n"),
        ("{{ _('Menu') }}", "Menu"),
        ("{{ _('%(a)s is 100% & more', a='<b>') }}", "&lt;b&gt; is 100% & more"),
        ("{{ ngettext('%(num)s page', '%(num)s pages', 1) }}", "1 page"),
        ("{{ ngettext('%(num)s page', '%(num)s pages', 5) }}", "5 pages"),
        ("{{ pgettext('verb', 'Open') }}", "Open"),
        ("{{ npgettext('x', '%(num)d of %(all)s', '%(num)d', 1, all=3) }}", "1 of 3"),
        ("{% trans name='<x>' %}Hello {{ name }}, 100%{% endtrans %}", "Hello &lt;x&gt;, 100%"),
        ("{% trans n=2 %}one{% pluralize n %}{{ n }} many{% endtrans %}", "2 many"),
        ("{{ url('a b/') }} {{ url('/x/') }} {{ url('https://e.org/') }} {{ url('#top') }}",
         "/a%20b/ /x/ https://e.org/ #top"),
        ("{{ asset('site.css') }}", "/site.css?v=abc"),
        ("{{ 1234.5|number }} {{ '0.5'|number('0.00') }} {{ 9.9|currency('EUR') }}", "1,234.5 0.50 €9.90"),
        ("{{ '2026-12-24'|date }} {{ '2026-12-24'|date('short') }}", "December 24, 2026 12/24/26"),
        ("{{ page.url|absolute }}", "/a/"),
        ("{{ lang.code }} {{ lang.name }} {{ lang.dir }} {{ lang.is_default }}", "en English ltr True"),
    ],
)  # fmt: skip
def test_what_a_template_can_say(template: str, expected: str) -> None:
    one = page("a", Meta(title="<A> & B", params={"items": "three"}))
    text, diagnostics = show(template, one, assets={"site.css": "abc"})
    assert not diagnostics
    assert text == expected


def test_a_template_reaches_the_file_of_the_same_name_below_it() -> None:
    layers = theme(
        {"page.html": "{% extends 'parent:page.html' %}{% block x %}theme({{ super() }}){% endblock %}"},
        {"page.html": "<{% block x %}parent{% endblock %}>"},
        site={"page.html": "{% extends 'parent:page.html' %}{% block x %}site({{ super() }}){% endblock %}"},
    )
    assert show(layers) == ("<site(theme(parent))>", ())


def test_imported_macros_and_includes_see_the_page_and_its_language() -> None:
    files = {
        "page.html": "{% import 'm.html' as m %}{{ m.say('x') }}{% include 'i.html' %}",
        "i.html": "{% from 'm.html' import say %}{{ say('y') }}",
        "m.html": "{% macro say(it) %}{{ it }}:{{ page.title }}:{{ site.title }}:{{ _('Menu') }};{% endmacro %}",
    }
    one = page("a", language="de", meta=Meta(title="Seite"))
    text, diagnostics = show(files, one, settings=BILINGUAL, translations={"de": words("de", Menu="Menü")})
    assert (text, diagnostics) == ("x:Seite:Site:Menü;y:Seite:Site:Menü;", ())


def test_a_language_does_not_leak_into_the_next_page() -> None:
    files = {
        "page.html": "{% import 'm.html' as m %}{{ m.say() }}",
        "m.html": "{% macro say() %}{{ _('Menu') }}{% endmacro %}",
    }
    english, german = page("a"), page("a", language="de")
    strings = {"de": words("de", Menu="Menü")}
    for first, second, expected in ((english, german, "Menu"), (german, english, "Menü")):
        assert show(files, first, second, settings=BILINGUAL, translations=strings)[0] == expected


@pytest.mark.parametrize(
    ("template", "id_", "section", "expected"),
    [
        (None, "", "", "home"),
        (None, "a", "", "page"),
        (None, "blog/a", "", "blog page"),
        (None, "404", "", "not found"),
        ("wide", "a", "", "wide"),
        ("wide.html", "a", "", "wide"),
    ],
)
def test_the_template_of_a_page(template: str | None, id_: str, section: str, expected: str) -> None:
    from ctxsite.model.page import Kind

    files = {
        "home.html": "home", "page.html": "page", "blog/page.html": "blog page", "404.html": "not found",
        "wide.html": "wide",
    }  # fmt: skip
    one = page(id_, Meta(title="T", template=template), kind=Kind.PAGE if id_ else Kind.HOME)
    assert show(files, one) == (expected, ())


def test_a_theme_of_one_template_is_enough() -> None:
    from ctxsite.model.page import Kind

    for id_, kind in (("", Kind.HOME), ("blog", Kind.SECTION), ("blog/a", Kind.PAGE), ("404", Kind.PAGE)):
        assert show("{{ page.kind }}", page(id_, kind=kind))[0] == ("404" if id_ == "404" else str(kind))


def test_headings_become_a_nested_table_of_contents() -> None:
    headings = [
        Heading(1, "t", "T"),
        Heading(2, "a", "A <em>x</em>"),
        Heading(4, "b", "B"),
        Heading(3, "c", "C"),
        Heading(2, "d", "D"),
    ]
    template = "{% for h in page.toc recursive %}{{ h.level }}{{ h.html }}[{{ loop(h.children) }}]{% endfor %}"
    text, diagnostics = show(template, page("a", body=document("content/a.md", "x", headings)))
    assert (text, diagnostics) == ("2A <em>x</em>[4B[]3C[]]2D[]", ())
