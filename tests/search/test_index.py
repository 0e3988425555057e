"""What `search.json` holds of each language: real pages as everybody sees them, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.i18n.built import build

FILES = {
    "ctxsite.yaml": """\
title: Test
base_url: https://example.org/docs/
languages: {en: , de: , fr: , ja: {base_url: "https://example.jp/"}}
signals: {segment: {values: [business], from: ["query:segment"]}}
audiences: {business: {segment: business}}
search: true
""",
    "data/p.yaml": "price: 5\n",
    "content/_index.md": "---\ntitle: Home\n---\nWelcome.\n",
    "content/_index.ja.md": "---\ntitle: ホーム\n---\nようこそ。\n",
    "content/about.md": """\
---
title: A & "B"
description: Who we are.
tags: [us]
variants: {business: {when: business, title: Secret title}}
---
# A<sup>2</sup>

We ar*e* [here](_index.md).[^1] <!-- hidden -->

::: vary hero
For everybody.
::: when business
Secret block.
:::

It costs [[data: p.price]] [[vary: more | business: secret inline]].

::: note "Mind this"
Inside.
:::

<script>secret()</script>

[^1]: A footnote.
""",
    "content/about@business.md": "Secret body.\n",
    "content/about.de.md": "---\ntitle: Über uns\n---\nHallo.\n",
    "content/draft.md": "---\ntitle: Secret draft\ndraft: true\n---\n",
    "content/404.md": "---\ntitle: Nothing here\n---\n",
}


@pytest.fixture
def public(make_site: Callable[..., Path]) -> Path:
    return build(make_site(FILES))


def index(public: Path, path: str) -> Any:
    return json.loads((public / path).read_text("utf-8"))


def test_each_language_with_pages_of_its_own_has_one(public: Path) -> None:
    found = {path.relative_to(public).as_posix() for path in public.rglob("search.json")}
    assert found == {"search.json", "de/search.json", "ja/search.json"}
    summary = index(public, "ctxsite.json")
    assert found <= summary["artifacts"].keys()
    searches = {code: language["search"] for code, language in summary["languages"].items()}
    assert searches == {"en": "/search.json", "de": "/de/search.json", "fr": None, "ja": "/ja/search.json"}


def test_it_holds_the_text_of_the_default(public: Path) -> None:
    assert index(public, "search.json") == {
        "version": 1,
        "language": "en",
        "pages": [
            {"url": "/docs/", "title": "Home", "text": "Welcome."},
            {
                "url": "/docs/about/", "title": 'A & "B"', "tags": ["us"], "description": "Who we are.",
                "text": "A2 We are here. For everybody. It costs … more. Mind this Inside. A footnote. ↩",
            },
        ],
    }  # fmt: skip


def test_nothing_private_leaks(public: Path) -> None:
    for path in public.rglob("search.json"):
        text = path.read_text("utf-8")
        assert "ecret" not in text
        assert "Nothing here" not in text


def test_languages_have_their_own_pages_only_at_their_own_host(public: Path) -> None:
    assert [page["url"] for page in index(public, "de/search.json")["pages"]] == ["/docs/de/about/"]
    assert index(public, "ja/search.json")["pages"] == [{"url": "/", "title": "ホーム", "text": "ようこそ。"}]


def test_pages_offer_it_where_there_is_one(public: Path) -> None:
    english, french, japanese = ((public / path / "index.html").read_text("utf-8") for path in ("", "fr", "ja"))
    assert 'data-search="/docs/search.json"' in english
    assert "search" not in french.partition("<body")[2]
    assert 'data-search="/search.json"' in japanese
    assert 'data-module="/search.js?v=' in japanese
    assert "検索" in japanese


def test_no_site_has_one_unasked(make_site: Callable[..., Path]) -> None:
    config = FILES["ctxsite.yaml"].replace("search: true", "search: false")
    public = build(make_site({**FILES, "ctxsite.yaml": config}))
    assert not list(public.rglob("search.json"))
    assert "data-search" not in (public / "index.html").read_text()
