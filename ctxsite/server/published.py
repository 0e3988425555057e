"""The headers and redirects that a build publishes for hosts, read as hosts read them."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache
from urllib.parse import unquote

from ctxsite.frozen import dataclass

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where a path leads, and the status (301 or 302)."""

    target: str
    status: int


@lru_cache(maxsize=16)
def read_headers(text: bytes) -> tuple[tuple[str, Headers], ...]:
    """Read `_headers`: path patterns (`*` stands for anything), each followed by its headers, indented."""
    rules: list[tuple[str, list[tuple[str, str]]]] = []
    for line in text.decode("utf-8", "replace").splitlines():
        name, colon, value = line.strip().partition(":")
        if not line.strip() or line.startswith("#"):
            continue
        if not line[0].isspace():
            rules.append((unquote(line.strip()), []))
        elif rules and colon:
            rules[-1][1].append((name.strip().lower(), value.strip()))
    return tuple((pattern, tuple(found)) for pattern, found in rules)


def headers_for(text: bytes, path: str) -> Headers:
    """Return the headers that `_headers` gives to a path (decoded)."""
    return tuple(
        header for pattern, found in read_headers(text) if fnmatchcase(path, _literally(pattern)) for header in found
    )


def _literally(pattern: str) -> str:
    """Leave `*` as the only sign with a meaning: brackets and question marks stand for themselves."""
    return pattern.replace("[", "[[]").replace("?", "[?]")


@lru_cache(maxsize=16)
def read_redirects(text: bytes) -> dict[str, Redirect]:
    """Read `_redirects`: a path, where it leads, and a status a line; paths come out decoded."""
    found: dict[str, Redirect] = {}
    for line in text.decode("utf-8", "replace").splitlines():
        parts = line.split()
        if len(parts) == 3 and not line.startswith("#") and parts[2].isdigit():
            found.setdefault(unquote(parts[0]), Redirect(parts[1], int(parts[2])))
    return found
