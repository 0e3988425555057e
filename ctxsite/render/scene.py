"""One rendering while it happens: the variables of its templates, and what is noted on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any

from markupsafe import Markup

from ctxsite.diagnostics import Diagnostic, did_you_mean
from ctxsite.diagnostics.codes_templates import UNKNOWN_COMPONENT
from ctxsite.frozen import dataclass
from ctxsite.i18n.languages import fallback_chain
from ctxsite.model.body import Component, Html
from ctxsite.model.document import Document
from ctxsite.model.meta import DEFAULT, Meta
from ctxsite.model.page import Page, PageKey
from ctxsite.render.environment import Missing, ThemeEnvironment
from ctxsite.render.errors import TemplateUseError
from ctxsite.render.failures import explain
from ctxsite.render.markup import safe
from ctxsite.render.pieces import BodyWriter
from ctxsite.render.queries import Queries
from ctxsite.render.reads import Reads, Watched
from ctxsite.render.regions import Alternative
from ctxsite.render.site import Site
from ctxsite.render.site_view import SiteView
from ctxsite.render.slots import HEAD, OPEN_SLOT, SlotPlaces
from ctxsite.render.theme import COMPONENTS
from ctxsite.render.views import LanguageView, PageView
from ctxsite.rules.ast import Decision


@dataclass(frozen=True, slots=True)
class LanguageTools:
    """What all renderings in one language share."""

    queries: Queries
    reads: Reads
    functions: Mapping[str, Any]
    view: LanguageView
    feed: str | None
    shared: dict[str, Shared] = field(default_factory=dict)
    """Templates that were rendered once for all pages, by name."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A template rendered without a page: its HTML, the numbers of what was read for it, what is wrong with it."""

    html: Markup
    read: Mapping[int, None]
    diagnostics: tuple[Diagnostic, ...]


class PageScene:
    """The `Scene` of one page as one variant shows it."""

    def __init__(
        self,
        site: Site,
        environment: ThemeEnvironment,
        tools: LanguageTools,
        slot_line: str,
        current: Page,
        shown: tuple[Meta, Document, str],
    ) -> None:
        self.site = site
        self.queries = tools.queries
        self.reads = tools.reads
        self.current = current
        self.for_all = False
        self.places = SlotPlaces()
        self.decisions: list[Decision] = []
        self.alternatives: list[Alternative] = []
        self.diagnostics: list[Diagnostic] = []
        self._environment = environment
        self._tools = tools
        self._slot_line = slot_line
        meta, document, variant = shown
        own = PageView(current, self, meta, document, variant)
        self._views = {current.key: own}
        self.variables: dict[str, Any] = {
            **tools.functions,
            "page": own,
            "site": SiteView(self),
            "lang": tools.view,
            "head": _head_mark,
            "shared": self.shared,
            OPEN_SLOT: self.places.open,
        }

    def close(self) -> None:
        """Let go of what refers back here, so that the memory is free at once."""
        self._views.clear()
        self.variables.clear()

    def url(self, address: str) -> str:
        """Return the URL of an address, as this page writes it."""
        return self.site.settings.hosts.url(address, self.current.address)

    def view(self, page: Page) -> PageView:
        """Return the view of a page, the same for the same page."""
        found = self._views.get(page.key)
        if found is None:
            self.reads.note("page", page.key.language, page.key.id)
            found = self._views[page.key] = PageView(page, self, page.meta, page.document)
        return found

    def shared(self, name: object) -> Markup:
        """Return a template's HTML, rendered once for all pages of the language."""
        known = self._tools.shared.get(str(name))
        if known is None:
            with self.reads.apart() as read:
                scene = _SceneForAll(self.site, self._environment, self._tools, self._slot_line, self.current)
                html = safe(self._environment.run(str(name), scene.variables).strip("\n"))
            known = self._tools.shared[str(name)] = Shared(html, read, tuple(scene.diagnostics))
        self.reads.note_all(known.read)
        self.diagnostics += known.diagnostics
        return known.html

    def content(self, page: Page, document: Document, view: PageView) -> Markup:
        """Return a body as HTML; on a page of its own with its decisions."""
        pieces = self.site.bodies(page, document)
        if len(pieces) == 1 and type(pieces[0]) is Html:
            return safe(pieces[0].text)  # nearly always
        settings = self.site.settings
        writer = BodyWriter(
            Watched(dict(self.site.data), self.reads, "data"),
            lambda component, body: self._component(component, body, view, document),
            self._slot_line if page.key == self.current.key else None,
            page.shown,
            lambda: fallback_chain(page.shown, settings.default_language, tuple(settings.languages)),
            settings.languages,
        )
        html = writer.write(pieces)
        self.decisions += writer.decisions
        self.alternatives += writer.alternatives
        self.diagnostics += writer.diagnostics
        return safe(html)

    def _component(self, component: Component, body: str, view: PageView, document: Document) -> str:
        name = f"{COMPONENTS}{component.name}.html"
        self.reads.note("template", name)
        if self.site.theme.template(name) is None:
            self.reads.note("templates")
            message = f"there is no component `{component.name}`"
            advice = did_you_mean(component.name, ["vary", *self.site.theme.components()])
            self.diagnostics.append(UNKNOWN_COMPONENT.at(component.span, message, help=advice))
            return body
        variables = {
            **self.variables,
            "page": view,
            "argument": component.argument,
            "params": dict(component.params),
            "body": safe(body),
        }
        try:
            return self._environment.run(name, variables).strip("\n")
        except Exception as error:
            called = [("called here", component.span)]
            self.diagnostics.append(explain(error, self._environment, document.start, called))
            return body


class _SceneForAll(PageScene):
    """The scene of a template that is rendered once for all pages of a language, and so for none of them."""

    def __init__(
        self, site: Site, environment: ThemeEnvironment, tools: LanguageTools, slot_line: str, instead: Page
    ) -> None:
        home = site.settings.home(instead.key.language)
        nowhere = replace(instead, key=PageKey(_NOWHERE, instead.key.language), address=home + _NOWHERE)
        super().__init__(site, environment, tools, slot_line, nowhere, (instead.meta, instead.document, DEFAULT))
        self.for_all = True
        self.variables |= {
            "page": Missing(_FOR_ALL, name="page", exc=_no_page), "head": _no_head, OPEN_SLOT: _no_slot,
        }  # fmt: skip


_NOWHERE = "\0"
"""An id and an address that no page has."""
_FOR_ALL = "a shared template is rendered once for all pages"


def _no_page(_message: str) -> TemplateUseError:
    return TemplateUseError(f"{_FOR_ALL}, so there is no `page` in it", "page", advice="use `include` instead")


def _no_head() -> Markup:
    raise TemplateUseError(f"{_FOR_ALL}, so `head()` cannot stand in it", "head")


def _no_slot(name: object, *_others: object) -> Markup:
    raise TemplateUseError(f"{_FOR_ALL}, so no slot can stand in it", str(name))


def _head_mark() -> Markup:
    return safe(HEAD)
