"""YAML 1.2 with places: what values mean, where they stand, and what bounds hold."""

from __future__ import annotations

import json
import math

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ctxsite.diagnostics import codes_site
from ctxsite.source import SourceText
from ctxsite.syntax.core_schema import resolve
from ctxsite.syntax.nodes import Mapping, Node, Scalar, Sequence, plain
from ctxsite.syntax.yaml import read_yaml
from ctxsite.syntax.yaml_events import DEEPEST, MOST_EXPANDED
from tests.syntax.reading import codes, value

SCALARS: list[tuple[str, object]] = [
    *((word, word) for word in ("no", "NO", "yes", "on", "off", "y", "n", "True!", "nUll", "tRUE")),
    *((word, word) for word in ("18:00", "1:30:00", "2026-12-24", "2026-12-24T10:00Z", "1_000", "0b11", "1e", ".")),
    *((word, word) for word in ("+", "0x", "0o8", "-0x1", "١٢", "1.2.3", "a b", "=", "Infinity", "NaN", "..", "-")),
    *((word, None) for word in ("~", "null", "Null", "NULL")),
    *((word, True) for word in ("true", "True", "TRUE")),
    *((word, False) for word in ("false", "False", "FALSE")),
    ("0", 0), ("-12", -12), ("+7", 7), ("007", 7), ("0o17", 15), ("0xfF", 255),
    ("1.5", 1.5), ("-.5", -0.5), ("1.", 1.0), ("1e3", 1000.0), ("+1.5E-2", 0.015),
    (".inf", math.inf), ("-.INF", -math.inf), ("+.Inf", math.inf),
]  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), SCALARS)
def test_plain_scalars_follow_the_core_schema(written: str, meant: object) -> None:
    found = resolve(written)
    assert (found, type(found)) == (meant, type(meant))


def test_not_a_number_is_one() -> None:
    assert math.isnan(float(str(resolve(".NaN"))))


DOCUMENTS: list[tuple[str, object]] = [
    ("", None),
    ("# nothing\n", None),
    ("~", None),
    ("text", "text"),
    ("---\na: 1\n...\n", {"a": 1}),
    ("a:\nb: ''", {"a": None, "b": ""}),
    ("2026: x\nno: y\ntrue: z\n~: n\n1.50: f", {"2026": "x", "no": "y", "true": "z", "~": "n", "1.50": "f"}),
    ("'18:00'", "18:00"),
    ("'5'", "5"),
    ('"\\u00e4\\n"', "ä\n"),
    ("a: |\n  x\n  y\nb: >\n  x\n  y\n", {"a": "x\ny\n", "b": "x y\n"}),
    ("- [a, {b: c}]\n- - d", [["a", {"b": "c"}], ["d"]]),
    ("{segment: business}", {"segment": "business"}),
    ("a: &x {n: [1, 2]}\nb: *x\nc: [*x, *x]", {"a": {"n": [1, 2]}, "b": {"n": [1, 2]}, "c": [{"n": [1, 2]}] * 2}),
    ("&k a: 1\nb: *k", {"a": 1, "b": "a"}),
    ("a: ! 5\nb: !!str 5\nc: !!int '5'\nd: !!float 5\ne: !!map {}\nf: !!seq []",
     {"a": "5", "b": "5", "c": 5, "d": 5, "e": {}, "f": []}),
    ("“a”: “b”", {"“a”": "“b”"}),
    ("'<<': x", {"<<": "x"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), DOCUMENTS)
def test_documents(text: str, meant: object) -> None:
    assert value(text) == meant


@pytest.mark.parametrize("text", ["ä: 1\n𝄞: ['x', \"ü\", y]\nlast: z", "a: b\r\n𝄞:\r\n  - c # é\r\n  - 'd'\r\n"])
@pytest.mark.parametrize("before", ["", "\ufeff", "---\n", "é𝄞\r\n"])
def test_places_are_offsets_of_characters_in_the_whole_file(text: str, before: str) -> None:
    source = SourceText("file.md", before + text + "\n---\nbody: [")
    node, found = read_yaml(source, 0 if before == "\ufeff" else len(before), len(before) + len(text))
    assert not found
    assert node is not None
    for scalar in scalars(node):
        assert scalar.span.text().strip("'\"") == scalar.raw


def scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Sequence):
        return [scalar for item in node.items for scalar in scalars(item)]
    return [scalar for key, entry in node.entries for scalar in (key, *scalars(entry))]


