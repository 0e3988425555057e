"""The panel on the example site: every witness, the shared link, the keyboard, and what axe-core finds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Route, expect
from playwright.sync_api import Page as Tab

from ctxsite.model.page import Page
from ctxsite.server.preview_context import link_query
from tests.browser.chromium import launched
from tests.browser.missing import missing
from tests.browser.test_accessibility import AXE, FAULTS, INSTALL
from tests.server.preview_site import Served, expected, expected_of_text, ready, serving, shown

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.fixture(scope="module")
def site() -> Iterator[Served]:
    with serving(ROOT / "example-site") as served:
        yield served


@contextmanager
def visiting(browser: Browser, **person: Any) -> Iterator[Tab]:
    """Yield a tab of a fresh profile; in the end, nothing may have gone wrong in it."""
    context = browser.new_context(**{"locale": "en-GB", "timezone_id": "Europe/Vienna", **person})
    tab = context.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield tab
    context.close()
    assert errors == []


def with_decisions(site: Served) -> list[Page]:
    pages = (*site.built.compiled.sitemap.pages, *site.built.compiled.sitemap.not_found)
    return [page for page in pages if page.variants or page.document.body.blocks]


def context_of(tab: Tab) -> str:
    """Return the context in the tab's address."""
    text = tab.evaluate("() => new URLSearchParams(location.search).get('ctx')")
    return str(text).replace(" ", "+")


def opened(tab: Tab) -> None:
    """Open the panel, if it is not."""
    ready(tab)
    toggle = tab.locator("ctxsite-preview .toggle")
    if toggle.get_attribute("aria-expanded") == "false":
        toggle.click()


def loaded_again(tab: Tab, act: Callable[[], object]) -> None:
    """Do something that loads the page anew, and wait for the panel."""
    tab.evaluate("() => { window.before = true; }")
    act()
    for _ in range(6000):  # enough on the busiest machine
        if not still_there(tab):
            break
        tab.wait_for_timeout(5)
    else:
        pytest.fail("the page was not loaded again")
    ready(tab)


def still_there(tab: Tab) -> bool:
    """Tell whether the tab shows the page that it showed before."""
    try:
        return bool(tab.evaluate("() => window.before === true"))
    except Error as error:
        if "context was destroyed" in str(error):
            return True
        raise


def test_every_witness(browser: Browser, site: Served) -> None:
    """A link with a witness shows what `explain` names, whatever the browser is really like."""
    summary = json.loads(site.built.files["ctxsite.json"].data)
    count = 0
    with visiting(browser, locale="de-AT", timezone_id="Asia/Tokyo", color_scheme="dark") as tab:
        for data in summary["pages"]:
            page = site.built.compiled.sitemap.by_address[data["address"]]
            witnesses = [data["witnesses"], *(block["witnesses"] for block in data["blocks"])]
            for context in (found for each in witnesses for found in each.values()):
                tab.goto(site.url + page.address + link_query(context, site.vocabulary))
                assert shown(tab) == expected(page, context, site.vocabulary), (page.address, context)
                count += 1
    assert count > 100


@pytest.mark.parametrize(
    "language", ["en", pytest.param("de", marks=pytest.mark.slow), pytest.param("ar", marks=pytest.mark.slow)]
)
def test_every_preset(language: str, browser: Browser, site: Served) -> None:
    """Each preset shows what it is named after, as the rules say; its link does so in a fresh profile."""
    count = 0
    for page in with_decisions(site):
        if page.key.language != language:
            continue
        with visiting(browser) as tab:
            tab.goto(site.url + page.address)
            opened(tab)
            chips = tab.locator("ctxsite-preview .chip").all()
            names = [(chip.get_attribute("data-block"), chip.get_attribute("data-branch")) for chip in chips]
            assert names
            for block, branch in names:
                chip = tab.locator(f'ctxsite-preview .chip[data-block="{block}"][data-branch="{branch}"]')
                assert chip.is_enabled(), (page.address, block, branch)
                loaded_again(tab, chip.click)
                seen = shown(tab)
                wanted = expected_of_text(page, context_of(tab), site.vocabulary)
                assert seen == wanted, (page.address, block, branch)
                assert (seen[1].get(block) if block else seen[0]) == branch, (page.address, block, branch)
                assert chip.get_attribute("aria-pressed") == "true"
                assert tab.locator("ctxsite-preview .bad-news").count() == 0
                with visiting(browser, timezone_id="America/New_York", locale="fr-FR") as other:
                    other.goto(tab.url)
                    assert shown(other) == wanted
                count += 1
    assert count > 30


