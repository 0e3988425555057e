"""One content file's text compiled, its front matter already read: a document, its body's pieces, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ctxsite.build.load import text_digest
from ctxsite.config.settings import Settings
from ctxsite.content.bodies import body_of
from ctxsite.content.finish import BranchReader
from ctxsite.content.foreign import control_characters, foreign_syntax
from ctxsite.content.markdown.engine import Engine, Labels
from ctxsite.content.markdown.highlighting import pygments_highlighter
from ctxsite.content.paths import place, site_layout
from ctxsite.content.search_text import search_text
from ctxsite.content.typography import set_in, without_controls
from ctxsite.diagnostics import Diagnostic
from ctxsite.model.body import Piece
from ctxsite.model.document import Document
from ctxsite.model.meta import FrontMatter
from ctxsite.source import SourceText

Compiled = tuple[Document, tuple[Piece, ...], tuple[Diagnostic, ...]]
"""A document without its body's pieces, those, and the diagnostics of both. Of the text it has the head only."""


class Compiler:
    """Compiles one file after another with the same engine.

    `labels` are the words that Markdown adds, by language; `read_branches` reads the rules of blocks.
    """

    def __init__(
        self, settings: Settings, engine: Engine, labels: Mapping[str, Labels], read_branches: BranchReader
    ) -> None:
        self._read_branches = read_branches
        self._settings = settings
        self._engine = engine
        self._labels = labels
        self._layout = site_layout(settings)
        self._only = next(iter(labels)) if len(labels) == 1 else None
        self._highlighter = pygments_highlighter if settings.markdown.highlight else None

    def __call__(
        self, source: SourceText, front: FrontMatter, start: int, problems: tuple[Diagnostic, ...] = ()
    ) -> Compiled:
        """Compile the file whose front matter ends at `start`; `problems` are those of the front matter."""
        language = self._only or place(source.path, self._layout).language
        labels = self._labels[language]
        vocabulary = self._settings.vocabulary
        how = (vocabulary, self._highlighter, labels, self._read_branches)
        body, found = body_of(source, start, self._engine, *how)
        controls = control_characters(source, start)
        if controls:
            body = without_controls(body)
        body = set_in(body, language, smart=self._settings.markdown.smart)
        if self._settings.search:
            body = replace(body, text=search_text(body.pieces))
        foreign = foreign_syntax(source, start, body.pieces)
        length = max(start, source.text.find("\n") + 1)
        # Rules of blocks stand in the body, and diagnostics may be about them: then all of the text is kept.
        head = source if body.blocks else SourceText(source.path, source.text[:length])
        begin = head.span(0, min(3, max(length, 1)))
        document = Document(source.path, text_digest(source), front, body.without_pieces(), begin)
        return document, body.pieces, (*problems, *found, *controls, *foreign)
