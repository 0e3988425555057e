"""The development client in pages that are served, between marks, so that it can be taken out again exactly."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from html import escape

OWN = "/__ctxsite/"
"""Below it is everything that is the server's and not the site's."""

_HEAD = re.compile(rb"<head(?:\s[^>]*)?>", re.IGNORECASE)
_MARKED = re.compile(rb"<!--ctxsite:([0-9a-f]{16,64})-->.*?<!--/ctxsite:\1-->", re.DOTALL)
_VERSION = re.compile(rb"(\.(?:css|png|jpe?g|gif|svg|webp|avif|ico))\?v=[0-9a-f]{10}")


def injected(
    html: bytes, token: str, facts: Mapping[str, str], early: Sequence[str] = (), late: Sequence[str] = ()
) -> bytes:
    """Return a page with scripts of the server, by URL: `early` ones at the start of its head, `late` ones at its end.

    Early ones are classic scripts and run before anything else in the page; late ones are modules. `facts` become
    `data-` attributes of the first late one, whose id is `ctxsite-client`.
    """
    begin, end = f"<!--ctxsite:{token}-->".encode(), f"<!--/ctxsite:{token}-->".encode()
    data = "".join(f' data-{name}="{escape(value)}"' for name, value in facts.items())
    modules = [
        f'<script type="module" src="{escape(src)}"{"" if number else f" id=ctxsite-client{data}"}></script>'
        for number, src in enumerate(late)
    ]
    tail = begin + "".join(modules).encode() + end
    at = html.rfind(b"</body>")
    html = html + tail if at < 0 else html[:at] + tail + html[at:]
    head = _HEAD.search(html) if early else None
    if head is None:
        return html
    scripts = "".join(f'<script src="{escape(src)}"></script>' for src in early).encode()
    return html[: head.end()] + begin + scripts + end + html[head.end() :]


def bare(html: bytes) -> bytes:
    """Return a served page as the build made it."""
    return _MARKED.sub(b"", html)


def shape(html: bytes) -> str:
    """Return a digest of a page that does not change when only versions of its style sheets and images do."""
    return hashlib.sha256(_VERSION.sub(rb"\1", html)).hexdigest()[:24]
