"""`Preview as…`: one page through another visitor's eyes.

The page's own engine decides, in a context that the address names (`panel/early.js`, the first script of a page). The
panel (`panel/panel.js`) shows and changes that context; what it knows of a page's rules, presets and reasons comes from
here, by the definition of the rules, and it says so if the engine decided otherwise.
"""

from __future__ import annotations

import hashlib
import threading
from functools import cache
from pkgutil import get_data

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from ctxsite.build.session import Built
from ctxsite.model.address import file_of
from ctxsite.model.page import Page
from ctxsite.server.answers import answer, content_type
from ctxsite.server.guard import name_in
from ctxsite.server.inject import OWN
from ctxsite.server.live import Live
from ctxsite.server.lookup import Found, find
from ctxsite.server.preview_context import PARAMETER, context_from
from ctxsite.server.preview_page import page_data
from ctxsite.server.preview_presets import Presets
from ctxsite.server.preview_shown import Shown, shown_at

EARLY = "early.min.js"
"""The script that supplies the context; it has to run before the page's engine."""

PANEL = "panel.min.js"
"""The panel, a module."""

_PLACE = OWN + "preview/"


def script_url(name: str) -> str:
    """Return where a script of the preview is: with its digest, so that browsers need not ask for it again."""
    return f"{_PLACE}{_digest(_source(name))}/{name}"


class _Site:
    """What is known of one build: whose page a file is, and proofs as far as they were asked for."""

    def __init__(self, built: Built) -> None:
        settings, sitemap = built.compiled.settings, built.compiled.sitemap
        self.built = built
        self.settings = settings
        self.lock = threading.Lock()
        languages = [settings.default_language, *settings.languages]
        self.presets = Presets(built.compiled.proofs, settings.vocabulary, built.compiled.now, languages)
        self._pages: dict[str, tuple[Page, str | None]] = {}
        for page in (*sitemap.pages, *sitemap.not_found):
            self._pages[file_of(page.address)] = page, None
            self._pages.update((file_of(variant.address), (page, variant.name)) for variant in page.variants)

    def at(self, name: str, path: str) -> Shown | None:
        """Return the page that is shown on a host at a path; None if that is none with a source."""
        found = find(self.built, name, path)
        there = self._pages.get(found.file) if isinstance(found, Found) else None
        return None if there is None else shown_at(*there)


class _Preview:
    """Answers what the panel asks, for the build that is served."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._site: _Site | None = None
        self._lock = threading.Lock()

    def _current(self) -> _Site | None:
        built = self._live.view.good
        with self._lock:
            if built is None or self._site is None or self._site.built is not built:
                self._site = None if built is None else _Site(built)
            return self._site

    def answer(self, request: Request) -> Response:
        """Answer `preview.json?path=…&ctx=…`; runs in a thread of its own, as proofs take time."""
        site = self._current()
        path = request.query_params.get("path", "/")
        shown = None if site is None else site.at(name_in(request.headers.get("host", "")), path)
        if site is None or shown is None:
            return JSONResponse({"problem": "This is no page of the site."}, 404)
        context = context_from(request.query_params.get(PARAMETER, ""), site.settings.vocabulary)
        with site.lock:
            return JSONResponse(page_data(shown, context, site.settings, site.presets))


@cache
def _source(name: str) -> bytes:
    return get_data("ctxsite", f"server/panel/{name}") or b""


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _script(request: Request) -> Response:
    """Answer with a built script of the panel."""
    name = request.path_params["name"]
    if request.url.path not in {script_url(EARLY), script_url(PANEL)}:
        return PlainTextResponse("There is nothing here.\n", 404)
    headers = {"content-type": content_type(name), "cache-control": "max-age=31536000, immutable"}
    return answer(_source(name), request.headers, headers, tag=_digest(_source(name)))


def routes(live: Live) -> list[Route]:
    """Return the routes of the preview."""
    return [
        Route(OWN + "preview.json", _Preview(live).answer),
        Route(f"{_PLACE}{{digest}}/{{name}}", _script),
    ]
