"""The page's engine decides in a previewed context as the definition says, for every signal, known or unknown.

What is compared is what is visible in Chromium.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from random import Random
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from playwright.sync_api import Browser, BrowserContext
from playwright.sync_api import Page as Tab

from ctxsite.rules.ast import Decision
from ctxsite.rules.check import Prover
from ctxsite.rules.context import read_context
from ctxsite.rules.evaluate import Visit
from ctxsite.rules.proofs import Verdict
from ctxsite.server.preview_context import context_from, link_query
from tests.browser.chromium import launched
from tests.rules.generate import make_context, make_variants
from tests.rules.reading import SITE, clean_vocabulary, decision
from tests.server.preview_site import NOW, Served, serving

pytestmark = pytest.mark.browser

WITHOUT_ZONE = SITE.replace("zone: Europe/Berlin\n", "")
BLOCKS = 24
CONTEXTS = 80

VISIBLE = """() => ({
    variant: document.querySelector('main h1').innerText,
    blocks: [...document.querySelectorAll('main p')].map((line) => line.innerText.trim()).filter(Boolean),
    errors: window.ctxsite.decisions == null,
})"""


def _reachable(draw: Random) -> list[tuple[list[Any], Decision]]:
    """Draw variants of which each can be shown, as a build demands it, with the decisions that they make."""
    known = clean_vocabulary(WITHOUT_ZONE)
    prover = Prover(known, NOW, ["en"])
    found: list[tuple[list[Any], Decision]] = []
    while len(found) < BLOCKS:
        variants = make_variants(draw)
        rules = decision([(f"when-{place}", when) for place, (_, when) in enumerate(variants, 1)], known)
        proof = prover.prove(rules)
        if all(branch.verdict is Verdict.REACHABLE for branch in (*proof.branches, proof.default)):
            found.append(([when for _, when in variants], rules))
    return found


def _witnesses(rules: list[Decision]) -> list[Any]:
    prover = Prover(clean_vocabulary(WITHOUT_ZONE), NOW, ["en"])
    return [witness for each in rules for witness in prover.prove(each).witnesses().values()]


def _block(number: int, conditions: list[Any]) -> str:
    lines = [f"::: vary b{number}", f"b{number}=default"]
    for place, when in enumerate(conditions, 1):
        condition = {"audience": when} if isinstance(when, str) else when
        lines += [f"::: when {json.dumps(condition)}", f"b{number}=when-{place}"]
    return "\n".join([*lines, ":::", ""])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture(scope="module")
def drawn() -> list[tuple[list[Any], Decision]]:
    return _reachable(Random(5))


@pytest.fixture(scope="module")
def site(drawn: list[tuple[list[Any], Decision]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a site that uses every signal: a page with many blocks, and two variants."""
    root = tmp_path_factory.mktemp("site")
    (root / "content").mkdir()
    (root / "ctxsite.yaml").write_text("title: All signals\n" + WITHOUT_ZONE, encoding="utf-8")
    blocks = "\n".join(_block(number, conditions) for number, (conditions, _) in enumerate(drawn))
    front = (
        "---\ntitle: Standard\nvariants:\n"
        "  known: {when: {known: [time, language]}, title: Known}\n"
        "  member: {when: {any: [{member: true}, {visit: returning}, {scheme: dark}]}, title: Member}\n---\n"
    )
    (root / "content" / "all.md").write_text(front + blocks, encoding="utf-8")
    with serving(root) as served:
        yield served


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    context: BrowserContext = browser.new_context(locale="fr-CH", timezone_id="Asia/Tokyo", color_scheme="dark")
    context.add_cookies([
        {"name": name, "value": value, "domain": "127.0.0.1", "path": "/"}
        for name, value in {"country": "NO", "weather": "snow", "member": "true", "plan": "pro"}.items()
    ])  # fmt: skip
    page = context.new_page()
    # Only what decides is looked at here: the other scripts of the server stay away.
    page.route(
        re.compile("/__ctxsite/(?!preview/.*early)"),
        lambda route: route.fulfill(body="", content_type="text/javascript"),
    )
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert errors == []


def differences(site: Served, tab: Tab, rules: list[Decision], query: str, context: Any) -> Any:
    """Return what is seen and what the definition says, where they differ."""
    visit = Visit(read_context(context), site.vocabulary)
    page = site.built.compiled.sitemap.by_address["/all/"]
    own = page.decision()
    assert own is not None
    titles = {"known": "Known", "member": "Member", "default": "Standard"}
    wanted = {
        "variant": titles[visit.decide(own)],
        "blocks": [f"b{number}={visit.decide(each)}" for number, each in enumerate(rules)],
        "errors": False,
    }
    tab.goto(site.url + "/all/" + query)
    seen = tab.evaluate(VISIBLE)
    return None if seen == wanted else (query, context, wanted, seen)


