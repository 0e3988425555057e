"""What the last build of a site learnt, for this one to ask; and what this one learns, for the next.

Three kinds of things are remembered: compiled documents, by their text; renderings, by what they read (their traces);
and files of the output, by their digests. Contents decide. Sizes and times of files only save reading them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ctxsite.build.codec import Encoded, dumps, html, loads
from ctxsite.build.journal import Keeps
from ctxsite.build.load import digest_of_text, file_bytes, file_digest
from ctxsite.build.publish import SUMMARY
from ctxsite.build.store import stamps
from ctxsite.diagnostics import Diagnostic
from ctxsite.model.artifact import Stamp
from ctxsite.model.body import Pieces
from ctxsite.model.document import Document
from ctxsite.render.reads import Fact

Output = tuple[str, str]
"""A file of the output: its path and the SHA-256 of its bytes (hexadecimal)."""

Trace = tuple[bytes, tuple[Output, ...]]
"""What a page's renderings read (the facts' numbers, as an array of `I` has them), and which files came of it."""

DeadEnds = tuple[tuple[str, tuple[str, ...]], ...]
"""A page's documents, by their paths, that point inside the site where there is nothing; and where to."""

ANSWERED = ("answered",)
"""The fact of which dead ends speak: which places there are to lead to."""

KeptLinks = dict[str, tuple[tuple[str, ...], bytes]]
"""A page's links as they were resolved: their URLs, and what was wrong with them, by the path of their document."""


@dataclass(slots=True)
class Learnt:
    """What a build finds out on its way. `way` says how documents become bodies."""

    way: str = ""
    until: dt.datetime | None = None
    """The next instant at which a page is due, or ends."""
    documents: dict[str, Encoded] = field(default_factory=dict)
    pieces: dict[str, Pieces | bytes] = field(default_factory=dict)
    """Bodies that were compiled anew, encoded where they came from another process or go into a store."""
    facts: dict[Fact, str] = field(default_factory=dict)
    """What renderings read, with what it was; in the order of the numbers that traces have."""
    traces: dict[str, Trace] = field(default_factory=dict)
    said: dict[str, bytes] = field(default_factory=dict)
    """What was said of pages with a trace, by their names."""
    ends: dict[str, DeadEnds] = field(default_factory=dict)
    """Dead ends on them."""
    links: dict[str, KeptLinks] = field(default_factory=dict)
    """Their links."""
    answers: Mapping[Fact, tuple[Any, ...]] = field(default_factory=dict)
    """What questions about lists of pages were answered with."""


class DamagedError(BaseException):
    """Something that must be in a store is not. No template's fault, so nothing that explains those catches it."""


class Memory:
    """A store as the pipeline sees it. `present` are the stamps of the site's files."""

    def __init__(self, store: Keeps, root: Path, present: Mapping[str, Stamp]) -> None:
        self._store = store
        self._root = root
        self._present = present
        self._way: str = store.load("way") or ""
        self._documents: dict[str, str] = store.load("documents") or {}
        self._stamps: dict[str, Stamp] = store.load("stamps") or {}
        self._outputs: dict[str, tuple[int, int, str]] = store.load("outputs") or {}
        self._standing: dict[str, Stamp] | None = None

    def document(self, path: str, way: str) -> Encoded | None:
        """Return a document as it was compiled last time, if its text is the same and so is the way."""
        digest = self._documents.get(path) if way == self._way else None
        if digest is None:
            return None
        stamp = self._present.get(path)
        if (stamp is None or self._stamps.get(path) != stamp) and digest_of_text(self._root, path) != digest:
            return None
        head = self._store.blob(f"head {path}")
        return None if head is None else (digest, *halves(head))

    def body(self, path: str) -> bytes | None:
        """Return what a document's body was made of. Works in forked processes."""
        return self._store.blob(f"body {path}")

    def facts(self) -> Mapping[Fact, str]:
        """Return all facts that were read with what they were, in the order of their numbers."""
        return self._store.load("facts") or {}

    def traces(self) -> Mapping[str, tuple[bytes, tuple[str, ...]]]:
        """Return, by page, the numbers of what was read, as an array of `I` has them, and its output's paths."""
        return self._store.load("traces") or {}

    def said(self) -> Mapping[str, bytes]:
        """Return what was said of pages, by their names."""
        return self._store.load("said of pages") or {}

    def ends(self) -> Mapping[str, DeadEnds]:
        """Return dead ends, by the names of pages."""
        return self._store.load("ends") or {}

    def links(self) -> Mapping[str, KeptLinks]:
        """Return pages' links, by their names."""
        return self._store.load("links") or {}

    def output_paths(self) -> frozenset[str]:
        """Return the paths of all files that the last build wrote."""
        return frozenset(self._outputs)

    def right(self, output: Path, path: str) -> str | None:
        """Return the digest of a file of the output, if it still is as it was written."""
        known, stamp = self._outputs.get(path), self.found(output).get(path)
        if known is None or stamp is None or stamp[0] != known[0]:
            return None
        return known[2] if stamp[1] == known[1] or file_digest(output, path) == known[2] else None

    def found(self, output: Path) -> Mapping[str, Stamp]:
        """Return the stamps of the last build's files as they were found when somebody asked first."""
        if self._standing is None:
            self._standing = stamps(str(output), self._outputs)
        return self._standing

    def listed(self, output: Path) -> frozenset[str]:
        """Return the paths that the summary in the output lists, with its own, if it is that of the last build."""
        return self.output_paths() if self.right(output, SUMMARY) else frozenset()

    def written(self, output: Path, path: str) -> bytes:
        """Return a file of the output. Raises OSError where it cannot be read."""
        return file_bytes(f"{output}/{path}")

    def gone(self, learnt: Learnt) -> dict[str, bytes | None]:
        """Return the names of all that is of no use any more, for a store to remove."""
        return {name: None for name in self._store.names() if name.partition(" ")[2] not in learnt.documents}


