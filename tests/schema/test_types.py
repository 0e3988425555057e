"""Types of values: what each accepts, and the words in which it refuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from ctxsite.diagnostics import Code
from ctxsite.diagnostics import codes_site as codes_
from ctxsite.schema.dates import DATE_TIME
from ctxsite.schema.paths import ADDRESS, SLUG, TEMPLATE
from ctxsite.schema.types import BOOLEAN, FREE, TEXT, Say, Type, integer, list_of, mapping_of, one_of
from ctxsite.source import SourceText
from ctxsite.syntax.nodes import Mapping as MappingNode
from ctxsite.syntax.yaml import read_yaml

TYPES: Mapping[str, Type[Any]] = {
    "text": TEXT, "boolean": BOOLEAN, "integer": integer(), "percent": integer(0, 100),
    "colour": one_of("red", "green"),
    "texts": list_of(TEXT), "strict": list_of(TEXT, single=False), "counts": mapping_of(integer()), "free": FREE,
    "date": DATE_TIME, "slug": SLUG, "address": ADDRESS, "template": TEMPLATE,
}  # fmt: skip


def read(type_name: str, written: str) -> tuple[object, Say]:
    node, found = read_yaml(SourceText("a.yaml", f"k: {written}"))
    assert not found
    assert isinstance(node, MappingNode)
    say: Say = []
    return TYPES[type_name].read(node.entries[0][1], "`k`", say), say


GOOD: list[tuple[str, str, object]] = [
    ("text", "Hello", "Hello"),
    ("text", "'  Hello '", "Hello"),
    ("text", "1984", "1984"),
    ("text", "007", "007"),
    ("text", "1.50", "1.50"),
    ("text", "no", "no"),
    ("text", "''", ""),
    ("text", "2026-12-24", "2026-12-24"),
    ("boolean", "true", True),
    ("boolean", "False", False),
    ("integer", "-5", -5),
    ("percent", "100", 100),
    ("colour", "red", "red"),
    ("texts", "[a, 5, ' b ']", ("a", "5", "b")),
    ("texts", "a", ("a",)),
    ("texts", "[]", ()),
    ("strict", "[a]", ("a",)),
    ("counts", "{a: 1, 2026: 2}", {"a": 1, "2026": 2}),
    ("free", "{a: [1, {b: null}], 1: no}", {"a": [1, {"b": None}], "1": "no"}),
    ("slug", "straße-2", "straße-2"),
    ("slug", "2026", "2026"),
    ("slug", "a.b c", "a.b c"),
    ("address", "/", "/"),
    ("address", "/über/uns/", "/über/uns/"),
    ("address", "/old.html", "/old.html"),
    ("template", "landing", "landing"),
    ("template", "blog/post.html", "blog/post.html"),
]


@pytest.mark.parametrize(("type_name", "written", "meant"), GOOD)
def test_accepts(type_name: str, written: str, meant: object) -> None:
    assert read(type_name, written) == (meant, [])


BAD: list[tuple[str, str, Code, str, str | None]] = [
    ("text", "[a]", codes_.WRONG_TYPE, "`k` must be a text, not a list", None),
    ("text", "true", codes_.WRONG_TYPE, "`k` must be a text, not true/false", 'quote it if it is text: `"true"`'),
    ("text", "~", codes_.WRONG_TYPE, "`k` must be a text, not nothing", 'quote it if it is text: `"~"`'),
    ("text", "", codes_.WRONG_TYPE, "`k` must be a text, not nothing", None),
    ("boolean", "yes", codes_.WRONG_TYPE, "`k` must be true or false, not text", "write `true`"),
    ("boolean", "OFF", codes_.WRONG_TYPE, "`k` must be true or false, not text", "write `false`"),
    ("boolean", "'true'", codes_.WRONG_TYPE, "`k` must be true or false, not text", "write `true`"),
    ("boolean", "1", codes_.WRONG_TYPE, "`k` must be true or false, not a number", None),
    ("boolean", "{}", codes_.WRONG_TYPE, "`k` must be true or false, not a mapping", None),
    ("integer", "1.5", codes_.WRONG_TYPE, "`k` must be a whole number, not a number", None),
    ("integer", "true", codes_.WRONG_TYPE, "`k` must be a whole number, not true/false", None),
    ("percent", "-1", codes_.INVALID_VALUE, "`k` must be at least 0", None),
    ("percent", "101", codes_.INVALID_VALUE, "`k` must be at most 100", None),
    ("colour", "gren", codes_.INVALID_VALUE, "`k` must be `red` or `green`, not `gren`", "did you mean `green`?"),
    ("colour", "5", codes_.INVALID_VALUE, "`k` must be `red` or `green`, not `5`", None),
    ("colour", "[red]", codes_.WRONG_TYPE, "`k` must be `red` or `green`, not a list", None),
    ("texts", "{a: b}", codes_.WRONG_TYPE, "`k` must be a list, not a mapping", None),
    ("texts", "[[a]]", codes_.WRONG_TYPE, "an item of `k` must be a text, not a list", None),
    ("strict", "a", codes_.WRONG_TYPE, "`k` must be a list, not text", None),
    ("counts", "[]", codes_.WRONG_TYPE, "`k` must be a mapping, not a list", None),
    ("counts", "{a: x}", codes_.WRONG_TYPE, "`a` must be a whole number, not text", None),
    ("free", "x", codes_.WRONG_TYPE, "`k` must be a mapping, not text", None),
    ("date", "[2026]", codes_.WRONG_TYPE, "`k` must be a date, not a list", None),
    ("date", "2019-02-30", codes_.INVALID_DATE, "`k`: February 2019 has no day 30",
     "write a date as `2026-12-24`, with a time as `2026-12-24T10:00+01:00`"),
    ("date", "20190230", codes_.INVALID_DATE, "`k`: this is not a date",
     "write a date as `2026-12-24`, with a time as `2026-12-24T10:00+01:00`"),
    ("slug", "''", codes_.INVALID_PATH, "`k` is empty", "leave it out to use the file's name"),
    ("slug", "..", codes_.INVALID_PATH, "`k` cannot contain `..`", "addresses stay inside the site"),
    ("slug", "../../etc/passwd", codes_.INVALID_PATH, "`k` cannot contain `..`", "addresses stay inside the site"),
    ("slug", "/a/b", codes_.INVALID_PATH, "`k` is one part of an address and has no slash",
     "to set the whole address, write `url: /a/b/`"),
    ("slug", "~x", codes_.INVALID_PATH, "`k` cannot start with `~`", "such names are reserved for variants"),
    ("slug", "a\\b", codes_.INVALID_PATH, "`k` cannot contain `\\`", None),
    ("slug", "a?b", codes_.INVALID_PATH, "`k` cannot contain `?`", None),
    ("slug", '"a\\tb"', codes_.INVALID_PATH, "`k` cannot contain `U+0009`", None),
    ("slug", "ä" * 128, codes_.INVALID_PATH, "`k` is longer than 255 bytes", None),
    ("address", "about", codes_.INVALID_PATH, "`k` must start with a slash", "write `/about`"),
    ("address", "''", codes_.INVALID_PATH, "`k` must start with a slash", "write `/`"),
    ("address", "https://example.org/a?b", codes_.INVALID_PATH,
     "`k` is an address on this site, without scheme and host", "write `/a`"),
    ("address", "//example.org/", codes_.INVALID_PATH, "`k` has two slashes in a row", "write `/example.org/`"),
    ("address", "/a/../b", codes_.INVALID_PATH, "`k` cannot contain `..`", "addresses stay inside the site"),
    ("address", "/a/~b/", codes_.INVALID_PATH, "`k` cannot start with `~`", "such names are reserved for variants"),
    ("template", "''", codes_.INVALID_PATH, "`k` is empty", "leave it out to use the usual template"),
    ("template", "/x", codes_.INVALID_PATH, "`k` is relative to `templates/`", "write `x`"),
    ("template", "templates/x", codes_.INVALID_PATH, "`k` is relative to `templates/`", "write `x`"),
    ("template", "../x", codes_.INVALID_PATH, "`k` cannot contain `..`", "addresses stay inside the site"),
]  # fmt: skip


@pytest.mark.parametrize(("type_name", "written", "code", "message", "advice"), BAD)
def test_refuses(type_name: str, written: str, code: Code, message: str, advice: str | None) -> None:
    _, say = read(type_name, written)
    assert [(said.code, said.message, said.help) for said in say] == [(code.id, message, advice)]


def test_a_list_keeps_its_good_items() -> None:
    value, say = read("texts", "[a, {}, b, true]")
    assert (value, len(say)) == (("a", "b"), 2)
