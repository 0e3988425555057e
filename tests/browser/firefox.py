"""Firefox, driven by WebDriver BiDi (W3C), which it speaks by itself: no driver is needed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.browser.missing import missing
from tests.browser.person import Person

INSTALL = "apt-get install -y firefox-esr"
PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.systemAddon.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}
"""Firefox asks no one but the pages that a test opens."""


class Remote:
    """A connection that sends commands and waits for their answers; events are dropped."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._last = 0

    def call(self, method: str, **parameters: Any) -> Any:
        """Send a command; return its result."""
        self._last += 1
        self._connection.send(json.dumps({"id": self._last, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._connection.recv(timeout=60))
            if answer.get("id") == self._last:
                assert answer["type"] == "success", f"{method}: {answer}"
                return answer["result"]


class FirefoxTab:
    """A tab with cookies and storage of its own."""

    def __init__(self, remote: Remote, person: Person) -> None:
        self._remote = remote
        user = remote.call("browser.createUserContext")["userContext"]
        self._context: str = remote.call("browsingContext.create", type="tab", userContext=user)["context"]
        remote.call("emulation.setTimezoneOverride", timezone=person.zone, contexts=[self._context])
        remote.call("emulation.setLocaleOverride", locale=person.language, contexts=[self._context])

    def go(self, url: str) -> None:
        self._remote.call("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def back(self) -> None:
        self._remote.call("browsingContext.traverseHistory", context=self._context, delta=-1)

    def address(self) -> str:
        return str(self._remote.call("browsingContext.getTree", root=self._context)["contexts"][0]["url"])

    def run(self, body: str) -> Any:
        answer = self._remote.call(
            "script.evaluate",
            expression=f"(async () => JSON.stringify([await (async () => {{ {body} }})()]))()",
            target={"context": self._context},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])[0]

    def has_heading(self, text: str) -> bool:
        locator = {"type": "accessibility", "value": {"role": "heading", "name": text}}
        return bool(self._remote.call("browsingContext.locateNodes", context=self._context, locator=locator)["nodes"])


@contextmanager
def started(person: Person) -> Iterator[FirefoxTab]:
    """Start Firefox for a person, and end it."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        missing("Firefox", INSTALL)
    preferences = PREFERENCES | {
        "ui.systemUsesDarkTheme": int(person.scheme == "dark"),
        "javascript.enabled": person.script,
    }
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items())
        (Path(folder) / "user.js").write_text("".join(lines), encoding="utf-8")
        command = [program, "--headless", "--no-remote", "--profile", folder, "--remote-debugging-port=0"]
        environment = {**os.environ, "HOME": folder}
        with subprocess.Popen(
            [*command, "about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
        ) as process:
            try:
                with connect(_address(Path(folder)), max_size=None, compression=None, proxy=None) as connection:
                    remote = Remote(connection)
                    remote.call("session.new", capabilities={})
                    yield FirefoxTab(remote, person)
                    remote.call("browser.close")
            finally:
                process.terminate()


def _address(folder: Path) -> str:
    """Return where Firefox listens, as soon as it has written it into its profile."""
    for _ in range(600):
        try:
            server = json.loads((folder / "WebDriverBiDiServer.json").read_bytes())
            return f"ws://{server['ws_host']}:{server['ws_port']}/session"
        except (OSError, ValueError):
            time.sleep(0.05)
    raise TimeoutError("Firefox does not listen")
