"""What holds for every text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctxsite.content.directives.nodes import ComponentBlock, Flow, InlineData, InlineVary, Prose, VaryBlock
from ctxsite.content.directives.scan import scan
from ctxsite.content.drafts import draft
from ctxsite.content.markdown.engine import ENGLISH
from ctxsite.diagnostics.codes import REGISTRY
from ctxsite.diagnostics.text import render_all
from ctxsite.model.body import Component, Piece, Vary
from ctxsite.source import SourceText
from tests.content.written import BOTH, compiled, engine, written

SNIPPETS = (
    "::: vary a\n", "::: vary b\n", "::: when night\n", "::: when {weekday: mon}\n", "::: note\n", ":::\n", "::::\n",
    ":::: card \"x\" y=z\n", "[[vary: ", "| night: ", "]]", "[[data: a.b]]", "[[", "|", "\\", "`", "``", "```\n",
    "~~~\n", "<!--", "-->", "<pre>\n", "</pre>", "<div>\n", "</div>\n", "<a href=\"x.md\">", "[a](b.md)", "![", "](",
    "[a]: x\n", "[^1]", "[^1]: note\n", "# ", "## A {#b}\n", "> ", "- ", "1. ", "    ", "\t", "\n", "\n\n", "\r\n",
    " ", "text", "é", "*", "_", "{{ x }}", "{% y %}", "{#z}", "&amp;", "<", ">", "\"", ":", "\ufdd0", "\ufdd1",
    "%EF%B7%900%EF%B7%91", "| a | b |\n|---|---|\n", "$", "~", "\x00", "\x02", "\u2028", "[TOC]\n", "!!! note\n",
)  # fmt: skip
MESSY = st.lists(st.one_of(st.sampled_from(SNIPPETS), st.text(max_size=5)), max_size=30).map("".join)
PLAIN = MESSY.filter(lambda text: ":::" not in text and "[[" not in text)
TOKENS = re.compile("[\ufdd0-\ufdef]|%EF%B7%9[01]")


@pytest.mark.parametrize("name", BOTH)
@settings(max_examples=150, deadline=None)
@given(text=MESSY)
def test_nothing_raises_and_every_finding_has_a_place(name: str, text: str) -> None:
    made, diagnostics = compiled(text, name)
    assert all(found.code in REGISTRY and found.location for found in diagnostics)
    assert render_all(diagnostics).count("[CTX") >= len(diagnostics)
    assert {heading.id for heading in made.headings} <= made.anchors


@pytest.mark.parametrize("name", BOTH)
@settings(max_examples=150, deadline=None)
@given(text=MESSY.filter(lambda text: not TOKENS.search(text)))
def test_no_token_is_left(name: str, text: str) -> None:
    made, _ = compiled(text, name)
    assert not TOKENS.search(written(made.pieces))


@pytest.mark.parametrize("name", BOTH)
@settings(max_examples=100, deadline=None)
@given(text=PLAIN.filter(lambda text: "\r" not in text and not TOKENS.search(text)))
def test_text_without_directives_reaches_the_engine_unchanged(name: str, text: str) -> None:
    source = SourceText("a.md", text)
    flow, diagnostics = scan(source)
    drafts, failed = draft(source, flow, engine(name), ENGLISH)
    assert diagnostics == failed == ()
    assert [part.text for part in drafts.parts] == [text]
    assert drafts.entries == []


@settings(max_examples=200, deadline=None)
@given(text=MESSY)
def test_line_ends_do_not_matter(text: str) -> None:
    unix = text.replace("\r", "")
    first, _ = compiled(unix)
    second, _ = compiled(unix.replace("\n", "\r\n"))
    assert written(first.pieces).replace("\r", "") == written(second.pieces).replace("\r", "")


@settings(max_examples=200, deadline=None)
@given(text=MESSY)
def test_every_finding_is_told_once(text: str) -> None:
    _, diagnostics = compiled(text)
    assert len(set(diagnostics)) == len(diagnostics)


@settings(max_examples=200, deadline=None)
@given(text=MESSY)
def test_ids_are_unique_in_every_composition(text: str) -> None:
    made, diagnostics = compiled(text)
    if any(found.code == "CTX170" for found in diagnostics):
        return
    for composition in compositions(made.pieces):
        ids = re.findall(r'<h[1-6] id="([^"]*)"', composition)
        assert len(ids) == len(set(ids))


def compositions(pieces: tuple[Piece, ...]) -> list[str]:
    """Return the page with its defaults, and with each block's alternatives in turn."""

    def compose(pieces: tuple[Piece, ...], choice: int) -> str:
        texts = []
        for piece in pieces:
            if isinstance(piece, Vary):
                bodies = (piece.default, *(branch.body for branch in piece.alternatives))
                texts.append(compose(bodies[min(choice, len(bodies) - 1)], choice))
            elif isinstance(piece, Component):
                texts.append(compose(piece.body, choice))
            else:
                texts.append(written([piece]))
        return "".join(texts)

    return [compose(pieces, choice) for choice in range(3)]


