"""Documents and bodies as plain tuples, for the codec: what nearly all of them are takes a quarter of the time so.

Only what has no rules in it is made so: a document without variants, expectations and decisions, a body of nothing but
HTML and links. `flat` has no answer for anything else. Of a body's source there is the path alone: its text is wanted
only where something is wrong with a link.
"""

from __future__ import annotations

import datetime as dt
import marshal
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ctxsite.model.body import Body, Heading, Html, Link, Piece, Pieces
from ctxsite.model.document import Document
from ctxsite.model.meta import FrontMatter, Meta
from ctxsite.source import SourceText, Span, UnreadText

_DOCUMENT, _PIECES = "\0document", "\0pieces"
"""What tells these tuples from others; no text of a site holds the character."""

WITHOUT_REFERENCES = 2
"""The version of `marshal` that writes equal values as equal bytes."""

Flat = tuple[Any, ...]
Text = Callable[[str], str]


def flat(value: object) -> Flat | None:
    """Return a value as a tuple of plain data, if it is of a kind that can be."""
    if isinstance(value, Document):
        return _flat_document(value)
    if type(value) is tuple and value and type(value[0]) in (Html, Link):
        return _flat_pieces(value)
    return None


def whole(value: object, text: Text) -> object:
    """Return what `flat` was given; any other value as it is. `text` gives the text of a source, by its path."""
    if type(value) is tuple and value and type(value[0]) is str:
        if value[0] == _DOCUMENT:
            return _kept_document(*value[1:])
        if value[0] == _PIECES:
            return _whole_pieces(*value[1:], text=text)
    return value


def _flat_document(document: Document) -> Flat | None:
    front, body, start = document.front, document.body, document.start
    given, source = front.given, start.source
    if front.variants is not None or front.expect or front.lost or body.blocks or body.pieces:
        return None
    head = next(iter(given.values())).source if given else source
    if any(span.source is not head for span in given.values()):
        return None
    return (
        _DOCUMENT, document.path, document.digest, *flat_meta(front.meta),
        marshal.dumps((
            {name: (span.start, span.end) for name, span in given.items()},
            [(heading.level, heading.id, heading.html) for heading in body.headings],
            body.anchors, body.summary, body.text,
            (source.path, source.text, start.start, start.end),
            None if (head.path, head.text) == (source.path, source.text) else (head.path, head.text),
        ), WITHOUT_REFERENCES),
    )  # fmt: skip


def flat_meta(meta: Meta) -> Flat:
    """Return what front matter says of a page as a tuple of plain data, as far as its `params` are."""
    return (
        meta.title, meta.description,
        # An offset from UTC by itself would take longer than all the rest.
        [date and date.isoformat() for date in (meta.date, meta.updated, meta.publish_date, meta.expiry_date)],
        (
            meta.draft, meta.slug, meta.url, meta.aliases, meta.weight, meta.summary, meta.tags, meta.template,
            meta.params, meta.translation_key, meta.missing_translations, meta.source_digest,
        ),
    )  # fmt: skip


class KeptDocument(Document):
    """A document as it is kept. Its body and all places in it are read when somebody asks: who renders it seldom does.

    In place of a mapping, `front.given` is all that is read then.
    """

    __slots__ = ()

    has_blocks = False
    """`flat` has no answer for a document that has some."""

    def __getattr__(self, name: str) -> Any:
        """Return the body or the start, where it has not been read yet."""
        given = self.front.given if name in ("body", "start") else None
        if not isinstance(given, _Rest):
            raise AttributeError(name)
        body, start, _ = given.read()
        object.__setattr__(self, "body", body)
        object.__setattr__(self, "start", start)
        return body if name == "body" else start


def _kept_document(
    path: str, digest: str, title: str, description: str, dates: list[str | None], others: Flat, rest: bytes
) -> KeptDocument:
    times: list[Any] = [date and dt.datetime.fromisoformat(date) for date in dates]
    document = KeptDocument.__new__(KeptDocument)  # `__init__` would want all of it
    _put_path(document, path)
    _put_digest(document, digest)
    _put_front(document, FrontMatter(Meta(title, description, *times, *others), None, (), _Rest(rest)))
    return document


_put_path, _put_digest, _put_front = (getattr(Document, name).__set__ for name in ("path", "digest", "front"))


class _Rest(Mapping[str, Span]):
    """What there is of a document besides its front matter's values: a body, a start, and where keys are."""

    __slots__ = ("_raw", "_read")

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._read: tuple[Body, Span, dict[str, Span]] | None = None

    def read(self) -> tuple[Body, Span, dict[str, Span]]:
        if self._read is None:
            given, headings, anchors, summary, text, start, head = marshal.loads(self._raw)  # noqa: S302  (see codec)
            source = SourceText(*start[:2])
            own = source if head is None else SourceText(*head)
            body = Body((), tuple([Heading(*heading) for heading in headings]), anchors, (), summary, text)
            places = {name: Span(own, *place) for name, place in given.items()}
            self._read, self._raw = (body, Span(source, *start[2:]), places), b""
        return self._read

    def __getitem__(self, name: str) -> Span:
        return self.read()[2][name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.read()[2])

    def __len__(self) -> int:
        return len(self.read()[2])


def _flat_pieces(pieces: tuple[Piece, ...]) -> Flat | None:
    """Return the texts, and the links between each two of them."""
    source: SourceText | None = None
    texts, links = [""], []
    for piece in pieces:
        if type(piece) is Html and piece.text and not texts[-1]:
            texts[-1] = piece.text
        elif type(piece) is Link:
            span = piece.span
            source = source or span.source
            if span.source is not source:
                return None
            links.append((piece.target, piece.image, span.start, span.end))
            texts.append("")
        else:
            return None
    return (_PIECES, source.path if source else "", texts, links)


def _whole_pieces(path: str, texts: list[str], links: list[tuple[str, bool, int, int]], *, text: Text) -> Pieces:
    source = UnreadText(path, text)
    pieces: list[Piece] = [Html(texts[0])] if texts[0] else []
    for (target, image, start, end), after in zip(links, texts[1:], strict=True):
        pieces.append(Link(target, image, Span(source, start, end)))
        if after:
            pieces.append(Html(after))
    return tuple(pieces)


def filled(value: object, urls: Sequence[str]) -> str | None:
    """Return the HTML of a body that `flat` was given, with these URLs in place of its links; None where that cannot
    be: there are others, or it is something else."""
    if type(value) is not tuple or len(value) != 4 or value[0] != _PIECES or len(value[3]) != len(urls):
        return None
    parts = [""] * (2 * len(urls) + 1)
    parts[::2], parts[1::2] = value[2], urls
    return "".join(parts)
