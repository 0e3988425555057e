"""Real browsers for tests; without one installed a test is skipped, or fails under `CTXSITE_REQUIRE_BROWSERS=1`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.server import Server, serving

INSTALL = "install Chromium: apt-get install chromium"
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--no-first-run",
)  # fmt: skip


def chromium_path() -> str:
    """Return the path of Chromium; without it, skip the test, or fail it where browsers are required."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        if os.environ.get("CTXSITE_REQUIRE_BROWSERS") == "1":
            pytest.fail(INSTALL)
        pytest.skip(INSTALL)
    return found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Run the driver of the browsers."""
    chromium_path()
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Run Chromium without a window, with its back/forward cache, which Playwright turns off."""
    browser = playwright.chromium.launch(
        executable_path=chromium_path(), args=ARGUMENTS, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield browser
    browser.close()


@pytest.fixture
def server() -> Iterator[Server]:
    """Serve pages that the test adds."""
    with serving() as running:
        yield running