NAMES = st.sampled_from(["note", "tip", "card"])
WORDS = st.text("abc äß.,", min_size=1, max_size=12).map(lambda text: text.strip() or "x")
LEAVES = st.one_of(WORDS, st.just("[[data: a.b]]"), st.just("[[vary: x | night: y]]"))


def blocks(children: st.SearchStrategy[list[object]]) -> st.SearchStrategy[object]:
    component = st.tuples(st.just("component"), NAMES, children)
    vary = st.tuples(st.just("vary"), children, st.lists(children, min_size=1, max_size=3))
    return st.one_of(component, vary)


TREES: st.SearchStrategy[list[object]] = st.recursive(
    st.lists(LEAVES, max_size=3).map(list[object]),
    lambda children: st.lists(st.one_of(LEAVES, blocks(children)), max_size=4),
    max_leaves=12,
)


class Writer:
    """Writes a tree of directives as text, with names that do not repeat."""

    def __init__(self) -> None:
        self.names = 0

    def text(self, tree: list[object]) -> str:
        return "".join(self.block(node) if isinstance(node, tuple) else f"{node}\n\n" for node in tree)

    def block(self, node: tuple) -> str:
        if node[0] == "component":
            return f"::: {node[1]}\n{self.text(node[2])}:::\n"
        self.names += 1
        name = f"b{self.names}"
        branches = "".join(f"::: when {{weekday: mon}}\n{self.text(branch)}" for branch in node[2])
        return f"::: vary {name}\n{self.text(node[1])}{branches}:::\n"


def shape(flow: Flow) -> list[object]:
    """Return what a flow consists of, in the form that `TREES` has."""
    nodes: list[object] = []
    for part in flow.parts:
        if isinstance(part, Prose):
            nodes += ["data" if isinstance(inline, InlineData) else "vary" for inline in part.inlines]
            assert all(len(inline.branches) == 1 for inline in part.inlines if isinstance(inline, InlineVary))
        elif isinstance(part, ComponentBlock):
            nodes.append(("component", part.name, shape(part.body)))
        elif isinstance(part, VaryBlock):
            nodes.append(("vary", shape(part.default), [shape(branch.body) for branch in part.branches]))
    return nodes


def expected(tree: list[object]) -> list[object]:
    nodes: list[object] = []
    for node in tree:
        if isinstance(node, str):
            nodes += [node[2:6]] if node.startswith("[[") else []
        elif isinstance(node, tuple) and node[0] == "component":
            nodes.append(("component", node[1], expected(node[2])))
        elif isinstance(node, tuple):
            nodes.append(("vary", expected(node[1]), [expected(branch) for branch in node[2]]))
    return nodes


@settings(max_examples=200, deadline=None)
@given(tree=TREES)
def test_what_is_written_is_read(tree: list[object]) -> None:
    flow, diagnostics = scan(SourceText("a.md", Writer().text(tree)))
    assert diagnostics == ()
    assert shape(flow) == expected(tree)
