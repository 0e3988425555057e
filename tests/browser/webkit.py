"""WebKitGTK's MiniBrowser, driven by WebDriver (W3C) on an invisible X server of its own."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.error import URLError

from tests.browser.missing import missing
from tests.browser.person import Person
from tests.browser.webdriver import Session

INSTALL = "apt-get install -y webkit2gtk-driver xvfb locales"


class WebKitTab:
    """The window of a browser that was started for one person."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def go(self, url: str) -> None:
        self._session.go(url)

    def back(self) -> None:
        self._session.call("POST", "/back", {})

    def address(self) -> str:
        return str(self._session.call("GET", "/url"))

    def run(self, body: str) -> Any:
        return self._session.run(body)

    def has_heading(self, text: str) -> bool:
        found = self._session.call("POST", "/elements", {"using": "css selector", "value": "h1,h2"})
        return text in [self._session.call("GET", f"/element/{next(iter(one.values()))}/text") for one in found]


@contextmanager
def started(person: Person) -> Iterator[WebKitTab]:
    """Start MiniBrowser for a person, and end it; zone and language are its process's."""
    driver, server = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browsers = sorted(str(path) for path in Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
    if not (driver and server and browsers):
        missing("WebKitGTK", INSTALL)
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, _display(server) as display:
        environment = {
            **os.environ,
            "DISPLAY": display,
            "GSETTINGS_BACKEND": "memory",
            "GTK_THEME": "Adwaita:dark" if person.scheme == "dark" else "Adwaita",
            "HOME": folder,
            "LANG": f"{person.language.replace('-', '_')}.UTF-8",
            "LOCPATH": _locales().name,
            "NO_AT_BRIDGE": "1",
            "TZ": person.zone,
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # it needs rights that a container lacks
            "XDG_RUNTIME_DIR": folder,
        }
        for name in ("LC_ALL", "LANGUAGE", "WAYLAND_DISPLAY"):
            environment.pop(name, None)
        _locale(person.language)
        port = _free_port()
        with subprocess.Popen([driver, f"--port={port}"], env=environment, stderr=subprocess.DEVNULL) as process:
            try:
                flags = ["--automation", f"--enable-javascript={str(person.script).upper()}"]
                options = {"binary": browsers[-1], "args": flags}
                wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
                begun = _session(Session(f"http://127.0.0.1:{port}"), wanted)
                session = Session(f"http://127.0.0.1:{port}/session/{begun['sessionId']}")
                try:
                    yield WebKitTab(session)
                finally:
                    session.call("DELETE")
            finally:
                process.terminate()


def _session(root: Session, wanted: object) -> Any:
    """Begin a session as soon as the driver listens."""
    for _ in range(100):
        try:
            root.call("GET", "/status")
            break
        except URLError:
            time.sleep(0.05)
    return root.call("POST", "/session", wanted)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _display(server: str) -> Iterator[str]:
    command = [server, "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            yield ":" + process.stdout.readline().strip()
        finally:
            process.terminate()


@cache
def _locales() -> TemporaryDirectory[str]:
    """Return a folder for this process's locales."""
    folder = TemporaryDirectory()
    atexit.register(folder.cleanup)
    return folder


@cache
def _locale(language: str) -> None:
    """Generate a locale: a browser has no language but its process's, and that only if the locale exists."""
    territory = language.replace("-", "_")
    program = shutil.which("localedef")
    if program is None or not Path("/usr/share/i18n/locales", territory).exists():
        missing(f"the locale {territory}", INSTALL)
    target = Path(_locales().name, f"{territory}.UTF-8")
    subprocess.run([program, "-i", territory, "-f", "UTF-8", str(target)], check=True, capture_output=True)
