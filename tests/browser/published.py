"""A published site served on loopback, with the headers that it publishes for itself in `_headers`."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


def published_headers(folder: Path, path: str = "/") -> dict[str, str]:
    """Return what `_headers` says for a path."""
    file = folder / "_headers"
    found: dict[str, str] = {}
    applies = False
    for line in file.read_text("utf-8").splitlines() if file.exists() else []:
        if not line.startswith("  "):
            applies = path.startswith(line.removesuffix("*"))
        elif applies:
            name, _, value = line.strip().partition(": ")
            found[name] = value
    return found


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        for name, value in published_headers(Path(self.directory), self.path).items():
            self.send_header(name, value)
        super().end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; yield its URL, without a slash at its end."""
    handler = partial(_Handler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
