"""A page or a variant of it as text: the template chosen, the views made, whatever goes wrong explained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ctxsite.config.settings import Settings
from ctxsite.diagnostics import Diagnostic, did_you_mean
from ctxsite.diagnostics.codes_templates import UNKNOWN_TEMPLATE
from ctxsite.frozen import dataclass
from ctxsite.i18n.catalogues import Translations
from ctxsite.model.document import Document
from ctxsite.model.meta import DEFAULT, Meta
from ctxsite.model.page import NOT_FOUND_ID, Kind, Page, Variant
from ctxsite.render.environment import ThemeEnvironment
from ctxsite.render.failures import explain
from ctxsite.render.functions import language_functions, site_filters, site_functions
from ctxsite.render.head import Head, head
from ctxsite.render.places import word_in_line
from ctxsite.render.queries import Queries
from ctxsite.render.reads import Reads
from ctxsite.render.regions import Alternative
from ctxsite.render.scene import LanguageTools, PageScene
from ctxsite.render.site import Delivery, Site
from ctxsite.render.theme import COMPONENTS, Theme
from ctxsite.render.views import LanguageView
from ctxsite.rules.ast import Decision
from ctxsite.source import Span


@dataclass(frozen=True, slots=True)
class Rendering:
    """A page as one variant shows it. `text` carries the marks of its slots and of `head()`.

    `decisions` are those of the blocks in it, in order, and `alternatives` all that these have. Of a page with
    variants, `places` says where the templates have each slot, and `template` where the page's own begins.
    """

    variant: str
    text: str
    head: Head
    decisions: tuple[Decision, ...]
    places: Mapping[str, Span]
    template: Span | None = None
    alternatives: tuple[Alternative, ...] = ()


def site_environment(
    kind: type[ThemeEnvironment], theme: Theme, settings: Settings, reads: Reads | None
) -> ThemeEnvironment:
    """Return an environment in which a site's templates can be compiled, before there are pages to render."""
    environment = kind(theme, reads)
    environment.filters.update(site_filters(settings))
    return environment


class Renderer:
    """Renders the pages of one site. Make one for each process: compiled templates and sorted lists are kept.

    `environment` is a `site_environment` that is there already; it brings its own `reads`.
    """

    def __init__(
        self,
        site: Site,
        delivery: Delivery,
        environment: ThemeEnvironment | None = None,
        reads: Reads | None = None,
        queries: type[Queries] = Queries,
    ) -> None:
        self.site = site
        self.delivery = delivery
        self._asking = queries
        self.environment = environment or site_environment(ThemeEnvironment, site.theme, site.settings, reads)
        self.reads = self.environment.reads
        self.environment.globals.update(site_functions(site.settings, site.assets, self.reads))
        self._languages: dict[str, LanguageTools] = {}

    def warm(self) -> None:
        """Compile all templates, for a process that is about to fork."""
        self.environment.warm()

    def render(self, page: Page, variant: Variant | None = None) -> tuple[Rendering | None, tuple[Diagnostic, ...]]:
        """Render a page's default, or one of its variants; None where its template failed."""
        meta, document, name = page.meta, page.document, DEFAULT
        self.reads.note("settings")
        self.reads.note("page", page.key.language, page.key.id)
        if variant is not None:
            meta, document, name = variant.meta, variant.document, variant.name
        self.reads.note("document", document.path)
        template = self._template(page, meta)
        unknown: tuple[Diagnostic, ...] = ()
        if template is None:
            unknown = (self._unknown_template(meta, document),)
            template = self._template(page, replace(meta, template=None))
            if template is None:
                return None, unknown
        tools = self._tools(page.key.language)
        if page.key.id == NOT_FOUND_ID and not meta.title:
            meta = replace(meta, title=self._not_found(page.key.language))
        shown = (meta, document, name)
        scene = PageScene(self.site, self.environment, tools, self.delivery.slot_line, page, shown)
        try:
            text = self.environment.run(template, scene.variables)
        except Exception as error:
            return None, (*unknown, *scene.diagnostics, explain(error, self.environment, document.start))
        original = tools.queries.version(page.key.id, page.shown) if page.fallback else None
        top = head(page, meta, self.site.settings, original=original, feed=tools.feed, variant=variant is not None)
        places, start = {}, None
        if page.variants:
            places = scene.places.spans(self.environment.source)
            source = self.environment.source(template)
            start = word_in_line(source, 1) if source is not None else None
        rendering = Rendering(name, text, top, tuple(scene.decisions), places, start, tuple(scene.alternatives))
        found = (*unknown, *dict.fromkeys(scene.diagnostics))
        scene.close()
        return rendering, found

    def _not_found(self, code: str) -> str:
        """Return the title of a page for unknown addresses; a theme need not have a translation of it."""
        title, strings = "Page not found", self.site.translations.get(code)
        self.reads.note("word", code, title)
        return strings.text(title) if strings is not None and strings.has(None, title) else title

    def missing(self, code: str) -> frozenset[tuple[str, str]]:
        """Return the strings that lacked a translation since this was asked last, each with its language."""
        strings = self.site.translations.get(code)
        if strings is None or not strings.missing:
            return frozenset()
        found = frozenset((code, message) for message in strings.missing)
        strings.missing.clear()
        return found

    def _tools(self, code: str) -> LanguageTools:
        """Return what all pages of a language share."""
        found = self._languages.get(code)
        if found is None:
            settings = self.site.settings
            strings = self.site.translations.get(code) or Translations(code)
            queries = self._asking(self.site.sitemap, code, settings.default_language, self.reads)
            found = self._languages[code] = LanguageTools(
                queries,
                self.reads,
                language_functions(strings, self.reads),
                LanguageView(settings.languages[code], settings.default_language),
                self.site.feeds.get(code),
            )
        return found

    def _template(self, page: Page, meta: Meta) -> str | None:
        if meta.template is not None:
            wanted = [meta.template, f"{meta.template}.html"]
        elif page.key.id == NOT_FOUND_ID:
            wanted = ["404.html", "page.html"]
        elif page.kind is Kind.HOME:
            wanted = ["home.html", "section.html", "page.html"]
        elif page.kind is Kind.SECTION:
            wanted = [f"{page.key.id}/section.html", "section.html", "page.html"]
        elif page.kind in {Kind.TAGS, Kind.TAG}:
            wanted = [f"{page.kind}.html", "section.html", "page.html"]
        else:
            wanted = [f"{page.section}/page.html", "page.html"]
        for name in wanted:
            self.reads.note("template", name)
            if self.site.theme.template(name) is not None:
                return name
        return None

    def _unknown_template(self, meta: Meta, document: Document) -> Diagnostic:
        wanted = meta.template or "page.html"
        self.reads.note("templates")
        names = self.site.theme.template_names()
        known = [name for name in names if not name.startswith((COMPONENTS, "partials/"))]
        place = document.front.given.get("template", document.start)
        advice = did_you_mean(wanted if wanted.endswith(".html") else f"{wanted}.html", known)
        return UNKNOWN_TEMPLATE.at(place, f"there is no template `{wanted}`", help=advice)
