"""What the panel is told of a page: what its rules ask for, presets, decisions with their reasons."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ctxsite.build.session import Session
from ctxsite.server.preview_context import context_from
from ctxsite.server.preview_page import page_data
from ctxsite.server.preview_presets import Presets
from ctxsite.server.preview_shown import shown_at
from tests.server.preview_site import NOW

CONFIG = """\
title: Test
languages: {en: {name: English}}
audiences:
  evening: {time: "18:00-23:00"}
signals:
  segment: {values: [private, business], from: ["query:segment"]}
  orders: {type: number, from: ["query:orders"]}
  plan: {type: text, from: ["query:plan"]}
  now: {type: boolean, from: ["query:now"]}
"""
PAGE = """\
---
title: Page
variants:
  business: {when: {segment: business}, title: For companies}
---
::: vary greeting
Hello.
::: when evening
Good evening.
:::

::: vary amount
Some.
::: when {orders: 3..5, plan: [gold, silver]}
Many.
::: when {segment: business}
Never here.
:::
"""
BUSINESS = """\
---
title: For companies
---
::: vary office
Open.
::: when {time: "08:00-09:00", zone: Asia/Tokyo}
Closed.
:::
"""


@pytest.fixture
def told(make_site: Callable[..., Path]) -> Callable[..., dict[str, Any]]:
    """Return a function from a context's text (and a variant) to what the panel is told of the page."""
    root = make_site({"ctxsite.yaml": CONFIG, "content/page.md": PAGE, "content/page@business.md": BUSINESS})
    compiled = Session(root, jobs=1).build(NOW).compiled
    settings = compiled.settings
    presets = Presets(compiled.proofs, settings.vocabulary, NOW, ["en"])
    page = compiled.sitemap.by_address["/page/"]

    def tell(text: str, variant: str | None = None) -> dict[str, Any]:
        context = context_from(text, settings.vocabulary)
        return page_data(shown_at(page, variant), context, settings, presets)

    return tell


def contexts(data: dict[str, Any]) -> dict[tuple[str, str], str | None]:
    return {(preset["block"], preset["branch"]): preset["context"] for preset in data["presets"]}


def test_what_the_rules_ask_for(told: Callable[..., Any]) -> None:
    fields = {field["key"]: field for field in told("-")["signals"]}
    assert [key for key, field in fields.items() if field["used"]] == ["now", "zone", "segments", "orders", "plan"]
    assert fields["segments"]["values"] == ["private", "business"]
    assert fields["orders"]["suggested"] == ["3", "5"]
    assert fields["plan"]["suggested"] == ["gold", "silver"]
    assert fields["languages"]["suggested"] == ["en"]
    assert (fields[".now"]["type"], fields[".now"]["used"]) == ("boolean", False)


def test_a_preset_for_everything_that_can_be_shown(told: Callable[..., Any]) -> None:
    found = contexts(told("-"))
    assert found[("", "business")] == "segments:business"
    assert found[("amount", "when-1")] == "orders:3;plan:gold"
    assert found[("amount", "when-2")] is None  # the variant for companies has no such block
    assert found[("", "default")] == "-"
    assert found[("greeting", "default")] == "now:2026-11-22T10:00+00:00;zone:Europe/London"
    assert str(found[("office", "when-1")]).endswith(";segments:business")
    assert set(found) == {
        ("", "business"), ("", "default"), ("greeting", "evening"), ("greeting", "default"), ("amount", "when-1"),
        ("amount", "when-2"), ("amount", "default"), ("office", "when-1"), ("office", "default"),
    }  # fmt: skip


def test_a_preset_leaves_the_rest_of_the_visitor_alone(told: Callable[..., Any]) -> None:
    found = contexts(told("country:AT;segments:private;plan:gold"))
    assert found[("", "business")] == "segments:business;country:AT;plan:gold"
    assert found[("", "default")] == "segments:private;country:AT;plan:gold"
    assert found[("amount", "default")] == "segments:private;country:AT;plan:gold"
    assert contexts(told("segments:business"))[("", "default")] == "-"


def test_decisions_and_reasons(told: Callable[..., Any]) -> None:
    data = told("now:2026-11-24T00:30Z;zone:Europe/London;segments:business")
    assert (data["variant"], data["blocks"]) == ("business", {"office": "default"})
    assert data["clocks"] == {"visitor": "tue 2026-11-24 00:30", "Asia/Tokyo": "tue 2026-11-24 09:30"}
    page, office = data["traces"]
    assert page["branches"] == [
        {
            "name": "business",
            "when": "{segment: business}",
            "answer": {"question": "segment: business", "holds": True, "saw": "business"},
        }
    ]
    assert office["branches"][0]["answer"]["saw"] == "09:30 in Asia/Tokyo"


def test_a_variant_at_its_own_address(told: Callable[..., Any]) -> None:
    data = told("-", "business")
    assert (data["fixed"], data["variant"], data["blocks"]) == ("business", "business", {"office": "default"})
    assert set(contexts(data)) == {("office", "when-1"), ("office", "default")}
    assert [field["key"] for field in data["signals"] if field["used"]] == ["now", "zone"]


def test_presets_are_true(told: Callable[..., Any]) -> None:
    for start in ("-", "segments:business", "now:2026-11-24T20:00Z;orders:4;plan:gold"):
        for (block, branch), text in contexts(told(start)).items():
            if text is not None:
                data = told(text)
                assert (data["blocks"][block] if block else data["variant"]) == branch
