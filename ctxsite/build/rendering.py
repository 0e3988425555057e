"""Pages rendered and composed, in several processes if there are many."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence

from ctxsite.build.codec import loads
from ctxsite.build.dead_ends import Answers
from ctxsite.build.workers import in_order
from ctxsite.content.links import resolve
from ctxsite.content.targets import Targets
from ctxsite.diagnostics import Diagnostic
from ctxsite.model.address import file_of
from ctxsite.model.artifact import Artifact
from ctxsite.model.body import Piece
from ctxsite.model.document import Document
from ctxsite.model.page import Page, PageKey
from ctxsite.render.compose import Document as Composed
from ctxsite.render.compose import compose
from ctxsite.render.failures import merge
from ctxsite.render.renderer import Renderer

Made = tuple[tuple[Artifact, tuple[str, ...]], ...]
"""Documents of pages, each with what it points at inside the site where there is nothing."""


def render_pages(
    pages: Sequence[Page],
    renderer: Renderer,
    bodies: Bodies,
    answers: Answers,
    jobs: int,
    progress: Callable[[int, int], None],
) -> tuple[list[tuple[Artifact, tuple[str, ...]]], tuple[Diagnostic, ...]]:
    """Return the documents of all pages and their variants, in the pages' order, each with its dead ends."""
    artifacts: list[tuple[Artifact, tuple[str, ...]]] = []
    diagnostics: list[Diagnostic] = []
    work = _Work(renderer, bodies, answers)
    for number, (made, found) in enumerate(in_order(work, pages, jobs, before_fork=renderer.warm), 1):
        artifacts += made
        diagnostics += found
        if not number % 50:
            progress(number, len(pages))
    return artifacts, merge(diagnostics)


class Bodies:
    """Documents' pieces with their links resolved for a page; what is wrong with a page's own links is kept."""

    def __init__(self, targets: Targets, encoded: Mapping[str, bytes]) -> None:
        self._targets = targets
        self._encoded = encoded
        self._found: dict[PageKey, list[Diagnostic]] = {}

    def pieces(self, page: Page, document: Document) -> Sequence[Piece]:
        """Return a document's pieces as they stand on a page."""
        encoded = self._encoded.get(document.path)
        pieces, found = resolve(loads(encoded) if encoded is not None else (), page, self._targets)
        if found:
            self._found.setdefault(page.key, []).extend(found)
        return pieces

    def diagnostics(self, page: Page) -> list[Diagnostic]:
        """Return what was found on this page since it was asked for last."""
        return self._found.pop(page.key, [])


class _Work:
    """Renders one page after another."""

    def __init__(self, renderer: Renderer, bodies: Bodies, answers: Answers) -> None:
        self._renderer = renderer
        self._bodies = bodies
        self._answers = answers

    def __call__(self, page: Page) -> tuple[Made, tuple[Diagnostic, ...]]:
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
            return (), tuple(diagnostics)  # an error stops publishing anyway
        documents, found = compose(page, whole, self._renderer.delivery)
        return tuple(self._artifact(made) for made in documents), (*diagnostics, *found)

    def _artifact(self, made: Composed) -> tuple[Artifact, tuple[str, ...]]:
        path = file_of(made.address)
        digest = hashlib.sha256(made.data).hexdigest()
        return Artifact(path, made.data, digest=digest), self._answers.missing(path, made.data)
