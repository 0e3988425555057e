"""From addresses to URLs: percent-encoding (RFC 3986) and the base path or base URL in front."""

from __future__ import annotations

import re
from urllib.parse import quote

_SAFE = "/~-._!$&'()*+,;=:@"
_PLAIN = re.compile(r"[A-Za-z0-9/~._-]*")  # most addresses are; asking costs a fifth of encoding


def encode(address: str) -> str:
    """Percent-encode an address as UTF-8, leaving what may stand in a path as it is."""
    return address if _PLAIN.fullmatch(address) else quote(address, safe=_SAFE)


def url(base_path: str, address: str) -> str:
    """Return the root-relative URL of an address, `base_path` ("" or "/docs", no slash at its end) in front."""
    return base_path + encode(address)


def absolute(base_url: str, address: str) -> str:
    """Return the absolute URL of an address; without a base URL, its root-relative one."""
    return base_url.rstrip("/") + encode(address)


def file_of(address: str) -> str:
    """Return the output file that serves an address: `/de/tarife/` is `de/tarife/index.html`."""
    path = address.lstrip("/")
    return path + "index.html" if not path or path.endswith("/") else path


def alias_address(alias: str) -> str:
    """Return the address of an alias: `/old` is the folder `/old/`, `/old.html` a file of that name."""
    last = alias.rpartition("/")[2]
    return alias if not last or "." in last else alias + "/"
