"""What `head()` stands for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ctxsite.config.settings import Settings
from ctxsite.model.meta import Meta
from ctxsite.model.page import Kind, Page
from ctxsite.render.head import head, page_title
from tests.render.small_sites import BILINGUAL, page

SETTINGS = replace(BILINGUAL, base_url="https://example.org/x", base_path="/x")
BOTH = {"en": "/a/", "de": "/de/a/"}


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (page("a", Meta(title="A")), "A – Site"),
        (page("", Meta(title="Welcome"), kind=Kind.HOME), "Welcome"),
        (page("", Meta(title=""), kind=Kind.HOME), "Site"),
        (page("a", Meta(title="Site")), "Site"),
    ],
)
def test_titles(one: Page, expected: str) -> None:
    assert page_title(one, one.meta, SETTINGS) == expected


def test_a_site_without_a_title_adds_none() -> None:
    assert page_title(page("a"), Meta(title="A"), Settings()) == "A"


def test_a_page_with_translations() -> None:
    one = page("a", Meta(title='A "<"', description="Words & more"), translations=BOTH)
    found = head(one, one.meta, SETTINGS, original=None, feed="/feed.xml", variant=False)
    assert found.html() == (
        "<title>A &quot;&lt;&quot; – Site</title>\n"
        '<meta name="description" content="Words &amp; more">\n'
        '<link rel="alternate" type="application/atom+xml" href="/x/feed.xml" title="Site">\n'
        '<link rel="canonical" href="https://example.org/x/a/">\n'
        '<link rel="alternate" hreflang="en" href="https://example.org/x/a/">\n'
        '<link rel="alternate" hreflang="de" href="https://example.org/x/de/a/">\n'
        '<link rel="alternate" hreflang="x-default" href="https://example.org/x/a/">\n'
    )


def relations(one: Page, *, original: Page | None = None, variant: bool = False) -> str:
    return head(one, one.meta, SETTINGS, original=original, feed=None, variant=variant).relations


def test_only_real_translations_in_more_than_one_language_are_alternates() -> None:
    canonical = '<link rel="canonical" href="https://example.org/x/a/">\n'
    assert relations(page("a", translations={"en": "/a/"})) == canonical
    fallback = page("a", language="de", shown="en", translations={"en": "/a/"})
    assert relations(fallback, original=page("a")) == canonical
    german_only = page("a", language="de", translations={"de": "/de/a/"})
    assert "x-default" not in relations(german_only)


def test_a_variant_at_its_own_address_is_not_to_be_indexed() -> None:
    assert relations(page("a", translations=BOTH), variant=True) == (
        '<meta name="robots" content="noindex">\n<link rel="canonical" href="https://example.org/x/a/">\n'
    )


def test_the_page_for_unknown_addresses_is_not_to_be_indexed_and_has_no_address() -> None:
    assert relations(page("404")) == '<meta name="robots" content="noindex">\n'
