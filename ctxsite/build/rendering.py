"""Pages rendered and composed, in several processes if there are many."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ctxsite.build.dead_ends import destinations
from ctxsite.build.workers import in_order
from ctxsite.content.links import resolve
from ctxsite.content.targets import Targets
from ctxsite.diagnostics import Diagnostic
from ctxsite.model.address import file_of
from ctxsite.model.artifact import Artifact
from ctxsite.model.body import Piece
from ctxsite.model.document import Document
from ctxsite.model.page import Page, PageKey
from ctxsite.render.compose import compose
from ctxsite.render.failures import merge
from ctxsite.render.renderer import Renderer
from ctxsite.render.untranslated import untranslated

Made = tuple[list[tuple[Artifact, frozenset[str]]], tuple[Diagnostic, ...], frozenset[tuple[str, str]]]
"""Artifacts of a page, each with what it points at inside the site; what is wrong; strings that lack a translation."""


def render_pages(
    pages: Sequence[Page], renderer: Renderer, bodies: Bodies, jobs: int, progress: Callable[[int, int], None]
) -> tuple[list[tuple[Artifact, frozenset[str]]], tuple[Diagnostic, ...]]:
    """Return the documents of all pages and their variants, in the pages' order, each with its destinations."""
    artifacts: list[tuple[Artifact, frozenset[str]]] = []
    diagnostics: list[Diagnostic] = []
    missing: set[tuple[str, str]] = set()
    work = _Work(renderer, bodies)
    for number, (made, found, lacking) in enumerate(in_order(work, pages, jobs, before_fork=renderer.warm), 1):
        artifacts += made
        diagnostics += found
        missing |= lacking
        if not number % 50:
            progress(number, len(pages))
    return artifacts, (*merge(diagnostics), *untranslated(missing, renderer.site))


class Bodies:
    """Documents' pieces with their links resolved for a page; what is wrong with a page's own links is kept."""

    def __init__(self, targets: Targets) -> None:
        self._targets = targets
        self._found: dict[PageKey, list[Diagnostic]] = {}

    def pieces(self, page: Page, document: Document) -> Sequence[Piece]:
        """Return a document's pieces as they stand on a page."""
        pieces, found = resolve(document.body.pieces, page, self._targets)
        if found:
            self._found.setdefault(page.key, []).extend(found)
        return pieces

    def diagnostics(self, page: Page) -> list[Diagnostic]:
        """Return what was found on this page since it was asked for last."""
        return self._found.pop(page.key, [])


class _Work:
    """Renders one page after another."""

    def __init__(self, renderer: Renderer, bodies: Bodies) -> None:
        self._renderer = renderer
        self._bodies = bodies

    def __call__(self, page: Page) -> Made:
        default, found = self._renderer.render(page)
        diagnostics = list(found)
        renderings = [default]
        for variant in page.variants:
            rendering, found = self._renderer.render(page, variant)
            diagnostics += found
            renderings.append(rendering)
        diagnostics = [*self._bodies.diagnostics(page), *diagnostics]
        whole = [rendering for rendering in renderings if rendering is not None]
        if default is None or len(whole) < len(renderings):
            return [], tuple(diagnostics), self._renderer.missing(page.key.language)  # an error stops publishing anyway
        documents, found = compose(page, whole, self._renderer.delivery)
        artifacts = [Artifact(file_of(made.address), made.data) for made in documents]
        pointing = [(artifact, destinations(artifact.data)) for artifact in artifacts]
        return pointing, (*diagnostics, *found), self._renderer.missing(page.key.language)
