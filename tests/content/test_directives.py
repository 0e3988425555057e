"""Directives, in both engines alike. Pieces are written as `tests.content.written` does it."""

from __future__ import annotations

import re

import pytest

from tests.content.written import BOTH, body, compiled, written

CASES = {
    "a block with an audience and a condition": (
        ("::: vary hero\nGood day.\n::: when evening\nGood *evening*.\n"
        '::: when {any: [{time: "22:00-05:00"}, {weekday: sun}]}\nGood night.\n:::\n'),
        ("((vary hero))<p>Good day.</p> ((when evening))<p>Good <em>evening</em>.</p> "
        "((when when-2))<p>Good night.</p> ((/vary))"),
    ),
    "an empty default": (
        "::: vary hero\n::: when evening\nx\n:::\n",
        "((vary hero))((when evening))<p>x</p> ((/vary))",
    ),
    "a branch ends the paragraph before it": (
        "before\n::: vary a\nb\n::: when night\nc\n:::\nafter\n",
        "<p>before</p> ((vary a))<p>b</p> ((when night))<p>c</p> ((/vary)) <p>after</p>",
    ),
    "a component with everything": (
        '::: card "Two words" href=a.md title="more words"\nx\n:::\n',
        "((card \"Two words\" href='a.md' title='more words')) <p>x</p> ((/card))",
    ),
    "quotes in an argument": (
        '::: note "A \\"quoted\\" \\\\ word"\n:::\n',
        '((note "A "quoted" \\ word")) ((/note))',
    ),
    "no space behind the colons": (":::note\nx\n:::\n", "((note)) <p>x</p> ((/note))"),
    "spaces around": ("  :::   note   \nx\n   :::   \n", "((note)) <p>x</p> ((/note))"),
    "nested by matching": (
        '::: columns\n::: card "A"\na\n:::\n::: card "B"\nb\n:::\n:::\n',
        '((columns)) ((card "A")) <p>a</p> ((/card)) ((card "B")) <p>b</p> ((/card)) ((/columns))',
    ),
    "longer fences": (
        ":::: columns\n::: card\na\n:::\nb\n::::\n",
        "((columns)) ((card)) <p>a</p> ((/card)) <p>b</p> ((/columns))",
    ),
    "a longer end closes": ("::: note\na\n:::::\nb\n", "((note)) <p>a</p> ((/note)) <p>b</p>"),
    "a component in a branch, a block in a component": (
        "::: vary a\n::: note\nx\n:::\n::: when night\n::: tip\n::: vary b\ny\n::: when press\nz\n:::\n:::\n:::\n",
        ("((vary a))((note)) <p>x</p> ((/note)) ((when night))((tip)) ((vary b))<p>y</p> ((when press))<p>z</p> "
        "((/vary)) ((/tip)) ((/vary))"),
    ),
    "code in a body": (
        "::: note\n```\n:::\n```\n:::\n",
        "((note)) <pre><code>::: </code></pre> ((/note))",
    ),
    "inline": (
        "We [[vary: greet | evening: wave to | night: **dream** of]] !\n",
        "<p>We ((inline inline-1))greet((when evening))wave to((when night))<strong>dream</strong> of((/inline)) !</p>",
    ),
    "inline with an empty default": ("a[[vary:|night: b]]c", "<p>a((inline inline-1))((when night))b((/inline))c</p>"),
    "a bar, brackets and code in an alternative": (
        "[[vary: a \\| b | night: `|` [c](d.md) [e]]]",
        "<p>((inline inline-1))a | b((when night))<code>|</code> <a href=\"((link d.md))\">c</a> [e]((/inline))</p>",
    ),
    "an alternative that looks like a block": (
        "x [[vary: # no | night: - no | press: 1. no | evening: > no]]",
        "<p>x ((inline inline-1))# no((when night))- no((when press))1. no((when evening))&gt; no((/inline))</p>",
    ),
    "an inline directive over two lines": (
        "[[vary: a\n| night: b\n]] c",
        "<p>((inline inline-1))a((when night))b((/inline)) c</p>",
    ),
    "inline in inline": (
        "[[vary: a | night: [[vary: b | press: [[data: c.d]]]]]]",
        "<p>((inline inline-1))a((when night))((inline inline-2))b((when press))((data c.d))((/inline))((/inline))</p>",
    ),
    "emphasis around and inside": (
        "*[[vary: a | night: b]]* **[[data: c]]** [[vary: _d_ | night: **e**]]",
        ("<p><em>((inline inline-1))a((when night))b((/inline))</em> <strong>((data c))</strong> "
        "((inline inline-2))<em>d</em>((when night))<strong>e</strong>((/inline))</p>"),
    ),
    "data": ("[[data: a.b_c.0.d-e]] [[data:größe]]", "<p>((data a.b_c.0.d-e)) ((data größe))</p>"),
    "data in a destination": (
        "[a](/x/[[data: b]]?c#d) [e]([[data: f.g]])",
        '<p><a href="/x/((data b))?c#d">a</a> <a href="((data f.g))">e</a></p>',
    ),
    "data in other attributes": ("<b title='a [[data: b]]'>c</b>", "<p><b title='a ((data b))'>c</b></p>"),
    "directives in a table": (
        "| a |\n| --- |\n| [[vary: b | night: c]] [[data: d]] |\n",
        ("<table> <thead> <tr> <th>a</th> </tr> </thead> <tbody> <tr> "
        "<td>((inline inline-1))b((when night))c((/inline)) ((data d))</td> </tr> </tbody> </table>"),
    ),
    "in a raw block": ("<div>\n::: note\nx\n:::\n</div>\n", "<div> ((note)) <p>x</p> ((/note)) </div>"),
    "an open tag in a body swallows nothing": (
        "::: vary a\n<div>\n::: when night\n<p\n:::\n\nb\n",
        None,
    ),
    "Windows line ends": ("a\r\n::: note\r\nb\r\n:::\r\nc\r\n", "<p>a</p> ((note)) <p>b</p> ((/note)) <p>c</p>"),
    "definitions of the page in blocks": (
        "::: note\n[a] and [B C]\n:::\n[a]\n\n[a]: x.md\n[b c]: y.md 'title'\n",
        ('((note)) <p><a href="((link x.md))">a</a> and <a href="((link y.md))" title="title">B C</a></p> ((/note)) '
        '<p><a href="((link x.md))">a</a></p>'),
    ),
    "definitions of a block outside": (
        "[a]\n\n::: note\n[a]: x.md\n:::\n",
        '<p><a href="((link x.md))">a</a></p> ((note)) ((/note))',
    ),
}  # fmt: skip

