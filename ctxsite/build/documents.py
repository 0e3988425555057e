"""Content files read into documents, one by one, each knowing nothing of the others."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ctxsite.build.codec import dumps, loads
from ctxsite.build.load import read_source
from ctxsite.build.workers import in_order
from ctxsite.config.settings import Settings
from ctxsite.content.assemble import site_layout
from ctxsite.content.compile import compile_body
from ctxsite.content.foreign import foreign_syntax
from ctxsite.content.frontmatter import read_front_matter
from ctxsite.content.markdown.engine import ENGLISH, Engine, Labels, make_engine
from ctxsite.content.markdown.highlighting import pygments_highlighter
from ctxsite.content.paths import place
from ctxsite.diagnostics import Diagnostic
from ctxsite.i18n.catalogues import Translations
from ctxsite.model.body import Body
from ctxsite.model.document import Document
from ctxsite.source import SourceText

Pieces = dict[str, bytes]
"""Compiled bodies by their documents' paths, encoded: nothing holds a body but the page that is being rendered."""

_Read = tuple[bytes, bytes, tuple[Diagnostic, ...]]
"""A document without its pieces, and its pieces, both encoded; both empty for a file that cannot be read."""


def read_documents(
    root: Path,
    paths: Sequence[str],
    settings: Settings,
    labels: Mapping[str, Labels],
    jobs: int,
    progress: Callable[[int, int], None],
) -> tuple[list[Document], Pieces, tuple[Diagnostic, ...]]:
    """Read and compile the files, in their order. Those that cannot be read at all are missing and reported.

    `labels` are the few words that Markdown adds, by language. The documents come without their bodies' pieces.
    """
    engine, faults = make_engine(
        settings.markdown.engine,
        settings.markdown.extensions,
        settings.markdown.extension_configs,
        smart=settings.markdown.smart,
        places=settings.markdown.places,
    )
    read = _Reader(root, settings, engine, labels)
    documents: list[Document] = []
    pieces: Pieces = {}
    diagnostics = list(faults)
    for number, (head, body, found) in enumerate(in_order(read, paths, jobs), 1):
        diagnostics += found
        if head:
            document: Document = loads(head)
            documents.append(document)
            pieces[document.path] = body
        if not number % 50:
            progress(number, len(paths))
    return documents, pieces, tuple(diagnostics)


class _Reader:
    """Reads one file after another with the same engine."""

    def __init__(self, root: Path, settings: Settings, engine: Engine, labels: Mapping[str, Labels]) -> None:
        self._root = root
        self._settings = settings
        self._engine = engine
        self._labels = labels
        self._layout = site_layout(settings)
        self._free = settings.unknown_keys == "params"
        self._highlighter = pygments_highlighter if settings.markdown.highlight else None

    def __call__(self, path: str) -> _Read:
        source, problems = read_source(self._root, path)
        if source is None:
            return b"", b"", problems
        return self._document(source)

    def _document(self, source: SourceText) -> _Read:
        front, start, problems = read_front_matter(source, self._settings.vocabulary, free=self._free)
        labels = self._labels[place(source.path, self._layout).language]
        vocabulary = self._settings.vocabulary
        body, found = compile_body(source, start, self._engine, vocabulary, self._highlighter, labels)
        digest = hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
        foreign = foreign_syntax(source, start, body.pieces)
        head = max(start, source.text.find("\n") + 1)
        begin = source.span(0, min(3, max(head, 1)))
        document = Document(source.path, digest, front, _outline(body), begin)
        # Rules of blocks stand in the body, and diagnostics may be about them: then all of the text is kept.
        encoded = dumps(document, None if body.blocks else head)
        return encoded, dumps(body.pieces), (*problems, *found, *foreign)


def _outline(body: Body) -> Body:
    """Return a body without its pieces, and its blocks without theirs."""
    blocks = (
        replace(block, default=(), alternatives=tuple(replace(branch, body=()) for branch in block.alternatives))
        for block in body.blocks
    )
    return replace(body, pieces=(), blocks=tuple(blocks))


def labels_in(strings: Translations) -> Labels:
    """Return the words that Markdown adds, in a language."""
    return Labels(
        {kind: strings.text(text) for kind, text in ENGLISH.alerts.items()},
        strings.text(ENGLISH.footnotes),
        strings.text(ENGLISH.back),
        strings.text(ENGLISH.to_do),
        strings.text(ENGLISH.done),
    )
