"""What can be said of a compiled body's default as a text: its first paragraph, its length, its decisions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from ctxsite.model.body import Component, Html, Piece, Vary

_TAG = re.compile(r"<[^>]*>")
_BETWEEN = re.compile(r"<[/!a-zA-Z][^>]*>")
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
REFERENCE = re.compile(r"<sup[^>]*>\s*<a[^>]*(?:footnote|#fn)[^>]*>.*?</sup>", re.DOTALL)
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def plain_text(html: str) -> str:
    """Return HTML as text: without tags and footnotes' numbers, entities decoded, white space as single spaces."""
    if "<" in html:
        html = _TAG.sub("", REFERENCE.sub("", html))
    return " ".join(unescape(html).split())


def default_html(pieces: Iterable[Piece]) -> str:
    """Return the HTML of the default, holes left empty."""
    return "".join(_texts(pieces))


def _texts(pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, Html):
            yield piece.text
        elif isinstance(piece, Vary):
            yield from _texts(piece.default)
        elif isinstance(piece, Component):
            yield from _texts(piece.body)


def summary(html: str) -> str:
    """Return the first paragraph that has text, as plain text; an empty text if there is none."""
    return next((text for match in _PARAGRAPH.finditer(html) if (text := plain_text(match[1]))), "")


def count_words(html: str) -> int:
    """Count words: what stands between spaces, and each character of scripts without spaces (Chinese, Japanese)."""
    text = _BETWEEN.sub(" ", html)
    if text.isascii() or not _IDEOGRAPHS.search(text):
        return len(text.split())
    return len(_IDEOGRAPHS.findall(text)) + len(_IDEOGRAPHS.sub(" ", text).split())


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
