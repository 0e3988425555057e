"""The board in a real browser: what it shows, how it is searched, how it follows the next build."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from ctxsite.build.artifacts import Compiled
from ctxsite.build.decisions import prove_site
from ctxsite.build.load import text_of
from ctxsite.build.memory import Unresolved
from ctxsite.build.session import Built
from ctxsite.build.survey import Request, survey
from ctxsite.content.assemble import Moment
from tests.browser.chromium import launched
from tests.server import board_site
from tests.server.board_browser import LINES, Site, opened, served, settled

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(board_site.write(tmp_path_factory.mktemp("states"))) as site:
        yield site


SHOWN = {
    "/": ["original", "translated"],
    "news": ["generated", "generated"],
    "news/draft": ["draft", ""],
    "news/now": ["original", "translated"],
    "news/old": ["ended 2025-01-01", ""],
    "news/only": ["original", "missing | → en"],
    "news/soon": ["due 2027-01-01", ""],
    "rules": ["original | 2 warnings", "translated | 3 warnings"],
    "rules@christmas": ["over", "missing"],
    "rules@unclocked": ["without a clock", "missing"],
    "rules@everybody": ["shown", "missing"],
    "tariffs": ["original | 2 blocks", "outdated | 2 warnings"],
    "tariffs@business": ["original", "missing"],
    "tariffs@night": ["shown", "missing"],
}


def lines(page: Page) -> Any:
    return page.evaluate(LINES)


def test_every_state_is_shown(browser: Browser, states: Site) -> None:
    with opened(browser, states, viewport={"width": 1280, "height": 1400}) as page:
        assert lines(page) == SHOWN
        assert page.locator("#state").text_content() == "Built at 12:00"


def test_titles_are_text(browser: Browser, states: Site) -> None:
    with opened(browser, states) as page:
        assert page.get_by_text("Now <i>here</i>", exact=True).count() == 1


FILTERS: dict[str, tuple[str, list[str]]] = {
    "missing": ("#/?state=missing", ["news/only", "rules", "rules@christmas", "rules@unclocked", "rules@everybody",
                                    "tariffs", "tariffs@business", "tariffs@night"]),
    "outdated": ("#/?state=outdated", ["tariffs"]),
    "over or without a clock": ("#/?state=over,clockless", ["rules", "rules@christmas", "rules@unclocked"]),
    "missing in the language that has all": ("#/?state=missing&lang=en", []),
    "drafts": ("#/?state=draft", ["news/draft"]),
    "scheduled": ("#/?state=scheduled", ["news/soon"]),
    "expired": ("#/?state=expired", ["news/old"]),
    "problems": ("#/?state=problems", ["rules", "tariffs"]),
    "a section": ("#/?section=news", ["news", "news/draft", "news/now", "news/old", "news/only", "news/soon"]),
    "words": ("#/?q=unFINished", ["news/draft"]),
    "a file": ("#/?q=rules.de.md", ["rules", "rules@christmas", "rules@unclocked", "rules@everybody"]),
    "a variant": ("#/?q=NIGHT", ["tariffs", "tariffs@business", "tariffs@night"]),
    "two words and a state": ("#/?q=news+only&state=missing", ["news/only"]),
    "nothing": ("#/?q=nonsense", []),
}  # fmt: skip


@pytest.mark.parametrize("name", FILTERS)
def test_filters_are_in_the_address(name: str, browser: Browser, states: Site) -> None:
    where, wanted = FILTERS[name]
    with opened(browser, states, where, viewport={"width": 1280, "height": 1400}) as page:
        assert list(lines(page)) == wanted


def test_searching_and_filtering_by_hand(browser: Browser, states: Site) -> None:
    with opened(browser, states, viewport={"width": 1280, "height": 1400}) as page:
        page.keyboard.press("/")
        page.keyboard.type("tarife")
        assert list(lines(page)) == ["tariffs", "tariffs@business", "tariffs@night"]
        page.get_by_role("button", name="Outdated 1").click()
        assert list(lines(page)) == ["tariffs"]
        page.locator(".card", has_text="English").click()
        settled(page, LINES, {})
        assert page.url.endswith("#/?q=tarife&state=outdated&lang=en")
        page.get_by_role("button", name="Clear").click()
        assert list(lines(page)) == list(SHOWN)
        assert page.locator("#count").text_content() == "9 pages"


FOCUSED = """(() => {
  const row = document.activeElement.closest('[role=row]');
  const column = [...row.children].findIndex((cell) => cell.contains(document.activeElement));
  return `${row.getAttribute('aria-rowindex')} ${column}`;
})()"""


def test_the_keyboard(browser: Browser, states: Site) -> None:
    with opened(browser, states) as page:
        page.locator("#search").focus()
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("!!document.activeElement.closest('.grid [role=row]')"):
                break
        assert page.evaluate(FOCUSED) == "2 0"
        for key, there in [
            ("ArrowDown", "3 0"), ("ArrowRight", "3 1"), ("End", "3 2"), ("ArrowRight", "3 2"), ("Home", "3 0"),
            ("Control+End", "15 2"), ("ArrowDown", "15 2"), ("ArrowUp", "14 2"), ("Control+Home", "2 0"),
        ]:  # fmt: skip
            page.keyboard.press(key)
            assert page.evaluate(FOCUSED) == there, key
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Home").wait_for()
        assert page.url.endswith("#/page/")


def test_one_page(browser: Browser, states: Site) -> None:
    with opened(browser, states, "#/page/tariffs") as page:
        page.get_by_role("heading", name="Block advice").wait_for()
        names = page.locator(".decisions h3").all_text_contents()
        assert names == ["The page", "Block advice", "Block sites (only in business)"]
        assert page.locator(".decisions article").first.locator(".matrix tbody tr").count() == 3
        page.get_by_role("link", name="Deutsch", exact=True).click()
        page.get_by_text("everybody gets the same").wait_for()
        assert "CTX510" in (page.locator(".problems").text_content() or "")


def test_a_page_with_an_odd_name(browser: Browser, tmp_path: Path) -> None:
    files = {"ctxsite.yaml": board_site.CONFIGURATION, "content/a/50% c#?.md": "---\ntitle: Odd\n---\n\nText.\n"}
    with served(board_site.write(tmp_path, files)) as site, opened(browser, site) as page:
        page.get_by_role("rowheader", name="Odd").get_by_role("link").click()
        page.get_by_role("heading", name="Odd").wait_for()
        page.get_by_text("everybody gets the same").wait_for()
        page.goto(f"{site.url}/__ctxsite/#/page/%")
        page.get_by_text("There is no such page any more.").wait_for()


def test_a_page_that_is_gone(browser: Browser, states: Site) -> None:
    with opened(browser, states, "#/page/nowhere") as page:
        page.get_by_text("There is no such page any more.").wait_for()


def test_problems(browser: Browser, states: Site) -> None:
    with opened(
        browser, states, "#/problems?q=ctx254&severity=warning", permissions=["clipboard-read", "clipboard-write"]
    ) as page:
        assert page.locator(".problem code").first.text_content() == "CTX254"
        place = page.get_by_role("button", name="content/rules.md:4:3")
        place.click()
        page.get_by_text("Copied content/rules.md:4:3").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == "content/rules.md:4:3"
        assert page.locator(".frame mark").first.text_content() == "christmas"


def test_it_follows_the_next_build(browser: Browser, tmp_path: Path) -> None:
    tall = {"width": 1280, "height": 1400}
    with served(board_site.write(tmp_path)) as site, opened(browser, site, "#/?q=rules", viewport=tall) as page:
        assert "rules@christmas" in lines(page)
        page.locator("[role=rowheader] a").focus()
        (tmp_path / "content/rules.md").write_text(board_site.ERRORS, encoding="utf-8")
        site.build()
        settled(page, "document.querySelector('#state').textContent", "3 errors: the last good build is served")
        assert lines(page) == {
            "rules": ["original | 1 block | 3 errors", "translated | 3 warnings"],
            "rules@nobody": ["never shown", "missing"],
            "rules@all": ["shown", "missing"],
            "rules@none": ["never shown", "missing"],
        }
        assert page.evaluate("document.activeElement.closest('[role=rowheader]') != null")
        page.goto(site.url + "/__ctxsite/#/problems?severity=error")
        assert page.locator(".problem").count() == 3
        (tmp_path / "content/rules.md").write_text(board_site.RULES, encoding="utf-8")
        site.build()
        settled(page, "document.querySelector('#state').textContent", "Built at 12:00")
        settled(page, "document.querySelectorAll('.problem').length", 0)


def test_a_site_that_was_never_built(browser: Browser, tmp_path: Path) -> None:
    files = {**board_site.FILES, "content/rules.md": board_site.ERRORS}
    with served(board_site.write(tmp_path, files)) as site, opened(browser, site) as page:
        settled(page, "document.querySelector('#state').textContent", "3 errors: nothing is served yet")
        assert "rules@nobody" in lines(page)
        site.live.fail("the disk is full")
        settled(page, "document.querySelector('#state').textContent", "the disk is full")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of 5,000 pages in two languages; read and proved, but not rendered: the board asks for no more."""
    root = board_site.write(tmp_path_factory.mktemp("many"), board_site.many(5000))
    moment = Moment(board_site.clock())
    surveyed = survey(Request(root, moment, jobs=1))
    bodies = Unresolved(surveyed.learnt.pieces, None, partial(text_of, root))
    proofs, found = prove_site(surveyed.sitemap, surveyed.settings, moment.now, bodies)
    said = (*surveyed.diagnostics, *found)
    compiled = Compiled(surveyed.settings, surveyed.sitemap, (), root, moment.now, said, proofs=proofs)
    with served(root, Built(compiled, {}, {}, ok=True, watched=())) as site:
        yield site


