"""A web server on the loopback interface that can send pages in pieces, late, with any headers, and cut them off."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TYPES = {
    ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml",
    ".xml": "application/xml", ".png": "image/png", ".txt": "text/plain",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server sends: pieces of the body, `pause` seconds between two; `cut` ends the connection too early."""

    pieces: tuple[str | bytes, ...]
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    pause: float = 0.0
    cut: bool = False


class Server:
    """Addresses and their answers; `requests` are the paths that were asked for, queries included."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: dict[str, Answer] = {}
        self.folder: Path | None = None
        self.requests: list[str] = []

    def add(self, path: str, *pieces: str | bytes, pause: float = 0.0, cut: bool = False, **headers: str) -> str:
        """Answer a path with an HTML page (headers in words: `content_security_policy`); return its whole address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = Answer(pieces, named, pause=pause, cut=cut)
        return self.url + path

    def answer(self, target: str) -> Answer:
        path = unquote(urlsplit(target).path)
        if path in self.answers:
            return self.answers[path]
        if self.folder is not None:
            file = self.folder / path.lstrip("/")
            file = file / "index.html" if path.endswith("/") else file
            if file.is_file():
                return Answer((file.read_bytes(),), {"content-type": TYPES.get(file.suffix, "text/html")})
        return Answer(("not found",), {"content-type": "text/plain"}, 404)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Listener

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing."""

    def do_GET(self) -> None:
        self.server.site.requests.append(self.path)
        answer = self.server.site.answer(self.path)
        self.send_response(answer.status)
        for name, value in {"content-type": "text/html; charset=utf-8", **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        try:
            self._send(answer)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _send(self, answer: Answer) -> None:
        for number, piece in enumerate(answer.pieces):
            if number:
                time.sleep(answer.pause)
            data = piece.encode() if isinstance(piece, str) else piece
            if data:
                self.wfile.write(b"%x\r\n%b\r\n" % (len(data), data))
                self.wfile.flush()
        if answer.cut:
            self.close_connection = True
        else:
            self.wfile.write(b"0\r\n\r\n")


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    site: Server

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: browsers drop connections as they like."""


@contextmanager
def serving(folder: Path | None = None) -> Iterator[Server]:
    """Serve on a free port until the end of the `with`; `folder` is served where no answer was given."""
    listener = _Listener(("127.0.0.1", 0), _Handler)
    server = listener.site = Server(f"http://127.0.0.1:{listener.server_address[1]}")
    server.folder = folder
    thread = threading.Thread(target=listener.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()
