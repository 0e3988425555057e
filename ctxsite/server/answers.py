"""Bytes as responses: content types, entity tags, and parts of files (RFC 9110, sections 8, 13 and 14)."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import Response

_TYPES = mimetypes.MimeTypes(filenames=())  # without the machine's own list
_OURS = {
    "": "text/plain",
    "avif": "image/avif",
    "ico": "image/vnd.microsoft.icon",
    "js": "text/javascript",
    "json": "application/json",
    "map": "application/json",
    "md": "text/markdown",
    "mjs": "text/javascript",
    "svg": "image/svg+xml",
    "wasm": "application/wasm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xml": "application/xml",
    "yaml": "application/yaml",
}
_IN_UTF8 = {"application/json", "application/manifest+json", "application/xml", "application/yaml", "image/svg+xml"}
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def content_type(file: str) -> str:
    """Return the media type of a file by its name; texts are UTF-8."""
    name = file.rpartition("/")[2]
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    kind = _OURS.get(ending) or _TYPES.guess_type(name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in _IN_UTF8 else kind


def answer(data: bytes, request: Headers, headers: Mapping[str, str], *, tag: str, status: int = 200) -> Response:
    """Return a response with `data`, or less where the request has it already or wants a part only.

    `tag` is the strong entity tag, without quotes. Requests for several parts at once get everything (RFC 9110, 14.2).
    """
    quoted = f'"{tag}"'
    found = {**headers, "etag": quoted, "accept-ranges": "bytes"}
    known = [part.strip().removeprefix("W/") for part in request.get("if-none-match", "").split(",")]
    if status == 200 and (quoted in known or "*" in known):
        del found["content-type"]
        return Response(status_code=304, headers=found)
    wanted = request.get("range")
    if status != 200 or wanted is None or request.get("if-range", quoted) != quoted:
        return Response(data, status, found)
    match = _RANGE.fullmatch(wanted.replace(" ", ""))
    if match is None or not any(match.groups()):
        return Response(data, status, found)
    part = _part(len(data), *match.groups())
    if part is None:
        return Response(status_code=416, headers={**found, "content-range": f"bytes */{len(data)}"})
    start, stop = part
    return Response(data[start:stop], 206, {**found, "content-range": f"bytes {start}-{stop - 1}/{len(data)}"})


def _part(size: int, first: str, last: str) -> tuple[int, int] | None:
    """Return which bytes a range means, the end exclusive; None if it has none of them."""
    if not first:
        start, stop = max(0, size - int(last)), size
    else:
        start, stop = int(first), min(size, int(last) + 1) if last else size
    return (start, stop) if start < stop else None