NODES = "document.querySelectorAll('*').length"
BOUND = 1500
LAST = "[...document.querySelectorAll('.grid .body [role=row]')].at(-1).getAttribute('aria-rowindex')"
"""The number of the last row that is there; the first may be one that has the focus."""


def test_five_thousand_pages(browser: Browser, many: Site) -> None:
    with opened(browser, many) as page:
        assert page.locator("#count").text_content() == "5,020 pages"
        assert page.evaluate(NODES) < BOUND
        assert page.locator(".grid").get_attribute("aria-rowcount") == "5521"
        page.locator("[role=rowheader] a").first.focus()
        seen = set(lines(page))
        for pixels in (20_000, 100_000, 200_000, 50_000, 10_000_000):
            last = page.evaluate(LAST)
            page.evaluate(f"document.querySelector('.grid').scrollTop = {pixels}")
            settled(page, f"{LAST} !== '{last}'", True)
            assert page.evaluate(NODES) < BOUND
            assert not seen.issuperset(lines(page))
            seen.update(lines(page))
        assert "part-19/page-4979" in seen
        page.keyboard.press("Control+End")
        assert page.evaluate("document.activeElement.closest('[role=row]').getAttribute('aria-rowindex')") == "5521"
        assert page.evaluate(NODES) < BOUND
        page.locator("#search").fill("seite 4321")
        assert list(lines(page)) == ["part-01/page-4321"]
        page.locator("#search").fill("")
        page.get_by_role("button", name="Missing").click()
        assert page.locator("#count").text_content() == "1,251 of 5,020 pages"
        assert page.evaluate(NODES) < BOUND
