"""A day with a site, in Chromium: after each step the browser shows it, and what is served is what a build makes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.chromium import launched
from tests.server.cold import check
from tests.server.serving import PATIENCE, Served, serving, until

pytestmark = pytest.mark.browser
expect.set_options(timeout=PATIENCE * 1000)

BASE = """<!doctype html><html lang="{{ page.language }}"><head><meta charset="utf-8"><title>{{ page.title }}</title>
{{ head() }}<link rel="icon" href="data:,"><link rel="stylesheet" href="{{ asset("site.css") }}"></head><body>
<h1>{{ page.title }}</h1><p id="said">{{ _("Hello") }}</p><p id="price">{{ site.data.prices.low }}</p>{{ page.content }}
<details><summary>More</summary><p>Inside.</p></details>
<form><label>Name <input name="name"></label><input type="checkbox" name="yes"></form>
<img src="{{ asset("dot.svg") }}" alt="Dot"><script src="{{ asset("site.js") }}"></script>
<div id="long"></div></body></html>
"""
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}"><rect width="{0}" height="{0}"/></svg>'
CONFIG = "title: {title}\nlanguages: {{en: {{name: English}}, de: {{name: Deutsch}}}}\nmissing_translations: omit\n"
FILES = {
    "ctxsite.yaml": CONFIG.format(title="Story"),
    "content/index.md": "---\ntitle: Home\n---\n\nFirst words.\n",
    "content/index.de.md": "---\ntitle: Start\n---\n\nErste Worte.\n",
    "content/other.md": "---\ntitle: Other\n---\n\nAnother page.\n",
    "templates/page.html": BASE,
    "templates/home.html": '{% extends "page.html" %}',
    "data/prices.yaml": "low: 17 cents\n",
    "i18n/de.po": 'msgid "Hello"\nmsgstr "Hallo"\n',
    "static/site.css": "h1 { color: rgb(1, 2, 3) }\n#long { height: 3000px }\n",
    "static/dot.svg": DOT.format(10),
    "static/site.js": "document.documentElement.dataset.script = 'one';\n",
}


@dataclass(frozen=True, slots=True)
class Day:
    """A site, its server, and a browser."""

    site: Path
    served: Served
    browser: Browser

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.site / path
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))

    def check(self, gone: tuple[str, ...] = ()) -> None:
        check(self.served, self.site, gone)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as running:
        yield running


@pytest.fixture
def day(make_site: Callable[..., Path], browser: Browser) -> Iterator[Day]:
    site = make_site(FILES)
    with serving(site) as served:
        yield Day(site, served, browser)


@pytest.fixture
def page(day: Day) -> Iterator[Page]:
    context = day.browser.new_context(viewport={"width": 1000, "height": 700})
    shown = context.new_page()
    errors: list[str] = []
    shown.on("pageerror", lambda error: errors.append(str(error)))
    yield shown
    context.close()
    assert errors == []


def mark(page: Page) -> None:
    """Leave something on a page that a reload would take away."""
    page.locator("html").evaluate("one => one.setAttribute('data-marked', '')")


def marked(page: Page) -> bool:
    return page.locator("html[data-marked]").count() == 1


def overlay(page: Page) -> Locator:
    return page.locator("ctxsite-overlay .sheet")


def test_edits_of_every_kind(day: Day, page: Page) -> None:
    page.goto(day.served.url + "/")
    day.edit("content/index.md", "First words", "Second words")
    expect(page.get_by_text("Second words.")).to_be_visible()
    day.check()

    day.edit("templates/page.html", "<h1>{{ page.title }}</h1>", "<h1>{{ page.title }}, changed</h1>")
    expect(page.get_by_role("heading", name="Home, changed")).to_be_visible()
    day.check()

    day.edit("data/prices.yaml", "17", "18")
    expect(page.locator("#price")).to_have_text("18 cents")
    day.check()

    page.goto(day.served.url + "/de/")
    day.edit("i18n/de.po", "Hallo", "Moin")
    expect(page.locator("#said")).to_have_text("Moin")
    day.check()

    page.goto(day.served.url + "/other/")
    (day.site / "content/other.md").rename(day.site / "content/renamed.md")
    expect(page.get_by_text("Another page.")).to_have_count(0)
    day.check(gone=("other/index.html",))
    page.goto(day.served.url + "/renamed/")
    (day.site / "content/renamed.md").unlink()
    expect(page.get_by_text("Another page.")).to_have_count(0)
    day.check(gone=("renamed/index.html",))
    (day.site / "content/renamed.md").write_text("---\ntitle: Back\n---\n\nBack again.\n")
    expect(page.get_by_text("Back again.")).to_be_visible()
    day.check()


def test_style_sheets_and_images_are_swapped(day: Day, page: Page) -> None:
    page.goto(day.served.url + "/")
    mark(page)
    day.edit("static/site.css", "rgb(1, 2, 3)", "rgb(4, 5, 6)")
    expect(page.locator("h1")).to_have_css("color", "rgb(4, 5, 6)")
    expect(page.locator('link[rel="stylesheet"]')).to_have_count(1)
    (day.site / "static/dot.svg").write_text(DOT.format(33))
    expect(page.locator("img")).to_have_js_property("naturalWidth", 33)
    day.edit("static/site.css", "rgb(4, 5, 6)", "rgb(7, 8, 9)")
    expect(page.locator("h1")).to_have_css("color", "rgb(7, 8, 9)")
    assert marked(page), "it was reloaded"
    day.check()
    day.edit("static/site.js", "'one'", "'two'")
    expect(page.locator("html")).to_have_attribute("data-script", "two")
    assert not marked(page)
    expect(page.locator("h1")).to_have_css("color", "rgb(7, 8, 9)")
    day.check()


def test_only_pages_that_show_what_changed_reload(day: Day, page: Page) -> None:
    page.goto(day.served.url + "/")
    mark(page)
    other = page.context.new_page()
    other.goto(day.served.url + "/other/")
    third = page.context.new_page()
    third.goto(day.served.url + "/other/")
    day.edit("content/other.md", "Another page", "A different page")
    expect(other.get_by_text("A different page.")).to_be_visible()
    expect(third.get_by_text("A different page.")).to_be_visible()
    day.edit("content/index.md", "First words.", "First words, and more.")
    expect(page.get_by_text("First words, and more.")).to_be_visible()
    mark(page)
    day.edit("content/other.md", "A different page", "Yet another page")
    expect(other.get_by_text("Yet another page.")).to_be_visible()
    assert marked(page)


def test_what_a_person_did_stays(day: Day, page: Page) -> None:
    page.goto(day.served.url + "/")
    page.locator("body > details > summary").click()
    page.get_by_label("Name").fill("Ada Lovelace")
    page.locator('[name="yes"]').check()
    page.get_by_label("Name").focus()
    page.keyboard.press("Home")
    page.evaluate("() => scrollTo(0, 900)")
    until(lambda: page.evaluate("() => scrollY") == 900)
    mark(page)
    day.edit("content/index.md", "First words.", "Other words.")
    expect(page.get_by_text("Other words.")).to_be_attached()
    until(lambda: not marked(page))
    expect(page.get_by_label("Name")).to_be_focused()
    assert page.get_by_label("Name").input_value() == "Ada Lovelace"
    assert page.get_by_label("Name").evaluate("one => one.selectionStart") == 0
    expect(page.locator('[name="yes"]')).to_be_checked()
    expect(page.locator("body > details")).to_have_attribute("open", "")
    until(lambda: page.evaluate("() => scrollY") == 900)
    page.keyboard.type("Dr ")
    assert page.get_by_label("Name").input_value() == "Dr Ada Lovelace"


def test_yaml_is_broken_and_mended(day: Day, page: Page) -> None:
    page.goto(day.served.url + "/")
    mark(page)
    day.edit("content/index.md", "title: Home", "titel: Home")
    expect(overlay(page)).to_be_visible()
    text = overlay(page).locator(".text").inner_text()
    for line in (
        "error[", "--> content/index.md:2:1", "2 | titel: Home", "^^^^^",
        "help: did you mean `title`?",
    ):  # fmt: skip
        assert line in text
    assert text in day.served.output
    expect(page.get_by_text("First words.")).to_be_visible()
    assert marked(page), "the last good page stays"

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("ctxsite-overlay .place").click()
    expect(page.locator("ctxsite-overlay .said")).to_have_text("copied")
    assert page.evaluate("() => navigator.clipboard.readText()") == "content/index.md:2:1"

    page.keyboard.press("Escape")
    expect(overlay(page)).to_have_count(0)
    page.locator("ctxsite-overlay .badge").click()
    expect(overlay(page)).to_be_visible()

    other = page.context.new_page()
    other.goto(day.served.url + "/other/")
    expect(overlay(other)).to_be_visible()

    day.edit("content/index.md", "titel: Home", "title: Home")
    expect(overlay(page)).to_have_count(0)
    expect(overlay(other)).to_have_count(0)
    assert marked(page), "nothing that it shows has changed"
    day.check()


def test_the_configuration_is_broken_and_mended(day: Day, page: Page) -> None:
    page.goto(day.served.url + "/")
    day.edit("ctxsite.yaml", "title: Story", "title: [")
    expect(overlay(page)).to_contain_text("ctxsite.yaml:")
    expect(page.get_by_text("First words.")).to_be_visible()
    day.edit("ctxsite.yaml", "title: [", "title: Mended")
    expect(overlay(page)).to_have_count(0)
    day.check()


def test_a_configuration_broken_from_the_start(make_site: Callable[..., Path], browser: Browser) -> None:
    site = make_site({**FILES, "ctxsite.yaml": "title: [\n"})
    with serving(site) as served:
        page = browser.new_page()
        page.goto(served.url + "/other/")
        expect(overlay(page)).to_contain_text("ctxsite.yaml:")
        expect(overlay(page)).to_contain_text("there is no good page yet")
        (site / "ctxsite.yaml").write_text(FILES["ctxsite.yaml"])
        expect(page.get_by_text("Another page.")).to_be_visible()
        expect(overlay(page)).to_have_count(0)
        check(served, site)
        page.context.close()


def git(site: Path, *arguments: str) -> None:
    names = {f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    settings = {**names, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(
        ["git", "-C", str(site), *arguments], check=True, capture_output=True, env={**os.environ, **settings}
    )


def test_a_branch_with_200_changed_files_is_checked_out(make_site: Callable[..., Path], browser: Browser) -> None:
    site = make_site(FILES)
    for number in range(200):
        (site / f"content/page-{number}.md").write_text(f"---\ntitle: Page {number}\n---\n\nOn the main branch.\n")
    git(site, "init", "-q", "-b", "main")
    git(site, "add", "-A")
    git(site, "commit", "-qm", "One")
    git(site, "checkout", "-q", "-b", "feature")
    for number in range(200):
        page_file = site / f"content/page-{number}.md"
        if number % 10:
            page_file.write_text(f"---\ntitle: Page {number}, new\n---\n\nOn the feature branch.\n")
        else:
            page_file.rename(site / f"content/moved-{number}.md")
    git(site, "add", "-A")
    git(site, "commit", "-qm", "Two")
    git(site, "checkout", "-q", "main")
    with serving(site) as served:
        page = browser.new_page()
        page.goto(served.url + "/page-1/")
        expect(page.get_by_text("On the main branch.")).to_be_visible()
        git(site, "checkout", "-q", "feature")
        expect(page.get_by_text("On the feature branch.")).to_be_visible()
        check(served, site, gone=("page-10/index.html",))
        git(site, "checkout", "-q", "main")
        expect(page.get_by_text("On the main branch.")).to_be_visible()
        check(served, site, gone=("moved-10/index.html",))
        page.context.close()


def test_a_server_that_is_started_again(make_site: Callable[..., Path], browser: Browser) -> None:
    site = make_site(FILES)
    with serving(site) as served:
        port = served.port
        page = browser.new_page()
        page.goto(served.url + "/")
        mark(page)
    with serving(site, "-p", str(port)) as served:
        assert served.port == port
        with_stream = page.get_by_text("First words.")
        expect(with_stream).to_be_visible()
        assert marked(page), "the same files are served"
        (site / "content/index.md").write_text("---\ntitle: Home\n---\n\nWhile it was there.\n")
        expect(page.get_by_text("While it was there.")).to_be_visible()
        page.wait_for_load_state()
    (site / "content/index.md").write_text("---\ntitle: Home\n---\n\nWhile it was away.\n")
    with serving(site, "-p", str(port)):
        expect(page.get_by_text("While it was away.")).to_be_visible()
    page.context.close()


def test_the_published_policy_allows_the_client(day: Day) -> None:
    """It is served as it is published, shows the site's own faults, and the client needs no exception from it."""
    errors: list[str] = []
    context = day.browser.new_context()
    page = context.new_page()
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(day.served.url + "/")
    day.edit("content/index.md", "title: Home", "titel: Home")
    expect(overlay(page)).to_be_visible()
    assert errors == []
    day.edit("content/index.md", "titel: Home", "title: Home")
    day.edit("templates/page.html", "<body>", '<body style="color: red">')
    expect(page.locator("body")).to_have_attribute("style", "color: red")
    context.close()
    assert len(errors) == 1
    assert "Content Security Policy" in errors[0]
