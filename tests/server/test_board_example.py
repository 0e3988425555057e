"""The board of the example site: every cell opens what `explain` names, and axe-core finds no fault in any view."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Browser

from ctxsite.model.page import block_decisions
from ctxsite.rules.context import read_context
from ctxsite.rules.evaluate import Visit
from ctxsite.server.preview_context import context_from
from tests.browser.chromium import launched
from tests.browser.missing import missing
from tests.browser.test_accessibility import AXE, FAULTS, INSTALL
from tests.server.board_browser import Site, opened, served, settled

pytestmark = pytest.mark.browser
EXAMPLE = Path(__file__).resolve().parents[2] / "example-site"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with served(EXAMPLE) as found:
        yield found


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.exists():
        missing("axe-core", INSTALL)
    return AXE.read_text(encoding="utf-8")


CELLS = """() => [...document.querySelectorAll('.grid .body [role=row]')].reduce((cells, row) => {
  const id = row.querySelector('.id')?.textContent ?? cells.at(-1)[0];
  const variant = row.classList.contains('variant') ? row.children[0].textContent : 'default';
  const links = [...row.children].slice(1).map((cell) => cell.querySelector('a')?.href);
  cells.push(...links.map((href, language) => [id, language, variant, href]));
  return cells;
}, [])"""
BRANCHES = """[...document.querySelectorAll('[data-branch]')].map(
  ({ href, dataset }) => [href, dataset.block, dataset.branch])"""
DECIDED = "() => [document.documentElement.dataset.variant, self.ctxsite?.decisions?.blocks ?? {}]"


def explained(site: Site, address: str, text: str) -> tuple[str, dict[str, str]]:
    """Return what `explain` says of a page in a context: its variant, and its blocks' branches."""
    assert site.live.view.good is not None
    compiled = site.live.view.good.compiled
    page, vocabulary = compiled.sitemap.by_address[address], compiled.settings.vocabulary
    visit = Visit(read_context(context_from(text, vocabulary)), vocabulary)
    own = page.decision()
    variant = visit.decide(own) if own else "default"
    blocks = {
        block.decision.name: visit.decide(block.decision)
        for block in block_decisions(page)
        if variant in block.variants
    }
    return variant, blocks


def parts(site: Site, href: str) -> tuple[str, str]:
    """Return the address of a page and the text of the context that a link names."""
    split = urlsplit(href)
    assert href.startswith(site.url)
    return unquote(split.path), parse_qs(split.query).get("ctx", [""])[0]


def test_every_cell_opens_its_variant(browser: Browser, site: Site) -> None:
    with opened(browser, site, viewport={"width": 1280, "height": 4000}) as page:
        cells = page.evaluate(CELLS)
        with page.expect_popup() as popup:
            page.get_by_role("link", name="Lindbrück Energie, Deutsch, business: ").click()
        popup.value.wait_for_load_state()
        assert popup.value.evaluate(DECIDED)[0] == "business"
        tab = page.context.new_page()
        opened_cells = 0
        for _, _, variant, href in cells:
            if href is None:
                continue  # a draft, or what is not there in a language
            address, text = parts(site, href)
            answer = tab.goto(href)
            assert answer is not None
            assert answer.status == 200
            if not text:
                continue
            wanted, blocks = explained(site, address, text)
            assert (wanted, [wanted, blocks]) == (variant, tab.evaluate(DECIDED)), href
            opened_cells += 1
    assert site.live.view.good is not None
    pages = site.live.view.good.compiled.sitemap.pages
    assert len({(id_, language) for id_, language, _, href in cells if href}) == len(pages)
    assert opened_cells > 20


def test_every_branch_opens_it(browser: Browser, site: Site) -> None:
    links: list[tuple[str, str, str]] = []
    with opened(browser, site) as page:
        for id_ in ("", "tariffs", "service/contact", "winter-check", "products/charging"):
            page.goto(f"{site.url}/__ctxsite/#/page/{id_}")
            settled(page, "document.querySelector('.decisions[aria-busy]')", None)
            page.locator(".decisions article").first.wait_for()
            links += page.evaluate(BRANCHES)
        tab = page.context.new_page()
        for href, block, branch in links:
            tab.goto(href)
            variant, blocks = tab.evaluate(DECIDED)
            assert (blocks[block] if block else variant) == branch, href
            assert (variant, blocks) == explained(site, *parts(site, href))
    assert len(links) > 25


VIEWS = {
    "overview": "#/",
    "filtered": "#/?q=tariffs&state=missing,unmarked&lang=de",
    "page": "#/page/tariffs",
    "page in Arabic": "#/page/service/contact?lang=ar",
    "problems": "#/problems",
    "compare": "#/compare/tariffs?left=en&a=-&right=en&b=segments:business",
}
PEOPLE: dict[str, dict[str, Any]] = {
    "in the light": {},
    "in the dark": {"color_scheme": "dark"},
    "on a phone": {"viewport": {"width": 360, "height": 740}},
    "with a high contrast": {"forced_colors": "active"},
}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("view", VIEWS)
def test_no_faults(view: str, who: str, browser: Browser, site: Site, axe: str) -> None:
    with opened(browser, site, VIEWS[view], **PEOPLE[who]) as page:
        if view == "compare":
            page.locator("#difference-list li").first.wait_for()
        settled(page, "document.querySelector('[aria-busy]')", None)
        page.evaluate(axe)
        assert page.evaluate(FAULTS) == []
