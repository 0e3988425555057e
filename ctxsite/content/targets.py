"""Everything on a site that a link can lead to, found from a path as authors write it.

A path that names no language leads to the page in the language of the page it stands on. One that names a
language other than its own document's and the default (`tariffs.de.md`, `/de/tarife/`) is taken at its word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from posixpath import normpath

from ctxsite.content.paths import CONTENT
from ctxsite.frozen import dataclass
from ctxsite.model.address import Host, Hosts, file_of
from ctxsite.model.assets import assets_by_path
from ctxsite.model.page import Page, PageKey, SiteMap

_STATIC = "static/"
_EXTERNAL = re.compile(r"\s*(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//|$)|#fn(?:ref)?\d*-")


def is_internal(destination: str) -> bool:
    """Tell whether a destination is inside the site; a footnote's own links are not, they need no check."""
    return not _EXTERNAL.match(destination)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: an address (without base path), and the page there, unless it is a file.

    `completed` tells that a slash was added.
    """

    address: str
    page: Page | None = None
    completed: bool = False


@dataclass(frozen=True, slots=True)
class Targets:
    """The site as links see it; made once a build by `link_targets`.

    `files` are paths in the output of everything that is not a page, `absent` those of documents left out of it.
    """

    sitemap: SiteMap
    base_path: str
    hosts: Hosts
    default_home: str
    default_language: str
    languages: frozenset[str]
    files: Collection[str]
    assets: Mapping[str, Mapping[str, str]]
    absent: Collection[str]
    read_anchors: Callable[[Page], None] = lambda _: None
    """Called with each page whose anchors are looked through."""

    def by_path(self, path: str, page: Page, document: str) -> Target | None:
        """Find what the path (from the site's root, normalized) means in `document`, shown on `page`.

        A Markdown file, a file beside one, a folder with an index, a page's path without its ending, or a file in
        `static/`.
        """
        if addresses := self.assets.get(path):
            own = addresses.get(page.key.language) or addresses.get(page.shown)
            return Target(own or next(iter(addresses.values())))
        if path.endswith(".md"):
            return self._source(path, page, document)
        if path.startswith(_STATIC) and path[len(_STATIC) :] in self.files:
            return Target("/" + path[len(_STATIC) :])
        for candidate in (f"{path}/_index.md", f"{path}/index.md", f"{path}.md"):
            if found := self._source(candidate, page, document):
                return found
        if path == CONTENT or path.startswith(CONTENT + "/"):
            found_page = self.sitemap.by_key.get(PageKey(path[len(CONTENT) + 1 :], page.key.language))
            return Target(found_page.address, found_page) if found_page else None
        return None

    def by_address(self, address: str, page: Page, document: str) -> Target | None:
        """Find what is at an address from the site's root."""
        if file_of(address) in self.files:
            return Target(address)
        if address.endswith(".md"):
            return self.by_path(CONTENT + normpath(address), page, document)
        path = address.removesuffix("index.html") if address.endswith("/index.html") else address
        completed = not path.endswith("/")
        found = self._page_at(path + "/" if completed else path, page)
        if found is not None:
            there = self.translated(found, page, document)
            return Target(there.address, there, completed)
        of_page, tilde, variant = path.strip("/").rpartition("~")
        if tilde and (found := self.sitemap.by_address.get(f"/{of_page}" if of_page else "/")):
            here = self.translated(found, page, document)
            return next((Target(v.address, here, completed) for v in here.variants if v.name == variant), None)
        return None

    def _page_at(self, address: str, page: Page) -> Page | None:
        """Return the page at an address: from the site's root, this page's host's, or the default language's home."""
        by_address = self.sitemap.by_address
        return (
            by_address.get(address)
            or by_address.get(self.hosts.placed(address, page.address))
            or by_address.get(self.default_home + address[1:])
        )

    def url(self, target: Target, page: Page) -> str:
        """Return the URL of a target as it is written on a page. Files of the whole site are on every host."""
        address = target.address
        if target.page is None and self.hosts.own and self.hosts.of(address) is self.hosts.main:
            address = self.hosts.placed(address, page.address)
        return self.hosts.url(address, page.address)

    def _source(self, path: str, page: Page, document: str) -> Target | None:
        found = self.sitemap.by_source.get(path)
        if found is not None:
            there = self.translated(found, page, document)
            if found.document.path != path:
                name = next(v.name for v in found.variants if v.document.path == path)
                address = next((v.address for v in there.variants if v.name == name), there.address)
                return Target(address, there)
            return Target(there.address, there)
        stem = path.removesuffix(".md")
        for language in dict.fromkeys((page.key.language, self.default_language, *sorted(self.languages))):
            if found := self.sitemap.by_source.get(f"{stem}.{language}.md"):
                there = self.translated(found, page, document)
                return Target(there.address, there)
        bare, dot, language = stem.rpartition(".")
        if dot and language in self.languages and (found := self.sitemap.by_source.get(bare + ".md")):
            there = self.sitemap.by_key.get(PageKey(found.key.id, language), found)
            return Target(there.address, there)
        return None

    def translated(self, found: Page, page: Page, document: str) -> Page:
        """Return the page in the language that a link means, or the page itself where it does not exist in that."""
        if found.key.language == page.key.language:
            return found
        at_home = self.sitemap.by_source.get(document)
        spoken = at_home.key.language if at_home else page.shown
        if found.key.language not in (spoken, self.default_language):
            return found
        return self.sitemap.by_key.get(PageKey(found.key.id, page.key.language), found)


def link_targets(
    sitemap: SiteMap,
    *,
    base_path: str = "",
    hosts: Hosts | None = None,
    default_home: str = "/",
    default_language: str = "en",
    files: Collection[str] = (),
    absent: Collection[str] = (),
) -> Targets:
    """Gather what links can lead to. `hosts` says more than `base_path`, if given; `default_home` is the address of
    the default language's start page. `files` are output paths (`img/x.png`), `absent` documents' paths."""
    assets = assets_by_path(sitemap)
    published = frozenset(files) | {file_of(address) for found in assets.values() for address in found.values()}
    languages = frozenset(page.key.language for page in sitemap.pages)
    hosts = hosts or Hosts(Host("/", base_path, base_path))
    home = default_home
    base = hosts.main.base_path
    return Targets(sitemap, base, hosts, home, default_language, languages, published, assets, frozenset(absent))
