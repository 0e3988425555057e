"""The application: the server's own addresses below `/__ctxsite/`, and the site's everywhere else."""

from __future__ import annotations

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from ctxsite.server import board, editor, preview, reload
from ctxsite.server.guard import Guard
from ctxsite.server.inject import OWN
from ctxsite.server.live import Live
from ctxsite.server.pages import Scripts, page


def make_app(live: Live, allowed: Callable[[str], bool]) -> Starlette:
    """Return the ASGI application that serves what `live` holds to requests whose `Host` header is `allowed`."""
    scripts = Scripts((preview.script_url(preview.EARLY),), (reload.CLIENT, preview.script_url(preview.PANEL)))

    class Site:
        """Everything that is not the server's own. A class, because Starlette keeps methods of functions only."""

        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            response = await page(live, scripts, Request(scope, receive))
            await response(scope, receive, send)

    async def nothing(request: Request) -> Response:  # noqa: ARG001
        return PlainTextResponse("There is nothing here.\n", 404)

    hooks = [*reload.routes(live), *editor.routes(live), *preview.routes(live), *board.routes(live)]
    own = [*hooks, Route(f"{OWN}{{rest:path}}", nothing)]
    return Starlette(routes=[*own, Mount("/", Site())], middleware=[Middleware(Guard, allowed=allowed)])
