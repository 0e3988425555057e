"""The example site as people see it: in Chromium, under its own Content-Security-Policy, by what is visible."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page

from ctxsite.cli.main import main
from tests.browser.chromium import Visitor, launched
from tests.browser.published import served

EXAMPLE = Path(__file__).resolve().parent.parent.parent / "example-site"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    out = tmp_path_factory.mktemp("public")
    done = CliRunner().invoke(main, ["build", "-s", str(EXAMPLE), "-d", str(out), "--now", "2026-11-22T12:00Z"])
    assert done.exit_code == 0, done.output
    with served(out) as address:
        yield address


def visible(page: Page, selector: str) -> str:
    """Return the text that a person sees there (hidden parts have none)."""
    return " ".join(page.locator(selector).inner_text().split())


GREETINGS = [
    ("2026-11-24T08:00+01:00", "morning", "Good morning!"),
    ("2026-11-24T13:00+01:00", "default", "Good day!"),
    ("2026-11-24T20:00+01:00", "evening", "Good evening!"),
    ("2026-11-24T04:59+01:00", "evening", "Good evening!"),
    ("2026-11-24T05:00+01:00", "morning", "Good morning!"),
    ("2026-11-24T10:59+01:00", "morning", "Good morning!"),
    ("2026-11-24T11:00+01:00", "default", "Good day!"),
]


@pytest.mark.parametrize(("now", "branch", "text"), GREETINGS)
def test_greeting_by_the_hour(browser: Browser, url: str, now: str, branch: str, text: str) -> None:
    with Visitor(now=now).page(browser) as page:
        page.goto(url + "/")
        assert visible(page, "[data-vary=greeting]").startswith(text)
        assert page.get_attribute("[data-vary=greeting]", "data-shown") == branch
        assert page.locator("[data-vary=greeting] [data-default]").count() == (branch == "default")


def test_greeting_is_read_on_the_visitors_clock(browser: Browser, url: str) -> None:
    with Visitor(now="2026-11-24T13:00+01:00", zone="Asia/Kolkata").page(browser) as page:
        page.goto(url + "/")
        assert visible(page, "[data-vary=greeting]").startswith("Good evening!") is False
    with Visitor(now="2026-11-24T13:30+01:00", zone="Asia/Kolkata").page(browser) as page:
        page.goto(url + "/")
        assert visible(page, "[data-vary=greeting]").startswith("Good evening!"), "18:00 in Kolkata"


DESK = [
    # 3:30 in New York is 9:30 at the company, on a Tuesday.
    ("2026-11-24T03:30-05:00", "America/New_York", "The desk is open now."),
    ("2026-11-24T14:00-05:00", "America/New_York", "The desk is closed right now."),
    ("2026-11-24T13:29+05:30", "Asia/Kolkata", "The desk is open now."),
    ("2026-11-24T12:29+05:30", "Asia/Kolkata", "The desk is closed right now."),
    # Sunday evening in New York is Monday at the company, before it opens; Saturday morning there is a weekend's.
    ("2026-11-22T19:00-05:00", "America/New_York", "The desk is closed right now."),
    ("2026-11-22T09:00-05:00", "America/New_York", "It is the weekend"),
    # After the clocks went forward in Berlin and before they do in St John's … and the other way round.
    ("2027-03-29T03:30-02:30", "America/St_Johns", "The desk is open now."),
    ("2026-10-26T04:29-02:30", "America/St_Johns", "The desk is closed right now."),
]


@pytest.mark.parametrize(("now", "zone", "text"), DESK)
def test_the_service_desk_keeps_the_companys_hours(browser: Browser, url: str, now: str, zone: str, text: str) -> None:
    with Visitor(now=now, zone=zone).page(browser) as page:
        page.goto(url + "/service/contact/")
        assert visible(page, "[data-vary=desk]").startswith(text)


def test_prices_by_segment(browser: Browser, url: str) -> None:
    with Visitor().page(browser) as page:
        page.goto(url + "/tariffs/")
        assert visible(page, "h1") == "Tariffs for your home"
        assert "VAT" in visible(page, "main")
        page.goto(url + "/tariffs/?segment=business")
        assert page.get_attribute("html", "data-variant") == "business"
        heading, title = visible(page, "h1"), page.title()
        assert heading != "Tariffs for your home"
        assert title.startswith(heading)
        page.goto(url + "/tariffs/")
        assert page.get_attribute("html", "data-variant") == "business", "it is remembered"
        page.goto(url + "/tariffs/?segment=private")
        assert visible(page, "h1") == "Tariffs for your home"
    with Visitor().page(browser) as page:
        page.goto(url + "/de/tarife/?segment=business")
        assert page.get_attribute("html", "data-variant") == "business"
        assert page.get_attribute("html", "lang") == "de"


@pytest.mark.parametrize(
    ("language", "branch"), [("fr-CH", "french"), ("fr", "french"), ("pl-PL", "polish"), ("en-US", "default")]
)
def test_the_browsers_language(browser: Browser, url: str, language: str, branch: str) -> None:
    with Visitor(language=language).page(browser) as page:
        page.goto(url + "/service/contact/")
        assert page.get_attribute("[data-vary=languages]", "data-shown") == branch
        text = visible(page, "[data-vary=languages]")
        assert ("Vous parlez français" in text, "Mówi Pan" in text) == (branch == "french", branch == "polish")


def test_the_season(browser: Browser, url: str) -> None:
    with Visitor(now="2026-12-26T23:59+01:00").page(browser) as page:
        page.goto(url + "/")
        assert visible(page, "h1") == "A warm start into winter"
    with Visitor(now="2026-12-27T00:00+01:00").page(browser) as page:
        page.goto(url + "/")
        assert visible(page, "h1") == "Energy from here, for here"


def test_a_campaign(browser: Browser, url: str) -> None:
    with Visitor().page(browser) as page:
        page.goto(url + "/winter-check/?utm_campaign=WINTER-check")
        assert visible(page, "h1") == "Your free winter check"
        assert "Zaunkönig" in visible(page, "[data-vary=code]")


def test_somebody_who_comes_back(browser: Browser, url: str) -> None:
    with Visitor().page(browser) as page:
        page.goto(url + "/")
        assert page.locator("[data-vary=welcome-back]").inner_text().strip() == ""
        page.goto(url + "/service/")
        page.goto(url + "/")
        assert "Nice to see you" not in visible(page, "main"), "the same visit"
        page.evaluate("sessionStorage.clear()")
        page.goto(url + "/")
        assert "Nice to see you again" in visible(page, "[data-vary=welcome-back]"), "another one"


@pytest.mark.parametrize("path", ["/", "/tariffs/?segment=business", "/service/contact/", "/de/"])
def test_without_javascript_the_default(browser: Browser, url: str, path: str) -> None:
    with Visitor(script=False, language="fr-FR").page(browser) as page:
        page.goto(url + path)
        assert page.get_attribute("html", "data-variant") == "default"
        for shown in page.locator("[data-shown]").all():
            assert shown.get_attribute("data-shown") == "default"
        text = visible(page, "main")
    with Visitor(script=False).page(browser) as page:
        page.goto(url + path.split("?", maxsplit=1)[0])
        assert visible(page, "main") == text


SHIFT = """new Promise((done) => {
    let sum = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
        .observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => setTimeout(() => done(sum), 100));
})"""


@pytest.mark.parametrize("path", ["/", "/tariffs/?segment=business", "/service/contact/"])
@pytest.mark.parametrize(("language", "offered"), [("de-AT", True), ("en-GB", False)])
def test_nothing_moves(browser: Browser, url: str, path: str, language: str, offered: bool) -> None:
    with browser.new_context(locale=language) as context:
        page = context.new_page()
        page.goto(url + path)
        assert page.evaluate(SHIFT) == 0
        assert page.locator("[data-languages] :visible").count() == 3 * offered  # in one paragraph a link and a button


def test_ids_are_unique_and_nothing_is_left_hidden(browser: Browser, url: str) -> None:
    with Visitor(now="2026-12-05T20:00+01:00").page(browser) as page:
        for path in ("/", "/tariffs/?segment=business", "/service/contact/", "/de/tarife/"):
            page.goto(url + path)
            ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
            assert len(ids) == len(set(ids)), path
            left = page.evaluate(
                "document.querySelectorAll('[data-shown]:not([data-shown=default]) > [data-default]').length"
            )
            assert left == 0


def test_the_language_switcher_keeps_the_query(browser: Browser, url: str) -> None:
    with Visitor().page(browser) as page:
        page.goto(url + "/tariffs/?kwh=7200")
        page.locator("nav.languages a[hreflang=de]").first.click()
        page.wait_for_url(url + "/de/tarife/?kwh=7200")
        assert page.get_attribute("[data-vary=consumption]", "data-shown") == "when-1"
