"""Fragments of a whole site: what they point at is checked as the pages' own links are, and they are listed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from ctxsite.cli.main import main

CONFIG = """\
title: Site
inline_limit: 1000
base_url: https://example.org/docs/
signals: {segment: {values: [business], from: ["query:segment"]}}
audiences: {business: {segment: business}}
"""
TEXT = "Words of a text. " * 400
BLOCK = f"::: vary prices\nLittle\n::: when business\n{TEXT}\n\n::: box\nInside\n:::\n:::\n"
PAGE = f"---\ntitle: Page\n---\n{TEXT}\n\n{BLOCK}"


def built(root: Path) -> tuple[str, Path]:
    done = CliRunner().invoke(main, ["build", "-s", str(root), "--now", "2026-11-22T12:00Z"])
    return done.stderr, root / "public"


def test_they_are_listed_and_named_by_their_content(make_site: Callable[..., Path]) -> None:
    box = {"templates/components/box.html": '<div><a href="../">Up</a>{{ body }}</div>'}
    said, public = built(make_site({"ctxsite.yaml": CONFIG, "content/a.md": PAGE, "content/b/c.md": PAGE, **box}))
    assert "error" not in said
    assert "warning" not in said
    (fragment,) = public.glob("~_fragments/*/index.html")
    path = fragment.relative_to(public).as_posix()
    summary = json.loads((public / "ctxsite.json").read_text("utf-8"))
    assert path in summary["artifacts"]
    assert len(summary["csp"]["script-src"]) == 3
    for name in ("a", "b/c"):
        url = "/docs/" + path.removesuffix("index.html")
        assert f'data-fragment="{url}"' in (public / name / "index.html").read_text("utf-8")
    headers = (public / "_headers").read_text("utf-8")
    assert "/docs/~_fragments/*\n  X-Robots-Tag: noindex\n" in headers
    assert all(value in headers for value in summary["csp"]["script-src"] + summary["csp"]["style-src"])


def test_what_they_point_at_is_checked_as_the_page_s_own_links(make_site: Callable[..., Path]) -> None:
    box = {"templates/components/box.html": '<div><a href="../c/">There</a>{{ body }}</div>'}
    files = {"ctxsite.yaml": CONFIG, "content/a.md": PAGE, "content/b/a.md": PAGE, "content/b/c.md": "C"}
    said, _ = built(make_site({**files, **box}))
    assert "`../c/` on a/index.html leads nowhere" in said
