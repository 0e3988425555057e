"""`ctxsite serve` as people run it: in a process of its own, on a free port, with a clock that stands."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

NOW = "2026-11-22T12:00+00:00"
PATIENCE = 60.0
"""Seconds after which a test gives up waiting; it is no measure of anything."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP response; the headers' names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Served:
    """A running server."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        until(lambda: any(re.search("Site: +http", line) for line in self.lines) or process.poll() is not None)
        found = re.search(r"http://[\d.]+:(\d+)", "\n".join(self.lines))
        assert found is not None, self.output
        self.port = int(found[1])
        self.url = f"http://127.0.0.1:{self.port}"

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    @property
    def output(self) -> str:
        """All that it has printed."""
        return "\n".join(self.lines)

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        """Send one request (headers in words: `if_none_match`) as it stands, and return the response."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host="host" in headers, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            if body is not None:
                connection.putheader("content-length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            named = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, named, response.read())
        finally:
            connection.close()

    def text(self, path: str) -> str:
        """Return a file of the site, without the client."""
        return self.ask(path, sec_fetch_dest="empty").body.decode()

    def interrupt(self) -> int:
        """Press Ctrl-C; return the exit code."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds; fail if it never does."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "this never came true"
        time.sleep(0.01)


@contextmanager
def serving(site: Path, *options: str, now: str = NOW) -> Iterator[Served]:
    """Serve a site until the end of the `with`."""
    command = [sys.executable, "-m", "ctxsite", "serve", "-s", str(site), "-p", "0", "--now", now, *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    served = None
    try:
        served = Served(process)
        yield served
    finally:
        if process.poll() is None and (served is None or served.interrupt() != 0):
            process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
