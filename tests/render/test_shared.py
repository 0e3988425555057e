"""Templates that are rendered once for all pages of a language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ctxsite.config.settings import MenuItem
from ctxsite.diagnostics.text import render_all
from ctxsite.model.body import Component
from ctxsite.model.meta import Meta
from ctxsite.model.page import Kind
from tests.render.small_sites import BILINGUAL, page, renderer, show, source, words

NAV = '<nav>{{ lang.code }}: {% for s in site.sections() %}<a href="{{ s.url }}">{{ s.title }}</a>{% endfor %}</nav>\n'
SITE = (
    page("a"), page("blog", Meta(title="Blog"), kind=Kind.SECTION), page("blog/b"),
    page("a", language="de"), page("blog", Meta(title="Notizen"), language="de", kind=Kind.SECTION),
)  # fmt: skip


def test_it_is_rendered_once_for_each_language_and_says_what_an_include_says() -> None:
    shared = renderer({"page.html": "{{ shared('nav.html') }}", "nav.html": NAV}, *SITE, settings=BILINGUAL)
    apart = renderer({"page.html": "{% include 'nav.html' %}", "nav.html": NAV}, *SITE, settings=BILINGUAL)
    for one in SITE:
        (mine, found), (theirs, _) = shared.render(one), apart.render(one)
        assert not found
        assert mine is not None
        assert theirs is not None
        assert mine.text == theirs.text.strip("\n")
    made = [tools.shared["nav.html"] for tools in shared._languages.values()]
    assert len({one.html for one in made}) == 2


def test_what_it_reads_is_read_by_every_page() -> None:
    made = renderer({"page.html": "{{ shared('nav.html') }}", "nav.html": NAV}, *SITE, settings=BILINGUAL)
    seen = []
    for one in SITE[:3]:
        made.reads.taken()
        made.render(one)
        seen.append(set(made.reads.facts(made.reads.taken())))
    wanted = {("template", "nav.html"), ("sections", "en"), ("page", "en", "blog")}
    assert all(wanted <= facts for facts in seen)
    assert ("page", "en", "a") not in seen[2]


def test_strings_macros_and_includes_work_in_it() -> None:
    templates = {
        "page.html": "{{ shared('nav.html') }}",
        "nav.html": "{% from 'm.html' import m %}{{ m() }}{% include 'i.html' %}{{ shared('x.html') }}",
        "m.html": "{% macro m() %}{{ _('Hello') }}{% endmacro %}",
        "i.html": "{{ site.title }}{{ page is defined }}",
        "x.html": "{{ url('x') }}",
    }
    text, found = show(
        templates, page("a", language="de"), settings=BILINGUAL, translations={"de": words("de", Hello="Hallo")}
    )
    assert not found
    assert text == f"Hallo{BILINGUAL.title}False/x"


MENU = replace(BILINGUAL, menus={"main": (MenuItem("Start", url="/"),)})
NO_PAGE = "a shared template is rendered once for all pages, so there is no `page` in it"
WRONG = [
    ("<p>\n{{ page.title }}", NO_PAGE),
    ("{{ page }}", NO_PAGE),
    ("{% if page %}x{% endif %}", NO_PAGE),
    ("{% include 'i.html' %}", NO_PAGE),
    ("{{ head() }}", "so `head()` cannot stand in it"),
    ("{% slot 'a' %}{% endslot %}", "so no slot can stand in it"),
    ("{% for item in site.menu('main') %}{{ item.current }}{% endfor %}", "this mapping has no key `current`"),
    ("{{ shared('nav.html') }}", "this calls itself without end"),
    ("{{ shared('nva.html') }}", "there is no template `nva.html`"),
]


@pytest.mark.parametrize(("template", "expected"), WRONG)
def test_what_depends_on_a_page_is_an_error_on_every_page(template: str, expected: str) -> None:
    templates = {"page.html": "{{ shared('nav.html') }}", "nav.html": template, "i.html": "{{ page.url }}"}
    made = renderer(templates, page("a"), page("b"), settings=MENU)
    for one in (page("a"), page("b")):
        rendering, found = made.render(one)
        assert rendering is None
        assert [expected in each.message for each in found] == [True], render_all(found)


def test_what_is_wrong_with_bodies_in_it_is_said_with_every_page() -> None:
    calls = Component("nothing", None, {}, (), source("content/b.md").span(0))
    templates = {
        "page.html": "{{ shared('nav.html') }}",
        "nav.html": "{% for p in site.pages() %}{{ p.content }}{% endfor %}",
    }
    pages = (page("a"), page("b", body=[calls]))
    made = renderer(templates, *pages)
    for one in pages:
        rendering, found = made.render(one)
        assert rendering is not None
        assert ["there is no component `nothing`" in each.message for each in found] == [True]
