"""The selector in Chromium: what is visible is what the rules say, and nobody sees a default that is not due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import ARGUMENTS, executable
from tests.browser.pages import page, policy, region
from tests.browser.server import Server, serving
from tests.browser.visits import BODY, DECISIONS, PAGE, SITE, TEXTS
from tests.browser.webdriver import chromium_session
from tests.rules.reading import clean_vocabulary, decision
from tests.selector.test_hostile import hostile, meaning

pytestmark = pytest.mark.browser

STATE = """() => JSON.parse(JSON.stringify({
    ...seen,
    title: document.title,
    variant: document.documentElement.dataset.variant,
    decisions: ctxsite.decisions,
}))"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Run Chromium with its back/forward cache, which Playwright turns off."""
    path = executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=ARGUMENTS, ignore_default_args=["--disable-back-forward-cache"]
        )
        yield browser
        browser.close()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def state(tab: Page) -> Any:
    return tab.evaluate(STATE)


@pytest.mark.parametrize("loads", [4, pytest.param(30, marks=pytest.mark.slow)])
@pytest.mark.parametrize("cut", ["before the default", "within the default", "after the default"])
def test_the_default_is_never_painted_where_a_variant_is_due(
    loads: int, cut: str, chromium: Browser, server: Server
) -> None:
    whole = page(BODY + "<p>Text.</p>" * 40, DECISIONS, SITE)
    at = {
        "before the default": whole.index("<div data-default>"),
        "within the default": whole.index("For everyone") + 4,
        "after the default": whole.index("</div>", whole.index("For everyone")),
    }[cut]
    csp = policy(DECISIONS, SITE)
    url = server.add("/", whole[:at], whole[at:], pause=0.3, content_security_policy=csp)
    with chromium.new_context() as context:
        for _ in range(loads):
            tab = context.new_page()
            context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": 4})
            tab.goto(url + "?segment=business")
            tab.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")
            seen = state(tab)
            assert seen["painted"] == ["variant"]
            assert seen["shift"] == 0
            assert seen["violations"] == []
            tab.close()


def test_the_measurement_sees_a_painted_default(chromium: Browser, server: Server) -> None:
    url = server.add("/", page(BODY, DECISIONS, SITE))
    with chromium.new_context() as context:
        tab = context.new_page()
        tab.goto(url)
        tab.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")
        assert state(tab)["painted"] == ["default"]
        assert state(tab)["decided"] == ["default"]


def test_without_javascript_it_is_the_default(chromium: Browser, server: Server) -> None:
    url = server.add("/", page(BODY, DECISIONS, SITE))
    with chromium.new_context(java_script_enabled=False) as context:
        tab = context.new_page()
        tab.goto(url + "?segment=business")
        assert tab.locator("body").inner_text().split("\n\n") == ["For everyone", "We are not there."]


def test_a_blocked_engine_leaves_the_default(chromium: Browser, server: Server) -> None:
    engine_only = policy([PAGE], SITE)  # the hash of another engine
    url = server.add("/", page(BODY, DECISIONS, SITE), content_security_policy=engine_only)
    with chromium.new_context() as context:
        tab = context.new_page()
        errors: list[str] = []
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.goto(url + "?segment=business")
        assert tab.locator("[data-slot]").inner_text() == "For everyone"
        assert tab.locator("html").get_attribute("data-variant") == "default"
        assert errors == []


@pytest.mark.parametrize(("query", "text"), [("?segment=business", "For companies"), ("", "For everyone")])
def test_a_page_cut_off_shows_what_came(query: str, text: str, chromium: Browser, server: Server) -> None:
    whole = page(BODY, DECISIONS, SITE)
    came = whole[: whole.index("</h1>", whole.index("For everyone")) + 5]
    server.add("/", came, "", pause=0.5, cut=True)
    with chromium.new_context() as context:
        tab = context.new_page()
        tab.goto(server.url + "/" + query, wait_until="commit")
        for _ in range(50):  # Playwright's own waiting hangs on a page whose connection broke
            shown = tab.evaluate("document.body?.innerText")
            if shown == text:
                break
            tab.wait_for_timeout(20)
        assert shown == text