@pytest.mark.parametrize("permitted", [True, False])
def test_a_link_is_copied(permitted: bool, browser: Browser, site: Served) -> None:
    """Also of what is seen without any simulation; where the clipboard may not be written, it is in the address bar."""
    with visiting(browser, permissions=["clipboard-read", "clipboard-write"] if permitted else []) as tab:
        if not permitted:
            tab.add_init_script("navigator.clipboard.writeText = () => Promise.reject()")
        tab.goto(site.url + "/?segment=business#content")
        opened(tab)
        copy = tab.locator("ctxsite-preview [data-key=copy]")
        copy.click()
        expect(copy).to_have_text("Copied" if permitted else "In the address bar")
        link = tab.evaluate("() => navigator.clipboard.readText()") if permitted else tab.url
        assert "segment=business" in link
        assert "segments:business" in link
        seen = shown(tab)
    assert seen[0] == "business"
    with visiting(browser, timezone_id="Pacific/Auckland") as other:
        other.goto(link.replace("segment=business&", ""))
        assert shown(other) == seen


def test_presets_add_up(browser: Browser, site: Served) -> None:
    """A business customer in the evening: one choice does not undo the other where both can be."""
    with visiting(browser) as tab:
        tab.goto(site.url + "/")
        opened(tab)
        for block, branch in (("", "business"), ("greeting", "evening")):
            chip = tab.locator(f'ctxsite-preview .chip[data-block="{block}"][data-branch="{branch}"]')
            loaded_again(tab, chip.click)
        variant, blocks = shown(tab)
        assert (variant, blocks["greeting"]) == ("business", "evening")
        expect(tab.locator("ctxsite-preview .toggle")).to_have_text("Preview: business, evening")


def test_the_context_goes_along_until_it_is_reset(browser: Browser, site: Served) -> None:
    with visiting(browser) as tab:
        tab.goto(site.url + "/?ctx=segments:business#content")
        loaded_again(tab, tab.get_by_role("link", name="Tariffs", exact=True).first.click)
        assert tab.url == site.url + "/tariffs/?ctx=segments:business"
        assert shown(tab)[0] == "business"
        opened(tab)
        loaded_again(tab, tab.locator("ctxsite-preview button", has_text="Reset").click)
        assert tab.url == site.url + "/tariffs/"
        assert shown(tab)[0] == "default"
        loaded_again(tab, tab.get_by_role("link", name="Blog", exact=True).first.click)
        assert "ctx" not in tab.url
        assert tab.evaluate("() => Object.keys(localStorage).concat(document.cookie).join('')") in ("ctxsite", "")


def test_the_form_says_who_comes(browser: Browser, site: Served) -> None:
    with visiting(browser) as tab:
        tab.goto(site.url + "/")
        opened(tab)
        panel = tab.locator("ctxsite-preview")
        loaded_again(tab, lambda: panel.get_by_label("business").check())
        loaded_again(tab, lambda: panel.get_by_label("Visit").select_option("returning"))
        slider = panel.get_by_label("Time of day")
        loaded_again(tab, lambda: slider.fill("1215"))
        assert shown(tab) == ("business", {"greeting": "evening", "welcome-back": "returning"})
        assert "T20:15+01:00;zone:Europe/Vienna" in context_of(tab)
        panel.get_by_label("Time zone").fill("Asia/Tokyo")
        loaded_again(tab, slider.focus)
        assert "T20:15+09:00;zone:Asia/Tokyo" in context_of(tab)
        loaded_again(tab, panel.get_by_label("Make the time unknown").click)
        assert "now:" not in context_of(tab)
        assert shown(tab)[1]["greeting"] == "default"


