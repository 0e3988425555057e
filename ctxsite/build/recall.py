"""The last build's site, recalled from what a store keeps: pages and documents are read when they are looked at.

Whoever asks for more than single pages, for all of them say, gets no answer but `UncertainError`: then the whole site
is to be looked at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn, TypeVar

from ctxsite.build.codec import UnreadableError, dumps, loads
from ctxsite.build.journal import Keeps
from ctxsite.build.memory import DeadEnds, KeptLinks, halves
from ctxsite.build.page_names import name_of, page_name
from ctxsite.content.targets import Targets
from ctxsite.frozen import dataclass
from ctxsite.i18n.catalogues import read_translations
from ctxsite.model.document import Document
from ctxsite.model.page import Kind, Page, PageKey, SiteMap, Variant
from ctxsite.render.reads import Fact
from ctxsite.render.site import Delivery, Site
from ctxsite.render.theme import Theme, ThemeFiles
from ctxsite.targets.feed import feed_pages

Key = TypeVar("Key")
SECTIONS = (
    "way", "documents", "facts", "traces", "answers", "pages", "said of pages", "ends", "sources", "theme", "assets",
    "frame", "outputs",
)  # fmt: skip


_KINDS = {str(kind): kind for kind in Kind}


class UncertainError(BaseException):
    """More would have to be known than is at hand. Nothing that explains a template's faults catches it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same for all pages, as it is kept. `others` names, by language, the pages of the feed."""

    site: Site
    targets: Targets
    delivery: Delivery
    feeds: Mapping[str, tuple[str, ...]]
    special: Mapping[str, str]
    """Names of pages under which others are known."""


def encoded_page(page: Page) -> bytes:
    """Return a page as bytes, without its documents."""
    variants = [(each.name, each.when, each.meta, _document(each.document), each.address) for each in page.variants]
    meta = None if page.meta is page.document.front.meta or page.meta == page.document.front.meta else page.meta
    return dumps((
        page.key.id, page.key.language, str(page.kind), page.section, page.address, meta, _document(page.document),
        variants, page.shown, dict(page.translations), dict(page.assets),
    ))  # fmt: skip


def place_in_order(page: Page) -> tuple[float | None, int | None, str]:
    """Return what decides where a page stands in lists."""
    return page.meta.date.timestamp() if page.meta.date else None, page.meta.weight, page.meta.title


def _document(document: Document) -> str | Document:
    """Return the path of a document that is kept; one that stands for a file that nobody wrote as it is."""
    return document.path if document.digest else document


class Recalled:
    """A site of which only what is looked at is there."""

    def __init__(self, kept: Keeps, now: dt.datetime) -> None:
        self.kept = kept
        found = {name: kept.load(name) for name in SECTIONS}
        if any(value is None for value in found.values()):
            raise UncertainError
        self.way: str = found["way"]
        self.digests: dict[str, str] = found["documents"]
        self.facts: dict[Fact, str] = found["facts"]
        self.traces: dict[str, tuple[bytes, tuple[str, ...]]] = found["traces"]
        self.answers: dict[Fact, tuple[Any, ...]] = found["answers"]
        self.outputs: dict[str, tuple[int, int, str]] = found["outputs"]
        self.said: dict[str, bytes] = found["said of pages"]
        self.ends: dict[str, DeadEnds] = found["ends"]
        self._pages: dict[str, bytes] = found["pages"]
        self._sources: dict[str, str] = found["sources"]
        self._known: dict[str, Page] = {}
        self._documents: dict[str, Document] = {}
        self.changed: dict[str, Document] = {}
        sitemap = SiteMap(
            _Unlisted(),
            _Lazy(lambda key: self.page(name_of(key))),
            _Lazy(lambda address: self._named(self._more("places").get(address))),
            _Lazy(lambda path: self._named(self._sources.get(path))),
        )
        try:
            self.frame = _frame(found["frame"], Theme(loads(found["theme"])), found["assets"], sitemap, now)
        except UnreadableError:
            raise UncertainError from None

    @property
    def order(self) -> dict[str, tuple[float | None, int | None, str]]:
        """What decides where each page stands in lists."""
        found: dict[str, tuple[float | None, int | None, str]] = self._more("order")
        return found

    @property
    def links(self) -> dict[str, KeptLinks]:
        """Links of pages as they were resolved."""
        found: dict[str, KeptLinks] = self._more("links")
        return found

    def _more(self, section: str) -> Any:
        """Return a section that is seldom needed."""
        found = self.kept.load(section)
        if found is None:
            raise UncertainError
        return found

    @property
    def complete(self) -> bool:
        """Tell whether all pages have a trace: what is to be said of them stands as long as they do."""
        return len(self.traces) == len(self._pages)

    def page(self, name: str) -> Page | None:
        """Return a page by its name."""
        page = self._known.get(name)
        if page is None:
            raw = self._pages.get(name)
            if raw is None:
                other = self.frame.special.get(name)
                return None if other is None else self.page(other)
            page = self._known[name] = self._decoded(raw, self.document)
        return page

    def passing(self, name: str) -> Page | None:
        """Return a page that is to be looked at once, and does not keep it: all of a site would not have room."""
        raw = self._pages.get(name)
        return self.page(name) if raw is None or name in self._known else self._decoded(raw, self._passing_document)

    def _named(self, name: str | None) -> Page | None:
        return None if name is None else self.page(name)

    def _decoded(self, raw: bytes, document_at: Callable[[str], Document]) -> Page:
        def of(kept: str | Document) -> Document:
            return document_at(kept) if isinstance(kept, str) else kept

        id_, language, kind, section, address, meta, path, variants, shown, translations, assets = loads(raw)
        document = of(path)
        meta = document.front.meta if meta is None else meta
        return Page(
            PageKey(id_, language), _KINDS[kind], section, address, meta, document,
            tuple(Variant(name, when, own, of(there), at) for name, when, own, there, at in variants),
            shown, translations, assets,
        )  # fmt: skip

    def document(self, path: str) -> Document:
        """Return a document as it is."""
        document = self._passing_document(path)
        if path not in self.changed:
            self._documents[path] = document
        return document

    def _passing_document(self, path: str) -> Document:
        document = self.changed.get(path) or self._documents.get(path)
        if document is None:
            raw = self.kept.blob(f"head {path}")
            if raw is None:
                raise UncertainError
            document = loads(halves(raw)[0])
        return document

    def renew(self, page: Page) -> None:
        """Have a page in place of the one of the same key."""
        self._known[page_name(page)] = page


