"""What the last build of a site learnt, for this one to ask; and what this one learns, for the next.

Three kinds of things are remembered: compiled documents, by their text; renderings, by what they read (their traces);
and files of the output, by their digests. Contents decide. Sizes and times of files only save reading them.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from ctxsite.build.codec import loads
from ctxsite.build.load import digest_of_text, file_digest
from ctxsite.build.store import Stamp, stamps
from ctxsite.model.body import Piece
from ctxsite.model.document import Document
from ctxsite.render.reads import Fact

Output = tuple[str, str]
"""A file of the output: its path and the SHA-256 of its bytes (hexadecimal)."""

Trace = tuple[tuple[Fact, ...], tuple[Output, ...]]
"""What a page's renderings read, and which files came of it."""

Encoded = tuple[str, bytes, bytes]
"""The digest of a document's text; the document without its pieces, and its diagnostics, both encoded."""


@dataclass(slots=True)
class Learnt:
    """What a build finds out on its way. `way` says how documents become bodies."""

    way: str = ""
    until: dt.datetime | None = None
    """The next instant at which a page is due, or ends."""
    documents: dict[str, Encoded] = field(default_factory=dict)
    pieces: dict[str, bytes] = field(default_factory=dict)
    """Bodies that were compiled anew; the others are where they were."""
    facts: dict[Fact, str] = field(default_factory=dict)
    traces: dict[str, Trace] = field(default_factory=dict)


class Keeps(Protocol):
    """What a memory needs of a store: plain values and many small sections, by name."""

    def load(self, name: str) -> Any:
        """Return a value, or None if there is none."""

    def blob(self, name: str) -> bytes | None:
        """Return a small section, or None if there is none."""


class Memory:
    """A store as the pipeline sees it. `present` are the stamps of the site's files."""

    def __init__(self, store: Keeps, root: Path, present: Mapping[str, Stamp]) -> None:
        self._store = store
        self._root = root
        self._present = present
        self._way: str
        self._documents: dict[str, tuple[int, int, str]]
        self._way, self._documents = store.load("documents") or ("", {})
        self._outputs: dict[str, tuple[int, int, str]] = store.load("outputs") or {}
        self._standing: dict[str, Stamp] | None = None

    def document(self, path: str, way: str) -> Encoded | None:
        """Return a document as it was compiled last time, if its text is the same and so is the way."""
        known = self._documents.get(path) if way == self._way else None
        if known is None:
            return None
        size, time, digest = known
        if self._present.get(path) != (size, time) and digest_of_text(self._root, path) != digest:
            return None
        head, said, body = (self._store.blob(f"{kind} {path}") for kind in ("head", "said", "body"))
        return None if head is None or said is None or body is None else (digest, head, said)

    def body(self, path: str) -> bytes | None:
        """Return what a document's body was made of. Works in forked processes."""
        return self._store.blob(f"body {path}")

    def traces(self) -> tuple[list[tuple[Fact, str]], dict[str, tuple[array[int], tuple[str, ...]]]]:
        """Return all facts that were read with what they were; and by page the facts' numbers and its output."""
        facts, traces = self._store.load("traces") or ([], {})
        return facts, {page: (array("I", read), paths) for page, (read, paths) in traces.items()}

    def right(self, output: Path, path: str) -> str | None:
        """Return the digest of a file of the output, if it still is as it was written."""
        if self._standing is None:
            self._standing = stamps(str(output), self._outputs)
        known, stamp = self._outputs.get(path), self._standing.get(path)
        if known is None or stamp is None or stamp[0] != known[0]:
            return None
        return known[2] if stamp[1] == known[1] or file_digest(output, path) == known[2] else None


class Unresolved:
    """Documents' bodies as they were compiled, now or in an earlier build: their links are as written."""

    def __init__(self, fresh: Mapping[str, bytes], memory: Memory | None) -> None:
        self._fresh = fresh
        self._memory = memory

    def __call__(self, document: Document) -> tuple[Piece, ...]:
        """Return a document's pieces. Works in forked processes."""
        encoded = self._fresh.get(document.path)
        if encoded is None and self._memory is not None:
            encoded = self._memory.body(document.path)
        pieces: tuple[Piece, ...] = () if encoded is None else loads(encoded)
        return pieces


def sections(
    learnt: Learnt, present: Mapping[str, Stamp], outputs: Mapping[str, tuple[int, int, str]]
) -> Iterator[tuple[str, object]]:
    """Yield what a store is to keep, besides bodies and documents."""
    numbers = {fact: number for number, fact in enumerate(learnt.facts)}
    known = {path: (*present.get(path, (0, -1)), digest) for path, (digest, _, _) in learnt.documents.items()}
    yield "documents", (learnt.way, known)
    traces = {
        page: (array("I", (numbers[fact] for fact in facts)).tobytes(), tuple(path for path, _ in made))
        for page, (facts, made) in learnt.traces.items()
    }
    yield "traces", (list(learnt.facts.items()), traces)
    yield "outputs", dict(outputs)


def blobs(learnt: Learnt, memory: Memory) -> Iterator[tuple[str, bytes]]:
    """Yield documents and bodies, those that were there before as they were."""
    for path, (_, head, said) in learnt.documents.items():
        body = learnt.pieces.get(path)
        body = memory.body(path) if body is None else body
        if body is not None:
            yield f"head {path}", head
            yield f"said {path}", said
            yield f"body {path}", body
