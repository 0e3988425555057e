"""Content files read into documents, one by one, each knowing nothing of the others."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ctxsite.build.codec import dumps, loads
from ctxsite.build.load import read_source, text_digest
from ctxsite.build.memory import Encoded, Learnt, Memory
from ctxsite.build.workers import in_order
from ctxsite.config.settings import Settings
from ctxsite.content.assemble import site_layout
from ctxsite.content.compile import compile_body
from ctxsite.content.foreign import control_characters, foreign_syntax
from ctxsite.content.frontmatter import read_front_matter
from ctxsite.content.markdown.engine import ENGLISH, Engine, Labels, make_engine
from ctxsite.content.markdown.highlighting import pygments_highlighter
from ctxsite.content.paths import place
from ctxsite.content.search_text import search_text
from ctxsite.content.typography import set_in, without_controls
from ctxsite.diagnostics import Diagnostic
from ctxsite.i18n.catalogues import Translations
from ctxsite.model.document import Document
from ctxsite.source import SourceText

if TYPE_CHECKING:
    from ctxsite.build.profile import Profile

_Read = tuple[Encoded, bytes, tuple[Diagnostic, ...]]
"""A document and its body, encoded; both empty for a file that cannot be read."""


def read_documents(
    root: Path,
    paths: Sequence[str],
    settings: Settings,
    labels: Mapping[str, Labels],
    jobs: int,
    progress: Callable[[int, int], None],
    memory: Memory | None = None,
    profile: Profile | None = None,
) -> tuple[list[Document], Learnt, tuple[Diagnostic, ...]]:
    """Read and compile the files, in their order. Those that cannot be read at all are missing and reported.

    `labels` are the few words that Markdown adds, by language. The documents come without their bodies' pieces, which
    are among what was learnt, or in `memory` where the last build has read the same text in the same way.
    """
    engine, faults = make_engine(
        settings.markdown.engine,
        settings.markdown.extensions,
        settings.markdown.extension_configs,
        smart=settings.markdown.smart,
        places=settings.markdown.places,
    )
    read = _Reader(root, settings, engine, labels)
    learnt = Learnt(_way(settings, engine, labels))
    if memory is not None:
        known = ((path, memory.document(path, learnt.way)) for path in paths)
        learnt.documents.update((path, document) for path, document in known if document is not None)
    pending = [path for path in paths if path not in learnt.documents]
    run = partial(in_order, items=pending, jobs=jobs)
    compiled = run(read) if profile is None else profile.watch(profile.documents, read, pending, run)
    documents: list[Document] = []
    diagnostics = list(faults)
    for number, path in enumerate(paths, 1):
        encoded = learnt.documents.get(path)
        if encoded is not None:
            diagnostics += loads(encoded[2])
        else:
            encoded, learnt.pieces[path], found = next(compiled)
            diagnostics += found
        if encoded[1]:
            if memory is not None:
                learnt.documents[path] = encoded
            documents.append(loads(encoded[1]))
        if not number % 50:
            progress(number, len(paths))
    return documents, learnt, tuple(diagnostics)


def _way(settings: Settings, engine: Engine, labels: Mapping[str, Labels]) -> str:
    """Return what is different wherever the same text may become another document."""
    layout = site_layout(settings)
    rules = [settings.places.get(key) for key in ("signals", "audiences", "zone")]
    said = [(place.start, place.text()) if place else None for place in rules]
    how = (layout, settings.search, settings.unknown_keys, settings.markdown, engine.identity, dict(labels), said)
    return hashlib.sha256(repr(how).encode("utf-8", "surrogatepass")).hexdigest()


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
            return ("", b"", b""), b"", problems
        return self._document(source)

    def _document(self, source: SourceText) -> _Read:
        front, start, problems = read_front_matter(source, self._settings.vocabulary, free=self._free)
        language = place(source.path, self._layout).language
        labels = self._labels[language]
        vocabulary = self._settings.vocabulary
        body, found = compile_body(source, start, self._engine, vocabulary, self._highlighter, labels)
        controls = control_characters(source, start)
        if controls:
            body = without_controls(body)
        body = set_in(body, language, smart=self._settings.markdown.smart)
        if self._settings.search:
            body = replace(body, text=search_text(body.pieces))
        digest = text_digest(source)
        foreign = foreign_syntax(source, start, body.pieces)
        head = max(start, source.text.find("\n") + 1)
        begin = source.span(0, min(3, max(head, 1)))
        document = Document(source.path, digest, front, replace(body, pieces=()), begin)
        said = (*problems, *found, *controls, *foreign)
        # Rules of blocks stand in the body, and diagnostics may be about them: then all of the text is kept.
        encoded = dumps(document, None if body.blocks else head)
        return (digest, encoded, dumps(said)), dumps(body.pieces), said


def said(strings: Translations, text: str) -> str:
    """Return a word of the builder's own in a language, or as it is. It is not counted as missing."""
    return strings.text(text) if strings.has(None, text) else text


def labels_in(strings: Translations) -> Labels:
    """Return the words that Markdown adds, in a language."""

    def word(text: str) -> str:
        return said(strings, text)

    return Labels(
        {kind: word(text) for kind, text in ENGLISH.alerts.items()},
        word(ENGLISH.footnotes),
        word(ENGLISH.back),
        word(ENGLISH.to_do),
        word(ENGLISH.done),
    )