def test_fifty_hostile_values(chromium: Browser, server: Server) -> None:
    url = server.add("/", page(BODY, DECISIONS, SITE))
    draw = Random(7)
    errors: list[str] = []
    with chromium.new_context() as context:
        tab = context.new_page()
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.goto(url)
        for _ in range(50):
            text = hostile(draw).replace("constructor", "toString")
            wanted = "business" in (meaning("segment", text) or ())
            tab.evaluate("(text) => { document.cookie = 'orders=' + text }", text)
            tab.goto(url + "?segment=" + quote(text, safe=""))
            assert tab.locator("[data-slot]").inner_text() == TEXTS["business" if wanted else "default"], text
    assert errors == []


INNER = decision([["yes", {"campaign": "winter"}], ["no", {"campaign": "none"}]], SITE, "inner")
OUTER_BLOCK = region("inner", {"yes": '<b id="b">winter</b>'}, '<b id="b">always</b>', kind="vary", tag="span")


@pytest.mark.parametrize(("query", "text"), [
    ("", "Everyone: always"), ("?utm_campaign=winter", "Everyone: winter"),
    ("?segment=business", "Companies: always"), ("?segment=business&utm_campaign=winter", "Companies: winter"),
])  # fmt: skip
def test_blocks_inside_variants(query: str, text: str, chromium: Browser, server: Server) -> None:
    body = region(
        "hero",
        {"business": f'<p id="p">Companies: {OUTER_BLOCK}</p><img src="/business.svg" alt="">'},
        f'<p id="p">Everyone: {OUTER_BLOCK}</p>',
    )
    csp = policy([PAGE, INNER], SITE)
    url = server.add("/", page(body, [PAGE, INNER], SITE), content_security_policy=csp)
    with chromium.new_context() as context:
        tab = context.new_page()
        tab.goto(url + query)
        assert tab.locator("body").inner_text() == text
        ids = tab.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
        assert sorted(ids) == ["b", "ctxsite", "p"]
        assert ("/business.svg" in server.requests) == ("business" in query)
        assert tab.evaluate("seen.violations") == []


def test_title_anchor_script_and_event(chromium: Browser, server: Server) -> None:
    variant = '<script>window.runs = (window.runs ?? 0) + 1</script><p class="tall">Tall</p><h2 id="fees">Our fees</h2>'
    body = region("hero", {"business": variant}, '<h2 id="fees">Fees</h2>') + '<p class="tall">End</p>'
    url = server.add("/", page(body, [PAGE], SITE, titles={"business": "For <companies>", "default": "Default title"}))
    with chromium.new_context() as context:
        tab = context.new_page()
        tab.goto(url + "?segment=business#fees")
        seen = state(tab)
        assert seen["title"] == "For <companies>"
        assert seen["decided"] == ["business"]
        assert seen["decisions"]["page"] == "business"
        assert seen["decisions"]["reasons"][""][0] == "business"
        assert tab.evaluate("ctxsite.context.segment") == {"value": ["business"], "from": "query"}
        assert tab.evaluate("runs") == 1
        assert tab.evaluate("document.getElementById('fees').getBoundingClientRect().top") < 10
        tab.goto("about:blank")
        tab.goto(url)
        assert state(tab)["title"] == "Default title"


def test_nothing_is_read_that_no_rule_asks_for(chromium: Browser, server: Server) -> None:
    rules = decision([["german", {"language": "de"}], ["business", {"segment": "business"}]], SITE)
    url = server.add("/", page(region("hero", {"german": "Deutsch"}, "English"), [rules], SITE))
    spies = """
        window.reads = [];
        const spy = (owner, name) => {
          const { get } = Object.getOwnPropertyDescriptor(owner, name);
          Object.defineProperty(owner, name, { get() { reads.push(name); return get.call(this); } });
        };
        spy(Document.prototype, 'cookie'); spy(window, 'localStorage'); spy(window, 'innerWidth');
        Intl.DateTimeFormat = class { constructor() { reads.push('Intl'); } };
    """
    with chromium.new_context(locale="de-DE") as context:
        context.add_init_script(spies)
        tab = context.new_page()
        tab.goto(url)
        assert tab.locator("body").inner_text() == "Deutsch"
        assert tab.evaluate("reads") == []
        assert set(server.requests) <= {"/", "/favicon.ico"}


