"""Who may ask: nobody who came by a foreign name, and no other site's scripts for what is the server's own.

A page of another site can make a name of its own mean this machine (DNS rebinding) and would then be of one origin with
what is served here; its requests carry that name in `Host`, so they are refused. Addresses written as numbers cannot be
rebound. What another site's page asks for across origins it cannot read, as nothing here is shared (no CORS); it does
not even get an answer from the server's own addresses.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ctxsite.server.inject import OWN
from ctxsite.server.lookup import LOCAL


def name_in(host: str) -> str:
    """Return the name in a `Host` header, without port and brackets, in lower case; empty if it is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def host_allowed(host: str, *, open_to_network: bool, names: frozenset[str] = frozenset()) -> bool:
    """Tell whether a request with this `Host` header is meant for this server.

    `names` are further names that it was told to answer to.
    """
    name = name_in(host)
    if name == "localhost" or name.endswith(LOCAL) or name in names:
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or open_to_network


def from_elsewhere(headers: Mapping[str, str]) -> bool:
    """Tell whether another site's page makes this request (Fetch Metadata, and `Origin` where that is missing)."""
    site = headers.get("sec-fetch-site", "none")
    followed_link = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    if site not in {"none", "same-origin"} and not followed_link:
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")


class Guard:
    """ASGI middleware that holds the above, and sends headers that keep answers from other sites."""

    def __init__(self, app: ASGIApp, allowed: Callable[[str], bool]) -> None:
        self._app = app
        self._allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the application answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not self._allowed(headers.get("host", "")):
            text = "This server answers to its own addresses only; `ctxsite serve --allow-host NAME` adds one.\n"
            await PlainTextResponse(text, 403)(scope, receive, send)
        elif scope["path"].startswith(OWN) and from_elsewhere(headers):
            await PlainTextResponse("Not for other sites.\n", 403)(scope, receive, send)
        else:
            await self._app(scope, receive, _kept_here(send))


def _kept_here(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("cross-origin-resource-policy", "same-origin")
            headers.setdefault("cache-control", "no-cache")
        await send(message)

    return sent
