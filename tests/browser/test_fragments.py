"""Alternatives that are loaded when needed, in Chromium: shown if they come in time, otherwise the default."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Route, sync_playwright

from ctxsite.targets.loader import LIMIT, loader
from tests.browser.chromium import ARGUMENTS, executable
from tests.browser.pages import loaded, page, policy, region
from tests.browser.server import Answer, Server, serving
from tests.browser.visits import PAGE, SITE
from tests.browser.webdriver import chromium_session
from tests.rules.reading import clean_vocabulary, decision

pytestmark = pytest.mark.browser

INNER = decision([["yes", {"campaign": "winter"}]], SITE, "inner")
OTHER = decision([["german", {"language": "de"}]], SITE)
RULES = [PAGE, INNER]
FAR = '<p class="tall">Text that comes first.</p>'
NESTED = region("inner", {"yes": '<i id="i">winter</i>'}, '<i id="i">always</i>', kind="vary", tag="span")
SCRIPT = "window.runs = (window.runs ?? 0) + 1"
VARIANT = (
    f'<h2 id="fees" elementtiming="variant">Fees for companies</h2><p>{NESTED}</p><img src="/business.svg" alt="">'
    f'<script>{SCRIPT}</script><p class="tall">A lot of text</p>'
)
STUB, PATH, FRAGMENT = loaded(VARIANT)
DEFAULT = f'<h2 id="fees" elementtiming="default">Fees</h2><p>{NESTED}</p><img src="/all.svg" alt="">'
SLOT = region("fees", {"winter": "<h2>Winter</h2>"}, DEFAULT, more=STUB)

SEEN = """() => {
    const slot = document.querySelector('[data-slot=fees]');
    const heading = [...slot.querySelectorAll('h2')].find((one) => one.offsetHeight);
    return {
        shown: slot.dataset.shown,
        waiting: 'waiting' in slot.dataset,
        heading: heading && heading.checkVisibility({visibilityProperty: true}) ? heading.innerText : null,
        height: heading ? heading.offsetHeight : 0,
        ids: [...document.querySelectorAll('[id]')].map((one) => one.id).sort().join(),
        painted: seen.painted,
        shift: seen.shift,
        decided: seen.decided,
        violations: seen.violations,
    };
}"""


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
        running.add(PATH, FRAGMENT)
        for name in ("/business.svg", "/all.svg"):
            running.answers[name] = Answer(
                ('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>',), {"content-type": "image/svg+xml"}
            )
        yield running


def add(server: Server, before: str = FAR, *, script: str = "", csp: str = "") -> str:
    html = page(before + SLOT + "<p>End</p>", RULES, SITE, loads=script or loader())
    return server.add("/", html, content_security_policy=csp or policy(RULES, SITE, SCRIPT))


def hold(tab: Page) -> list[Route]:
    """Keep the fragment back; return the list that its requests will be in."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    tab.route(f"**{PATH}", keep)
    return held


def until(tab: Page, condition: str) -> None:
    """Wait until a condition holds (Playwright's own waiting needs `unsafe-eval`)."""
    for _ in range(500):
        try:
            if tab.evaluate(f"!!({condition})"):
                return
        except Error as error:  # the page is just being left
            if "context was destroyed" not in str(error):
                raise
        tab.wait_for_timeout(20)
    raise AssertionError(condition)


def settled(tab: Page) -> Any:
    """Return what is seen once nothing is on its way any more, and has been painted."""
    until(tab, "document.readyState == 'complete' && !document.querySelector('[data-waiting]')")
    tab.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")
    return tab.evaluate(SEEN)


@pytest.mark.parametrize("before", ["", FAR], ids=["in sight", "out of sight"])
@pytest.mark.parametrize("campaign", ["", "&utm_campaign=winter"])
def test_it_is_shown_when_it_arrives(before: str, campaign: str, chromium: Browser, server: Server) -> None:
    url = add(server, before)
    with chromium.new_context() as context:
        tab = context.new_page()
        held = hold(tab)
        tab.goto(url + "?segment=business" + campaign, wait_until="commit")
        until(tab, "document.readyState == 'complete' && document.querySelector('[data-waiting]')")
        tab.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")
        seen = tab.evaluate(SEEN)
        assert (seen["heading"], seen["shown"], seen["waiting"], seen["painted"]) == (None, "default", True, [])
        assert seen["height"] > 0, "its room is kept"
        (request,) = held
        request.continue_()
        seen = settled(tab)
        assert (seen["heading"], seen["shown"], seen["ids"]) == ("Fees for companies", "business", "ctxsite,fees,i")
        assert seen["painted"] == ["variant"]
        assert seen["decided"] == ["business"]
        assert seen["violations"] == []
        assert before == "" or seen["shift"] == 0
        assert tab.locator("#i").inner_text() == ("winter" if campaign else "always")
        assert tab.evaluate("runs") == 1
        assert "/business.svg" in server.requests
        assert server.requests.count(PATH) == 1


