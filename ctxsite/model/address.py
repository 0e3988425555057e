"""From addresses to URLs: percent-encoding (RFC 3986) and the base path or base URL in front."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from ctxsite.frozen import dataclass

FRAGMENTS = "~_fragments"
"""The folder of alternatives that pages load. No variant has such a name."""

_SAFE = "/~-._!$&'()*+,;=:@"
_PLAIN = re.compile(r"[A-Za-z0-9/~._-]*")  # most addresses are; asking costs a fifth of encoding


def encode(address: str) -> str:
    """Percent-encode an address as UTF-8, leaving what may stand in a path as it is."""
    return address if _PLAIN.fullmatch(address) else quote(address, safe=_SAFE)


@dataclass(frozen=True, slots=True)
class Host:
    """Where a part of the site stands: addresses that start with `prefix`, which is left out of their URLs there.

    `base_url` and `base_path` have no slash at their end.
    """

    prefix: str = "/"
    base_url: str = ""
    base_path: str = ""

    @property
    def named(self) -> bool:
        """Tell whether the host is known, so that `absolute` is absolute."""
        return "://" in self.base_url

    def absolute(self, address: str) -> str:
        """Return the absolute URL of an address that is here."""
        return self.base_url + "/" + encode(address[len(self.prefix) :])

    def url(self, address: str) -> str:
        """Return the root-relative URL of an address that is here."""
        return self.base_path + "/" + encode(address[len(self.prefix) :])


@dataclass(frozen=True, slots=True)
class Hosts:
    """All places of a site: the main one, and those of languages that have an address of their own."""

    main: Host = Host()
    own: tuple[Host, ...] = ()

    def of(self, address: str) -> Host:
        """Return where an address is."""
        if not self.own:
            return self.main
        return next((host for host in self.own if address.startswith(host.prefix)), self.main)

    def absolute(self, address: str) -> str:
        """Return the absolute URL of an address; without a base URL, its root-relative one."""
        return self.of(address).absolute(address)

    def url(self, address: str, here: str) -> str:
        """Return an address as it is written on a page at the address `here`: root-relative on the same host."""
        if not self.own:
            return self.main.base_path + encode(address)
        there = self.of(address)
        return there.url(address) if there is self.of(here) else there.absolute(address)

    def find(self, url: str) -> str | None:
        """Return the address that a URL leads to, written whole or from the root; None if its host is none of these.

        The query, the fragment and a variant's part are left out; a slash at the end is not needed.
        """
        path = re.split("[?#]", url, maxsplit=1)[0]
        scheme, mark, rest = path.partition("://")
        if not mark:
            base = self.main.base_path
            inside = base and (path + "/").startswith(base + "/")
            return _address("/", path[len(base) :] if inside else path)
        whole = f"{scheme.lower()}://{rest.partition('/')[0].lower()}{rest[len(rest.partition('/')[0]) :]}/"
        named = [host for host in (*self.own, self.main) if host.named and whole.startswith(host.base_url + "/")]
        found = max(named, key=lambda host: len(host.base_url), default=None)
        return _address(found.prefix, whole[len(found.base_url) :]) if found else None

    def placed(self, path: str, here: str) -> str:
        """Return the address of a path from the root of the host that `here` is on."""
        return self.of(here).prefix + path.removeprefix("/") if self.own else path


def _address(prefix: str, path: str) -> str:
    plain = unquote(path).partition("/~")[0].strip("/")
    return f"{prefix}{plain}/" if plain else prefix


def file_of(address: str) -> str:
    """Return the output file that serves an address: `/de/tarife/` is `de/tarife/index.html`."""
    path = address.lstrip("/")
    return path + "index.html" if not path or path.endswith("/") else path


def alias_address(alias: str) -> str:
    """Return the address of an alias: `/old` is the folder `/old/`, `/old.html` a file of that name."""
    last = alias.rpartition("/")[2]
    return alias if not last or "." in last else alias + "/"
