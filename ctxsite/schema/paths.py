"""Parts of addresses and names of files that a site may use: they can neither leave it nor take a reserved name."""

from __future__ import annotations

import re
from collections.abc import Callable

from ctxsite.diagnostics.codes_site import INVALID_PATH
from ctxsite.schema.types import TEXT, Say, Type
from ctxsite.syntax.nodes import Node

RESERVED_START = "~"
"""Output names that start with it belong to variants."""

_LONGEST = 255
"""Bytes in one name, as the usual file systems allow."""

_NEVER = re.compile(r"[\x00-\x1f\x7f\\?#]")

Fault = tuple[str, str | None]
"""What is wrong (after "the slug …"), and a suggestion."""


def _segment_fault(segment: str) -> Fault | None:
    """Say why this cannot be one part of an address."""
    if segment in {".", ".."}:
        return f"cannot contain `{segment}`", "addresses stay inside the site"
    if segment.startswith(RESERVED_START):
        return f"cannot start with `{RESERVED_START}`", "such names are reserved for variants"
    if (found := _NEVER.search(segment)) is not None:
        shown = found.group() if found.group().isprintable() else f"U+{ord(found.group()):04X}"
        return f"cannot contain `{shown}`", None
    if len(segment.encode()) > _LONGEST:
        return f"is longer than {_LONGEST} bytes", None
    return None


def slug_fault(text: str) -> Fault | None:
    """Say why this cannot be a slug: the last part of a page's address."""
    if not text:
        return "is empty", "leave it out to use the file's name"
    if ".." in text.split("/"):
        return "cannot contain `..`", "addresses stay inside the site"
    if "/" in text:
        path = "/" + text.strip("/") + "/"
        return "is one part of an address and has no slash", f"to set the whole address, write `url: {path}`"
    return _segment_fault(text)


def address_fault(text: str) -> Fault | None:
    """Say why this cannot be an address on this site."""
    whole = re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*://[^/]*(/[^?#]*)?", text)
    if whole is not None:
        return "is an address on this site, without scheme and host", f"write `{whole.group(1) or '/'}`"
    if not text.startswith("/"):
        return "must start with a slash", None if ".." in text else f"write `/{text}`"
    if "//" in text:
        return "has two slashes in a row", f"write `{re.sub('/+', '/', text)}`"
    return next((fault for part in text.split("/") if (fault := _segment_fault(part)) is not None), None)


def template_fault(text: str) -> Fault | None:
    """Say why this cannot be a template's name, relative to `templates/`."""
    if not text:
        return "is empty", "leave it out to use the usual template"
    if text.startswith("/"):
        return "is relative to `templates/`", f"write `{text.lstrip('/') or 'page'}`"
    if text.startswith("templates/"):
        return "is relative to `templates/`", f"write `{text.removeprefix('templates/')}`"
    return next((fault for part in text.split("/") if (fault := _segment_fault(part)) is not None), None)


def _checked(words: str, fault_of: Callable[[str], Fault | None], pattern: str) -> Type[str]:
    def read(node: Node, what: str, say: Say) -> str | None:
        text = TEXT.read(node, what, say)
        fault = None if text is None else fault_of(text)
        if fault is not None:
            say.append(INVALID_PATH.at(node.span, f"{what} {fault[0]}", help=fault[1]))
            return None
        return text

    return Type(words, read, {"type": ["string", "number"], "pattern": pattern})


SLUG = _checked("one part of an address", slug_fault, r"^[^/~\\?#][^/\\?#]*$")
ADDRESS = _checked("an address on this site", address_fault, r"^/")
TEMPLATE = _checked("a template's name", template_fault, r"^[^/]")
