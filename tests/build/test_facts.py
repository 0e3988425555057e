"""What a page's fact says of it: its front matter, place and variants, all of them, and nothing of its text."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from ctxsite.build.facts import Facts
from ctxsite.content.targets import link_targets
from ctxsite.model.body import Html
from ctxsite.model.meta import Meta
from ctxsite.model.page import Kind, Page
from ctxsite.render.site import Site
from tests.render import small_sites as small

DAY = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
OTHER: dict[str, Any] = {
    "title": "Other", "description": "Other", "date": DAY.replace(hour=1), "updated": DAY,
    "publish_date": DAY, "expiry_date": DAY, "draft": True, "slug": "other", "url": "/other/",
    "aliases": ("/other/",), "weight": 1, "summary": "Other",
    "tags": ("other",), "template": "other.html", "params": {"other": 1}, "translation_key": "other",
    "missing_translations": "omit", "source_digest": "0",
}  # fmt: skip
"""A value of each field of `Meta` that is not its default."""
ODD: dict[str, object] = {"day": DAY.date()}
"""What is no plain data."""

META = Meta(title="A", tags=("t",), date=DAY, params={"x": [1, {"y": None}]})
VARIANT = small.variant("x", META, "Other")
PAGE = small.page("a", META, variants=[VARIANT], assets={"x.png": "content/a/x.png"})


def fact(page: Page) -> str:
    sitemap = small.sitemap([page])
    targets = link_targets(
        sitemap, hosts=small.SETTINGS.hosts, default_language="en", default_home="/", files=set(), absent=frozenset()
    )
    site = Site(small.SETTINGS, sitemap, small.theme({}), small.NOW, lambda *_: ())
    return Facts(site, targets, small.DELIVERY, "", lambda _: None, list)(("page", page.key.language, page.key.id))


def test_all_of_front_matter_is_tried() -> None:
    assert OTHER.keys() == {field.name for field in dataclasses.fields(Meta)}
    assert all(getattr(Meta(), name) != value for name, value in OTHER.items())


@pytest.mark.parametrize("name", OTHER)
@pytest.mark.parametrize("params", [{}, ODD], ids=["plain", "odd"])
def test_it_changes_with_all_that_front_matter_says(name: str, params: dict[str, object]) -> None:
    before = replace(META, params={**META.params, **params})
    value: Any = {**params, "other": 1} if name == "params" else OTHER[name]
    after = replace(before, **{name: value})
    assert fact(replace(PAGE, meta=before)) != fact(replace(PAGE, meta=after))
    within = replace(PAGE, variants=(replace(VARIANT, meta=after),))
    assert fact(replace(PAGE, variants=(replace(VARIANT, meta=before),))) != fact(within)


PLACES: dict[str, dict[str, Any]] = {
    "kind": {"kind": Kind.SECTION}, "section": {"section": "b"}, "address": {"address": "/b/"},
    "shown": {"shown": "de"}, "document": {"document": small.document("b.md")},
    "translations": {"translations": {"en": "/a/", "de": "/de/a/"}},
    "assets": {"assets": {}}, "no variant": {"variants": ()},
    "variant's name": {"variants": (replace(VARIANT, name="y"),)},
    "variant's condition": {"variants": (replace(VARIANT, when=small.condition("y")),)},
    "variant's address": {"variants": (replace(VARIANT, address="/y/"),)},
    "variant's document": {"variants": (replace(VARIANT, document=small.document("y.md")),)},
}  # fmt: skip


@pytest.mark.parametrize("changes", PLACES.values(), ids=PLACES)
def test_it_changes_with_a_page_s_place_and_variants(changes: dict[str, Any]) -> None:
    assert fact(replace(PAGE, **changes)) != fact(PAGE)


@pytest.mark.parametrize("params", [{}, ODD], ids=["plain", "odd"])
def test_it_stays_with_equal_values_and_another_text(params: dict[str, object]) -> None:
    before = replace(PAGE, meta=replace(META, params={**META.params, **params}))
    again = replace(META, params={"x": [1, {"y": None}], **params})
    text = replace(PAGE.document, digest="1", body=replace(PAGE.document.body, pieces=(Html("Another"),)))
    assert fact(replace(before, meta=again, document=text)) == fact(before)
