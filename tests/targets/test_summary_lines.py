"""Lines of the summary changed in their places: few are looked for, of many each is looked at, with the same result."""

from __future__ import annotations

import pytest

from ctxsite.targets import summary_lines
from ctxsite.targets.summary_lines import file_line, file_lines, with_lines

SUMMARY = b'{\n"pages": [\n{"a": 1},\n{"b": 2}\n],\n"artifacts": {\n"a.html": "1",\n"a": "1",\n"b.html": "2"\n}\n}\n'


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, SUMMARY),
        ({'{"a": 1}': '{"a": 3}'}, SUMMARY.replace(b'{"a": 1}', b'{"a": 3}')),
        ({'{"b": 2}': '{"b": 22}', '"a.html": "1"': '"a.html": "x"'}, None),
        (dict([file_lines("b.html", "2", "4")]), SUMMARY.replace(b'html": "2"', b'html": "4"')),
        ({'"a": "1"': '"a": "ä"'}, SUMMARY.replace(b'"a": "1"', '"a": "ä"'.encode())),
        ({'"a": 1}': "part of a line"}, b""),
        ({'"a.html": "2"': "no line"}, b""),
        ({'{"a": 1': "the beginning of a line"}, b""),
    ],
)
def test_lines_in_their_places(changes: dict[str, str], wanted: bytes | None, monkeypatch: pytest.MonkeyPatch) -> None:
    found = with_lines(SUMMARY, changes)
    monkeypatch.setattr(summary_lines, "_FEW", -1)
    assert found == with_lines(SUMMARY, changes)
    if wanted is None:
        wanted = SUMMARY.replace(b'{"b": 2}', b'{"b": 22}').replace(b'"a.html": "1"', b'"a.html": "x"')
    assert found == (wanted or None)


@pytest.mark.parametrize("few", [-1, 8])
def test_a_line_that_is_there_twice(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summary_lines, "_FEW", few)
    assert with_lines(b"{\na,\na\n}", {"a": "b"}) is None


def test_both_lines_of_a_file() -> None:
    assert file_lines('ä"', "1", "2") == (file_line('ä"', "1"), file_line('ä"', "2"))