class Unresolved:
    """Documents' bodies as they were compiled, now or in an earlier build: their links are as written.

    `text` gives the text of a document by its path, for what is to be said of its links.
    """

    def __init__(
        self,
        fresh: Mapping[str, Pieces | bytes],
        known: Callable[[str], bytes | None] | None,
        text: Callable[[str], str],
    ) -> None:
        self._fresh = fresh
        self._known = known
        self._text = text

    def __call__(self, document: Document) -> Pieces:
        """Return a document's pieces. Works in forked processes."""
        found = self._found(document)
        pieces: Pieces = loads(found, self._text) if isinstance(found, bytes) else found
        return pieces

    def html(self, document: Document, urls: Sequence[str]) -> str | None:
        """Return a document's HTML, if there is nothing in it but links, which have these URLs."""
        found = self._found(document)
        return html(found, urls) if isinstance(found, bytes) else None

    def _found(self, document: Document) -> Pieces | bytes:
        if not document.digest:
            return ()  # it stands for a file that nobody wrote
        found = self._fresh.get(document.path)
        if found is None:
            found = None if self._known is None else self._known(document.path)
            if found is None:
                raise DamagedError(document.path)
        return found


def kept_links(links: Mapping[str, tuple[tuple[str, ...], tuple[Diagnostic, ...]]]) -> KeptLinks:
    """Return links as a store has them."""
    return {path: (urls, dumps(found) if found else b"") for path, (urls, found) in links.items()}


def joined(head: bytes, said: bytes) -> bytes:
    """Return a document and its diagnostics as one section."""
    return len(head).to_bytes(4, "big") + head + said


def halves(raw: bytes) -> tuple[bytes, bytes]:
    """Return what `joined` joined."""
    end = 4 + int.from_bytes(raw[:4], "big")
    return raw[4:end], raw[end:]


def sections(learnt: Learnt, present: Mapping[str, Stamp]) -> Iterator[tuple[str, object]]:
    """Yield what a store is to keep of what was learnt, besides bodies and documents."""
    yield "way", learnt.way
    yield "documents", {path: digest for path, (digest, _, _) in learnt.documents.items()}
    yield "stamps", dict(present)
    yield "facts", dict(learnt.facts)
    yield "said of pages", dict(learnt.said)
    yield "ends", dict(learnt.ends)
    yield "links", dict(learnt.links)
    yield "traces", {page: (read, tuple([path for path, _ in made])) for page, (read, made) in learnt.traces.items()}


def blobs(learnt: Learnt) -> Iterator[tuple[str, bytes]]:
    """Yield documents and bodies that were compiled anew."""
    for path, body in learnt.pieces.items():
        if path in learnt.documents and isinstance(body, bytes):
            _, head, said = learnt.documents[path]
            yield f"head {path}", joined(head, said)
            yield f"body {path}", body
