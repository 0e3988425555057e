"""The last check: whatever a page links or loads inside the site exists in the output.

Links in content have been checked where they were written; this is about the pages as they came out, templates,
menus and every variant's alternatives included.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from html import unescape
from urllib.parse import unquote, urljoin

from ctxsite.build.publish import SUMMARY
from ctxsite.content.srcset import candidates
from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_addresses import DEAD_END
from ctxsite.diagnostics.codes_output import BROKEN_IMAGE, BROKEN_LINK, LINK_OUTSIDE, LINK_UNPUBLISHED
from ctxsite.model.address import FRAGMENTS, Host, Hosts, encode, file_of
from ctxsite.source import Location

_MAYBE = re.compile(
    rb'="(?:(?<=href=")|(?<=src=")|(?<=poster=")|(?<=action=")|(?<=srcset="))(?!https?://[^",]*")(?=([^"]*))'
)
"""Begins with what is rare, and asks then what stood before it: half of the time that looking for names takes."""
_DESTINATION = re.compile(rb'\s(?:href|src|poster|action)="([^"#?]+)|\ssrcset="([^"]+)"')
_QUERY = re.compile("[?#]")
_AMBIGUOUS = re.compile("[&,]")
"""What may be part of a name, but also begin a character reference, or stand between two destinations."""
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


def destinations(html: bytes) -> frozenset[str]:
    """Return what a page's elements point at inside its own site, as written, without queries and fragments."""
    found: set[str] = set()
    for match in _DESTINATION.finditer(html):
        at = match.start()
        if html.rfind(b"<", 0, at) < html.rfind(b">", 0, at):
            continue  # in a text, not in a tag
        single, several = [unescape(text.decode("utf-8", "replace")) for text in match.groups(default=b"")]
        parts = [several[begin:end] for begin, end in candidates(several)]
        found.update([single] if single else [_QUERY.split(part, maxsplit=1)[0] for part in parts])
    return frozenset(text for text in found if text and not _ELSEWHERE.match(text))


def linkable(paths: Iterable[str]) -> frozenset[str]:
    """Return those of an output's files that pages may lead to."""
    return frozenset(
        path for path in paths if path != SUMMARY and not path.endswith("_headers") and f"{FRAGMENTS}/" not in path
    )


class Answers:
    """Which destinations the output answers. `files` are all its paths, `hosts` where its addresses are."""

    def __init__(self, files: Collection[str], hosts: Hosts) -> None:
        self._files = files
        self._hosts = hosts
        self._known: dict[tuple[str, str], bool] = {}
        self._plain: dict[str, set[bytes]] = {}

    def warm(self) -> None:
        """Learn where nearly all links lead, for many pages: whoever is about to fork learns it for all."""
        base = self._hosts.main.base_path
        addresses = (
            path.removesuffix("index.html") if f"/{path}".endswith("/index.html") else path for path in self._files
        )
        known = self._plain.setdefault(self._hosts.main.prefix, set())
        plain = (address for address in addresses if encode(address) == address and not _AMBIGUOUS.search(address))
        known.update([f"{base}/{address}".encode() for address in plain])

    def all_of(self, paths: frozenset[str]) -> bool:
        """Tell whether all these paths are in the output."""
        return paths.issubset(self._files)

    def missing(self, path: str, html: bytes) -> tuple[str, ...]:
        """Return the destinations of the page at an output path that nothing answers, as written."""
        host = self._hosts.of(f"/{path}")
        known = self._plain.setdefault(host.prefix, set())
        found = _MAYBE.findall(html)  # all in which `destinations` may find something, and perhaps more
        if known.issuperset(found):
            return ()
        new = set(found) - known
        leading = {written for written in new if self._leads_somewhere(written, host)}
        known |= leading
        if len(leading) == len(new):
            return ()
        here = host.url(f"/{path.removesuffix('index.html')}")
        missing = (written for written in destinations(html) if not self._known_url(urljoin(here, written), host))
        return tuple(sorted(missing))

    def _leads_somewhere(self, written: bytes, host: Host) -> bool:
        """Tell whether a destination is one from any page, which most are; False where one has to look closer."""
        if b"," in written:
            return False  # it may be a list, of which this would be the first
        text = written.partition(b"#")[0].partition(b"?")[0].decode("utf-8", "replace")
        if text.startswith("/") and not text.startswith("//") and "&" not in text:
            return self._known_url(text, host)
        return not text or text.startswith(("https://", "http://"))

    def _known_url(self, url: str, host: Host) -> bool:
        key = (host.prefix, url)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._answered(unquote(url), host)
        return known

    def _answered(self, url: str, host: Host) -> bool:
        if not url.startswith(host.base_path + "/"):
            return False
        path = file_of(host.prefix + url[len(host.base_path) + 1 :])
        return path in self._files or f"{path}/index.html" in self._files


def dead_ends(pages: Iterable[tuple[str, Iterable[str]]], told: Collection[str] = ()) -> tuple[Diagnostic, ...]:
    """Report destinations that no file of the output answers, each once.

    `pages` are output paths of pages with such destinations; `told` those that have been reported where content
    has them.
    """
    missing: dict[str, list[str]] = {}
    for path, wanted in pages:
        for written in wanted:
            if written not in told:
                missing.setdefault(written, []).append(path)
    return tuple(_report(written, sorted(paths)) for written, paths in sorted(missing.items()))


def told_already(diagnostics: Iterable[Diagnostic]) -> frozenset[str]:
    """Return the destinations, without queries and fragments, that diagnostics about links in content are about."""
    codes = {code.id for code in (BROKEN_LINK, BROKEN_IMAGE, LINK_OUTSIDE, LINK_UNPUBLISHED)}
    places = (found.location for found in diagnostics if found.code in codes)
    return frozenset(
        re.split("[?#]", place.excerpt[place.column - 1 : place.end_column - 1])[0] for place in places if place
    )


def _report(written: str, paths: list[str]) -> Diagnostic:
    others = f" and {len(paths) - 1} other pages" if len(paths) > 2 else f" and {paths[1]}" if len(paths) == 2 else ""
    message = f"`{written}` on {paths[0]}{others} leads nowhere"
    hint = "a template or a menu writes this link: mend it there, or add what is missing"
    return DEAD_END.at(Location(paths[0], 1, 1, 2, ""), message, help=hint)
