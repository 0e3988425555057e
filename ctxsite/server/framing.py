"""Pages in the board's frames. A site may forbid that its pages are framed; here the board may, and nobody else.

The board says so beside such a frame: it asks for the page's headers as they are published.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers as RequestHeaders

from ctxsite.server.inject import OWN
from ctxsite.server.published import Headers

_ANCESTORS = re.compile(r"(^|;)(\s*)frame-ancestors[^;]*", re.IGNORECASE)


def for_frame(headers: Headers, request: RequestHeaders) -> Headers:
    """Return a page's headers, without what forbids framing it if the board asks for it, to show it in a frame.

    Which page asks is what the browser says (Fetch Metadata); scripts cannot set these headers.
    """
    asked_by = urlsplit(request.get("referer", "")).path
    shown_in_frame = request.get("sec-fetch-dest") == "iframe" and request.get("sec-fetch-site") == "same-origin"
    if not shown_in_frame or asked_by != OWN:
        return headers
    return tuple(
        (name, _ANCESTORS.sub(r"\1\2frame-ancestors 'self'", value) if name == "content-security-policy" else value)
        for name, value in headers
        if name != "x-frame-options"
    )