def test_the_day_has_moments_worth_looking_at(browser: Browser, site: Served) -> None:
    with visiting(browser) as tab:
        tab.goto(site.url + "/?ctx=now:2026-11-24T13:00+09:00;zone:Asia/Tokyo;segments:business")
        opened(tab)
        moments = tab.locator("ctxsite-preview button[name=moment]")
        assert moments.all_inner_texts() == ["05:00", "11:00", "18:00"]
        loaded_again(tab, moments.last.click)
        assert context_of(tab) == "now:2026-11-24T18:00+09:00;zone:Asia/Tokyo;segments:business"
        assert shown(tab) == ("business", {"greeting": "evening", "welcome-back": "default"})
        assert focused(tab) == "moment 18:00"


def test_nothing_is_remembered_of_a_previewed_visitor(browser: Browser, site: Served) -> None:
    with visiting(browser) as tab:
        tab.goto(site.url + "/?ctx=segments:business;visit:returning;interests:solar")
        ready(tab)
        assert shown(tab)[1]["welcome-back"] == "returning"
        assert tab.evaluate("() => [Object.keys(localStorage), document.cookie]") == [[], ""]
        kept = tab.evaluate("() => Object.keys(sessionStorage)")
        assert "ctxsite:preview" in kept
        assert not {"ctxsite", "segment", "interests"} & set(kept)


def test_what_a_script_says_meanwhile_is_followed(browser: Browser, site: Served) -> None:
    with visiting(browser) as tab:
        tab.goto(site.url + "/?ctx=segments:business")
        opened(tab)
        assert tab.evaluate("() => ctxsite.set('segment', 'private', {now: true})")
        pressed = tab.locator('ctxsite-preview .chip[data-block=""][aria-pressed=true]')
        expect(pressed).to_have_text("default")
        assert shown(tab)[0] == "default"
        assert tab.locator("ctxsite-preview .bad-news").count() == 0


def test_reasons_and_clocks_are_told(browser: Browser, site: Served) -> None:
    with visiting(browser) as tab:
        tab.goto(site.url + "/service/?ctx=now:2026-11-24T13:00%2B09:00;zone:Asia/Tokyo")
        opened(tab)
        panel = tab.locator("ctxsite-preview")
        assert "Europe/Berlin: tue 2026-11-24 05:00" in panel.locator(".time").inner_text()
        panel.locator(".decision summary").first.click()
        assert "Europe/Berlin" in panel.locator(".branches").first.inner_text()


def test_a_disagreement_is_told(browser: Browser, site: Served) -> None:
    with visiting(browser) as tab:
        tab.route("**/preview.json*", _lies)
        tab.goto(site.url + "/?ctx=segments:business")
        opened(tab)
        said = tab.locator("ctxsite-preview .bad-news").inner_text()
        assert "the engine chose business, the rules say winter" in said


def _lies(route: Route) -> None:
    """Let the evaluator say something else than it does."""
    answer = route.fetch()
    route.fulfill(response=answer, json={**answer.json(), "variant": "winter"})


def test_a_page_without_decisions(browser: Browser, site: Served) -> None:
    with visiting(browser) as tab:
        tab.goto(site.url + "/about/")
        opened(tab)
        assert "Everybody sees the same here" in tab.locator("ctxsite-preview .results").inner_text()
        tab.goto(site.url + "/service/outage/~night/?ctx=-")
        opened(tab)
        assert "This address shows night" in tab.locator("ctxsite-preview .who").inner_text()


def test_a_frame_has_no_panel_and_keeps_its_own_context(browser: Browser, site: Served) -> None:
    with visiting(browser) as tab:
        tab.goto(site.url + "/about/?ctx=segments:private")
        ready(tab)
        tab.evaluate(
            """() => new Promise((done) => {
                const frame = document.createElement('iframe');
                frame.onload = done;
                frame.src = '/?ctx=segments:business';
                document.body.append(frame);
            })"""
        )
        frame = tab.frames[1]
        assert frame.evaluate("() => document.documentElement.dataset.variant") == "business"
        assert frame.locator("ctxsite-preview").count() == 0
        frame.get_by_role("link", name="Business tariffs").first.evaluate("(link) => link.click()")
        frame.wait_for_url("**/tariffs/**")
        assert frame.url.endswith("ctx=segments:business")
        tab.goto(site.url + "/about/")
        assert context_of(tab) == "segments:private"


