"""Data files by their ending."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctxsite.diagnostics import Code, Diagnostic
from ctxsite.diagnostics import codes_site as codes_
from ctxsite.source import SourceText
from ctxsite.syntax.data import read_data
from tests.syntax.reading import codes, ids, transcript

GOOD: list[tuple[str, str, object]] = [
    ("a.yaml", "a: [1, no]", {"a": [1, "no"]}),
    ("a.yml", "", None),
    ("a.JSON", '\ufeff{"a": [1, null, "\\ud83d\\ude00"]}', {"a": [1, None, "😀"]}),
    ("a.toml", "a = 2026-01-01\n[b]\nc = 1.5", {"a": "2026-01-01", "b": {"c": 1.5}}),
    ("a.toml", "", {}),
    ("a.csv", "name,price\nGas,9.5\n\"a, b\",\"say \"\"x\"\"\"\n\n", [
        {"name": "Gas", "price": "9.5"}, {"name": "a, b", "price": 'say "x"'},
    ]),
    ("a.csv", "\ufeffname;price\r\nGas;9,50\r\n", [{"name": "Gas", "price": "9,50"}]),
    ("a.csv", "name\ttext\nx\t\"two\nlines\u2028\"\n", [{"name": "x", "text": "two\nlines\u2028"}]),
    ("a.csv", "name,price\n", []),
    ("a.csv", "", []),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text", "meant"), GOOD)
def test_reads_plain_data(path: str, text: str, meant: object) -> None:
    assert read_data(SourceText(path, text)) == (meant, ())


FAULTS: list[tuple[str, str, list[Code]]] = [
    ("a.xml", "<a/>", [codes_.DATA_SYNTAX]),
    ("none", "x", [codes_.DATA_SYNTAX]),
    ("a.yaml", "a: b: c", [codes_.YAML_SYNTAX]),
    ("a.toml", "a = b", [codes_.TOML_SYNTAX]),
    ("a.json", '{"a": 1,}', [codes_.DATA_SYNTAX]),
    ("a.json", '{"a": 1,\n "b": [1, 2,]}', [codes_.DATA_SYNTAX]),
    ("a.json", "{'a': 1}", [codes_.DATA_SYNTAX]),
    ("a.json", '{"a": 1 // one\n}', [codes_.DATA_SYNTAX]),
    ("a.json", "", [codes_.DATA_SYNTAX]),
    ("a.json", '{"a": NaN}', [codes_.DATA_SYNTAX]),
    ("a.json", '{"a": 1,\n "a": 2}', [codes_.DUPLICATE_KEY]),
    ("a.json", "[" * 100_000, [codes_.TOO_LARGE]),
    ("a.json", "9" * 5000, [codes_.TOO_LARGE]),
    ("a.csv", "a,b\n1,2\n1,2,3\n4\n", [codes_.DATA_SYNTAX, codes_.DATA_SYNTAX]),
    ("a.csv", "a,,c\n1,2,3\n", [codes_.DATA_SYNTAX]),
    ("a.csv", "a,b,a\n1,2,3\n", [codes_.DUPLICATE_KEY]),
    ("a.csv", 'a,b\n1,"two\n3,4\n', [codes_.DATA_SYNTAX]),
    ("a.csv", 'a,b\n1,"two" x\n', [codes_.DATA_SYNTAX]),
]


def read(path: str, text: str) -> tuple[Diagnostic, ...]:
    value, found = read_data(SourceText(path, text))
    assert value is None
    return found


@pytest.mark.parametrize(("path", "text", "expected"), FAULTS)
def test_each_cause_is_told_once(path: str, text: str, expected: list[Code]) -> None:
    assert codes(read(path, text)) == ids(expected)


def test_what_is_said(golden: Callable[[str, str], None]) -> None:
    faults = (f"{path}\n{text}" for path, text, _ in FAULTS)
    golden("site/data.txt", transcript(faults, lambda fault: read(*fault.split("\n", 1))))


@pytest.mark.parametrize("path", ["a.yaml", "a.json", "a.toml", "a.csv"])
@given(text=st.text())
def test_no_text_raises(path: str, text: str) -> None:
    for diagnostic in read_data(SourceText(path, text))[1]:
        assert diagnostic.location is not None


_NONE = "\ufffe\uffff"  # not characters
_PLAIN = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=_NONE)
_CELLS = st.text(_PLAIN, min_size=1, max_size=8)
_NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=f";\ufeff{_NONE}"), min_size=1, max_size=8
)


@given(st.lists(_NAMES.map(str.strip).filter(bool), min_size=2, max_size=4, unique=True), st.data())
def test_what_csv_writes_is_read(header: list[str], data: st.DataObject) -> None:
    row = st.lists(_CELLS, min_size=len(header), max_size=len(header)).filter(lambda cells: any(map(str.strip, cells)))
    rows = data.draw(st.lists(row, max_size=4))
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    value, found = read_data(SourceText("a.csv", out.getvalue()))
    assert (value, found) == ([dict(zip(header, cells, strict=True)) for cells in rows], ())


_TEXTS = st.text(_PLAIN | st.sampled_from("\n\t\r\x85"))


@given(st.recursive(st.none() | st.booleans() | st.integers() | _TEXTS, st.lists, max_leaves=10))
def test_json_is_json(data: object) -> None:
    assert read_data(SourceText("a.json", json.dumps(data))) == (data, ())


@pytest.mark.parametrize("written", [r'["\u0007a", {"b\b": "\u001b"}]', '["\x07a", {"b": "\x1b"}]'])
@pytest.mark.parametrize("path", ["a.json", "a.yaml"])
def test_control_characters_are_left_out_and_told(path: str, written: str) -> None:
    value, found = read_data(SourceText(path, written))
    if "\\" in written:
        assert value == ["a", {"b": ""}]
        assert [diagnostic.code for diagnostic in found] == ["CTX181"]
    else:
        assert value is None, "neither JSON nor YAML has them unescaped"
