"""Documents and bodies as bytes and back: the same values, whichever of the two ways they take."""

from __future__ import annotations

import dataclasses
import marshal
import pickle
from collections.abc import Callable, Mapping

import pytest

from ctxsite.build.codec import UnreadableError, dumps, html, loads
from ctxsite.build.compact import flat
from ctxsite.build.compiling import Compiler
from ctxsite.config.settings import Settings
from ctxsite.content.branches import read_branches
from ctxsite.content.compile import compile_body
from ctxsite.content.frontmatter import read_front_matter
from ctxsite.content.markdown.engine import ENGLISH, make_engine
from ctxsite.model.body import DataValue, Html, Link, Pieces
from ctxsite.model.document import Document
from ctxsite.rules.signals import Vocabulary
from ctxsite.source import SourceText, Span

PLAIN = [
    "Text only.\n",
    """---
title: A
date: 2026-01-02T10:00:00+01:00
updated: 2026-01-03
tags: [a, b]
weight: 3
---

# One

A [link](b.md#x) and ![a picture](c.png).

## Two *words*

<p id='x'>HTML</p>
""",
    "---\ntitle: A\nparams: {a: [1, 2.5, {b: null}], c: true}\naliases: /old/\n---\n",
    "",
]
OTHERS = [
    "---\ntitle: A\nvariants:\n  x: {when: {segment: business}, title: B}\n---\n\nText.\n",
    "---\ntitle: A\nexpect:\n  - context: {}\n    variant: default\n---\n\nText.\n",
    "A\n\n::: vary hero\nDefault\n::: when {segment: business}\nOther\n:::\n",
    "A [[data: a.b]]\n\n::: note x=1\nText\n:::\n",
]


def read(text: str) -> Document:
    source = SourceText("content/a.md", text)
    front, start, _ = read_front_matter(source, Vocabulary())
    body, _ = compile_body(source, start, make_engine()[0], Vocabulary())
    body = dataclasses.replace(body, text=f"What a search finds: {text}")
    return Document(source.path, "0" * 64, front, body, source.span(0, 3))


def told(value: object) -> object:
    """A value with all that is in it, spans and sources by what they say."""
    if isinstance(value, Span):
        return ("span", value.source.path, value.source.text, value.start, value.end)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value) if not field.name.startswith("_")]
        kind = Document if isinstance(value, Document) else type(value)
        return (kind, [(name, told(getattr(value, name))) for name in names])
    if isinstance(value, (tuple, list)):
        return (type(value), [told(item) for item in value])
    if isinstance(value, Mapping):
        return [(key, told(item)) for key, item in value.items()]
    return value


@pytest.mark.parametrize("text", [*PLAIN, *OTHERS])
def test_a_document_is_the_same_afterwards(text: str) -> None:
    document = read(text)
    without = dataclasses.replace(document, body=document.body.without_pieces())
    assert told(loads(dumps(without))) == told(without)
    assert told(loads(dumps(document.body.pieces), {"content/a.md": text}.__getitem__)) == told(document.body.pieces)


def test_of_a_body_in_short_the_text_is_not_kept_but_asked_for() -> None:
    pieces = read(PLAIN[1]).body.pieces
    assert PLAIN[1].encode() not in dumps(pieces)
    asked: list[str] = []

    def text(path: str) -> str:
        asked.append(path)
        return PLAIN[1]

    again = loads(dumps(pieces), text)
    assert asked == []
    places = [piece.span.location() for piece in again if isinstance(piece, Link)]
    assert places == [piece.span.location() for piece in pieces if isinstance(piece, Link)]
    assert len(places) == 2
    assert asked == ["content/a.md"]


