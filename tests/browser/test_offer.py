"""The offer of a language in Chromium, Firefox and WebKit, on a site with the default theme and its own policy."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from ctxsite.cli.main import main
from tests.browser.engines import ENGINES, Start
from tests.browser.person import Person, Tab
from tests.browser.published import served

pytestmark = pytest.mark.browser

CONFIG = "title: Offers\nlanguages: {{en: {{}}, de: {{}}, choose: {choose}}}\n"
PAGES = {
    "content/_index.md": "---\ntitle: Start\n---\nText\n",
    "content/_index.de.md": "---\ntitle: Anfang\n---\nText\n",
    "content/only.md": "---\ntitle: Only in English\n---\nText\n",
}
AUSTRIAN = Person(language="de-AT")

COMPLETE = """return new Promise((done) => {
    if (document.readyState == 'complete') done();
    else addEventListener('load', () => done());
})"""

SEEN = """
    const bar = document.querySelector('[data-languages]:not([hidden])');
    return [
        location.pathname + location.search + location.hash,
        bar && bar.innerText.replace(/\\s+/g, ' ').trim(),
        localStorage.getItem('ctxsite.language'),
        document.querySelector('header').getBoundingClientRect().top,
    ];
"""


@pytest.fixture(params=ENGINES)
def start(request: pytest.FixtureRequest) -> Start:
    return ENGINES[request.param]


def built(make_site: Callable[..., Path], choose: str) -> Path:
    root = make_site({"ctxsite.yaml": CONFIG.format(choose=choose), **PAGES})
    done = CliRunner().invoke(main, ["build", "-s", str(root), "--strict", "--now", "2026-11-22T12:00Z"])
    assert done.exit_code == 0, done.output
    return root / "public"


def arrived(tab: Tab, path: str) -> None:
    """Wait until the tab shows a path, complete."""
    for _ in range(200):
        if urlsplit(tab.address()).path == path:
            tab.run(COMPLETE)
            return
        time.sleep(0.05)
    raise AssertionError(tab.address())


def test_a_bar_offers_it(start: Start, make_site: Callable[..., Path]) -> None:
    offer = "Diese Seite gibt es auch in Ihrer Sprache: Deutsch Nicht mehr anbieten"
    with served(built(make_site, "suggest")) as url, start(AUSTRIAN) as tab:
        tab.go(url + "/only/")
        assert tab.run(SEEN)[:3] == ["/only/", None, None]
        tab.go(url + "/?q=1#content")
        assert tab.run(SEEN) == ["/?q=1#content", offer, None, 0]
        tab.run("document.querySelector('[data-languages] p:not([hidden]) button').click()")
        assert tab.run(SEEN) == ["/?q=1#content", None, "en", 0]
        tab.go(url + "/")
        assert tab.run(SEEN) == ["/", None, "en", 0]
        tab.run("localStorage.clear()")
        tab.go(url + "/?again")
        assert tab.run(SEEN)[1] == offer
        tab.run("void setTimeout(() => document.querySelector('[data-languages] p:not([hidden]) a').click(), 0)")
        arrived(tab, "/de/")
        assert tab.run(SEEN) == ["/de/?again", None, "de", 0]
        tab.go(url + "/")
        assert tab.run(SEEN) == ["/", None, "de", 0]


def test_a_visit_is_redirected_where_it_begins(start: Start, make_site: Callable[..., Path]) -> None:
    with served(built(make_site, "redirect")) as url, start(AUSTRIAN) as tab:
        tab.go(url + "/only/")
        tab.run(f"void setTimeout(() => {{ location = '{url}/' }}, 0)")
        arrived(tab, "/")  # from a page of the site: nobody is led away
        tab.run("localStorage.clear()")
        tab.go("about:blank")
        tab.go(url + "/?q=1#content")
        arrived(tab, "/de/")
        assert tab.run(SEEN) == ["/de/?q=1#content", None, None, 0]
        tab.run("void setTimeout(() => document.querySelector('a[hreflang=en]').click(), 0)")
        arrived(tab, "/")
        assert tab.run(SEEN)[:3] == ["/?q=1", None, "en"]
        tab.go("about:blank")
        tab.go(url + "/?q=2")
        time.sleep(0.3)
        assert tab.run(SEEN)[:3] == ["/?q=2", None, "en"]


def test_a_choice_is_remembered_once_the_visitor_consents(start: Start, make_site: Callable[..., Path]) -> None:
    config = "consent: required\n" + CONFIG.format(choose="suggest")
    root = make_site({"ctxsite.yaml": config, **PAGES})
    done = CliRunner().invoke(main, ["build", "-s", str(root), "--strict", "--now", "2026-11-22T12:00Z"])
    assert done.exit_code == 0, done.output
    close = "document.querySelector('[data-languages] p:not([hidden]) button').click()"
    with served(root / "public") as url, start(AUSTRIAN) as tab:
        tab.go(url + "/")
        tab.run(close)
        assert tab.run(SEEN)[1:3] == [None, None]
        tab.go("about:blank")
        tab.go(url + "/")
        assert tab.run(SEEN)[1] is not None, "nothing was remembered"
        tab.run(close + "; ctxsite.consent(true)")
        assert tab.run(SEEN)[2] == "en"
        tab.go("about:blank")
        tab.go(url + "/")
        assert tab.run(SEEN)[1] is None
        tab.run("ctxsite.forget()")
        assert tab.run("return localStorage.length") == 0
        tab.run("ctxsite.consent(true)")
        tab.go(url + "/de/only/")  # the English text: it is not translated
        tab.run("void setTimeout(() => document.querySelector('nav.languages a[hreflang=en]').click(), 0)")
        arrived(tab, "/only/")
        assert tab.run(SEEN)[2] == "en"