def test_nothing_is_loaded_that_is_not_due(chromium: Browser, server: Server) -> None:
    url = add(server)
    for query, heading in (("", "Fees"), ("?utm_campaign=winter", "Fees")):
        with chromium.new_context() as context:
            tab = context.new_page()
            tab.goto(url + query)
            assert settled(tab)["heading"] == heading
    with chromium.new_context(java_script_enabled=False) as context:
        tab = context.new_page()
        tab.goto(url + "?segment=business")
        assert tab.locator("h2:visible").inner_text() == "Fees"
    assert PATH not in server.requests
    assert "/business.svg" not in server.requests


WRONG = {
    "not there": Answer(("<!doctype html><title>Not found</title>",), {}, 404),
    "an error with the right text": Answer((FRAGMENT,), {}, 500),
    "another page": Answer(("<!doctype html><template data-v='business'>x</template><p>Home</p>",)),
    "not all of it": Answer((FRAGMENT[: FRAGMENT.index("</template><p>")],)),
    "nothing": Answer(("",)),
    "another type": Answer((FRAGMENT,), {"content-type": "text/plain"}),
    "no text": Answer((b"\xff\xfe\x00\xd8garbage\x00",), {"content-type": "application/octet-stream"}),
    "cut off": Answer((FRAGMENT[:200], ""), pause=0.1, cut=True),
    "elsewhere": Answer(("",), {"location": "/"}, 302),
}


@pytest.mark.parametrize("what", WRONG)
def test_whatever_else_comes_the_default_is_shown(what: str, chromium: Browser, server: Server) -> None:
    server.answers[PATH] = WRONG[what]
    url = add(server)
    with chromium.new_context() as context:
        tab = context.new_page()
        errors: list[str] = []
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.goto(url + "?segment=business")
        seen = settled(tab)
        assert (seen["heading"], seen["shown"], seen["ids"]) == ("Fees", "default", "ctxsite,fees,i")
        assert seen["decided"] == ["business"], "what is decided is told, whether it can be shown or not"
        assert (seen["shift"], errors) == (0, [])


def test_a_late_one_is_given_up(chromium: Browser, server: Server) -> None:
    soon = loader().replace(f",{LIMIT})", ",200)")
    assert soon != loader()
    csp = policy(RULES, SITE, SCRIPT, soon)
    url = add(server, script=soon, csp=csp)
    server.answers[PATH] = replace(server.answers[PATH], pieces=(FRAGMENT[:100], FRAGMENT[100:]), pause=3)
    with chromium.new_context() as context:
        tab = context.new_page()
        tab.goto(url + "?segment=business")
        assert settled(tab)["heading"] == "Fees"


def test_offline_or_not_allowed_the_default_is_shown(chromium: Browser, server: Server) -> None:
    forbidden = policy(RULES, SITE, SCRIPT).replace("connect-src 'self'", "connect-src 'none'")
    with chromium.new_context() as context:
        tab = context.new_page()
        tab.goto(add(server, csp=forbidden) + "?segment=business")
        assert settled(tab)["heading"] == "Fees"
        tab.route(f"**{PATH}", lambda route: route.abort("internetdisconnected"))
        tab.goto(add(server) + "?segment=business")
        assert settled(tab)["heading"] == "Fees"


def test_should_the_script_die_a_style_rule_shows_the_default(chromium: Browser, server: Server) -> None:
    with chromium.new_context() as context:
        context.add_init_script("XMLHttpRequest.prototype.send = () => {}")
        tab = context.new_page()
        tab.goto(add(server) + "?segment=business")
        assert tab.evaluate(SEEN)["heading"] is None
        ends = "document.getAnimations().map((one) => (one.finish(), one.effect.getComputedTiming().endTime))"
        (after,) = tab.evaluate(ends)
        assert LIMIT < after < LIMIT + 1_100
        assert tab.evaluate(SEEN)["heading"] == "Fees"