TEXT = {
    "a fence": "```\n::: note\n[[data: x]] [[vary: a | night: b]]\n```\n",
    "tildes, closed by as many": "~~~~\n~~~\n::: note\n[[data: x]]\n~~~~\n",
    "a fence that is never closed": "```\n::: note\n",
    "a fence in a list": "-   x\n\n    ```\n    ::: note\n    ```\n",
    "indented code": "    ::: note\n    [[data: x]]\n",
    "a code span": "`[[data: x]]` and ``[[vary: ` | night: b]]``\n",
    "a comment": "<!--\n::: note\n[[data: x]] -->\n",
    "a comment that is never closed": "<!--\n::: note\n",
    "a comment in a paragraph": "a <!-- b\n::: note\n[[data: x]] --> c\n",
    "pre": "<pre>\n::: note\n\n[[data: x]]\n</pre>\n",
    "a script": "<script>\n::: note\n[[data: x]]\n</script>\n",
    "in the middle of a line": "a ::: note\n",
    "too deep": "a\n\n     ::: note\n",
    "two colons": ":: note\n",
    "escaped brackets": "\\[[data: x]] \\[[vary: a | night: b]]\n",
    "other double brackets": "[[wiki]] [[vary]] [[ data: x]]\n",
}


def squeezed(text: str) -> str:
    """Make white space that HTML does not show a single space, and none at the ends."""
    text = re.sub(r"\s+", " ", text.replace(" | ", " | ")).strip()
    return re.sub(r"(?<=>)\s*(?=</?(?:thead|tbody|tr|t[dh])\b|</table>)", " ", text)


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("case", CASES)
def test_pieces(case: str, name: str) -> None:
    text, wanted = CASES[case]
    made = squeezed(written(body(text, name).pieces))
    if wanted is None:
        assert made.endswith("((/vary)) <p>b</p>")
    else:
        assert made == wanted


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("case", TEXT)
def test_stays_text(case: str, name: str) -> None:
    made = body(TEXT[case], name)
    html = written(made.pieces)
    assert made.blocks == ()
    assert "((" not in html
    for sign in ("::: note", "[[data: x]]", "[[vary: ", "[[wiki]]"):
        assert html.count(sign) == TEXT[case].count(sign)
    assert not re.search("[\ufdd0-\ufdef]|%EF%B7", html)


