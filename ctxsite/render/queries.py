"""Questions about all pages of one language, answered once and kept: lists in order, sections, neighbours.

Views ask here and nowhere else, so that what a rendering has read of the site can be recorded in one place.
Answers are `Page`s; only views of them reach a template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from ctxsite.i18n.collation import sort_key
from ctxsite.model.assets import assets_by_path
from ctxsite.model.page import NOT_FOUND_ID, Kind, Page, PageKey, SiteMap
from ctxsite.model.slug import tag_id
from ctxsite.render.reads import Reads

SORTS = ("date", "weight", "title")


def _by_date(page: Page) -> tuple[object, ...]:
    date = page.meta.date
    return (date is None, -date.timestamp() if date else 0.0, *_by_weight_only(page), *_by_title(page))


def _by_weight(page: Page) -> tuple[object, ...]:
    date = page.meta.date
    return (*_by_weight_only(page), -date.timestamp() if date else 0.0, *_by_title(page))


def _by_weight_only(page: Page) -> tuple[object, ...]:
    weight = page.meta.weight
    return (weight is None, weight or 0)


def _by_title(page: Page) -> tuple[object, ...]:
    return (sort_key(page.meta.title, page.key.language), page.key.id)


_KEYS: Mapping[str, Callable[[Page], tuple[object, ...]]] = {
    "date": _by_date,
    "weight": _by_weight,
    "title": _by_title,
}


class Queries:
    """What can be asked about the pages that a visitor of one language sees, fallbacks among them.

    `sort`: `date` is newest first, then by weight, then by title; `weight` lightest first, then as `date`;
    `title` as readers of the language expect. Pages without a date or weight come after those with one, and the id
    decides where all else is equal.
    """

    def __init__(self, sitemap: SiteMap, language: str, default_language: str, reads: Reads | None = None) -> None:
        self.language = language
        self._reads = reads or Reads()
        self._sitemap = sitemap
        self._default_language = default_language
        self._lists: dict[tuple[str | None, str | None, str | None, str], tuple[Page, ...]] = {}
        self._tags: list[tuple[str, int, str | None]] | None = None
        self._tagged: dict[str, set[str]] = {}
        self._places: dict[str, dict[str, int]] = {}

    @cached_property
    def _all(self) -> list[Page]:
        pages = self._sitemap.pages
        return [page for page in pages if page.key.language == self.language and page.key.id != NOT_FOUND_ID]

    @cached_property
    def _below(self) -> Mapping[str, Sequence[Page]]:
        """The pages below each section, at any depth; all but the start page are below that."""
        found: dict[str, list[Page]] = {}
        for page in self._all:
            section = page.key.id
            while section:
                section = section.rpartition("/")[0]
                found.setdefault(section, []).append(page)
        return found

    @cached_property
    def _assets(self) -> Mapping[str, Mapping[str, str]]:
        return assets_by_path(self._sitemap)

    def asset(self, path: str) -> str | None:
        """Return the address of a file below `content/` in this language, or None."""
        self._reads.note("beside", path)
        addresses = self._assets.get(path)
        return None if addresses is None else addresses.get(self.language) or next(iter(addresses.values()))

    def pages(
        self, section: str | None = None, kind: str | None = None, tag: str | None = None, sort: str = "date"
    ) -> tuple[Page, ...]:
        """Return pages below a section (at any depth, itself left out), of a kind, with a tag, in order.

        Below the page of a tag are the pages that have the tag.
        """
        asked = (section, kind, tag, sort)
        found = self._lists.get(asked)
        if found is None:
            below = self._all if section is None else self._below.get(str(section or ""), ())
            if section and (tagged := self._having(section)):
                tagged -= {page.key.id for page in below}
                below = [*below, *(page for page in self._all if page.key.id in tagged)]
            found = self._lists[asked] = tuple(
                sorted(
                    (
                        page
                        for page in below
                        if (kind is None or page.kind == kind) and (tag is None or tag in page.meta.tags)
                    ),
                    key=_KEYS[sort],
                )
            )
        return found

    def chosen(
        self,
        section: str | None,
        kind: str | None,
        tag: str | None,
        sort: str,
        reverse: bool,
        limit: int | None,
    ) -> tuple[Page, ...]:
        """Return what a template asks for: `pages`, perhaps from the other end, and no more than `limit`."""
        self._reads.note("pages", self.language, *self.asked(section, kind, tag, sort, reverse, limit))
        found = self.pages(section, kind, tag, sort)
        found = found[::-1] if reverse else found
        return found if limit is None else found[: max(limit, 0)]

    @staticmethod
    def asked(*values: object) -> tuple[str, ...]:
        """Return what `chosen` was asked, as texts."""
        return tuple("" if value is None else f"={value}" for value in values)

    def sections(self) -> tuple[Page, ...]:
        """Return the sections below the start page, by weight, then by title."""
        self._reads.note("sections", self.language)
        return tuple(page for page in self.pages(kind=Kind.SECTION, sort="weight") if "/" not in page.key.id)

    def page(self, id_: str) -> Page | None:
        """Return a page by its id."""
        self._reads.note("page", self.language, id_)
        return self._sitemap.by_key.get(PageKey(id_, self.language))

    def version(self, id_: str, language: str) -> Page | None:
        """Return a page in another language, be it a translation or a fallback."""
        self._reads.note("page", language, id_)
        return self._sitemap.by_key.get(PageKey(id_, language))

    def ids(self) -> list[str]:
        """Return all ids, for suggestions."""
        return [page.key.id for page in self._all]

    def home(self) -> Page | None:
        """Return the start page; the default language's where this one has none."""
        return self.page("") or self.version("", self._default_language)

    def ancestors(self, page: Page) -> list[Page]:
        """Return the pages above one, from the start page down."""
        if page.kind is Kind.HOME:
            return []
        parts = page.key.id.split("/")
        above = [self.page("/".join(parts[:count])) for count in range(len(parts))]
        return [found for found in above if found is not None]

    def neighbour(self, page: Page, step: int) -> Page | None:
        """Return the page `step` places further in its section's order, among the pages directly in it.

        The order is by weight where any of them has one, otherwise by date.
        """
        self._reads.note("neighbour", self.language, page.key.id, str(step))
        siblings = self._siblings(page.section)
        places = self._places.get(page.section)
        if places is None:
            places = self._places[page.section] = {item.key.id: place for place, item in enumerate(siblings)}
        place = places.get(page.key.id)
        if place is None or not 0 <= place + step < len(siblings):
            return None
        return siblings[place + step]

    def _siblings(self, section: str) -> Sequence[Page]:
        asked = (section, "siblings", None, "")
        found = self._lists.get(asked)
        if found is None:
            below = self._below.get(section, ())
            inside = [page for page in below if page.section == section and page.kind is Kind.PAGE]
            weighted = any(page.meta.weight is not None for page in inside)
            found = self._lists[asked] = tuple(sorted(inside, key=_by_weight if weighted else _by_date))
        return found

    def tags(self) -> list[tuple[str, int, str | None]]:
        """Return all tags with the number of their pages and the id of their page, by name.

        Where tags have pages, those of one page are one, and have its title.
        """
        self._reads.note("tags", self.language)
        if self._tags is None:
            found: dict[tuple[str, str | None], int] = {}
            for page in self._all:
                there = [self._of_tag(tag, page.shown) for tag in page.meta.tags]
                names = zip(page.meta.tags, there, strict=True)
                each = dict.fromkeys((to.meta.title, to.key.id) if to else (tag, None) for tag, to in names)
                found.update((one, found.get(one, 0) + 1) for one in each)
            counted = [(name, count, id_) for (name, id_), count in found.items()]
            self._tags = sorted(counted, key=lambda item: (sort_key(item[0], self.language), item[0], item[2] or ""))
        return self._tags

    def tag(self, name: str, shown: str) -> Page | None:
        """Return the page of a tag that is written so in the language `shown`; None if there is none."""
        self._reads.note("page", shown, tag_id(name))
        found = self._of_tag(name, shown)
        self._reads.note("page", self.language, found.key.id if found else tag_id(name))
        return found

    def _of_tag(self, name: str, shown: str) -> Page | None:
        id_ = tag_id(name)
        there = self._sitemap.by_key.get(PageKey(id_, shown))
        found = self._sitemap.by_key.get(PageKey(there.key.id if there else id_, self.language))
        return found if found is not None and found.kind is Kind.TAG else None

    def _having(self, id_: str) -> frozenset[str]:
        """Return the ids of the pages that have the tag whose page this is; of none if it is no tag's."""
        page = self._sitemap.by_key.get(PageKey(id_, self.language))
        if page is None or page.kind is not Kind.TAG:
            return frozenset()
        if not self._tagged:
            for one in self._all:
                for tag in one.meta.tags:
                    there = self._of_tag(tag, one.shown)
                    self._tagged.setdefault(there.key.id if there else "", set()).add(one.key.id)
        return frozenset(self._tagged.get(id_, ()))
