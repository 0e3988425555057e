"""Pages rendered and composed, in several processes if there are many."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from ctxsite.build.dead_ends import Answers
from ctxsite.build.memory import Unresolved
from ctxsite.build.workers import in_order
from ctxsite.content.links import resolve
from ctxsite.content.targets import Targets
from ctxsite.diagnostics import Diagnostic
from ctxsite.model.address import file_of
from ctxsite.model.artifact import Artifact, Stamp
from ctxsite.model.body import Html, Piece
from ctxsite.model.document import Document
from ctxsite.model.page import Page, PageKey
from ctxsite.render.compose import Document as Composed
from ctxsite.render.compose import compose
from ctxsite.render.reads import Fact, Told
from ctxsite.render.renderer import Renderer
from ctxsite.render.timed import TimedEnvironment

if TYPE_CHECKING:
    from ctxsite.build.first_output import FirstOutput
    from ctxsite.build.profile import Profile

Made = tuple[tuple[Artifact, tuple[str, ...]], ...]
"""Documents of a page, each with what it points at inside the site where there is nothing."""

Resolved = tuple[tuple[str, ...], tuple[Diagnostic, ...]]
"""Of a document on a page: its links' URLs in their order, escaped, and what is wrong with links."""

Links = Mapping[str, Resolved]
"""A page's links, by the paths of its documents."""

Known = Callable[[Page, str], Resolved | None]

Write = Callable[[Artifact], Stamp]
"""Writes a file, in any process."""

Rendered = tuple[Made, Told, tuple[Diagnostic, ...], frozenset[tuple[str, str]], Links]
"""With what was read for them, what is wrong, the strings (language, message) without a translation, and the links."""

Numbered = tuple[Made, tuple[int, ...], tuple[Diagnostic, ...], frozenset[tuple[str, str]], Links]
"""The same with numbers in place of what was read, as this process has them."""


def render_pages(
    pages: Sequence[Page],
    renderer: Renderer,
    bodies: Bodies,
    answers: Answers,
    jobs: int,
    progress: Callable[[int, int], None],
    known: Sequence[Fact] = (),
    first: FirstOutput | None = None,
    profile: Profile | None = None,
) -> Generator[Rendered, None, None]:
    """Yield, for each page in the pages' order, the documents of it and its variants.

    What was read is told with the numbers that facts have in `known`, from 0 on; others come behind.
    With `first`, they are written where they are made, and come without their bytes. Once closed, nobody writes.
    """
    renderer.reads.number(known)
    work = PageWork(renderer, bodies, answers, first.write if first else None)
    run = partial(in_order, items=pages, jobs=jobs, before_fork=work.warm)
    if profile is None:
        made = run(work)
    else:
        environment = renderer.environment
        templates = environment.taken if isinstance(environment, TimedEnvironment) else dict
        made = profile.watch(profile.pages, work, [page.address for page in pages], run, templates)
    with closing(made):
        for number, rendered in enumerate(made, 1):
            yield rendered
            if not number % 50:
                progress(number, len(pages))


class Bodies:
    """Documents' pieces with their links resolved for a page; what is wrong with a page's own links is kept.

    `known` gives the links of the document at a path, on a page, as they were resolved in the last build, where that is
    certain to be the same; None where nobody is going to ask for those of this build.
    """

    def __init__(self, targets: Targets, unresolved: Unresolved, known: Known | None = None) -> None:
        self._targets = targets
        self._unresolved = unresolved
        self._known = known
        self._found: dict[PageKey, list[Diagnostic]] = {}
        self._links: dict[PageKey, dict[str, Resolved]] = {}

    def pieces(self, page: Page, document: Document) -> Sequence[Piece]:
        """Return a document's pieces as they stand on a page."""
        urls: list[str] | None = None
        if self._known is not None:
            known = self._known(page, document.path)
            if known is not None and (html := self._unresolved.html(document, known[0])) is not None:
                self._note(page, known[1])
                return (Html(html),)
            urls = []
        pieces, found = resolve(self._unresolved(document), page, self._targets, urls)
        self._note(page, found)
        if urls is not None:
            self._links.setdefault(page.key, {})[document.path] = (tuple(urls), found)
        return pieces

    def _note(self, page: Page, found: Sequence[Diagnostic]) -> None:
        if found:
            self._found.setdefault(page.key, []).extend(found)

    def taken(self, page: Page) -> tuple[list[Diagnostic], Links]:
        """Return what was found on this page since it was asked for last, and the links that were resolved."""
        links = self._links.get(page.key, {})
        self._links.clear()
        return self._found.pop(page.key, []), links


class PageWork:
    """Renders one page after another. With `write`, the documents come without their bytes."""

    def __init__(self, renderer: Renderer, bodies: Bodies, answers: Answers, write: Write | None = None) -> None:
        self.reads = renderer.reads
        self._renderer = renderer
        self._bodies = bodies
        self._answers = answers
        self._write = write

    def warm(self) -> None:
        """Prepare what all pages need, for a process that is about to fork."""
        self._renderer.warm()
        self._answers.warm()

    def __call__(self, page: Page) -> Rendered:
        """Render a page and its variants, and compose them."""
        made, read, said, missing, links = self.numbered(page)
        return made, self.reads.told(read), said, missing, links

    def numbered(self, page: Page) -> Numbered:
        """Do so; of what was read there are the numbers that `reads` has for it."""
        self.reads.taken()
        made, diagnostics = self._made(page)
        found, links = self._bodies.taken(page)
        missing = self._renderer.missing(page.key.language)
        return made, self.reads.taken(), (*found, *diagnostics), missing, links

    def _made(self, page: Page) -> tuple[Made, tuple[Diagnostic, ...]]:
        default, found = self._renderer.render(page)
        diagnostics = list(found)
        renderings = [default]
        for variant in page.variants:
            rendering, found = self._renderer.render(page, variant)
            diagnostics += found
            renderings.append(rendering)
        whole = [rendering for rendering in renderings if rendering is not None]
        if default is None or len(whole) < len(renderings):
            return (), tuple(diagnostics)  # an error stops publishing anyway
        if page.variants or any(rendering.decisions for rendering in whole):
            self.reads.note("decisions")
        documents, found = compose(page, whole, self._renderer.delivery.at(page.address))
        missing: dict[str, tuple[str, ...]] = {}
        for made in documents:  # what a fragment points at, the document points at that loads it
            at = made.within or made.address
            missing[at] = (*missing.get(at, ()), *self._answers.missing(file_of(at), made.data))
        artifacts = [(self._artifact(made), missing.get(made.address, ())) for made in documents]
        return tuple(artifacts), (*diagnostics, *found)

    def _artifact(self, made: Composed) -> Artifact:
        artifact = Artifact(file_of(made.address), made.data, digest=hashlib.sha256(made.data).hexdigest())
        if self._write is None:
            return artifact
        return Artifact(artifact.path, digest=artifact.digest, stamp=self._write(artifact))
