"""Which address each page has, and whether any two claim the same one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ctxsite.config.settings import Settings
from ctxsite.content.groups import Group
from ctxsite.content.paths import address_key, segment
from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_addresses import HIDDEN_FALLBACK, RESERVED_ADDRESS, SAME_ADDRESS, SAME_ALIAS
from ctxsite.model.address import Hosts, alias_address
from ctxsite.model.page import Page, PageKey
from ctxsite.source import Span


class Addresses:
    """Computes addresses: language prefix, then each section's slug, then the page's own."""

    def __init__(self, found: Mapping[PageKey, Group], settings: Settings) -> None:
        self._found = found
        self._prefixes = {code: settings.home(code) for code in settings.languages}
        self._hosts = settings.hosts
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
            return self._hosts.placed(meta.url.rstrip("/") + "/", self._prefixes[key.language])
        if not key.id:
            return self._prefixes[key.language]
        parent, _, name = key.id.rpartition("/")
        if item is not None:  # one that `translation_key` has joined to another file keeps its own name
            name = item.place.id.rpartition("/")[2] or name
        own = meta.slug if meta is not None and meta.slug else segment(name)
        return f"{self.of(PageKey(parent, key.language))}{own}/"

    def claims(self, pages: Collection[Page]) -> list[Diagnostic]:
        """Report every address that two sources claim, letter case aside, and those that are reserved."""
        if len({address_key(page.address) for page in pages}) == len(pages) and not any(
            page.meta.aliases or "~" in page.address for page in pages
        ):
            return []
        diagnostics: list[Diagnostic] = []
        taken: dict[str, tuple[str, Span]] = {}
        former: dict[str, Span] = {}
        reserved: set[str] = set()
        for page in pages:
            for address, at, alias in _claimed(page, self._hosts):
                parts = address.split("/") if "~" in address else ()
                name = next((part for part in parts if part.startswith("~")), None)
                if name is not None:
                    if name not in reserved and at.source.path.endswith(".md"):
                        reserved.add(name)
                        message = f"the address `{address}` has a part that starts with `~`, `{name}`"
                        hint = "give it another `slug:`, or rename the file or folder"
                        diagnostics.append(RESERVED_ADDRESS.at(at, message, help=hint))
                    continue
                key = address_key(address)
                first = taken.setdefault(key, (address, at))
                if first[1] is at:
                    if alias:
                        former[key] = at
                elif alias and key in former:
                    message, related = f"`{address}` is an alias of two pages", [("the first one", former[key])]
                    diagnostics.append(SAME_ALIAS.at(at, message, help="leave it to one of them", related=related))
                else:
                    diagnostics.append(_same(address, at, *first))
        return diagnostics


def give_way(
    pages: Mapping[PageKey, Page], hosts: Hosts
) -> tuple[dict[PageKey, Page], dict[PageKey, Page], list[Diagnostic]]:
    """Let pages that nobody wrote make room for what somebody did at their address.

    A text shown in another language yields to a page of that language, with a diagnostic; a section or start page
    without a file yields to an alias. Return the pages that stand; where the others lead instead; and diagnostics.
    """
    diagnostics: list[Diagnostic] = []
    if not any(page.meta.aliases or page.fallback for page in pages.values()):
        return dict(pages), {}, diagnostics
    written = {address_key(page.address): page for page in pages.values() if not page.fallback}
    aliases = {
        address_key(hosts.placed(alias_address(alias), page.address))
        for page in written.values()
        for alias in page.meta.aliases
    }
    standing, instead = dict(pages), dict[PageKey, Page]()
    for key, page in pages.items():
        there = written.get(address_key(page.address)) if page.fallback else None
        if there is not None and there.key.language == key.language:
            message = f"`{there.document.path}` stands where `{page.document.path}` would be shown untranslated"
            hint = "if it is the translation, name it alike, or give both one `translation_key`"
            diagnostics.append(HIDDEN_FALLBACK.at(there.document.start, message, help=hint))
            instead[key] = there
            del standing[key]
        elif page.document.path.endswith("/") and address_key(page.address) in aliases:
            instead[key] = page
            del standing[key]
    return standing, instead, diagnostics


def _claimed(page: Page, hosts: Hosts) -> Iterator[tuple[str, Span, bool]]:
    given = page.document.front.given
    if page.fallback:
        yield page.address, page.document.start.source.span(0, 2), False  # the same file at another address
        return
    yield page.address, given.get("url") or given.get("slug") or page.document.start, False
    for alias in page.meta.aliases:
        at = given.get("aliases", page.document.start)
        yield hosts.placed(alias_address(alias), page.address), at, True


def _same(address: str, at: Span, other: str, first: Span) -> Diagnostic:
    if address == other:
        message = f"two sources claim the address `{address}`"
    else:
        message = f"the addresses `{address}` and `{other}` differ only in letter case"
    return SAME_ADDRESS.at(
        at, message, help="give one of them another `slug:`, or rename it", related=[("also claimed here", first)]
    )
