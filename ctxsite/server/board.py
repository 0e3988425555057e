"""The board at `/__ctxsite/`: pages × languages × variants at a glance, and two contexts side by side.

The page itself is the same for every site; what it shows comes from here as JSON, made anew after each build and only
when somebody asks for it.
"""

from __future__ import annotations

import hashlib
import json
import threading
from functools import partial
from pkgutil import get_data

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from ctxsite.build.artifacts import Compiled
from ctxsite.model.page import PageKey
from ctxsite.server.answers import answer, content_type
from ctxsite.server.board_data import Json, TextOf, board_data
from ctxsite.server.board_page import page_data
from ctxsite.server.inject import OWN
from ctxsite.server.live import Live, View
from ctxsite.server.preview_context import context_text

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
"""The board's own Content-Security-Policy. Nothing that a site says of itself can become a script here."""

_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # by which frames of the board are known
}


def routes(live: Live) -> list[Route]:
    """Return the routes of the board."""
    data = _Data(live)
    return [
        Route(OWN, partial(_page, live)),
        Route(OWN.rstrip("/"), lambda _: RedirectResponse(OWN)),
        Route(f"{OWN}board.js", partial(_file, "board.min.js")),
        Route(f"{OWN}board.css", partial(_file, "board.css")),
        Route(f"{OWN}board.json", data.board),
        Route(f"{OWN}board.page.json", data.page),
    ]


def _read(name: str) -> bytes:
    return get_data("ctxsite", f"server/board/{name}") or b""


def _page(live: Live, request: Request) -> Response:
    """Answer with the board; it knows the token by which this server knows its own pages."""
    html = _read("board.html").replace(b"{token}", live.place.token.encode())
    return _answer(html, request, {**_HEADERS, "content-type": content_type("board.html")})


def _file(name: str, request: Request) -> Response:
    return _answer(_read(name), request, {"content-type": content_type(name), "x-content-type-options": "nosniff"})


def _answer(data: bytes, request: Request, headers: dict[str, str]) -> Response:
    return answer(data, request.headers, headers, tag=hashlib.sha256(data).hexdigest()[:24])


class _Data:
    """Answers with what the newest build says of the site; the last answer is kept until there is a newer build."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._lock = threading.Lock()
        self._known: tuple[int, bytes] = (-1, b"")

    def board(self, request: Request) -> Response:
        """Answer `board.json`; runs in a thread of its own."""
        with self._lock:
            view = self._live.view
            if view.number != self._known[0]:
                self._known = (
                    view.number,
                    json.dumps(_whole(view), ensure_ascii=False, separators=(",", ":")).encode(),
                )
            data = self._known[1]
        return _answer(data, request, {"content-type": content_type("board.json")})

    def page(self, request: Request) -> Response:
        """Answer `board.page.json?id=…&language=…`; runs in a thread of its own, as proofs take time."""
        newest = self._live.view.newest
        key = PageKey(request.query_params.get("id", ""), request.query_params.get("language", ""))
        sitemap = newest.compiled.sitemap if newest is not None else None
        pages = (*sitemap.pages, *sitemap.not_found) if sitemap is not None else ()
        page = next((page for page in pages if page.key == key), None)
        if page is None or newest is None:
            return JSONResponse({"problem": "There is no such page."}, 404)
        return JSONResponse(page_data(page, newest.compiled, _text_of(newest.compiled)))


_LISTS = ("languages", "pages", "contexts", "problems")


def _whole(view: View) -> Json:
    if view.newest is None:
        return {
            "title": "",
            "now": "",
            "default": "",
            "ok": False,
            "languages": [],
            "pages": [],
            "contexts": [],
            "problems": [],
        }
    compiled = view.newest.compiled
    return {
        **board_data(compiled, _text_of(compiled)),
        "ok": view.newest.ok,
        "served": view.good is not None,
        "failure": view.failure,
    }


def _text_of(compiled: Compiled) -> TextOf:
    return lambda context: context_text(context, compiled.settings.vocabulary)