def focused(tab: Tab) -> str:
    """Return what has the focus in the panel."""
    return str(tab.evaluate(
        """() => {
            const found = document.querySelector('ctxsite-preview').shadowRoot.activeElement;
            return found?.dataset.key ?? found?.name ?? '';
        }"""
    ))  # fmt: skip


def test_the_keyboard_is_enough(browser: Browser, site: Served) -> None:
    with visiting(browser) as tab:
        tab.goto(site.url + "/")
        ready(tab)
        tab.keyboard.press("Shift+Tab")  # the panel is last in the page: from the address bar, backwards
        for _ in range(3):
            if focused(tab) != "toggle":
                tab.keyboard.press("Shift+Tab")
        assert focused(tab) == "toggle"
        tab.keyboard.press("Enter")
        order = []
        for _ in range(60):
            tab.keyboard.press("Shift+Tab")
            order.append(focused(tab))
            if order[-1] == "preset  business":
                break
        assert order[-1] == "preset  business"
        assert {"fold others", "slider", "fold why ", "preset greeting evening"} <= set(order)
        loaded_again(tab, lambda: tab.keyboard.press("Space"))
        assert (shown(tab)[0], focused(tab)) == ("business", "preset  business")
        passed = []
        while focused(tab) != "slider":
            tab.keyboard.press("Tab")
            passed.append(focused(tab))
            assert len(passed) < 40, passed
        loaded_again(tab, lambda: tab.keyboard.press("End"))
        assert (shown(tab)[1]["greeting"], focused(tab)) == ("evening", "slider")
        assert "T23:59" in context_of(tab)
        tab.keyboard.press("Escape")
        assert focused(tab) == "toggle"
        assert tab.locator("ctxsite-preview .toggle").get_attribute("aria-expanded") == "false"


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.exists():
        missing("axe-core", INSTALL)
    return AXE.read_text(encoding="utf-8")


PLACES: dict[str, tuple[str, dict[str, Any]]] = {
    "business": ("/?ctx=segments:business", {}),
    "with every kind of field": ("/tariffs/", {}),
    "without decisions": ("/about/", {}),
    "a variant by itself": ("/service/outage/~night/", {}),
    "in the dark": ("/service/?ctx=-", {"color_scheme": "dark"}),
    "from right to left": ("/ar/?ctx=segments:business", {"locale": "ar"}),
    "on a phone": ("/", {"viewport": {"width": 360, "height": 740}, "has_touch": True}),
    "with a high contrast": ("/", {"forced_colors": "active"}),
}


@pytest.mark.parametrize("place", PLACES)
def test_no_fault_that_axe_finds(place: str, browser: Browser, site: Served, axe: str) -> None:
    path, person = PLACES[place]
    with visiting(browser, **person) as tab:
        tab.goto(site.url + path)
        ready(tab)
        tab.evaluate(axe)
        assert tab.evaluate(FAULTS) == []
        opened(tab)
        for summary in tab.locator("ctxsite-preview summary").all():
            summary.click()
        assert tab.evaluate(FAULTS) == []


def test_axe_looks_into_the_panel(browser: Browser, site: Served, axe: str) -> None:
    with visiting(browser) as tab:
        tab.goto(site.url + "/")
        opened(tab)
        tab.evaluate(
            "() => document.querySelector('ctxsite-preview').shadowRoot.querySelector('.panel')"
            ".append(document.createElement('button'))"
        )
        tab.evaluate(axe)
        assert [rule for rule, _ in tab.evaluate(FAULTS)] == ["button-name"]


def test_scroll_is_kept(browser: Browser, site: Served) -> None:
    with visiting(browser) as tab:
        tab.goto(site.url + "/")
        opened(tab)
        tab.evaluate("() => scrollTo(0, 400)")
        loaded_again(tab, tab.locator('ctxsite-preview .chip[data-branch="evening"]').click)
        expect(tab.locator("html")).to_be_attached()
        assert abs(tab.evaluate("() => scrollY") - 400) < 80