def test_random_contexts(site: Served, tab: Tab, drawn: list[tuple[list[Any], Decision]]) -> None:
    draw = Random(6)
    rules = [each for _, each in drawn]
    contexts = [make_context(draw) for _ in range(CONTEXTS)]
    found = [differences(site, tab, rules, link_query(each, site.vocabulary), each) for each in contexts]
    assert [each for each in found if each] == []


def test_witnesses(site: Served, tab: Tab, drawn: list[tuple[list[Any], Decision]]) -> None:
    rules = [each for _, each in drawn]
    contexts = _witnesses(rules)
    assert len(contexts) > 2 * BLOCKS
    found = [differences(site, tab, rules, link_query(each, site.vocabulary), each) for each in contexts]
    assert [each for each in found if each] == []


TEXTS = (
    "", "-", ";;", "nothing", ":", "now:", "now:2026-02-30T12:00Z", "now:2026-12-24T20:15", "now:2026-12-24T24:00Z",
    "now:2026-12-24T20:15 01:00", "now:2026-12-24T20:15:59.9+01:00", "now:0001-12-31T12:00Z", "now:1801-01-01T12:00Z",
    "now:9998-12-31T23:59-12:00", "now:9999-01-01T00:00Z", "now:2026-12-24T20:15Z;zone:Europe/Nowhere",
    "now:2026-12-24T20:15Z;zone:europe/berlin", "now:2026-12-24T20:15Z;zone:+05:00", "zone:Europe/Berlin",
    "now:2026-12-24T20:15Z;zone:Etc/GMT+5", "now:2026-12-24T20:15Z;zone:Etc/GMT 5",
    "now:2026-10-25T02:30+02:00;zone:Europe/Berlin", "now:2026-10-25T02:30+01:00;zone:Europe/Berlin",
    "now:2026-03-29T01:59:59Z;zone:Europe/Berlin", "now:2026-03-29T02:00Z;zone:America/St_Johns",
    "now:1900-01-01T12:00Z;zone:Europe/Berlin", "now:2300-07-01T21:59Z;zone:Australia/Lord_Howe",
    "languages:de-AT", "languages:DE, en", "languages:,de", "languages:de_AT", "languages:de--AT", "languages:ſv",
    "language:de", "segments:", "segments:business", "segments:business ,press", "segments:nobody", "segments:BUSINESS",
    "segment:business", ".segments:business", "tags:", "tags:a,,c", "tags:x", "country:DE", "country:de", "country:D",
    "country:ſs", ".country:DE", "campaign:WINTER", "campaign:%C3%84pfel", "campaign:%ZZ", "campaign:%E0%A4%A",
    "campaign:bf%2D2026", "referrer:EXAMPLE.org.", "referrer:-a.org", "referrer:news.example.org", "device:PHONE",
    "device:watch", "visit:New", "scheme:Dark", "scheme:", "weather:rain", "weather:Rain", "orders:5", "orders:+5.0",
    "orders:5.", "orders:1e1", "orders:-0", "orders:NaN", f"orders:{'9' * 300}", f"orders:{'9' * 301}", "member:1",
    "member:0", "member:True", "member:true", "plan:", "plan:pro", "plan:Pro", "plan:a%3Bb%2Bc%20d", "plan:12",
    "plan:free;plan:pro", ".plan:pro;plan:free", "__proto__:a;constructor:b;toString:c",
)  # fmt: skip


def test_texts_that_nobody_vouches_for(site: Served, tab: Tab, drawn: list[tuple[list[Any], Decision]]) -> None:
    rules = [each for _, each in drawn]
    queries = [(f"?ctx={quote(text)}", context_from(text, site.vocabulary)) for text in TEXTS]
    found = [differences(site, tab, rules, query, context) for query, context in queries]
    assert [each for each in found if each] == []


def test_a_query_written_by_others(site: Served, tab: Tab, drawn: list[tuple[list[Any], Decision]]) -> None:
    """Whatever encodes a link once more leaves it as it is: a plus sign may have become a space."""
    rules = [each for _, each in drawn]
    text = "now:2026-12-24T22:15+01:00;zone:Europe/Vienna;plan:pro;campaign:winter"
    context = {
        "now": "2026-12-24T22:15+01:00", "zone": "Europe/Vienna", "campaign": "winter", "signals": {"plan": "pro"},
    }  # fmt: skip
    for query in (
        f"?ctx={text}",
        f"?a=b&ctx={quote(text, safe='')}&ctx=-",
        f"?ctx={quote_plus(text.replace('+', ' '))}",
    ):
        assert differences(site, tab, rules, query, context) is None
