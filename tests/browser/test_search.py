"""The search of the default theme in a browser: found by keyboard, under the policy that the site publishes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import Visitor, launched
from tests.browser.missing import missing
from tests.browser.server import Server, serving
from tests.i18n.built import build

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("example") / "site"
    shutil.copytree(ROOT / "example-site", folder, ignore=shutil.ignore_patterns("public"))
    public = build(folder)
    policy = (public / "_headers").read_text("utf-8").partition("Content-Security-Policy: ")[2].partition("\n")[0]
    with serving(public) as server:
        for path in ("", "de/", "ar/"):
            page = (public / path / "index.html").read_text("utf-8")
            server.add(f"/{path}", page, content_security_policy=policy)
        yield server


@pytest.mark.parametrize(
    ("path", "button", "query", "number", "title", "target"),
    [
        ("/", "Search", "heat pump", "Results: ", "Heat pump", "/products/heat-pump/"),
        ("/de/", "Suche", "warmepumpe", "Treffer: ", "Wärmepumpe", "/de/produkte/waermepumpe/"),
        ("/ar/", "بحث", "الكهرباء انقطاع", "النتائج: ", "انقطاع الكهرباء", None),
    ],
)
def test_pages_are_found_by_keyboard(
    browser: Browser, site: Server, path: str, button: str, query: str, number: str, title: str, target: str | None
) -> None:
    with Visitor(language="en-GB").page(browser) as page:
        site.requests.clear()
        page.goto(site.url + path)
        assert not [asked for asked in site.requests if "search.js?" in asked or "search.json" in asked], "not yet"
        page.get_by_role("button", name=button, exact=True).focus()
        page.keyboard.press("Enter")
        box = page.get_by_role("searchbox")
        expect(box).to_be_focused()
        page.keyboard.type(query)
        expect(page.get_by_role("status")).to_contain_text(number)
        first = page.get_by_role("dialog").get_by_role("link").first
        expect(first).to_have_text(title)
        expect(first.locator("mark").first).to_be_visible()
        assert len([asked for asked in site.requests if "search.json" in asked]) == 1, "once"
        page.keyboard.press("Enter")
        expect(first).to_be_focused()
        if target is not None:
            assert first.get_attribute("href") == target
        box.fill("zzzz")
        expect(page.get_by_role("dialog").get_by_role("link")).to_have_count(0)
        assert page.get_by_role("status").text_content()
        page.keyboard.press("Escape")  # empties the box,
        page.keyboard.press("Escape")  # and closes
        expect(page.get_by_role("button", name=button, exact=True)).to_be_focused()


def test_without_scripts_nothing_of_it_is_seen(browser: Browser, site: Server) -> None:
    with Visitor(script=False).page(browser) as page:
        page.goto(site.url + "/")
        assert page.locator(".search-button").is_hidden()
        assert page.locator("#search").is_hidden()


def test_a_lost_index_is_said_and_asked_for_again(browser: Browser, site: Server) -> None:
    visitor = Visitor()
    with visitor.page(browser) as page:
        page.route("**/search.json", lambda route: route.abort())
        page.goto(site.url + "/")
        page.get_by_role("button", name="Search", exact=True).click()
        expect(page.get_by_role("status")).to_have_text("The search could not be loaded.")
        page.unroute("**/search.json")
        page.keyboard.type("solar")
        expect(page.get_by_role("dialog").get_by_role("link").first).to_be_visible()
        visitor.errors.clear()  # the browser's own, about the request that failed


def test_the_open_dialog_has_no_fault_that_axe_finds(browser: Browser, site: Server) -> None:
    if not AXE.exists():
        missing("axe-core", "npm install")
    with Visitor().page(browser) as page:
        page.goto(site.url + "/blog/")
        page.get_by_role("button", name="Search", exact=True).click()
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.type("heat")
        expect(page.get_by_role("dialog").get_by_role("link").first).to_be_visible()
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("async () => (await axe.run('#search')).violations.map(({ id }) => id)")
        assert found == []
