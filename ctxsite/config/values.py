"""Values of settings with rules of their own: the site's address, folders, languages' tags."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ctxsite.config.language_tags import by_english_name, canonical
from ctxsite.diagnostics.codes_site import INVALID_BASE_URL, INVALID_LANGUAGE, INVALID_OUTPUT_DIR
from ctxsite.schema.types import TEXT, Say, Type
from ctxsite.syntax.nodes import Node

SOURCE_FOLDERS = ("content", "static", "templates", "themes", "data", "i18n")
"""Folders of a site that hold sources, so output cannot go there."""

Fault = tuple[str, str | None]
"""What is wrong, and a suggestion."""


def base_url_fault(text: str) -> Fault | None:
    """Say why this cannot be the site's address."""
    if text.startswith("/") and not text.startswith("//"):
        return _path_fault(text)
    if not re.match(r"https?://", text, re.IGNORECASE):
        bare = re.sub(r"^(?:[a-zA-Z][a-zA-Z0-9+-]*:)?/+", "", text)
        problem = "must start with `https://` or `http://`"
        return problem, f"did you mean `https://{bare}`?" if re.fullmatch(
            r"[\w-][^\\\s]*", bare
        ) else "write `https://example.org`"
    try:
        parts = urlsplit(text)
        port_given = parts.port is not None
    except ValueError:
        return "has a host or port that cannot be", "write `https://example.org`"
    if not parts.hostname or re.search(r"[\s<>\"\\^`{|}]", parts.netloc):
        return "has no valid host", "write `https://example.org`"
    if "@" in parts.netloc or (parts.netloc.endswith(":") and not port_given):
        return "has more than a host and a port between `//` and the path", "write `https://example.org`"
    if parts.query or parts.fragment or text.endswith(("?", "#")):
        return "cannot have `?` or `#`", f"write `{re.split('[?#]', text)[0]}`"
    return _path_fault(parts.path)


def _path_fault(path: str) -> Fault | None:
    if re.search(r"[\s?#\\\"<>]", path):
        return "contains a character that a path cannot have", "write a blank as `%20`"
    if {".", ".."} & set(path.split("/")) or "//" in path:
        return "has a path that is not in its simplest form", "leave out `.`, `..` and empty parts"
    return None


def split_base_url(text: str) -> tuple[str, str]:
    """Return a valid base URL in its usual form, and the path in it; neither ends with a slash."""
    if not text or text.startswith("/"):
        path = text.rstrip("/")
        return path, path
    parts = urlsplit(text)
    path = parts.path.rstrip("/")
    return f"{parts.scheme}://{parts.netloc.lower()}{path}", path


def _read_base_url(node: Node, what: str, say: Say) -> str | None:
    text = TEXT.read(node, what, say)
    fault = base_url_fault(text) if text else None
    if fault is not None:
        say.append(INVALID_BASE_URL.at(node.span, f"{what} {fault[0]}", help=fault[1]))
        return None
    return text


BASE_URL = Type(
    "an address such as `https://example.org`", _read_base_url, {"type": "string", "pattern": "^(https?://|/|$)"}
)


def _folder_fault(text: str) -> Fault | None:
    parts = text.split("/")
    if text.startswith("/") or re.match(r"[A-Za-z]:", text):
        return "must be relative to the site's root", f"write `{parts[-1] or 'public'}`, or build with `--output`"
    if "\\" in text:
        forward = text.replace("\\", "/")
        return "must be written with forward slashes", f"write `{forward}`"
    if ".." in parts:
        return "cannot leave the site", "for a folder elsewhere, build with `--output`"
    if set(parts) <= {"", "."}:
        return "cannot be the site's root itself", "write `public`"
    first = next(part for part in parts if part not in {"", "."})
    if first.casefold() in {*SOURCE_FOLDERS, ".git"}:
        return f"cannot be in `{first}/`, which does not belong to the output", "write `public`"
    return None


def _read_output_dir(node: Node, what: str, say: Say) -> str | None:
    text = TEXT.read(node, what, say)
    if text is None:
        return None
    fault = _folder_fault(text)
    if fault is not None:
        say.append(INVALID_OUTPUT_DIR.at(node.span, f"{what} {fault[0]}", help=fault[1]))
        return None
    return "/".join(part for part in text.split("/") if part not in {"", "."})


OUTPUT_DIR = Type("a folder's name", _read_output_dir, {"type": "string", "pattern": "^[^/]"})


def read_tag(node: Node, text: str, say: Say) -> str | None:
    """Return a language tag in its usual form; say so if it is none."""
    tag = canonical(text)
    if tag is None:
        known = by_english_name(text)
        help_text = f"did you mean `{known}`?" if known else "tags look like `en`, `pt-BR` or `zh-Hant`"
        say.append(INVALID_LANGUAGE.at(node.span, f"`{text}` is not a language tag", help=help_text))
    return tag


def _read_language(node: Node, what: str, say: Say) -> str | None:
    text = TEXT.read(node, what, say)
    return None if text is None else read_tag(node, text, say)


LANGUAGE_TAG = Type(
    "a language tag", _read_language, {"type": "string", "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*$"}
)
