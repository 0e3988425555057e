"""The CommonMark Specification's examples, in the default engine alone and with what we add to its HTML."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from ctxsite.model.body import Html, Link, Piece
from tests.content.written import compiled, engine

DATA = Path(__file__).parent / "data" / "commonmark-0.31.2.jsonl"
EXAMPLES = dict(enumerate(map(json.loads, DATA.read_text("utf-8").splitlines()), 1))

HEADING_IDS = {
    10, 59, 62, 66, 67, 68, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 86, 89, 90, 91, 95, 96, 102, 103,
    115, 141, 214, 215, 227, 228, 229, 230, 232, 300, 646, 647,
}  # fmt: skip
"""Headings get an id."""

DESTINATIONS = {21, 31, 344, 630, 631, 642, 643}
"""Destinations inside raw HTML are resolved like links, and so come out percent-encoded."""


def normal(html: str) -> str:
    """Take away what the specification's own test program does: quotes' spelling, white space around blocks."""
    return re.sub(r"\s*(</?(?:div|li|p|ul)\b[^>]*>)\s*", r"\1", html.replace("&quot;", '"'))


def ours(example: int) -> str:
    body, diagnostics = compiled(EXAMPLES[example]["markdown"])
    assert diagnostics == ()
    return "".join(map(text, body.pieces))


def text(piece: Piece) -> str:
    if isinstance(piece, Link):
        return escape(quote(piece.target, safe="/%?#&=:;,()[]'*+!$@_.~-"), quote=False)
    assert isinstance(piece, Html)
    return piece.text


def test_the_examples_were_read() -> None:
    assert len(EXAMPLES) >= 600
    assert all(example["example"] == number for number, example in EXAMPLES.items())


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_engine_passes(example: int) -> None:
    assert normal(engine().html(EXAMPLES[example]["markdown"])) == normal(EXAMPLES[example]["html"])


@pytest.mark.parametrize("example", sorted(EXAMPLES.keys() - HEADING_IDS - DESTINATIONS))
def test_we_change_nothing_else(example: int) -> None:
    assert normal(ours(example)) == normal(EXAMPLES[example]["html"])


@pytest.mark.parametrize("example", sorted(HEADING_IDS))
def test_headings_get_ids_and_nothing_else(example: int) -> None:
    made = ours(example)
    assert normal(made) != normal(EXAMPLES[example]["html"])
    assert normal(re.sub(r'(<h[1-6]) id="[^"]*"', r"\1", made)) == normal(EXAMPLES[example]["html"])


@pytest.mark.parametrize("example", sorted(DESTINATIONS))
def test_destinations_are_rewritten(example: int) -> None:
    made, wanted = ours(example), EXAMPLES[example]["html"]
    assert normal(made) != normal(wanted)
    assert normal(unquote(made)) == normal(wanted.replace("&ouml;", "ö"))
