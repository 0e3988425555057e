"""A published site served on loopback, with the headers that it publishes for itself in `_headers`."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


def published_headers(folder: Path) -> dict[str, str]:
    """Return what `_headers` says for all paths."""
    path = folder / "_headers"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return dict(line.strip().split(": ", 1) for line in lines if line.startswith("  "))


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *arguments: Any, headers: dict[str, str], **named: Any) -> None:
        self._headers = headers
        super().__init__(*arguments, **named)

    def end_headers(self) -> None:
        for name, value in self._headers.items():
            self.send_header(name, value)
        super().end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; yield its URL, without a slash at its end."""
    handler = partial(_Handler, directory=str(folder), headers=published_headers(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
