"""Every way to write YAML wrong that we know: which code, and the whole text of it in a golden file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ctxsite.diagnostics import Code, Diagnostic
from ctxsite.diagnostics import codes_site as codes_
from ctxsite.source import SourceText
from ctxsite.syntax.yaml import read_yaml
from tests.syntax.reading import codes, ids, transcript

SYNTAX = [codes_.YAML_SYNTAX]
FAULTS: list[tuple[str, list[Code]]] = [
    ("title: Hello: world\ndate: 1", SYNTAX),
    ("title: Hello:", SYNTAX),
    ('title: She said "hi": twice # comment', SYNTAX),
    ("tags: [a, b: c: d]", SYNTAX),
    ("title: x\n  date: 5", SYNTAX),
    ("a:\n  b: 1\n c: 2", SYNTAX),
    ("a:\n  - x\n - y", SYNTAX),
    ("a:\n\tb: 1", SYNTAX),
    ("a: 1\n\tb: 1", SYNTAX),
    ('title: "Hello\ndate: 3', SYNTAX),
    ("title: 'Hello", SYNTAX),
    ('title: "Hello\nsub: "World"', SYNTAX),
    ("title: 'It's me'\nb: 1", SYNTAX),
    ('title: "He said "hi""', SYNTAX),
    ("title: 'x' y", SYNTAX),
    ("tags: [a, b\ndate: 3", SYNTAX),
    ("tags: [a, b", SYNTAX),
    ("tags: {a: b\nc: d", SYNTAX),
    ('tags: ["a" "b"]', SYNTAX),
    ("tags: [a, b]]", SYNTAX),
    ("tags: [a, b] c", SYNTAX),
    ("title Hello\ndate: 3", SYNTAX),
    ("date: 3\ntitle Hello\nfoo: 4", SYNTAX),
    ("date: 3\nHello, dear world", SYNTAX),
    ("title:Hello\ndate: 3", SYNTAX),
    ("date: 3\ntitle:Hello\nx: 5", SYNTAX),
    ("tags: - a", SYNTAX),
    ("tags:\n- a\nb", SYNTAX),
    ("- a\nb: 1", SYNTAX),
    ("a: 1\n- b", SYNTAX),
    ('path: "C:\\path"', SYNTAX),
    ('path: "C:\\path\'s"', SYNTAX),
    ('emoji: "\\ud83d\\ude00"', SYNTAX),
    ('x: "\\xZZ"', SYNTAX),
    ("title: *bold*", SYNTAX),
    ("title: *bold", SYNTAX),
    ("a: &bald x\ntitle: *bold", SYNTAX),
    ("a: &a [*a]", SYNTAX),
    ("title: & more", SYNTAX),
    ("title: @home", SYNTAX),
    ("title: `code`", SYNTAX),
    ("title: % off", SYNTAX),
    ("%title: x", SYNTAX),
    ("title: ]", SYNTAX),
    ("title: !e!x y", SYNTAX),
    ("title: >quoted", SYNTAX),
    ("title: | cell", SYNTAX),
    ("title: ? what", SYNTAX),
    ("title: {{ site.title }} and more", SYNTAX),
    ("title: {% now %}", SYNTAX),
    ("a: 1\n...\nb: 2", SYNTAX),
    ("k" * 1100 + ": 1", SYNTAX),
    ("title: {{ site.title }}", [codes_.UNSUPPORTED_YAML]),
    ("a: 1\nb: 2\na: 3", [codes_.DUPLICATE_KEY]),
    ("a: {x: 1, x: 2}\n'a': 3", [codes_.DUPLICATE_KEY, codes_.DUPLICATE_KEY]),
    ("a: &x {k: v}\nb: {<<: *x}", [codes_.UNSUPPORTED_YAML]),
    ("? [a]\n: b", [codes_.UNSUPPORTED_YAML]),
    ("title: !reference x", [codes_.UNSUPPORTED_YAML]),
    ("title: !!python/object:os.system x", [codes_.UNSUPPORTED_YAML]),
    ("n: !!int many", [codes_.UNSUPPORTED_YAML]),
    ("l: !set [a]", [codes_.UNSUPPORTED_YAML]),
    ("a: 1\n---\nb: 2", [codes_.UNSUPPORTED_YAML]),
    ("title: a\x00b", [codes_.CONTROL_CHARACTER]),
]


def read(text: str) -> tuple[Diagnostic, ...]:
    return read_yaml(SourceText("file.yaml", text))[1]


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_each_cause_is_told_once(text: str, expected: list[Code]) -> None:
    assert codes(read(text)) == ids(expected)


def test_the_place_counts_from_the_top_of_the_file() -> None:
    source = SourceText("page.md", "---\ntitle: é: x\n---\n")
    (found,) = read_yaml(source, 4, 16)[1]
    assert found.location is not None
    assert (found.location.line, found.location.column) == (2, 9)


def test_what_is_said(golden: Callable[[str, str], None]) -> None:
    golden("site/yaml.txt", transcript((text for text, _ in FAULTS), read))
