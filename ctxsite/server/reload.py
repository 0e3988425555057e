"""How pages learn that something has changed: an event stream that says so, and an answer to "what, for me?".

The stream (server-sent events) carries the state and the errors, nothing about single pages, so that one stream serves
all tabs. A page then asks with the state and the shape that it was loaded in; so it makes no difference whether it has
missed events, or whether the server was started anew in between.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import pkgutil
from collections.abc import AsyncIterator
from functools import cache

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from ctxsite.build.session import Built
from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.text import render
from ctxsite.server.guard import name_in
from ctxsite.server.inject import OWN, shape
from ctxsite.server.live import Live, View
from ctxsite.server.lookup import Found, find, url_of
from ctxsite.server.pages import NOTHING_HERE

CLIENT = f"{OWN}client/client.js"
MODULES = ("client.js", "channel.js", "keep.js", "overlay.js", "swap.js")
"""Files of the client that pages may ask for."""
_STILL_HERE = 15.0
"""Seconds between signs of life on a silent stream."""


def routes(live: Live) -> list[Route]:
    """Return the server's own addresses that pages use."""

    async def events(request: Request) -> Response:
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        if request.method == "HEAD":
            return Response(headers=headers, media_type="text/event-stream")
        return StreamingResponse(_events(live), 200, headers, "text/event-stream")

    async def changes(request: Request) -> Response:
        asked = request.query_params
        name = name_in(request.headers.get("host", ""))
        return JSONResponse(
            _changes(live, name, asked.get("path", "/"), asked.get("state", ""), asked.get("shape", ""))
        )

    async def module(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in MODULES:
            return PlainTextResponse("There is nothing here.\n", 404)
        return Response(_source(name), media_type="text/javascript", headers={"cache-control": "no-cache"})

    return [
        Route(f"{OWN}events", events),
        Route(f"{OWN}changes", changes),
        Route(f"{OWN}client/{{name}}", module),
    ]


@cache
def _source(name: str) -> bytes:
    return pkgutil.get_data("ctxsite.server", f"client/{name}") or b""


async def _events(live: Live) -> AsyncIterator[bytes]:
    """Yield the present state and then each new one, until the server ends."""
    loop = asyncio.get_running_loop()
    news = asyncio.Event()

    def wake() -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(news.set)

    end = live.listen(wake)
    sent = -1
    try:
        yield b"retry: 400\n\n"
        while not live.closed:
            news.clear()
            view = live.view
            if view.number != sent:
                sent = view.number
                yield f"data: {json.dumps(said(view, live))}\n\n".encode()
            try:
                await asyncio.wait_for(news.wait(), _STILL_HERE)
            except TimeoutError:
                yield b": still here\n\n"
    finally:
        end()


def said(view: View, live: Live) -> dict[str, object]:
    """Return what the stream says of a view, ready for JSON."""
    problems = [_problem(problem) for problem in view.problems]
    if view.failure:
        problems.append({"severity": "error", "text": f"error: {view.failure}", "place": None})
    return {"state": view.state, "problems": problems, "editor": bool(live.place.editor)}


def _problem(problem: Diagnostic) -> dict[str, object]:
    at = problem.location
    place = {"path": at.path, "line": at.line, "column": at.column} if at is not None else None
    return {"severity": str(problem.severity), "text": render(problem), "place": place}


def _changes(live: Live, name: str, path: str, state: str, form: str) -> dict[str, object]:
    """Say whether the page at a path is another than the one in that state and shape, and which files are.

    `files` are URL paths with the new versions of the files there (empty: gone); None if nothing is known of the state.
    """
    view = live.view
    if view.good is None:
        return {"state": view.state, "page": False, "files": []}
    found = find(view.good, name, path)
    changed = live.changed_since(state)
    files = None
    if changed is not None:
        named = [(url_of(view.good, name, file), view.good.digests.get(file, "")[:10]) for file in changed]
        files = [pair for pair in named if pair[0]]
    same = isinstance(found, Found) and _same(view.good, found.file, form, changed)
    return {"state": view.state, "page": not same, "files": files}


def _same(built: Built, file: str, form: str, changed: frozenset[str] | None) -> bool:
    """Tell whether a file is still the page of that shape. One that was copied is not in memory: its digest speaks."""
    if not file:
        return shape(NOTHING_HERE) == form
    page = built.files[file]
    return shape(page.data) == form if page.copy_of is None else changed is not None and file not in changed
