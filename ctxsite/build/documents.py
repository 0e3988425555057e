"""Content files read into documents, one by one, each knowing nothing of the others."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ctxsite.build.load import read_source
from ctxsite.build.workers import in_order
from ctxsite.config.settings import Settings
from ctxsite.content.assemble import site_layout
from ctxsite.content.compile import compile_body
from ctxsite.content.foreign import control_characters, foreign_syntax
from ctxsite.content.frontmatter import read_front_matter
from ctxsite.content.markdown.engine import ENGLISH, PYTHON_MARKDOWN, Engine, Labels, make_engine
from ctxsite.content.markdown.highlighting import pygments_highlighter
from ctxsite.content.paths import place
from ctxsite.content.typography import set_in, without_controls
from ctxsite.diagnostics import Diagnostic
from ctxsite.i18n.catalogues import Translations
from ctxsite.model.document import Document
from ctxsite.source import SourceText

Read = tuple[Document | None, tuple[Diagnostic, ...]]


def read_documents(
    root: Path,
    paths: Sequence[str],
    settings: Settings,
    labels: Mapping[str, Labels],
    jobs: int,
    progress: Callable[[int, int], None],
) -> tuple[list[Document], tuple[Diagnostic, ...]]:
    """Read and compile the files, in their order. Those that cannot be read at all are missing and reported.

    `labels` are the few words that Markdown adds, by language.
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
    diagnostics = list(faults)
    # Handing documents from process to process costs about what the fast engine saves by it.
    workers = jobs if settings.markdown.engine == PYTHON_MARKDOWN else 1
    for number, (document, found) in enumerate(in_order(read, paths, workers), 1):
        diagnostics += found
        if document is not None:
            documents.append(document)
        if not number % 50:
            progress(number, len(paths))
    return documents, tuple(diagnostics)


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

    def __call__(self, path: str) -> Read:
        source, problems = read_source(self._root, path)
        if source is None:
            return None, problems
        return self.document(source)

    def document(self, source: SourceText) -> Read:
        """Compile a file's text."""
        front, start, problems = read_front_matter(source, self._settings.vocabulary, free=self._free)
        language = place(source.path, self._layout).language
        labels = self._labels[language]
        vocabulary = self._settings.vocabulary
        body, found = compile_body(source, start, self._engine, vocabulary, self._highlighter, labels)
        controls = control_characters(source, start)
        if controls:
            body = without_controls(body)
        body = set_in(body, language, smart=self._settings.markdown.smart)
        digest = hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
        head = SourceText(source.path, source.text[: max(start, source.text.find("\n") + 1)])
        document = Document(source.path, digest, front, body, head.span(0, min(3, len(head.text))))
        foreign = foreign_syntax(source, start, body.pieces)
        return document, (*problems, *found, *controls, *foreign)


def labels_in(strings: Translations) -> Labels:
    """Return the words that Markdown adds, in a language. Those that are not translated are not counted as missing."""

    def word(text: str) -> str:
        return strings.text(text) if strings.has(None, text) else text

    return Labels(
        {kind: word(text) for kind, text in ENGLISH.alerts.items()},
        word(ENGLISH.footnotes),
        word(ENGLISH.back),
        word(ENGLISH.to_do),
        word(ENGLISH.done),
    )
