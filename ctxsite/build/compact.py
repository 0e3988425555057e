"""Documents and bodies as plain tuples, for the codec: what nearly all of them are takes a quarter of the time so.

Only what has no rules in it is made so: a document without variants, expectations and decisions, a body of nothing but
HTML and links. `flat` has no answer for anything else. Of a body's source there is the path alone: its text is wanted
only where something is wrong with a link.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ctxsite.model.body import Body, Heading, Html, Link, Piece, Pieces
from ctxsite.model.document import Document
from ctxsite.model.meta import FrontMatter, Meta
from ctxsite.source import SourceText, Span, UnreadText

_DOCUMENT, _PIECES = "\0document", "\0pieces"
"""What tells these tuples from others; no text of a site holds the character."""

Flat = tuple[Any, ...]
Text = Callable[[str], str]


def flat(value: object) -> Flat | None:
    """Return a value as a tuple of plain data, if it is of a kind that can be."""
    if type(value) is Document:
        return _flat_document(value)
    if type(value) is tuple and value and type(value[0]) in (Html, Link):
        return _flat_pieces(value)
    return None


def whole(value: object, text: Text) -> object:
    """Return what `flat` was given; any other value as it is. `text` gives the text of a source, by its path."""
    if type(value) is tuple and value and type(value[0]) is str:
        if value[0] == _DOCUMENT:
            return _whole_document(*value[1:])
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
    meta = front.meta
    return (
        _DOCUMENT, document.path, document.digest,
        meta.title, meta.description,
        # An offset from UTC by itself would take longer than all the rest.
        [date and date.isoformat() for date in (meta.date, meta.updated, meta.publish_date, meta.expiry_date)],
        (
            meta.draft, meta.slug, meta.url, meta.aliases, meta.weight, meta.summary, meta.tags, meta.template,
            meta.params, meta.translation_key, meta.missing_translations, meta.source_digest,
        ),
        {name: (span.start, span.end) for name, span in given.items()},
        [(heading.level, heading.id, heading.html) for heading in body.headings],
        body.anchors, body.summary, body.text,
        (source.path, source.text, start.start, start.end),
        None if (head.path, head.text) == (source.path, source.text) else (head.path, head.text),
    )  # fmt: skip


def _whole_document(
    path: str,
    digest: str,
    title: str,
    description: str,
    dates: list[str | None],
    others: tuple[Any, ...],
    given: dict[str, tuple[int, int]],
    headings: list[tuple[int, str, str]],
    anchors: frozenset[str],
    summary: str,
    text: str,
    start: tuple[str, str, int, int],
    head: tuple[str, str] | None,
) -> Document:
    source = SourceText(*start[:2])
    own = source if head is None else SourceText(*head)
    times: list[Any] = [date and dt.datetime.fromisoformat(date) for date in dates]
    front = FrontMatter(Meta(title, description, *times, *others), None, (), _Places(own, given))
    body = Body((), tuple([Heading(*heading) for heading in headings]), anchors, (), summary, text)
    return Document(path, digest, front, body, Span(source, *start[2:]))


class _Places(Mapping[str, Span]):
    """Where keys are in front matter. Spans are made when they are asked for: mostly nobody does."""

    __slots__ = ("_places", "_source")

    def __init__(self, source: SourceText, places: dict[str, tuple[int, int]]) -> None:
        self._source = source
        self._places = places

    def __getitem__(self, name: str) -> Span:
        return Span(self._source, *self._places[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


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
