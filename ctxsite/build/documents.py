"""Content files read into documents, one by one, each knowing nothing of the others."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ctxsite.build.codec import Encoded, dumps, encoded, loads
from ctxsite.build.compiling import Compiler
from ctxsite.build.load import read_source
from ctxsite.build.memory import Learnt, Memory
from ctxsite.build.workers import in_order
from ctxsite.config.settings import Settings
from ctxsite.content.branches import read_branches
from ctxsite.content.frontmatter import read_front_matter
from ctxsite.content.markdown.engine import Engine, Labels, make_engine
from ctxsite.content.paths import site_layout
from ctxsite.diagnostics import Diagnostic
from ctxsite.model.body import Pieces
from ctxsite.model.document import Document

if TYPE_CHECKING:
    from ctxsite.build.profile import Profile


class _Read:
    """A document with its body, encoded, and what is wrong; neither for a file that cannot be read.

    Documents go to other processes, and into the store, as bytes. Here, nothing is encoded that is not asked for.
    """

    __slots__ = ("document", "encoded", "pieces", "said")

    def __init__(
        self,
        document: Document | None,
        pieces: Pieces | bytes,
        said: tuple[Diagnostic, ...],
        encoded: Encoded | None = None,
    ) -> None:
        self.document = document
        self.pieces = pieces
        self.said = said
        self.encoded = encoded

    def __reduce__(self) -> tuple[Callable[..., _Read], tuple[object, ...]]:
        kept = None if self.document is None else encoded(self.document, self.said)
        return _received, (kept, dumps(self.pieces), self.said)


def _received(kept: Encoded | None, pieces: bytes, said: tuple[Diagnostic, ...]) -> _Read:
    return _Read(None if kept is None else loads(kept[1]), pieces, said, kept)


def read_documents(
    root: Path,
    paths: Sequence[str],
    settings: Settings,
    labels: Mapping[str, Labels],
    jobs: int,
    progress: Callable[[int, int], None],
    meanwhile: Callable[[], None],
    memory: Memory | None = None,
    profile: Profile | None = None,
) -> tuple[list[Document], Learnt, tuple[Diagnostic, ...]]:
    """Read and compile the files, in their order. Those that cannot be read at all are missing and reported.

    `labels` are the few words that Markdown adds, by language. The documents come without their bodies' pieces, which
    are among what was learnt, or in `memory` where the last build has read the same text in the same way. This process
    calls `meanwhile` as soon as copies of it are at work, if there are any.
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
    run = partial(in_order, items=pending, jobs=jobs, meanwhile=meanwhile)
    compiled = run(read) if profile is None else profile.watch(profile.documents, read, pending, run)
    documents: list[Document] = []
    diagnostics = list(faults)
    for number, path in enumerate(paths, 1):
        kept = learnt.documents.get(path)
        made = next(compiled) if kept is None else _received(kept, b"", loads(kept[2]))
        diagnostics += made.said
        if made.document is not None:
            documents.append(made.document)
            if kept is None:
                learnt.pieces[path] = made.pieces
                if memory is not None:
                    learnt.documents[path] = made.encoded or encoded(made.document, made.said)
                    learnt.pieces[path] = made.pieces if isinstance(made.pieces, bytes) else dumps(made.pieces)
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
        self._vocabulary = settings.vocabulary
        self._free = settings.unknown_keys == "params"
        self._compile = Compiler(settings, engine, labels, read_branches)

    def __call__(self, path: str) -> _Read:
        source, problems = read_source(self._root, path)
        if source is None:
            return _Read(None, (), problems)
        front, start, problems = read_front_matter(source, self._vocabulary, free=self._free)
        document, pieces, said = self._compile(source, front, start, problems)
        return _Read(document, pieces, said)
