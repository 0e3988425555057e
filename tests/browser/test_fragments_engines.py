"""Alternatives that are loaded when needed, in Chromium, Firefox and WebKit."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ctxsite.cli.main import main
from ctxsite.targets.loader import loader
from tests.browser.engines import ENGINES, Start
from tests.browser.pages import loaded, page, policy, region
from tests.browser.person import Person, Tab
from tests.browser.published import served
from tests.browser.server import Answer, serving
from tests.browser.visits import PAGE, SITE

pytestmark = pytest.mark.browser

CONFIG = """\
title: Large
inline_limit: 2000
signals: {segment: {values: [business], from: ["query:segment"]}}
audiences: {business: {segment: business}}
"""
LONG = "Words that everybody reads, whoever it may be. " * 8
MANY = "\n\n".join(f"Number {number} of what companies read. {LONG}" for number in range(20))
CONTENT = "\n\n".join([LONG] * 20)
TEXT = (
    f"---\ntitle: Prices\n---\n{CONTENT}\n\n::: vary fees\n## Fees {{#fees}}\n\nLittle.\n::: when business\n"
    f"## Fees for companies {{#fees}}\n\n{MANY}\n:::\n\n{CONTENT}\n"
)
STATE = """
    const block = document.querySelector('[data-vary=fees]');
    return [
        block.dataset.shown,
        [...document.querySelectorAll('[data-vary=fees] h2')].map((one) => one.innerText.trim()).join(),
        getComputedStyle(block.querySelector('h2')).visibility,
        Math.abs(block.querySelector('h2').getBoundingClientRect().top) < 200,
        document.querySelectorAll('[id=fees]').length,
    ];
"""


@pytest.fixture(params=ENGINES)
def start(request: pytest.FixtureRequest) -> Start:
    return ENGINES[request.param]


def settled(tab: Tab, state: str = STATE) -> Any:
    """Return the state once nothing is on its way any more."""
    for _ in range(200):
        if tab.run("return document.readyState == 'complete' && !document.querySelector('[data-waiting]')"):
            break
        time.sleep(0.05)
    return tab.run(state)


def test_a_site_with_its_own_policy(start: Start, make_site: Callable[..., Path]) -> None:
    root = make_site({"ctxsite.yaml": CONFIG, "content/prices.md": TEXT})
    done = CliRunner().invoke(main, ["build", "-s", str(root), "--strict", "--now", "2026-11-22T12:00Z"])
    assert done.exit_code == 0, done.output
    with served(root / "public") as url, start(Person()) as tab:
        tab.go(url + "/prices/")
        assert settled(tab)[:2] == ["default", "Fees"]
        folder = root / "public" / "~_fragments"
        lost = folder.rename(root / "lost")
        tab.go(url + "/prices/?segment=business&lost#fees")
        assert settled(tab) == ["default", "Fees", "visible", True, 1]
        lost.rename(folder)
        tab.go(url + "/prices/?segment=business#fees")
        assert settled(tab) == ["business", "Fees for companies", "visible", True, 1]


STUB, PATH, FRAGMENT = loaded("<h1>For companies</h1>")
BODY = region("hero", {}, "<h1>For everyone</h1>", more=STUB)
WATCH = """\
window.flashes = [];
const look = () => {
    const heading = [...document.querySelectorAll('h1')].find((one) => one.offsetHeight);
    if (heading && getComputedStyle(heading).visibility == 'visible') flashes.push(heading.innerText);
    requestAnimationFrame(look);
};
look();"""
"""Notes in every frame which heading can be seen."""
DIES = "XMLHttpRequest.prototype.send = () => {};"
OUTCOME = "return [[...new Set(flashes)], document.documentElement.dataset.variant, seen.violations]"


def test_no_default_while_it_is_on_its_way(start: Start) -> None:
    with serving() as server, start(Person()) as tab:
        csp = policy([PAGE], SITE, WATCH, DIES)
        html = page(BODY, [PAGE], SITE, head=f"<script>{WATCH}</script>", loads=loader())
        at = html.index("For everyone")
        server.answers["/"] = Answer((html[:at], html[at:]), {"content-security-policy": csp}, pause=0.2)
        server.answers[PATH] = Answer((FRAGMENT[:90], FRAGMENT[90:]), pause=0.5)
        tab.go(server.url + "/?segment=business")
        assert settled(tab, OUTCOME)[1:] == ["business", []]
        tab.run("return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))")
        assert tab.run(OUTCOME)[0] == ["For companies"]

        dying = page(BODY, [PAGE], SITE, head=f"<script>{WATCH}</script><script>{DIES}</script>", loads=loader())
        tab.go(server.add("/dying/", dying, content_security_policy=csp) + "?segment=business")
        assert tab.run(OUTCOME) == [[], "business", []]
        tab.run("document.getAnimations().forEach((one) => one.finish())")
        assert tab.run("return getComputedStyle(document.querySelector('h1')).visibility") == "visible"
