"""Small sites in memory: a theme of a few templates, a few pages, and a rendered page's text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from ctxsite.config.settings import Language, Settings
from ctxsite.diagnostics import Diagnostic
from ctxsite.i18n.catalogues import Catalogue, Translations, english_plural
from ctxsite.model.body import Body, Heading, Html, Piece, Vary
from ctxsite.model.document import Document
from ctxsite.model.meta import FrontMatter, Meta
from ctxsite.model.page import Kind, Page, PageKey, SiteMap, Variant
from ctxsite.render.compose import Document as Finished
from ctxsite.render.compose import compose
from ctxsite.render.failures import merge
from ctxsite.render.renderer import Renderer, Rendering
from ctxsite.render.site import Delivery, ScopedDecision, Site
from ctxsite.render.slots import unmarked
from ctxsite.render.theme import Theme, ThemeFiles
from ctxsite.rules.ast import Membership
from ctxsite.source import SourceText

NOW = dt.datetime(2026, 12, 24, 12, tzinfo=dt.UTC)
ENGLISH = Language("en", "English", "ltr")
GERMAN = Language("de", "Deutsch", "ltr")
ARABIC = Language("ar", "العربية", "rtl")
SETTINGS = Settings(title="Site", languages={"en": ENGLISH})
BILINGUAL = Settings(title="Site", languages={"en": ENGLISH, "de": GERMAN})


def table(decisions: Sequence[ScopedDecision], titles: Mapping[str, str]) -> str:
    """Stand in for a compiled table: names, branches and scopes, readable."""
    rows = [
        f"{decision.name or 'page'}:{','.join(name for name, _ in decision.branches)}" + (f"@{scope}" if scope else "")
        for decision, scope in decisions
    ]
    return f"{rows}{dict(titles) or ''}"


DELIVERY = Delivery("place()", "guard{}", "engine()", table)


def source(path: str, text: str = "---\ntitle: x\n---\n") -> SourceText:
    return SourceText(path, text)


def theme(templates: Mapping[str, str], *parents: Mapping[str, str], site: Mapping[str, str] | None = None) -> Theme:
    """Make a theme of templates by name, its parents' after it, and the site's own before it."""
    names = ["", "themes/t/", *(f"themes/p{number}/" for number in range(len(parents)))]
    layers = [
        ThemeFiles(label or "site", label, None, {n: SourceText(f"{label}templates/{n}", t) for n, t in files.items()})
        for label, files in zip(names, [site or {}, templates, *parents], strict=True)
    ]
    return Theme(tuple(layers))


def condition(value: str = "business") -> Membership:
    return Membership("segment", (value,), source("ctxsite.yaml").span(0))


def document(path: str, body: str | Sequence[Piece] = "<p>Text</p>", headings: Sequence[Heading] = ()) -> Document:
    pieces = (Html(body),) if isinstance(body, str) else tuple(body)
    blocks = tuple(piece for piece in pieces if isinstance(piece, Vary))
    compiled = Body(pieces, tuple(headings), frozenset(), blocks, "First words.")
    front = FrontMatter(Meta(), None, (), {"template": source(path).span(4, 12)})
    return Document(path, "", front, compiled, source(path).span(0))


def variant(name: str, meta: Meta, body: str | Sequence[Piece] | Document, address: str = "/a/") -> Variant:
    own = body if isinstance(body, Document) else document(f"content/a@{name}.md", body)
    return Variant(name, condition(name), meta, own, f"{address}~{name}/")


def page(  # one argument for each thing that a test may want to be different
    id_: str = "a",
    meta: Meta | None = None,
    body: str | Sequence[Piece] | Document = "<p>Text</p>",
    *,
    language: str = "en",
    kind: Kind = Kind.PAGE,
    variants: Sequence[Variant] = (),
    shown: str | None = None,
    translations: Mapping[str, str] | None = None,
    assets: Mapping[str, str] | None = None,
) -> Page:
    prefix = "/" if language == "en" else f"/{language}/"
    address = f"{prefix}{id_}/" if id_ else prefix
    section = id_.rpartition("/")[0]
    own = body if isinstance(body, Document) else document(f"content/{id_ or 'index'}.md", body)
    there = {language: address} if translations is None else translations
    return Page(
        PageKey(id_, language), kind, section, address, meta or Meta(title=id_.title() or "Home"), own,
        tuple(variants), shown or language, there, assets or {},
    )  # fmt: skip


def sitemap(pages: Sequence[Page]) -> SiteMap:
    return SiteMap(tuple(pages), {p.key: p for p in pages}, {p.address: p for p in pages}, {})


def renderer(
    templates: Mapping[str, str] | Theme, *pages: Page, settings: Settings = SETTINGS, **more: Any
) -> Renderer:
    chosen = templates if isinstance(templates, Theme) else theme(templates)
    values: dict[str, Any] = {"bodies": lambda page, document: document.body.pieces, **more}
    return Renderer(Site(settings, sitemap(pages), chosen, NOW, **values), DELIVERY)


def show(
    template: str | Mapping[str, str] | Theme, *pages: Page, settings: Settings = SETTINGS, **more: Any
) -> tuple[str, tuple[Diagnostic, ...]]:
    """Render the first page's default; return its text, as it is before composition, and the diagnostics."""
    templates = {"page.html": template} if isinstance(template, str) else template
    first = pages[0] if pages else page()
    made = renderer(templates, *(pages or (first,)), settings=settings, **more)
    rendering, diagnostics = made.render(first)
    return (unmarked(rendering.text) if rendering else ""), merge(diagnostics)


def finish(made: Renderer, one: Page) -> tuple[tuple[Finished, ...], tuple[Diagnostic, ...]]:
    """Render and compose a page with all its variants."""
    renderings: list[Rendering] = []
    diagnostics: list[Diagnostic] = []
    for shown in (None, *one.variants):
        rendering, found = made.render(one, shown)
        diagnostics += found
        if rendering is not None:
            renderings.append(rendering)
    if not renderings:
        return (), merge(diagnostics)
    documents, found = compose(one, renderings, DELIVERY)
    return documents, merge([*diagnostics, *found])


def words(language: str, **messages: str) -> Translations:
    """Make a language's strings of messages without spaces."""
    return Translations(language, [Catalogue({(None, key): (text,) for key, text in messages.items()}, english_plural)])
