"""A body's default as HTML without its holes, and how many words that has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ctxsite.model.body import Component, Html, Piece, Vary

_BETWEEN = re.compile(r"<[/!a-zA-Z][^>]*>")
_IDEOGRAPHS = r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
"""Compiled when it is needed first: sets beyond the basic plane take longer than all others here together."""


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


def count_words(html: str) -> int:
    """Count words: what stands between spaces, and each character of scripts without spaces (Chinese, Japanese)."""
    text = _BETWEEN.sub(" ", html)
    if text.isascii() or not re.search(_IDEOGRAPHS, text):
        return len(text.split())
    return len(re.findall(_IDEOGRAPHS, text)) + len(re.sub(_IDEOGRAPHS, " ", text).split())