def test_a_hidden_tab_is_decided_at_once_and_tells_when_it_is_seen(chromium: Browser, server: Server) -> None:
    url = server.add("/", page(BODY, DECISIONS, SITE))
    with chromium.new_context() as context:
        context.add_init_script("Object.defineProperty(document, 'hidden', { get: () => window.away ?? true })")
        tab = context.new_page()
        tab.goto(url + "?segment=business")
        assert tab.locator("[data-slot]").inner_text() == "For companies"
        assert state(tab)["decided"] == []
        for _ in range(2):
            tab.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")
            assert state(tab)["decided"] == ["business"]


MEMORY = clean_vocabulary('signals:\n  segment: {values: [business], from: ["storage:segment"], remember: 30d}\n')


def test_a_script_may_change_its_mind_at_once(chromium: Browser, server: Server) -> None:
    rules = [
        decision([["business", {"segment": "business"}]], MEMORY),
        decision([["yes", {"segment": "business"}]], MEMORY, "inner"),
    ]
    inner = region("inner", {"yes": '<i id="i">yes</i>'}, '<i id="i">no</i>', kind="vary", tag="span")
    body = region("hero", {"business": f"<p>Companies {inner}</p>"}, f'<p>Everyone {inner} <input id="field"></p>')
    url = server.add("/", page(body, rules, MEMORY, titles={"business": "Companies", "default": "Default title"}))
    with chromium.new_context() as context:
        tab = context.new_page()
        tab.goto(url)
        tab.fill("#field", "typed")
        for segment, text, title in (
            ("business", "Companies yes", "Companies"),
            ("nonsense", "Companies yes", "Companies"),
            (None, "Everyone no", "Default title"),
            ("business", "Companies yes", "Companies"),
        ):
            tab.evaluate("(segment) => { ctxsite.set('segment', segment, { now: true }) }", segment)
            assert tab.locator("body").inner_text().strip() == text
            assert tab.title() == title
            assert tab.locator("#i").count() == 1
        assert state(tab)["decided"] == ["default", "business", "default", "business"]
        tab.goto("about:blank")
        tab.goto(url)
        assert tab.locator("body").inner_text().strip() == "Companies yes"
        tab.evaluate("ctxsite.set('segment', null, { now: true })")
        assert tab.locator("body").inner_text().strip() == "Everyone no"
        assert tab.evaluate("localStorage.length") == 1


def test_a_restored_page_stays_as_it_was(chromium: Browser, server: Server) -> None:
    url = server.add("/", page(BODY, DECISIONS, SITE))
    server.add("/next/", "<!doctype html><title>Next</title>")
    with chromium.new_context() as context:
        tab = context.new_page()
        tab.clock.install(time=dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC))
        tab.goto(url)
        tab.evaluate("addEventListener('pageshow', (event) => { window.restored = event.persisted })")
        tab.evaluate("window.mark = 1")
        tab.goto(server.url + "/next/")
        tab.evaluate("void setTimeout(() => history.back(), 0)")
        tab.wait_for_function("window.restored")
        assert state(tab)["decided"] == ["default"]
        assert tab.evaluate("mark") == 1


@pytest.mark.parametrize(("query", "painted"), [("?segment=business", "variant"), ("", "default")])
def test_a_prerendered_page_is_decided_when_it_is_activated(query: str, painted: str, server: Server) -> None:
    address = "/next/" + query
    rules = f'{{"prerender":[{{"source":"list","urls":["{address}"],"eagerness":"immediate"}}]}}'
    server.add("/", f'<!doctype html><script type="speculationrules">{rules}</script><a href="{address}">next</a>')
    early = "<script>setTimeout(() => { window.early = [document.prerendering, !!ctxsite.decisions] })</script>"
    server.add("/next/", page(BODY + "<p>Text.</p>" * 40, DECISIONS, SITE, head=early))
    with chromium_session() as session:
        session.go(server.url + "/")
        for _ in range(100):
            if address in server.requests:
                break
            session.run("return new Promise((done) => setTimeout(done, 50))")
        session.run("return new Promise((done) => setTimeout(done, 500))")
        session.run("setTimeout(() => document.querySelector('a').click())")
        for _ in range(100):
            if session.run("return location.pathname == '/next/' && seen.painted.length"):
                break
        assert session.run("return performance.getEntriesByType('navigation')[0].activationStart") > 0
        assert session.run("return early") == [True, False]
        seen = session.run("return seen")
        assert seen == {
            "shift": 0,
            "painted": [painted],
            "decided": [(query and "business") or "default"],
            "violations": [],
        }
        assert session.run("return document.querySelectorAll('[id=top]').length") == 1
