"""Mappings with known keys."""

from __future__ import annotations

import pytest

from ctxsite.diagnostics import codes_site as codes_
from ctxsite.diagnostics import in_order
from ctxsite.schema.shape import Field, Record, Shape, document
from ctxsite.schema.types import BOOLEAN, TEXT, Say, integer, list_of
from ctxsite.source import SourceText
from ctxsite.syntax.yaml import read_yaml

TITLE = Field("title", TEXT, "", "The title.")
COUNT: Field[int | None] = Field("count", integer(), None, "How many.", foreign=("number", "n"))
TAGS: Field[tuple[str, ...]] = Field("tags", list_of(TEXT), (), "Words.")
DONE = Field("done", BOOLEAN, False, "Whether.")
MUST = Field("must", TEXT, "", "Needed.", required=True)
SECRET = (codes_.IDENTITY_KEY, "cannot be said here")

OPEN = Shape("a thing", (TITLE, COUNT, TAGS, DONE), "others go elsewhere", {"secret": SECRET})
STRICT = Shape("a box", (MUST, TITLE))


def read(shape: Shape, text: str) -> tuple[Record, Say]:
    node, found = read_yaml(SourceText("a.yaml", text))
    assert not found
    say: Say = []
    return shape.read(node, say), say


def test_values_are_typed_and_defaults_fill_the_rest() -> None:
    record, say = read(OPEN, "title: x\ntags: a\ndone:\n")
    assert not say
    assert (record[TITLE], record[COUNT], record[TAGS], record[DONE]) == ("x", None, ("a",), False)
    assert list(record.keys) == list(record.nodes) == ["title", "tags"]
    assert record.keys["tags"].text() == "tags"


@pytest.mark.parametrize("text", ["", "~", "{}"])
def test_nothing_is_an_empty_mapping(text: str) -> None:
    record, say = read(OPEN, text)
    assert (say, record[TITLE], list(record.keys)) == ([], "", [])


CASES: list[tuple[Shape, str, str, str, str | None]] = [
    (OPEN, "titel: x", "CTX110", "a thing has no key `titel`", "did you mean `title`? (others go elsewhere)"),
    (OPEN, "Title: x", "CTX110", "a thing has no key `Title`", "did you mean `title`? (others go elsewhere)"),
    (OPEN, "zzz: x", "CTX110", "a thing has no key `zzz`", "others go elsewhere"),
    (STRICT, "must: x\nzzz: y", "CTX110", "a box has no key `zzz`", "known here: `must`, `title`"),
    (OPEN, "number: 5", "CTX113", "`number` is understood as `count`", "write `count`"),
    (OPEN, "secret: 5", "CTX124", "`secret` cannot be said here", None),
    (OPEN, "[a]", "CTX111", "a thing must be a mapping of keys to values, not a list", None),
    (OPEN, "title:x", "CTX111", "a thing must be a mapping of keys to values, not text",
     "put a space after the colon: `title: x`"),
    (STRICT, "title: x", "CTX114", "a box needs a key `must`", None),
    (STRICT, "must:", "CTX114", "a box needs a key `must`", None),
]  # fmt: skip


@pytest.mark.parametrize(("shape", "text", "code", "message", "advice"), CASES)
def test_says(shape: Shape, text: str, code: str, message: str, advice: str | None) -> None:
    _, say = read(shape, text)
    assert [(said.code, said.message, said.help) for said in say] == [(code, message, advice)]


def test_a_foreign_spelling_beside_ours_is_a_duplicate() -> None:
    record, say = read(OPEN, "n: 1\ncount: 2")
    assert record[COUNT] == 1
    assert [said.code for said in say] == ["CTX113", "CTX102"]
    assert say[1].related[0].location.line == 1


def test_a_faulty_value_is_given_but_not_there() -> None:
    record, say = read(OPEN, "count: many")
    assert (len(say), record[COUNT], list(record.keys), list(record.values)) == (1, None, ["count"], [])


def test_in_order_of_place() -> None:
    _, say = read(STRICT, "{title: [], zzz: 1, yyy: 2}")
    ordered = in_order([*reversed(say)])
    assert [said.location.column if said.location else 0 for said in ordered] == [1, 9, 13, 21]


def test_json_schema_says_the_same() -> None:
    assert document(Shape("a thing", (MUST, COUNT, DONE)), "A thing", {"x": {}}) == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A thing",
        "type": "object",
        "properties": {
            "must": {"description": "Needed.", "type": ["string", "number"]},
            "count": {"description": "How many.", "type": "integer"},
            "number": {"description": "Understood as `count`.", "deprecated": True, "type": "integer"},
            "n": {"description": "Understood as `count`.", "deprecated": True, "type": "integer"},
            "done": {"description": "Whether.", "default": False, "type": "boolean"},
        },
        "additionalProperties": False,
        "required": ["must"],
        "$defs": {"x": {}},
    }
