"""What a search finds of a page: the words of its default, without what only some visitors are shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from ctxsite.content.prose import REFERENCE, plain_text
from ctxsite.model.body import Component, DataValue, Html, Piece, Vary

_UNSEEN = re.compile(r"<(script|style|template)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_WITHIN_WORDS = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u|var|wbr)\b[^>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[/!a-zA-Z][^>]*>")


def search_text(pieces: Iterable[Piece]) -> str:
    """Return the text of a body's default as words between single blanks.

    Alternatives of decisions are left out, since not everybody is to see them. Values of `data/`, which a body does not
    know, are an ellipsis.
    """
    html = _UNSEEN.sub(" ", "".join(_shown(pieces)))
    return plain_text(_TAG.sub(" ", _WITHIN_WORDS.sub("", REFERENCE.sub("", html))))


def _shown(pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, Html):
            yield piece.text
        elif isinstance(piece, DataValue):
            yield "…"
        elif isinstance(piece, Vary):
            yield from _shown(piece.default)
        elif isinstance(piece, Component):
            yield f"<p>{escape(piece.argument or '')}</p>"
            yield from _shown(piece.body)
