"""`site`: what templates see of the site, and all they can ask about its pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property

from ctxsite import __version__
from ctxsite.config.settings import MenuItem
from ctxsite.diagnostics import Diagnostic, did_you_mean
from ctxsite.diagnostics.codes_templates import UNKNOWN_MENU_PAGE
from ctxsite.model.page import Kind
from ctxsite.render.errors import TemplateUseError
from ctxsite.render.functions import link
from ctxsite.render.queries import SORTS
from ctxsite.render.reads import Watched
from ctxsite.render.site import Site
from ctxsite.render.views import PageView, Scene

_KINDS = tuple(str(kind) for kind in Kind)


class SiteView:
    """`site`, as seen from a page of one language."""

    label = "site"

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._settings = scene.site.settings
        self._language = self._settings.languages[scene.queries.language]

    @property
    def title(self) -> str:
        """The site's title in this language."""
        return self._language.title or self._settings.title

    @property
    def description(self) -> str:
        """The site's description in this language."""
        return self._language.description or self._settings.description

    @property
    def base_url(self) -> str:
        """The base URL as configured; may be empty."""
        return self._settings.base_url

    @cached_property
    def params(self) -> Mapping[str, object]:
        """The free part of the settings, a language's own over the site's."""
        own = self._language.params
        whole = {**self._settings.params, **own}
        return Watched(whole, self._scene.reads, "param", self._language.code)

    @cached_property
    def data(self) -> Mapping[str, object]:
        """What `data/` holds, nested by path."""
        return Watched(dict(self._scene.site.data), self._scene.reads, "data")

    @property
    def now(self) -> dt.datetime:
        """The build's clock."""
        self._scene.reads.note("now")
        return self._scene.site.now

    @property
    def version(self) -> str:
        """The version of ctxsite."""
        return __version__

    @cached_property
    def languages(self) -> list[dict[str, object]]:
        """The site's languages: code, name, dir, url of the start page (or None), current."""
        found: list[dict[str, object]] = []
        for language in self._settings.languages.values():
            start = self._scene.queries.version("", language.code)
            found.append({
                "code": language.code,
                "name": language.name,
                "dir": language.dir,
                "url": self._scene.url(start.address) if start else None,
                "current": language.code == self._language.code,
            })  # fmt: skip
        return found

    @property
    def search(self) -> str | None:
        """The URL of this language's search index, or None if there is none."""
        address = self._scene.site.searches.get(self._language.code)
        return self._scene.url(address) if address else None

    @property
    def home(self) -> PageView:
        """The start page of this language."""
        start = self._scene.queries.home()
        if start is None:
            raise TemplateUseError("the site has no start page", "home")
        return self._scene.view(start)

    def pages(
        self,
        section: str | None = None,
        kind: str | None = None,
        tag: str | None = None,
        sort: str = "date",
        reverse: bool = False,
        limit: int | None = None,
    ) -> list[PageView]:
        """Return pages of this language, fallbacks included; below `section` at any depth; see `Queries`."""
        if sort not in SORTS:
            raise TemplateUseError(f"pages cannot be sorted by `{sort}`", str(sort), advice=did_you_mean(sort, SORTS))
        if kind is not None and kind not in _KINDS:
            raise TemplateUseError(f"there is no kind of page `{kind}`", str(kind), advice=did_you_mean(kind, _KINDS))
        found = self._scene.queries.chosen(section, kind, tag, sort, reverse, limit)
        return [self._scene.view(page) for page in found]

    def sections(self) -> list[PageView]:
        """Return the sections below the start page."""
        return [self._scene.view(page) for page in self._scene.queries.sections()]

    def page(self, id: object) -> PageView:  # noqa: A002  (a keyword for authors)
        """Return a page by its id."""
        wanted = str(id).strip("/")
        found = self._scene.queries.page(wanted)
        if found is None:
            advice = did_you_mean(wanted, self._scene.queries.ids())
            raise TemplateUseError(f"there is no page `{wanted}` in this language", wanted, advice=advice)
        return self._scene.view(found)

    def tags(self) -> list[dict[str, object]]:
        """Return all tags with the number of their pages: name, count, page (or None, where tags have none)."""
        queries = self._scene.queries
        return [
            {"name": name, "count": count, "page": self.page(id_) if id_ else None}
            for name, count, id_ in queries.tags()
        ]

    def tag(self, name: object, language: str | None = None) -> PageView | None:
        """Return the page of a tag as this page, or a text in `language`, writes it; None if there is none."""
        found = self._scene.queries.tag(str(name), language or self._scene.current.shown)
        return self._scene.view(found) if found else None

    def menu(self, name: str) -> list[dict[str, object]]:
        """Return a menu's items: title, url (None for a heading), current, children.

        A menu that nobody has configured is empty. A page that does not exist in this language is left out.
        """
        self._scene.reads.note("menu", self._language.code, name)
        items = self._language.menus.get(name)
        return self._items(self._settings.menus.get(name, ()) if items is None else items)

    def _items(self, items: Iterable[MenuItem]) -> list[dict[str, object]]:
        hosts, here = self._settings.hosts, self._scene.current.address
        found: list[dict[str, object]] = []
        for item in items:
            title, target = item.title, None if item.url is None else link(hosts, item.url, here)
            if item.page is not None:
                page = self._scene.queries.page(item.page)
                if page is None:
                    continue
                title, target = title or page.meta.title, hosts.url(page.address, here)
            entry: dict[str, object] = {"title": title or target or "", "url": target}
            if not self._scene.for_all:
                entry["current"] = target == hosts.url(here, here)
            found.append({**entry, "children": self._items(item.children)})
        return found


def check_menus(site: Site) -> tuple[Diagnostic, ...]:
    """Report items of menus whose page does not exist in any language."""
    settings = site.settings
    known = {page.key.id for page in site.sitemap.pages}
    menus = [settings.menus, *(language.menus for language in settings.languages.values())]
    pending = [item for menu in menus for items in menu.values() for item in items]
    diagnostics: list[Diagnostic] = []
    while pending:
        item = pending.pop(0)
        pending += item.children
        if item.page is not None and item.page not in known:
            message = f"this menu names a page `{item.page}`, and there is none"
            diagnostics.append(UNKNOWN_MENU_PAGE.at(item.span, message, help=did_you_mean(item.page, known)))
    return tuple(dict.fromkeys(diagnostics))
