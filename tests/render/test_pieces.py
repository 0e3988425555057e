"""Bodies as HTML: data, components, decisions."""

from __future__ import annotations

import pytest

from ctxsite.model.body import Alternative, Component, DataValue, Html, Link, Piece, Vary
from ctxsite.render.pieces import BodyWriter
from ctxsite.rules.ast import Decision
from tests.render.small_sites import condition, page, show, source

SPAN = source("content/a.md").span(0)
DATA = {"text": '<b> & "q"', "number": 12.5, "yes": True, "list": [{"name": "first"}], "zero": 0}


def vary(name: str, default: str, *, inline: bool = False, **branches: str) -> Vary:
    found = tuple(Alternative(branch, condition(branch), (Html(html),), SPAN) for branch, html in branches.items())
    return Vary(name, inline, (Html(default),), found, SPAN)


def writer(slot_line: str | None = "place()") -> BodyWriter:
    return BodyWriter(DATA, lambda component, body: f"<{component.name}>{body}</{component.name}>", slot_line)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("text", "&lt;b&gt; &amp; &quot;q&quot;"),
        ("number", "12.5"),
        ("yes", "true"),
        ("zero", "0"),
        ("list.0.name", "first"),
    ],
)
def test_data_stands_escaped(path: str, expected: str) -> None:
    made = writer()
    assert made.write([Html('<p title="'), DataValue(path, SPAN), Html('">')]) == f'<p title="{expected}">'
    assert made.diagnostics == []


@pytest.mark.parametrize("path", ["none", "list.1", "list.-1", "list.first", "text.0", "number.x", "list", "list.0"])
def test_data_that_is_not_there_is_one_diagnostic(path: str) -> None:
    made = writer()
    assert made.write([DataValue(path, SPAN)]) == ""
    assert len(made.diagnostics) == 1


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        (
            vary("hero", "day", night="moon"),
            (
                '<div data-vary="hero" data-shown="default"><template data-v="night">moon</template>'
                "<script>place()</script><div data-default>day</div></div>"
            ),
        ),
        (
            vary("inline-1", "a", inline=True, x="b", y="c", z="b"),
            (
                '<span data-vary="inline-1" data-shown="default"><template data-v="x z">b</template>'
                '<template data-v="y">c</template><script>place()</script><span data-default>a</span></span>'
            ),
        ),
        # A branch that reads like the default is still a branch: `data-shown` must be able to name it.
        (
            vary("same", "a", x="a"),
            (
                '<div data-vary="same" data-shown="default"><template data-v="x">a</template>'
                "<script>place()</script><div data-default>a</div></div>"
            ),
        ),
    ],
)
def test_a_decision_carries_its_alternatives(piece: Vary, expected: str) -> None:
    made = writer()
    assert made.write([piece]) == expected
    branches = tuple((branch.name, branch.when) for branch in piece.alternatives)
    assert made.decisions == [Decision(piece.name, branches)]


def test_decisions_and_components_nest() -> None:
    inner = vary("inner", "i", x="ix")
    pieces: list[Piece] = [Component("note", None, {}, (Vary("outer", False, (inner,), (), SPAN),), SPAN)]
    made = writer()
    html = made.write(pieces)
    assert html.startswith('<note><div data-vary="outer"')
    assert [decision.name for decision in made.decisions] == ["outer", "inner"]
    assert writer(None).write(pieces) == "<note>i</note>"


def test_a_link_that_nobody_resolved_is_a_fault_of_the_program() -> None:
    with pytest.raises(AssertionError, match="has not been resolved"):
        writer().write([Link("../a.md", False, SPAN)])


def test_a_component_gets_its_argument_parameters_body_and_page() -> None:
    files = {
        "page.html": "{{ page.content }}",
        "components/note.html": (
            "\n<{{ argument }}|{{ params.get('kind') }}|{{ body }}|{{ page.title }}|{{ site.title }}|{{ _('Note') }}>\n"
        ),
    }
    body: list[Piece] = [Component("note", "A & B", {"kind": "x"}, (Html("<p>in</p>"),), SPAN), Html("!")]
    assert show(files, page("a", body=body)) == ("<A &amp; B|x|<p>in</p>|A|Site|Note>!", ())
