"""Two contexts side by side: exactly what differs is marked; the frames scroll together; headers that forbid frames."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from ctxsite.model.artifact import Artifact
from tests.browser.chromium import launched
from tests.server import board_site
from tests.server.board_browser import Site, opened, served, settled

pytestmark = pytest.mark.browser

LONG = "\n\n".join(f"## Part {number}\n\nText number {number}. " + "Words. " * 60 for number in range(40))
CONTENT = {
    "ctxsite.yaml": board_site.CONFIGURATION,
    "content/_index.md": board_site.HOME,
    "content/tariffs.md": board_site.TARIFFS,
    "content/tariffs@business.md": board_site.BUSINESS,
    "content/tariffs.de.md": """\
---
title: Tarife
variants: {}
---

Preise mit Steuer.

Ein Absatz mehr.

Take the small one now.
""",
    "content/links.md": """\
---
title: Links
variants:
  business: {when: business}
---

Read [this](tariffs.md) first.

| One | Two |
| --- | --- |
| 31.90 ct | the same |
""",
    "content/links@business.md": """\
Read [this](_index.md) first.

| One | Two |
| --- | --- |
| 25.40 ct | the same |
""",
    "content/long.md": f"---\ntitle: Long\nvariants:\n  business: {{when: business}}\n---\n\n{LONG}\n",
    "content/long@business.md": f"{'Much before it. ' * 900}\n\n{LONG}\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(board_site.write(tmp_path_factory.mktemp("compared"), CONTENT)) as found:
        yield found


DIFFERENCES = "document.querySelector('#differences').textContent"
MARKED = """(side) => {
  const view = document.querySelector(`#frame-${side}`).contentWindow;
  return [...view.CSS.highlights.get('ctxsite-words')].map(String);
}"""
OUTLINED = """(side) => {
  const page = document.querySelector(`#frame-${side}`).contentDocument;
  return [...page.querySelectorAll('[data-ctxsite-differs]')].map((element) => element.innerText.trim());
}"""


def sides(page: Page, script: str) -> Any:
    return [page.evaluate(script, side) for side in ("left", "right")]


CASES: dict[str, tuple[str, str, list[list[str]], list[list[str]]]] = {
    "the same twice": ("tariffs?left=en&a=-&right=en&b=-", "No difference", [[], []], [[], []]),
    "a word, and a block that one has": (
        "tariffs?left=en&a=-&right=en&b=segments:business", "2 differences",
        [["include"], ["exclude", "One site."]],
        [["Prices include VAT."], ["Prices exclude VAT.", "One site."]],
    ),
    "a branch of a block": (
        "tariffs?left=en&a=-&right=en&b=usage:7000", "1 difference",
        [["small"], ["large"]],
        [["Take the small one."], ["Take the large one."]],
    ),
    "a title from the front matter": (
        "tariffs?left=en&a=-&right=en&b=now:2026-11-22T23:00Z", "2 differences",
        [[], ["at night"]],
        [["Tariffs"], ["Tariffs at night"]],
    ),
    "a link's target and a number": (
        "links?left=en&a=-&right=en&b=segments:business", "2 differences",
        [["this", "31.90"], ["this", "25.40"]],
        [["Read this first.", "One\tTwo\n31.90 ct\tthe same"], ["Read this first.", "One\tTwo\n25.40 ct\tthe same"]],
    ),
    "two languages": (
        "tariffs?left=en&a=-&right=de&b=-", "1 difference",
        [[], ["Take the small one now."]],
        [[], ["Take the small one now."]],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_exactly_what_differs_is_marked(name: str, browser: Browser, site: Site) -> None:
    where, said, words, outlines = CASES[name]
    with opened(browser, site, f"#/compare/{where}") as page:
        settled(page, DIFFERENCES, said)
        assert sides(page, MARKED) == words
        assert sides(page, OUTLINED) == outlines


def test_what_both_languages_say_alike_is_told(browser: Browser, tmp_path: Path) -> None:
    german = "---\ntitle: Start\n---\n\nWelcome to the site of ours.\n\nNur hier.\n"
    home = "---\ntitle: Home\n---\n\nWelcome to the site of ours.\n\nOnly here.\n"
    files = {**CONTENT, "content/_index.md": home, "content/_index.de.md": german}
    where = "#/compare/?left=en&a=&right=de&b="
    with served(board_site.write(tmp_path, files)) as site, opened(browser, site, where) as page:
        settled(page, DIFFERENCES, "1 difference")
        assert sides(page, MARKED) == [["Welcome to the site of ours."]] * 2
        assert "the same in both" in (page.locator("#difference-list").text_content() or "")


def test_choosing_and_swapping(browser: Browser, site: Site) -> None:
    with opened(browser, site, "#/page/tariffs") as page:
        page.get_by_role("link", name="Compare business in English").click()
        settled(page, DIFFERENCES, "2 differences")
        page.get_by_role("button", name="Swap sides").click()
        settled(page, "document.querySelector('#context-left').selectedOptions[0].text", "business")
        settled(page, DIFFERENCES, "2 differences")
        assert sides(page, MARKED) == [["exclude", "One site."], ["include"]]
        page.get_by_label("Context, left").select_option(label="night")
        settled(
            page,
            "document.querySelector('#frame-left').contentDocument.querySelector('h1')?.innerText",
            "Tariffs at night",
        )
        assert "left=en" in page.url
        page.get_by_label("Width of the pages").select_option("1280")
        settled(page, "document.querySelector('#frame-left').contentWindow.innerWidth", 1280)


def test_it_follows_the_next_build(browser: Browser, tmp_path: Path) -> None:
    where = "#/compare/tariffs?left=en&a=-&right=en&b=segments:business"
    with served(board_site.write(tmp_path, CONTENT)) as site, opened(browser, site, where) as page:
        settled(page, DIFFERENCES, "2 differences")
        text = board_site.BUSINESS.replace("Prices exclude VAT.", "Prices include VAT.")
        (tmp_path / "content/tariffs@business.md").write_text(text, encoding="utf-8")
        site.build()
        settled(page, DIFFERENCES, "1 difference")
        assert sides(page, MARKED) == [[], ["One site."]]


def test_going_from_difference_to_difference(browser: Browser, site: Site) -> None:
    with opened(browser, site, "#/compare/tariffs?left=en&a=-&right=en&b=segments:business") as page:
        settled(page, DIFFERENCES, "2 differences")
        page.get_by_role("button", name="Previous").click()
        now = "document.querySelector('#difference-list [data-current]').textContent"
        assert page.evaluate(now) == "block sitesOne site."
        page.get_by_role("button", name="Next").click()
        assert page.evaluate(now) == "slot content: default | businessincludeexclude"


def test_the_frames_scroll_together(browser: Browser, site: Site) -> None:
    top = """(side) => {
      const { contentDocument, contentWindow } = document.querySelector(`#frame-${side}`);
      const part = [...contentDocument.querySelectorAll('h2')].find(({ innerText }) => innerText == 'Part 20');
      return Math.round(part.getBoundingClientRect().top);
    }"""
    with opened(browser, site, "#/compare/long?left=en&a=-&right=en&b=segments:business") as page:
        settled(page, DIFFERENCES, "1 difference")
        assert abs(page.evaluate(top, "left") - page.evaluate(top, "right")) > 500
        for side in ("left", "right"):
            page.evaluate(
                "(side) => [...document.querySelector(`#frame-${side}`).contentDocument.querySelectorAll('h2')]"
                f".find((part) => part.innerText == 'Part {20 if side == 'left' else 10}').scrollIntoView()", side
            )  # fmt: skip
            settled(page, f"Math.abs(({top})('left') - ({top})('right')) < 3", True)


FORBIDDING = [
    "X-Frame-Options: DENY",
    "Content-Security-Policy: default-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
]


@pytest.mark.parametrize("header", FORBIDDING)
def test_headers_that_forbid_frames(header: str, browser: Browser, tmp_path: Path) -> None:
    with served(board_site.write(tmp_path, CONTENT)) as site:
        built = site.build()
        files = {**built.files, "_headers": Artifact("_headers", f"/*\n  {header}\n".encode())}
        site.live.publish(replace(built, files=files))
        with opened(browser, site, "#/compare/tariffs?left=en&a=-&right=en&b=segments:business") as page:
            settled(page, DIFFERENCES, "2 differences")
            note = page.locator("#note-left").text_content() or ""
            assert "forbids frames" in note
            assert header.rpartition("; ")[2] in note
            name, _, value = header.partition(": ")
            asked = page.evaluate("(name) => fetch('/tariffs/').then((answer) => answer.headers.get(name))", name)
            assert asked == value  # as published, for everybody but the board's frames
