"""Chromium for tests: where it is, how it is started, and a page with a visitor's clock and language."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

from tests.browser.missing import missing
from tests.browser.person import Person

INSTALL = "apt-get install -y chromium"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--disable-dev-shm-usage",
]  # fmt: skip


def executable() -> str:
    """Return Chromium's path; without one, skip, or fail where browsers are required."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        missing("Chromium", INSTALL)
    return found


@contextmanager
def launched() -> Iterator[Browser]:
    """Start Chromium, and end it."""
    path = executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Visitor:
    """Who comes: a clock (an instant), a zone, languages, and what else a context is made of."""

    now: str = "2026-11-24T13:00+01:00"
    zone: str = "Europe/Berlin"
    language: str = "en-GB"
    scheme: str = "light"
    width: int = 1280
    script: bool = True
    errors: list[str] = field(default_factory=list)

    @contextmanager
    def page(self, browser: Browser) -> Iterator[Page]:
        """Yield a page in a fresh profile; on leaving it, no error may have been on the console."""
        assert self.scheme in {"light", "dark"}
        context = browser.new_context(
            locale=self.language,
            timezone_id=self.zone,
            color_scheme="dark" if self.scheme == "dark" else "light",
            viewport={"width": self.width, "height": 900},
            java_script_enabled=self.script,
        )
        page = context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        if self.script:
            page.clock.install(time=dt.datetime.fromisoformat(self.now))
        try:
            yield page
        finally:
            context.close()
        assert self.errors == [], self.errors

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)


class ChromiumTab:
    """A page of a context of its own."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def go(self, url: str) -> None:
        self._page.goto(url)

    def back(self) -> None:
        self._page.evaluate(
            "void setTimeout(() => history.back(), 0)"
        )  # Playwright's own waits for a load that is none

    def address(self) -> str:
        self._page.wait_for_timeout(1)  # events are heard while Playwright waits, and only then
        return self._page.url

    def run(self, body: str) -> Any:
        """Run a script's body in the page and return its value; on the next page, if the page is just being left."""
        while True:
            try:
                return self._page.evaluate(f"async () => {{ {body} }}")
            except Error as error:
                if "context was destroyed" not in str(error):
                    raise

    def has_heading(self, text: str) -> bool:
        return self._page.get_by_role("heading", name=text, exact=True).is_visible()


@contextmanager
def started(person: Person) -> Iterator[ChromiumTab]:
    """Start Chromium for a person, with its back/forward cache, which Playwright turns off."""
    path = executable()
    with sync_playwright() as playwright:
        off = ["--disable-back-forward-cache"]
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS, ignore_default_args=off)
        try:
            context = browser.new_context(
                locale=person.language,
                timezone_id=person.zone,
                color_scheme="dark" if person.scheme == "dark" else "light",
                java_script_enabled=person.script,
            )
            yield ChromiumTab(context.new_page())
        finally:
            browser.close()
