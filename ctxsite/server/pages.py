"""The site's files as answers, from memory; pages come with the development client."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from html import escape

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response

from ctxsite.build.copies import bytes_of, size_of, source_of
from ctxsite.build.session import Built
from ctxsite.frozen import dataclass
from ctxsite.server.answers import answer, content_type
from ctxsite.server.framing import for_frame
from ctxsite.server.guard import name_in
from ctxsite.server.inject import injected, shape
from ctxsite.server.live import Live, View
from ctxsite.server.lookup import Found, find
from ctxsite.server.published import Redirect

_LARGE = 16 * 1024 * 1024
"""Copied files from this size on are sent from the disk piece by piece; smaller ones are compared with the build."""

NOTHING_HERE = b"<!doctype html><title>404</title><p>There is nothing here.</p>"
"""The page for what is not there, where the site has none of its own."""

_PATIENCE = 5.0
"""Seconds to wait for the build that knows a copied file as it is on the disk."""

_SHOWN_BY = {"document", "iframe", "frame", "embed", "object"}
"""What a browser asks a page for in order to show it (Fetch Metadata); a script that fetches a piece gets it bare."""


@dataclass(frozen=True, slots=True)
class Scripts:
    """What is put into pages, by URL."""

    early: Sequence[str] = ()
    late: Sequence[str] = ()


async def page(live: Live, scripts: Scripts, request: Request) -> Response:
    """Answer a request for a file of the site, or say where it is, or that it is not there."""
    if request.method not in {"GET", "HEAD"}:
        return PlainTextResponse("Only GET and HEAD.\n", 405, {"allow": "GET, HEAD"})
    view = live.view
    if view.good is None:
        return _nothing_yet(live, view, scripts)
    found = find(view.good, name_in(request.headers.get("host", "")), request.scope["path"])
    if isinstance(found, Redirect):
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(found.target + query, found.status)
    if not found.file:
        return _shown(NOTHING_HERE, live, view, scripts, request, found)
    return await _file(live, view, scripts, request, found)


async def _file(live: Live, view: View, scripts: Scripts, request: Request, found: Found) -> Response:
    built = view.good
    assert built is not None  # noqa: S101
    artifact = built.files[found.file]
    kind = content_type(found.file)
    headers = {**dict(found.headers), "content-type": kind}
    data = artifact.data
    if artifact.copy_of is not None:
        place = source_of(live.place.root, artifact)
        if size_of(place) >= _LARGE:
            return FileResponse(place, found.status, {**headers, "cache-control": "no-cache"})
        read = await run_in_threadpool(_copied, live, built, found.file)
        if read is None:
            return PlainTextResponse("This file is gone, or cannot be read.\n", 404)
        data, view = read
    if kind.startswith("text/html") and request.headers.get("sec-fetch-dest", "document") in _SHOWN_BY:
        return _shown(data, live, view, scripts, request, found)
    return answer(data, request.headers, headers, tag=hashlib.sha256(data).hexdigest()[:24], status=found.status)


def _copied(live: Live, built: Built, file: str) -> tuple[bytes, View] | None:
    """Return a copied file as it was built, and the view that it belongs to.

    If it has changed since, its build is under way: then that one is waited for, so that no page is shown with files
    of another build.
    """
    view = live.view
    for attempt in range(2):
        current = view.good or built
        artifact = current.files.get(file)
        if artifact is None or artifact.copy_of is None:
            return None
        data = bytes_of(source_of(live.place.root, artifact))
        if data is not None and hashlib.sha256(data).hexdigest() == current.digests.get(file):
            return data, view
        if attempt:
            return None if data is None else (data, view)
        view = live.wait_beyond(view.number, _PATIENCE)
    return None


def _shown(data: bytes, live: Live, view: View, scripts: Scripts, request: Request, found: Found) -> Response:
    """Return a page with the client in it."""
    facts = {"state": view.state, "shape": shape(data), "token": live.place.token}
    html = injected(data, live.place.token, facts, scripts.early, scripts.late)
    headers = {**dict(for_frame(found.headers, request.headers)), "content-type": "text/html; charset=utf-8"}
    tag = hashlib.sha256(html).hexdigest()[:24]
    return answer(html, request.headers, headers, tag=tag, status=found.status)


def _nothing_yet(live: Live, view: View, scripts: Scripts) -> Response:
    """Return the page that stands where the site has never been built: the client in it shows why."""
    count = len(view.problems)
    what = f"{count} problem{'' if count == 1 else 's'}" if count else view.failure or "It is being built"
    html = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Not built yet</title>'
        '<meta name="viewport" content="width=device-width"></head>'
        f"<body><h1>This site is not built yet</h1><p>{escape(what)}.</p></body></html>\n"
    )
    facts = {"state": view.state, "shape": "", "token": live.place.token}
    page = injected(html.encode(), live.place.token, facts, scripts.early, scripts.late)
    return Response(page, 503, {"content-type": "text/html; charset=utf-8", "retry-after": "1"})