def test_in_lists() -> None:
    """Lists in python-markdown want four spaces, so the engines differ in what belongs to an item."""
    text = "- a\n\n    ::: note\n    b\n\n        code\n    :::\n\n- ::: tip\n  c\n  :::\n"
    for name in BOTH:
        made = written(body(text, name).pieces)
        assert squeezed(made).count("<ul>") == 1
        assert "((note))\n<p>b</p>\n<pre><code>code\n</code></pre>\n((/note))" in made
        assert re.search(r"<li>\s*\(\(tip\)\)\n<p>c</p>\n\(\(/tip\)\)\s*</li>", made)


def test_names_of_inline_decisions_leave_out_those_of_blocks() -> None:
    made = body("[[vary: a | night: b]]\n\n::: vary inline-1\n[[vary: c | night: d]]\n::: when press\n:::\n")
    assert [block.name for block in made.blocks] == ["inline-2", "inline-1", "inline-3"]


def test_blocks_are_in_order_outer_ones_first() -> None:
    made = body(
        "::: vary a\n::: vary b\n::: when night\n:::\n::: when night\n::: tip\n[[vary:|night: x]]\n:::\n:::\n"
        "::: vary c\n::: when press\n:::\n"
    )
    assert [block.name for block in made.blocks] == ["a", "b", "inline-1", "c"]
    assert [block.inline for block in made.blocks] == [False, False, True, False]


@pytest.mark.parametrize("name", BOTH)
def test_nothing_is_a_template(name: str) -> None:
    text = "# {{ a }} {% raw %}\n\n{{ b }} {% c %} {#d} {# e #} ${f} <%= g %> {{< h >}}\n\n    {{ i }}\n"
    html = written(body(text, name).pieces)
    for sign in ("{{ a }} {% raw %}", "{{ b }} {% c %} {#d} {# e #} ${f}", "{{&lt; h &gt;}}", "{{ i }}"):
        assert sign in html
    assert written(body("::: note\n{{ x }} {%y%}\n:::\n", name).pieces).count("{{ x }} {%y%}") == 1


def test_spans_count_from_the_top_of_the_file() -> None:
    head = "---\ntitle: x\n---\n"
    text = head + "a [b](c.md)\n\n::: vary d\n::: when night\n[e](f.md)\n:::\n"
    made, diagnostics = compiled(text, start=len(head))
    assert diagnostics == ()
    assert made.blocks[0].span.text() == "::: vary d"
    assert made.blocks[0].span.location().line == 6
    assert made.blocks[0].alternatives[0].span.text() == "night"
    link = next(piece for piece in made.pieces if getattr(piece, "target", "") == "c.md")
    assert getattr(link, "span").location().column == 7  # noqa: B009
