"""Which address each page has, and whether any two claim the same one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ctxsite.config.settings import Settings
from ctxsite.content.groups import Group
from ctxsite.content.paths import address_key, segment
from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_addresses import RESERVED_ADDRESS, SAME_ADDRESS
from ctxsite.model.address import alias_address
from ctxsite.model.page import Page, PageKey
from ctxsite.source import Span


class Addresses:
    """Computes addresses: language prefix, then each section's slug, then the page's own."""

    def __init__(self, found: Mapping[PageKey, Group], settings: Settings) -> None:
        self._found = found
        self._prefixes = {
            code: "/" if code == settings.default_language else f"/{code.lower()}/" for code in settings.languages
        }
        self._default = settings.default_language
        self._known: dict[PageKey, str] = {}

    def of(self, key: PageKey) -> str:
        """Return the address of a page: it starts and ends with a slash and has no base path."""
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._compute(key)
        return known

    def _compute(self, key: PageKey) -> str:
        item = self._found.get(key)
        meta = item.document.front.meta if item else None
        if meta is not None and meta.url is not None:
            return meta.url if meta.url.endswith("/") else meta.url + "/"
        if not key.id:
            return self._prefixes[key.language]
        parent, _, name = key.id.rpartition("/")
        own = meta.slug if meta is not None and meta.slug else segment(name)
        return f"{self.of(PageKey(parent, key.language))}{own}/"

    def claims(self, pages: Iterable[Page]) -> list[Diagnostic]:
        """Report every address that two sources claim, letter case aside, and those that are reserved."""
        diagnostics: list[Diagnostic] = []
        taken: dict[str, tuple[str, Span]] = {}
        for page in pages:
            for address, at in _claimed(page):
                if any(part.startswith("~") for part in address.split("/")):
                    message = f"the address `{address}` has a part that starts with `~`"
                    diagnostics.append(RESERVED_ADDRESS.at(at, message, help="give it another `slug:`"))
                    continue
                first = taken.setdefault(address_key(address), (address, at))
                if first[1] is not at:
                    diagnostics.append(_same(address, at, *first))
        return diagnostics


def _claimed(page: Page) -> Iterator[tuple[str, Span]]:
    given = page.document.front.given
    if page.fallback:
        yield page.address, page.document.start.source.span(0, 2)  # the same file at another address of its own
        return
    yield page.address, given.get("url") or given.get("slug") or page.document.start
    for alias in page.meta.aliases:
        yield alias_address(alias), given.get("aliases", page.document.start)


def _same(address: str, at: Span, other: str, first: Span) -> Diagnostic:
    if address == other:
        message = f"two sources claim the address `{address}`"
    else:
        message = f"the addresses `{address}` and `{other}` differ only in letter case"
    return SAME_ADDRESS.at(
        at, message, help="give one of them another `slug:`, or rename it", related=[("also claimed here", first)]
    )
