"""The preview in Chromium, Firefox and WebKit: the page's engine decides in the context given, and the panel works."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.engines import ENGINES, Start
from tests.browser.person import Person, Tab
from tests.server.preview_site import SHOWN, Served, expected_of_text, serving

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.browser

TEXTS = (
    "-",
    "segments:business",
    "now:2026-12-24T20:15+01:00;zone:Europe/Vienna;visit:returning",
    "now:2026-03-29T03:00+02:00;zone:Europe/Berlin;languages:fr-CH",
    "now:2026-07-01T23:30+05:30;zone:Asia/Kolkata;segments:private",
    "now:2026-07-01T21:59-02:30;zone:America/St_Johns",
    "now:2026-12-01T00:00+14:00",
)

PANEL = "const panel = document.querySelector('ctxsite-preview')?.shadowRoot;"
READY = PANEL + "return Boolean(panel?.querySelector('.root[data-ready]'));"
CHOOSE = PANEL + (
    "panel.querySelector('.toggle').click();"
    "panel.querySelector('.chip[data-block=\"greeting\"][data-branch=morning]').click();"
)
TOLD = PANEL + (
    "return [panel.querySelector('.chip[data-block=\"greeting\"][aria-pressed=true]').textContent,"
    "panel.querySelector('.toggle').getAttribute('aria-expanded'), panel.querySelector('.bad-news') == null];"
)


@pytest.fixture(scope="module")
def site() -> Iterator[Served]:
    with serving(ROOT / "example-site") as served:
        yield served


@pytest.fixture(params=ENGINES)
def start(request: pytest.FixtureRequest) -> Start:
    return ENGINES[request.param]


def until(tab: Tab, script: str, wanted: Any = True) -> None:
    """Wait until a script gives what is wanted."""
    for _ in range(600):
        if tab.run(script) == wanted:
            return
        time.sleep(0.05)
    pytest.fail(f"never {wanted}: {script}")


def test_contexts_and_the_panel(start: Start, site: Served) -> None:
    page = site.built.compiled.sitemap.by_address["/"]
    with start(Person(zone="America/New_York", language="de-AT")) as tab:
        for text in TEXTS:
            tab.go(f"{site.url}/?ctx={text}")
            variant, blocks = tab.run(f"return ({SHOWN})();")
            assert (variant, blocks) == expected_of_text(page, text, site.vocabulary), text
        until(tab, READY)
        tab.run(CHOOSE)
        until(tab, "return Boolean(document.body?.innerText.includes('Good morning!'));")
        until(tab, READY)
        assert tab.run(TOLD) == ["morning", "true", True]