def test_an_unbounded_alias_stops_at_a_bound() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 20)]
    node, found = read_yaml(SourceText("bomb.yaml", "\n".join(lines)))
    assert node is None
    assert codes(found) == [codes_site.TOO_LARGE.id]


def test_aliases_below_the_bound_are_whole() -> None:
    count = MOST_EXPANDED // 11
    node, found = read_yaml(SourceText("a.yaml", "a: &a [1,2,3,4,5,6,7,8,9,0]\nb: [" + "*a," * count + "]"))
    assert not found
    assert isinstance(node, Mapping)
    assert plain(node.entries[1][1]) == [[1, 2, 3, 4, 5, 6, 7, 8, 9, 0]] * count


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "? " * 100_000, "&a [" * 1000])
def test_depth_is_bounded(text: str) -> None:
    _, found = read_yaml(SourceText("deep.yaml", text))
    assert codes(found) == [codes_site.TOO_LARGE.id]


def test_the_deepest_that_is_allowed_can_be_read() -> None:
    assert value("[" * DEEPEST + "]" * DEEPEST) is not None


def test_an_endless_number_is_no_number() -> None:
    node, found = read_yaml(SourceText("n.yaml", "n: " + "9" * 5000))
    assert codes(found) == [codes_site.TOO_LARGE.id]
    assert node is not None


# What JSON can say and YAML cannot: some control characters; and a key of more than 1,024 characters.
_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff\u2028\u2029"), max_size=30
)
_NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
_DATA = st.recursive(
    st.none() | st.booleans() | _NUMBERS | _TEXT,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(_TEXT, inner, max_size=5),
    max_leaves=30,
)


@given(_DATA)
def test_json_means_the_same_in_yaml(data: object) -> None:
    assert value(json.dumps(data, ensure_ascii=False)) == data


@given(_DATA, st.booleans())
def test_what_is_dumped_is_read(data: object, flow: bool) -> None:
    text = yaml.dump(data, Dumper=yaml.SafeDumper, allow_unicode=True, default_flow_style=flow, default_style='"')
    assert value(text) == data


@given(st.text() | st.text("abc:#-[]{},'\"|>&*!%@`? \n\t\r~", max_size=60), st.integers(0, 5))
def test_no_text_raises_and_every_place_is_in_it(text: str, start: int) -> None:
    source = SourceText("any.yaml", text)
    node, found = read_yaml(source, start)
    if node is not None:
        assert 0 <= node.span.start <= node.span.end <= len(text)
        plain(node)
    for diagnostic in found:
        assert diagnostic.location is not None
        assert diagnostic.location.line <= text.count("\n") + 1
        assert diagnostic.message


_BITS = ["a", "b:", "c", "'d", '"e', "f", *"-[]{},:#|>&*!?%@`~", "\\x", "{{", "}}", "C:\\d"]


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from(_BITS), max_size=12).map(" ".join),
    st.lists(st.sampled_from(["\n", "\n  ", "\n- ", "\n\t", ""]), max_size=3),
)
def test_broken_yaml_has_an_explanation(line: str, ends: list[str]) -> None:
    _, found = read_yaml(SourceText("any.yaml", "".join(f"k{n}: {line}{end}" for n, end in enumerate([*ends, "\n"]))))
    assert all(diagnostic.message for diagnostic in found)


def test_pure_python_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    for text, meant in DOCUMENTS:
        assert value(text) == meant
    for text in ("a: b: c", "[", "a: *b", "\tx", "'"):
        assert codes(read_yaml(SourceText("x", text))[1]) == [codes_site.YAML_SYNTAX.id]
