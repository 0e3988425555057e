"""Alternatives that outweigh a page: which of them leave it, and the documents that they become.

A document carries alternatives within itself up to the site's `inline_limit`. Beyond it the largest become fragments,
documents of their own, which a script loads where one is due; the page keeps an empty template for each. What may be
seen at first glance stays in the page, unless its slot says otherwise.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from ctxsite.frozen import dataclass
from ctxsite.model.address import FRAGMENTS
from ctxsite.render.regions import Alternative
from ctxsite.render.slots import EAGER, LAZY, encode

FOLD = 4_000
"""A region with so many characters of text before it is out of sight at first, in a window of any usual size."""

WORTH_IT = 1_000
"""An alternative of fewer bytes stays: asking for it would cost as much."""

_MAIN = re.compile(r"<main[\s>]", re.IGNORECASE)
_BODY = re.compile(r"<body[\s>]", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style|template)\b.*?</\1\s*>|<[^>]*>|\s+", re.DOTALL | re.IGNORECASE)
_DOCUMENT = (
    '<!doctype html>\n<html><head><meta charset="utf-8"><meta name="robots" content="noindex">'
    "<title>Fragment</title></head><body><template data-fragment>{}</template><p></p></body></html>\n"
)
"""The paragraph tells the script that the template is whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a page: a text, or an alternative.

    `loading` is what the slots around say of it (empty: nothing), and `common` tells whether every variant has it.
    """

    content: str | Alternative
    loading: str = ""
    common: bool = True

    @property
    def size(self) -> int:
        """The bytes of an alternative; a text has none."""
        return 0 if isinstance(self.content, str) else len(encode(self.content.html))


@dataclass(frozen=True, slots=True)
class Fragment:
    """A document that is loaded into others. It stands below `/~_fragments/`, named by its content."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Layout:
    """A document's text, its fragments, and the bytes of alternatives that it still carries."""

    text: str
    fragments: tuple[Fragment, ...] = ()
    carried: int = 0


def weight(alternatives: Iterable[Alternative]) -> int:
    """Return the bytes of alternatives."""
    return sum(len(encode(alternative.html)) for alternative in alternatives)


def lay_out(parts: Sequence[Part], blocks: Sequence[Alternative], limit: int, url: Callable[[str], str]) -> Layout:
    """Put a document together. `blocks` are alternatives that its texts may contain as they stand within a page.

    `limit` is in bytes; `url` tells how the document writes the path (from its host's root) of a fragment.
    """
    if len(parts) == 1 and isinstance(parts[0].content, str) and not blocks:
        return Layout(parts[0].content)
    carried = sum(part.size for part in parts)
    if carried + weight(blocks) > limit:
        parts = list(_taken_apart(parts, blocks))
        carried = sum(part.size for part in parts)
    moved: dict[int, Fragment] = {}
    largest = sorted(_movable(parts), key=lambda place: (-parts[place].size, place)) if carried > limit else ()
    for place in largest:
        if carried <= limit:
            break
        carried -= parts[place].size
        moved[place] = _fragment(parts[place].content)
    texts: list[str] = []
    for place, part in enumerate(parts):
        if isinstance(part.content, str):
            texts.append(part.content)
        elif place in moved:
            there = url(moved[place].path)
            texts.append(f'<template data-v data-for="{part.content.names}" data-fragment="{there}"></template>')
        else:
            texts.append(part.content.element())
    return Layout("".join(texts), tuple(moved[place] for place in sorted(moved)), carried)


def _taken_apart(parts: Sequence[Part], blocks: Sequence[Alternative]) -> Iterator[Part]:
    """Yield the parts with the blocks' alternatives apart from the texts around them, the outer ones of nested ones."""
    known = {block.element(): block for block in blocks}
    pattern = re.compile("|".join(f"({re.escape(text)})" for text in sorted(known, key=len, reverse=True)) or "(?!)")
    for part in parts:
        if not isinstance(part.content, str):
            yield part
            continue
        position = 0
        for found in pattern.finditer(part.content):
            yield Part(part.content[position : found.start()], part.loading, part.common)
            yield Part(known[found[0]], part.loading, part.common)
            position = found.end()
        yield Part(part.content[position:], part.loading, part.common)


def _movable(parts: Sequence[Part]) -> Iterator[int]:
    """Yield the places of the alternatives that may be loaded."""
    texts = [part.content for part in parts if isinstance(part.content, str)]
    start = _MAIN if any(_MAIN.search(text) for text in texts) else _BODY
    before = 0
    for place, part in enumerate(parts):
        if isinstance(part.content, str):
            begins = start.search(part.content)
            text = part.content[begins.end() :] if begins else part.content
            seen = len(_UNSEEN.sub("", text)) if part.common else 0
            before = seen if begins else before + seen
        elif part.size >= WORTH_IT and (part.loading == LAZY or (before >= FOLD and part.loading != EAGER)):
            yield place


def _fragment(alternative: str | Alternative) -> Fragment:
    html = alternative if isinstance(alternative, str) else alternative.html
    name = hashlib.sha256(encode(html)).hexdigest()[:16]
    return Fragment(f"/{FRAGMENTS}/{name}/", encode(_DOCUMENT.format(html)))
