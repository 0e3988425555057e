"""TOML with places."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctxsite.diagnostics import Code, Diagnostic
from ctxsite.diagnostics import codes_site as codes_
from ctxsite.source import SourceText
from ctxsite.syntax.nodes import Mapping, Node, Scalar, Sequence, plain
from ctxsite.syntax.toml import read_toml
from tests.syntax.reading import codes, ids, transcript

EXAMPLE = '''\
# a comment
title = "Hello"   # = another
"quoted \\u00e9 key" = 'x'
'literal' = 5
dotted.a."b c" = 1
multi = """
one "two" \\
three"""""
raw = \'\'\'it's\'\'\'
when = 1979-05-27 07:32:00Z
day = 1979-05-27
numbers = [ 1, 2.5, # inside
  -3_000, ]
inline = { a = [ { b = "x" }, { b = 'y' } ], "c" = true }
empty = []

[table.sub]
key = false

[[list]]
n = 1
[[list]]
n = 2
[list.below]
deep = "z"
[[list.more]]
m = 0xFF
'''


def test_means_what_tomllib_says_with_dates_as_texts() -> None:
    node, found = read_toml(SourceText("a.toml", EXAMPLE))
    assert not found
    assert node is not None
    expected = json.loads(json.dumps(tomllib.loads(EXAMPLE), default=str))
    expected["when"] = "1979-05-27 07:32:00Z"
    assert plain(node) == expected


def check_places(node: Node) -> None:
    """Hold that what stands at each place is what was read from there."""
    if isinstance(node, Sequence):
        for item in node.items:
            check_places(item)
    elif isinstance(node, Mapping):
        for key, entry in node.entries:
            assert tomllib.loads(f"{key.span.text()} = 1") == {key.raw: 1}
            check_places(entry)
    else:
        meant = tomllib.loads(f"v = {node.span.text()}")["v"]
        assert node.raw == node.span.text() if not isinstance(meant, str) else node.value == meant


@pytest.mark.parametrize("before", ["", "+++\n", "\ufeff"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_places(before: str, line_end: str) -> None:
    text = before + EXAMPLE.replace("\n", line_end)
    node, found = read_toml(SourceText("a.toml", text), 0 if before == "\ufeff" else len(before))
    assert not found
    assert node is not None
    check_places(node)


_KEYS = st.text("ab_1 é.\"'\\", min_size=1, max_size=6)
_VALUES = st.recursive(
    st.integers(-(2**60), 2**60) | st.booleans() | st.text("ab#=[]{},.\"'\\é\n ", max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=15,
)


def as_toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {as_toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    return json.dumps(value)


@given(st.dictionaries(_KEYS, _VALUES, min_size=1, max_size=5), st.lists(_KEYS, max_size=3), st.booleans())
def test_any_data_is_read_with_places(data: dict[str, object], header: list[str], array: bool) -> None:
    lines = [f"{json.dumps(key)} = {as_toml(value)}" for key, value in data.items()]
    if header:
        path = ".".join(map(json.dumps, header))
        lines.insert(0, f"[[ {path} ]]" if array else f"[{path}]")
    node, found = read_toml(SourceText("a.toml", "\n".join(lines)))
    assert not found
    assert node is not None
    assert plain(node) == tomllib.loads("\n".join(lines))
    check_places(node)


@given(st.text() | st.text("ab=\"'[]{}.,#\n 1", max_size=40))
def test_no_text_raises(text: str) -> None:
    _, found = read_toml(SourceText("a.toml", text))
    assert all(diagnostic.location is not None for diagnostic in found)


def test_empty_is_none() -> None:
    assert read_toml(SourceText("a.toml", "# nothing\n")) == (None, ())


FAULTS: list[tuple[str, Code]] = [
    ("title = Hello", codes_.TOML_SYNTAX),
    ("title: Hello", codes_.TOML_SYNTAX),
    ('title = "Hello', codes_.TOML_SYNTAX),
    ("tags = [1, 2", codes_.TOML_SYNTAX),
    ("a = 1 b = 2", codes_.TOML_SYNTAX),
    ("date = 2019-15-05", codes_.TOML_SYNTAX),
    ("a = 1\nb = 2\na = 3", codes_.DUPLICATE_KEY),
    ("[a]\n[a]", codes_.DUPLICATE_KEY),
    ("x = {a = 1, a = 2}", codes_.DUPLICATE_KEY),
    ("x = " + "[" * 100 + "]" * 100, codes_.TOO_LARGE),
    ("x = " + "[" * 100_000, codes_.TOO_LARGE),
    ("x = " + "9" * 5000, codes_.TOO_LARGE),
]


def read(text: str) -> tuple[Diagnostic, ...]:
    return read_toml(SourceText("file.toml", text))[1]


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_each_cause_is_told_once(text: str, expected: Code) -> None:
    assert codes(read(text)) == ids([expected])


def test_what_is_said(golden: Callable[[str, str], None]) -> None:
    golden("site/toml.txt", transcript((text for text, _ in FAULTS), read))


def test_a_place_for_each_scalar_kind() -> None:
    node, _ = read_toml(SourceText("a.toml", "a = 07:32:00\nb = inf\nc = 1_0"))
    assert isinstance(node, Mapping)
    scalars = [entry for _, entry in node.entries if isinstance(entry, Scalar)]
    assert [(scalar.value, scalar.raw) for scalar in scalars] == [
        ("07:32:00", "07:32:00"), (float("inf"), "inf"), (10, "1_0"),
    ]  # fmt: skip