def test_without_its_script_the_default_stays(chromium: Browser, server: Server) -> None:
    csp = policy(RULES, SITE, SCRIPT)
    url = add(server, script=loader() + ";", csp=csp)
    with chromium.new_context() as context:
        tab = context.new_page()
        tab.goto(url + "?segment=business")
        seen = settled(tab)
        assert (seen["heading"], seen["shown"]) == ("Fees", "default")
        csp = policy([OTHER], SITE)  # the hash of another engine
        tab.goto(add(server, csp=csp) + "?segment=business")
        assert settled(tab)["heading"] == "Fees", "nor does it do anything without the engine"


def test_a_place_in_it_is_reached(chromium: Browser, server: Server) -> None:
    with chromium.new_context() as context:
        tab = context.new_page()
        tab.goto(add(server) + "?segment=business#fees")
        assert settled(tab)["heading"] == "Fees for companies"
        assert tab.evaluate("document.getElementById('fees').getBoundingClientRect().top") < 10
        assert tab.evaluate("[history.length, document.querySelector(':target').innerText]") == [
            2,
            "Fees for companies",
        ]


def test_a_page_that_is_left_before_comes_back_with_its_default(chromium: Browser, server: Server) -> None:
    url = add(server)
    server.add("/next/", "<!doctype html><title>Next</title>")
    with chromium.new_context() as context:
        tab = context.new_page()
        tab.route(f"**{PATH}", lambda route: None)
        tab.goto(url + "?segment=business")
        tab.evaluate("window.mark = 1; addEventListener('pageshow', (event) => { window.restored = event.persisted })")
        tab.goto(server.url + "/next/")
        tab.evaluate("void setTimeout(() => history.back(), 0)")
        until(tab, "window.restored")
        seen = settled(tab)
        assert (tab.evaluate("mark"), seen["heading"], seen["decided"]) == (1, "Fees", ["business"])


MEMORY = clean_vocabulary('signals:\n  segment: {values: [business], from: ["storage:segment"], remember: 30d}\n')


def test_what_is_seen_stays_until_the_other_one_is_here(chromium: Browser, server: Server) -> None:
    rules = [decision([["business", {"segment": "business"}]], MEMORY)]
    body = region("fees", {}, '<h2>Fees</h2><input id="field">', more=STUB)
    url = server.add("/", page(body, rules, MEMORY, loads=loader()))
    with chromium.new_context() as context:
        tab = context.new_page()
        held = hold(tab)
        tab.goto(url)
        tab.fill("#field", "typed")
        tab.evaluate("ctxsite.set('segment', 'business', { now: true })")
        for _ in range(2000):  # the request is under way
            if held:
                break
            tab.wait_for_timeout(5)
        assert tab.evaluate(SEEN)["heading"] == "Fees"
        held[0].continue_()
        until(tab, "document.querySelector('[data-shown=business]')")
        assert tab.evaluate(SEEN)["heading"] == "Fees for companies"
        for segment, heading in ((None, "Fees"), ("business", "Fees for companies"), (None, "Fees")):
            tab.evaluate("(segment) => { ctxsite.set('segment', segment, { now: true }) }", segment)
            assert tab.evaluate(SEEN)["heading"] == heading
        assert tab.input_value("#field") == "typed"
        assert tab.evaluate("runs") == 1
        assert len(held) == 1


@pytest.mark.parametrize(("query", "heading"), [("?segment=business", "Fees for companies"), ("", "Fees")])
def test_a_prerendered_page_loads_it_when_it_is_activated(query: str, heading: str, server: Server) -> None:
    address = "/next/" + query
    rules = f'{{"prerender":[{{"source":"list","urls":["{address}"],"eagerness":"immediate"}}]}}'
    server.add("/", f'<!doctype html><script type="speculationrules">{rules}</script><a href="{address}">next</a>')
    server.add("/next/", page(SLOT + "<p>Text.</p>" * 40, RULES, SITE, loads=loader()))
    with chromium_session() as session:
        session.go(server.url + "/")
        for _ in range(100):
            if address in server.requests:
                break
            session.run("return new Promise((done) => setTimeout(done, 50))")
        session.run("return new Promise((done) => setTimeout(done, 500))")
        assert PATH not in server.requests
        session.run("setTimeout(() => document.querySelector('a').click())")
        for _ in range(200):
            if session.run("return location.pathname == '/next/' && seen.painted.length"):
                break
        assert session.run("return performance.getEntriesByType('navigation')[0].activationStart") > 0
        seen = session.run(f"return ({SEEN})()")
        assert seen["heading"] == heading
        assert seen["painted"] == ["variant" if query else "default"]
        assert server.requests.count(PATH) == bool(query)
