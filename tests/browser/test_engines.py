"""The selector in Chromium, Firefox and WebKit: in each, what is visible is what the rules say."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from itertools import groupby
from random import Random
from typing import Any
from urllib.parse import quote

import pytest

from tests.browser.engines import ENGINES, Start
from tests.browser.pages import page, policy, stopped_clock
from tests.browser.person import Person, Tab
from tests.browser.server import Server, serving
from tests.browser.visits import BODY, DECISIONS, OFFER, OFFER_BODY, PAGE, SITE, TEXTS, VISITS
from tests.rules.reading import clean_vocabulary, decision
from tests.selector.test_hostile import hostile, meaning

pytestmark = pytest.mark.browser

SHOWN = """return {
    texts: document.body.innerText.split('\\n').filter((text) => text.trim()),
    decided: {'': document.documentElement.dataset.variant, ...ctxsite.decisions.blocks},
    told: seen.decided,
    violations: seen.violations,
}"""


@pytest.fixture(params=ENGINES)
def start(request: pytest.FixtureRequest) -> Start:
    return ENGINES[request.param]


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def add_page(server: Server, now: str = "2026-11-23T12:00Z", csp: str = "") -> str:
    """Serve the page of `visits` under a strict policy (or this one), with a clock that stands still."""
    clock, decisions = stopped_clock(now), [*DECISIONS, OFFER]
    head = f'<meta name="plan" content="full"><script>{clock}</script>'
    html = page(BODY + OFFER_BODY, decisions, SITE, head=head)
    return server.add("/", html, content_security_policy=csp or policy(decisions, SITE, clock))


def test_what_is_visible_is_what_the_definition_says(start: Start, server: Server) -> None:
    got, wanted = {}, {}
    for person, names in groupby(VISITS, lambda name: VISITS[name].person):
        with start(person) as tab:
            tab.go(server.add("/empty/", "<!doctype html><title>Empty</title>"))
            for name in names:
                case = VISITS[name]
                tab.run(LEFT % (json.dumps(case.cookies), json.dumps(case.stored)))
                tab.go(add_page(server, case.now + "Z") + case.query)
                got[name] = tab.run(SHOWN)
                decided = case.decided()
                wanted[name] = {"texts": case.shown(), "decided": decided, "told": [decided[""]], "violations": []}
    assert got == wanted


LEFT = """
    for (const pair of document.cookie.split('; ')) document.cookie = pair.split('=')[0] + '=; max-age=0; path=/';
    localStorage.clear();
    for (const [name, value] of Object.entries(%s)) document.cookie = `${name}=${value}; path=/`;
    for (const [name, value] of Object.entries(%s)) localStorage.setItem(name, value);
"""
"""What visits before left is cleared, and what this one finds is put there."""


def test_without_javascript_it_is_the_default(start: Start, server: Server) -> None:
    with start(Person(language="de-CH", script=False)) as tab:
        tab.go(add_page(server) + "?segment=business")
        found = {text: tab.has_heading(text) for text in ("For everyone", "For companies", "Others")}
    assert found == {"For everyone": True, "For companies": False, "Others": False}


def sandboxed(server: Server) -> str:
    """Serve the page where neither cookies nor storage may be touched: each access throws a SecurityError."""
    decisions, clock = [*DECISIONS, OFFER], stopped_clock("2026-11-23T12:00Z")
    return add_page(server, csp=policy(decisions, SITE, clock) + "; sandbox allow-scripts")


REMEMBERS = clean_vocabulary("""\
signals:
  segment: {values: [private, business], from: ["query:segment"], remember: 30d}
""")
REMEMBERED = decision([["business", {"segment": "business"}]], REMEMBERS)


def test_one_visitor(start: Start, server: Server) -> None:
    """Many things about one visitor: starting a browser takes longer than all of them."""
    with start(Person()) as tab:
        blocked_storage(tab, server)
        a_killed_engine(tab, server)
        a_remembered_segment(tab, server)
        fifty_hostile_values(tab, server)
        the_back_forward_cache(tab, server)


def blocked_storage(tab: Tab, server: Server) -> None:
    url = sandboxed(server)
    for query, heading in (("", "For everyone"), ("?segment=business", "For companies")):
        tab.go(url + query)
        assert tab.run("try { localStorage } catch (fault) { return fault.name }") == "SecurityError"
        assert tab.run(SHOWN)["texts"] == [heading, "We are there.", "Welcome"]


def a_killed_engine(tab: Tab, server: Server) -> None:
    """The policy knows the hash of another engine: this one never runs."""
    url = add_page(server, csp=policy([PAGE], SITE))
    tab.go(url + "?segment=business")
    assert tab.has_heading("For everyone")
    assert tab.run("return document.documentElement.dataset.variant") == "default"


def a_remembered_segment(tab: Tab, server: Server) -> None:
    for required, consents, kept in ((False, False, True), (True, False, False), (True, True, True)):
        url = server.add("/", page(BODY, [REMEMBERED], REMEMBERS, consent_required=required))
        tab.go(url + "?segment=business")
        assert tab.has_heading("For companies")
        if consents:
            tab.run("ctxsite.consent(true)")
        tab.go(url)
        assert tab.has_heading("For companies" if kept else "For everyone")
        tab.run("ctxsite.forget()")
        assert tab.run("return localStorage.length + sessionStorage.length") == 0
        tab.go(url)
        assert tab.has_heading("For everyone")


def fifty_hostile_values(tab: Tab, server: Server) -> None:
    url = add_page(server)
    draw = Random(7)
    got: list[Any] = []
    wanted: list[Any] = []
    tab.go(url)
    for _ in range(50):
        text = hostile(draw).replace("constructor", "toString")
        means = "business" in (meaning("segment", text) or ())
        tab.run(f"document.cookie = 'segment=; max-age=0'; document.cookie = 'orders=' + {json.dumps(text)}")
        tab.go(url + "?segment=" + quote(text, safe=""))
        got.append((text, tab.run(SHOWN)["texts"][0]))
        wanted.append((text, TEXTS["business" if means else "default"]))
    assert got == wanted


def the_back_forward_cache(tab: Tab, server: Server) -> None:
    tab.go(add_page(server) + "?segment=business")
    tab.run("window.mark = 1; addEventListener('pageshow', (event) => { window.restored = event.persisted })")
    tab.go(server.add("/next/", "<!doctype html><title>Next</title><h1>Next</h1>"))
    tab.back()
    for _ in range(100):
        if tab.run("return window.restored"):
            break
        time.sleep(0.05)
    assert tab.run("return [mark, restored]") == [1, True]
    assert tab.run(SHOWN)["told"] == ["business"], "once, not again"
    assert tab.run(SHOWN)["texts"][0] == "For companies"
