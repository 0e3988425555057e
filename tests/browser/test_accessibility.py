"""The example site's pages, each variant included, have no fault that axe-core finds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from ctxsite.cli.main import main
from tests.browser.chromium import launched
from tests.browser.missing import missing
from tests.browser.published import served

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
INSTALL = "npm install"
pytestmark = pytest.mark.browser

FAULTS = """async () => {
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html.slice(0, 120))]);
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.exists():
        missing("axe-core", INSTALL)
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """Serve the example site; give its address, and the paths of all pages and variants."""
    out = tmp_path_factory.mktemp("public")
    done = CliRunner().invoke(
        main, ["build", "-s", str(ROOT / "example-site"), "-d", str(out), "--now", "2026-11-22T12:00Z"]
    )
    assert done.exit_code == 0, done.output
    pages = json.loads((out / "ctxsite.json").read_text(encoding="utf-8"))["pages"]
    paths = [address for page in pages for address in (page["address"], *(v["address"] for v in page["variants"]))]
    with served(out) as url:
        yield url, [*paths, "/404.html"]


def faults(browser: Browser, axe: str, url: str, paths: list[str], **person: Any) -> dict[str, Any]:
    found = {}
    with browser.new_context(**person) as context:
        tab = context.new_page()
        for path in paths:
            tab.goto(url + path)
            tab.evaluate(axe)
            if said := tab.evaluate(FAULTS):
                found[path] = said
    return found


def test_every_page(browser: Browser, axe: str, example: tuple[str, list[str]]) -> None:
    url, paths = example
    assert len(paths) > 40
    assert faults(browser, axe, url, paths, locale="en-GB") == {}


KINDS = ["/", "/tariffs/?segment=business", "/service/contact/", "/blog/", "/de/"]
PEOPLE: dict[str, dict[str, Any]] = {
    "in the dark": {"color_scheme": "dark"},
    "on a phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True},
    "with a bar that offers another language": {"locale": "de-AT"},
    "with a high contrast": {"forced_colors": "active"},
}


@pytest.mark.parametrize("who", PEOPLE)
def test_pages_of_each_kind(who: str, browser: Browser, axe: str, example: tuple[str, list[str]]) -> None:
    assert faults(browser, axe, example[0], KINDS, **PEOPLE[who]) == {}


def test_a_fault_is_found(browser: Browser, axe: str, example: tuple[str, list[str]]) -> None:
    with browser.new_context() as context:
        tab = context.new_page()
        tab.goto(example[0] + "/")
        tab.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x><button></button>')")
        tab.evaluate(axe)
        assert {"image-alt", "button-name"} <= {rule for rule, _ in tab.evaluate(FAULTS)}