def _frame(raw: bytes, theme: Theme, assets: Mapping[str, str], sitemap: SiteMap, now: dt.datetime) -> Frame:
    settings, texts, paths, places, feeds, searches, listed, data, special = loads(raw)
    strings, _ = read_translations(list(settings.languages), theme.catalogues())
    slot_line, guard, engine, *others = texts
    files, absent, languages = paths

    def nobody(*_: object) -> NoReturn:
        raise UncertainError

    site = Site(settings, sitemap, theme, now, nobody, data, strings, assets, feeds, searches)
    home = settings.home(settings.default_language)
    targets = Targets(
        sitemap, settings.hosts.main.base_path, settings.hosts, home, settings.default_language,
        languages, files, places, absent,
    )  # fmt: skip
    how = {"inline_limit": settings.inline_limit, "hosts": settings.hosts}
    return Frame(site, targets, Delivery(slot_line, guard, engine, nobody, *others, **how), listed, special)


def site_sections(frame: Frame, answers: Mapping[Fact, tuple[Any, ...]]) -> Iterator[tuple[str, object]]:
    """Yield what a store is to keep of a site for `Recalled`."""
    sitemap = frame.site.sitemap
    pages = (*sitemap.pages, *sitemap.not_found)
    yield "pages", {page_name(page): encoded_page(page) for page in pages}
    yield "sources", {path: page_name(page) for path, page in sitemap.by_source.items()}
    yield "places", {address: page_name(page) for address, page in sitemap.by_address.items()}
    yield "order", {page_name(page): place_in_order(page) for page in sitemap.pages}
    yield "answers", dict(answers)
    yield "theme", encoded_theme(frame.site.theme)
    yield "assets", dict(frame.site.assets)
    yield "frame", encoded_frame(frame)


def recallable(site: Site, targets: Targets, delivery: Delivery) -> Frame | None:
    """Return a site as it is kept; None where a page stands under the name of one that is not published."""
    sitemap, settings = site.sitemap, site.settings
    special = {name_of(key): page_name(page) for key, page in sitemap.by_key.items() if key != page.key}
    own = {page_name(page) for page in sitemap.pages}
    if not own.issuperset(page_name(page) for page in sitemap.by_key.values()):
        return None
    listed = {code: tuple(map(page_name, feed_pages(sitemap, settings, code))) for code in site.feeds}
    return Frame(site, targets, delivery, listed, special)


def encoded_theme(theme: Theme) -> bytes:
    """Return a theme as bytes. Of its static files there are the names: where they are is nobody else's affair."""
    return dumps(
        tuple(
            ThemeFiles(each.name, each.label, None, each.templates, dict.fromkeys(each.static, ""), each.catalogues)
            for each in theme.layers
        )
    )


def encoded_frame(frame: Frame) -> bytes:
    """Return a frame as bytes; nothing in it names a place outside the site."""
    site, targets, delivery = frame.site, frame.targets, frame.delivery
    return dumps((
        site.settings,
        (
            delivery.slot_line, delivery.guard_css, delivery.engine,
            delivery.offer, delivery.loader, delivery.waiting_css,
        ),
        (frozenset(targets.files), frozenset(targets.absent), targets.languages),
        {path: dict(found) for path, found in targets.assets.items()},
        dict(site.feeds), dict(site.searches), dict(frame.feeds), dict(site.data),
        dict(frame.special),
    ))  # fmt: skip


class _Lazy(Mapping[Key, Page]):
    """Pages that are read when they are asked for."""

    __slots__ = ("_find",)

    def __init__(self, find: Callable[[Key], Page | None]) -> None:
        self._find = find

    def __getitem__(self, key: Key) -> Page:
        found = self._find(key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[Key]:
        raise UncertainError

    def __len__(self) -> int:
        raise UncertainError


class _Unlisted(tuple[Page, ...]):
    """All pages: nobody knows them."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Page]:
        raise UncertainError

    def __len__(self) -> int:
        raise UncertainError

    def __getitem__(self, _: Any) -> NoReturn:
        raise UncertainError
