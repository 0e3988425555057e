"""A browser driven by WebDriver (W3C), for what Playwright cannot see, such as prerendered pages."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import Request, urlopen

from tests.browser.chromium import ARGUMENTS, executable
from tests.browser.missing import missing

INSTALL = "apt-get install -y chromium-driver"


class Session:
    """A window of a browser."""

    def __init__(self, address: str) -> None:
        self._address = address

    def call(self, method: str, path: str = "", data: object = None) -> Any:
        """Send a command; return its value."""
        body = json.dumps(data).encode() if data is not None else None
        headers = {"content-type": "application/json"}
        with urlopen(Request(self._address + path, body, headers, method=method), timeout=60) as answer:
            return json.load(answer)["value"]

    def go(self, url: str) -> None:
        """Load a page."""
        self.call("POST", "/url", {"url": url})

    def run(self, script: str) -> Any:
        """Run a function's body in the page; a promise is waited for."""
        return self.call("POST", "/execute/sync", {"script": script, "args": []})


@contextmanager
def chromium_session() -> Iterator[Session]:
    """Start Chromium by its driver; skip without it, or fail where browsers are required."""
    binary, driver = executable(), shutil.which("chromedriver")
    if driver is None:
        missing("Chromium's driver", INSTALL)
    options = {
        "binary": binary,
        "args": ["--headless=new", *(flag for flag in ARGUMENTS if "background-networking" not in flag)],
        "prefs": {"net.network_prediction_options": 0},  # prerendering is on
        "excludeSwitches": ["disable-background-networking", "enable-automation"],
    }
    with subprocess.Popen([driver, "--port=0"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = (re.search(r"on port (\d\d+)", line) for line in process.stdout)
        port = next(match[1] for match in found if match)
        root = Session(f"http://127.0.0.1:{port}")
        try:
            wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
            started = root.call("POST", "/session", wanted)
            session = Session(f"http://127.0.0.1:{port}/session/{started['sessionId']}")
            try:
                yield session
            finally:
                session.call("DELETE")
        finally:
            process.terminate()
