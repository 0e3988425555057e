"""Files beside pages: which page each belongs to, and at which address it is published."""

from __future__ import annotations

from collections.abc import Iterator

from ctxsite.model.page import Page, SiteMap

INDEX_NAMES = frozenset({"index", "_index"})
"""Names of documents that stand for their folder."""


def asset_addresses(sitemap: SiteMap) -> Iterator[tuple[Page, str, str]]:
    """Yield each file below `content/` that is no page, with the page it belongs to and its address.

    It belongs to the nearest index (`index.md`, `_index.md`, or a section without one) in or above its folder, in
    each language that has that page: `content/blog/trip/map.png` is at `/blog/trip/map.png` if there is
    `content/blog/trip/index.md`.
    """
    nearest: dict[str, int] = {}
    owners = [page for page in sitemap.pages if page.assets and _is_index(page.document.path)]
    for page in owners:
        for name, path in page.assets.items():
            nearest[path] = min(len(name), nearest.get(path, len(name)))
    for page in owners:
        for name, path in page.assets.items():
            if len(name) == nearest[path]:
                yield page, path, page.address + name


def assets_by_path(sitemap: SiteMap) -> dict[str, dict[str, str]]:
    """Return the addresses of each file below `content/` that is no page, by language."""
    found: dict[str, dict[str, str]] = {}
    for page, path, address in asset_addresses(sitemap):
        found.setdefault(path, {}).setdefault(page.key.language, address)
    return found


def _is_index(path: str) -> bool:
    name = path.rpartition("/")[2]
    return not name or name.partition(".")[0] in INDEX_NAMES
