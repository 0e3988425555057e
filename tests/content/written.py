"""Bodies compiled for tests, and their pieces written as one text."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from ctxsite.content.compile import compile_body
from ctxsite.content.markdown.engine import ENGINES, Engine, make_engine
from ctxsite.content.markdown.highlighting import Highlighter
from ctxsite.diagnostics import Diagnostic
from ctxsite.model.body import Body, Component, DataValue, Html, Link, Piece
from ctxsite.rules.ast import Weekday
from ctxsite.rules.signals import Vocabulary
from ctxsite.source import SourceText

NOWHERE = SourceText("ctxsite.yaml", "").span(0)
AUDIENCES = ("business", "evening", "night", "press")
VOCABULARY = Vocabulary(audiences={name: Weekday(((0, 6),), None, NOWHERE) for name in AUDIENCES})
BOTH = tuple(ENGINES)


@cache
def engine(name: str = "commonmark") -> Engine:
    made, diagnostics = make_engine(name)
    assert diagnostics == ()
    return made


def compiled(
    text: str, name: str = "commonmark", start: int = 0, highlighter: Highlighter | None = None
) -> tuple[Body, tuple[Diagnostic, ...]]:
    return compile_body(SourceText("content/page.md", text), start, engine(name), VOCABULARY, highlighter)


def body(text: str, name: str = "commonmark") -> Body:
    """Compile a text in which nothing is wrong."""
    made, diagnostics = compiled(text, name)
    assert diagnostics == ()
    return made


def written(pieces: Iterable[Piece]) -> str:
    """Write pieces as text: HTML as it is, everything else in double parentheses."""
    return "".join(_written(piece) for piece in pieces)


def _written(piece: Piece) -> str:
    if isinstance(piece, Html):
        return piece.text
    if isinstance(piece, Link):
        return f"(({'image' if piece.image else 'link'} {piece.target}))"
    if isinstance(piece, DataValue):
        return f"((data {piece.path}))"
    if isinstance(piece, Component):
        argument = "" if piece.argument is None else f' "{piece.argument}"'
        params = "".join(f" {key}={value!r}" for key, value in piece.params.items())
        return f"(({piece.name}{argument}{params}))\n{written(piece.body)}((/{piece.name}))"
    branches = "".join(f"((when {branch.name})){written(branch.body)}" for branch in piece.alternatives)
    kind = "inline" if piece.inline else "vary"
    return f"(({kind} {piece.name})){written(piece.default)}{branches}((/{kind}))"