@pytest.mark.parametrize("first", ["body", "start", "given"])
def test_what_is_seldom_asked_for_is_read_when_it_is(first: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read(PLAIN[1])
    raw = dumps(dataclasses.replace(whole, body=whole.body.without_pieces()))
    document: Document = loads(raw)
    read_so_far, real = [0], marshal.loads

    def counted(data: bytes) -> object:
        read_so_far[0] += 1
        return real(data)

    monkeypatch.setattr(marshal, "loads", counted)
    assert (document.path, document.digest, document.front.meta.title) == ("content/a.md", "0" * 64, "A")
    assert not hasattr(document, "other")
    assert read_so_far == [0]
    asked: dict[str, Callable[[], object]] = {
        "body": lambda: document.body, "start": lambda: document.start, "given": lambda: [*document.front.given],
    }  # fmt: skip
    for name in (first, *asked):
        asked[name]()
    assert read_so_far == [1]
    assert told(document) == told(loads(raw))
    other: Document = loads(raw)
    assert told(dataclasses.replace(other, digest="1")) == told(dataclasses.replace(document, digest="1"))
    assert dumps(document) == dumps(loads(raw))


@pytest.mark.parametrize("text", [*PLAIN, OTHERS[0]])
def test_of_the_text_only_the_head_is_kept(text: str) -> None:
    source = SourceText("content/a.md", text)
    front, start, _ = read_front_matter(source, Vocabulary())
    labels = {Settings().default_language: ENGLISH}
    document, _, _ = Compiler(Settings(), make_engine()[0], labels, read_branches)(source, front, start)
    kept = {span.source.text for span in (document.start, *document.front.given.values())}
    assert kept == {text[: max(start, text.find("\n") + 1)]}


def test_what_is_usual_goes_the_short_way() -> None:
    for text, short in [*((text, True) for text in PLAIN), *((text, False) for text in OTHERS)]:
        document = read(text)
        without = dataclasses.replace(document, body=document.body.without_pieces())
        pieces = document.body.pieces
        ways = (flat(without) is not None, flat(pieces) is not None or not pieces)
        assert all(ways) == short, text


@pytest.mark.parametrize("text", [*PLAIN, *OTHERS])
def test_nothing_but_pieces_is_left_out(text: str) -> None:
    body = dataclasses.replace(read(text).body, text="Text.")
    assert body.without_pieces() == dataclasses.replace(body, pieces=())


def test_nothing_but_the_model_is_read() -> None:
    for value in (UnreadableError, pickle.loads, print):
        with pytest.raises(UnreadableError):
            loads(pickle.dumps(value))
    with pytest.raises(UnreadableError):
        loads(b"")
    with pytest.raises(UnreadableError):
        loads(pickle.dumps(("\0pieces", 1)))
    for broken in (b"\0", b"\0(", b"\0" + marshal.dumps(("\0pieces", 1))):
        with pytest.raises(UnreadableError):
            loads(broken)


def test_other_values_are_left_alone() -> None:
    for value in ((), ("a", 1), (Html("x"), 1), [("\0", 2)], {"a": (1, 2)}):
        assert told(loads(dumps(value))) == told(value)


SOURCE = SourceText("content/a.md", "[One](one.md)[two](two.md) and so on")
ONE, TWO = Link("one.md", False, SOURCE.span(6, 12)), Link("two.md", True, SOURCE.span(19, 25))
X, Y, EMPTY = Html("<x>"), Html("\0y"), Html("")
BODIES: list[tuple[Pieces, bool]] = [
    # pieces, and whether they go the short way
    ((X,), True), ((ONE,), True), ((ONE, TWO), True), ((X, ONE, Y), True), ((ONE, X, TWO), True),
    ((X, ONE, TWO, Y), True), ((X, ONE, ONE), True), ((ONE, TWO, ONE, X), True), ((EMPTY,), False),
    ((X, Y), False), ((X, EMPTY), False), ((EMPTY, X), False), ((EMPTY, ONE), False), ((ONE, EMPTY, TWO), False),
    ((ONE, X, Y), False), ((X, ONE, X, EMPTY, TWO), False),
    ((ONE, Link("x", False, SourceText("b", "").span(0))), False),
    ((X, ONE, Y, DataValue("a", SOURCE.span(0))), False), ((X, DataValue("a", SOURCE.span(0)), ONE, Y), False),
]  # fmt: skip


@pytest.mark.parametrize(("pieces", "short"), BODIES)
def test_bodies_of_html_and_links(pieces: Pieces, short: bool) -> None:
    assert (flat(pieces) is not None) == short
    raw = dumps(pieces)
    again = loads(raw, {SOURCE.path: SOURCE.text, "b": ""}.__getitem__)
    assert told(again) == told(pieces)
    links = sum(isinstance(piece, Link) for piece in pieces)
    urls = iter(names := [f"/{number}/" for number in range(links)])
    if short:
        assert html(raw, names) == "".join(piece.text if isinstance(piece, Html) else next(urls) for piece in pieces)
    for wrong in ([*names, "/more/"], names[1:] if names else ["/"], *([] if short else [names])):
        assert html(raw, wrong) is None


def test_html_of_nothing_and_of_something_else() -> None:
    assert html(dumps(()), []) == ""
    value: object
    for value in (("\0pieces", "a"), ("\0other", "a", ["x"], []), ["\0pieces", "a", ["x"], []], {"a": 1}, "x", None):
        assert html(dumps(value), []) is None
    with pytest.raises(UnreadableError):
        html(b"", [])


def test_places_in_front_matter_are_a_mapping_as_they_were() -> None:
    document = read(PLAIN[1])
    given = document.front.given
    again = loads(dumps(dataclasses.replace(document, body=document.body.without_pieces()))).front.given
    assert type(given) is not type(again), "they are made when they are asked for"
    assert isinstance(again, Mapping)
    assert len(again) == len(given) == 5
    assert list(again) == list(again.keys()) == list(given)
    assert again.keys() == given.keys()
    for name, span in given.items():
        assert name in again
        assert told(again[name]) == told(again.get(name)) == told(span)
        assert again[name].location() == span.location()
    assert [told(span) for span in again.values()] == [told(span) for span in given.values()]
    assert [name for name, _ in again.items()] == list(given)
    assert "none" not in again
    assert again.get("none") is None
    with pytest.raises(KeyError):
        again["none"]
