"""What can be said of a compiled body's default as a text: its first paragraph, its decisions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from ctxsite.model.body import Component, Piece, Vary

_TAG = re.compile(r"<[^>]*>")
REFERENCE = re.compile(r"<sup[^>]*>\s*<a[^>]*(?:footnote|#fn)[^>]*>.*?</sup>", re.DOTALL)


def plain_text(html: str) -> str:
    """Return HTML as text: without tags and footnotes' numbers, entities decoded, white space as single spaces."""
    if "<" in html:
        html = _TAG.sub("", REFERENCE.sub("", html))
    return " ".join(unescape(html).split())


def summary(html: str) -> str:
    """Return the first paragraph that has text, as plain text; an empty text if there is none."""
    start = html.find("<p>")
    while start >= 0 and (end := html.find("</p>", start)) >= 0:
        if text := plain_text(html[start + 3 : end]):
            return text
        start = html.find("<p>", end)
    return ""


def decisions(pieces: Iterable[Piece]) -> Iterator[Vary]:
    """Yield the decisions among the pieces in their order, an outer one before those in it."""
    for piece in pieces:
        if isinstance(piece, Vary):
            yield piece
            yield from decisions(piece.default)
            for alternative in piece.alternatives:
                yield from decisions(alternative.body)
        elif isinstance(piece, Component):
            yield from decisions(piece.body)
