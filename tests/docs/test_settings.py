"""docs/settings.md: every key of ctxsite.yaml and of front matter, as the schemas have them; its examples are valid."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ctxsite.config.read import read_settings
from ctxsite.config.schema import json_schema as settings_schema
from ctxsite.content.frontmatter import json_schema as front_matter_schema
from ctxsite.content.frontmatter import read_front_matter
from ctxsite.rules.vocabulary import Vocabulary
from ctxsite.source import SourceText
from tests.docs.keys import READ_DEFAULTS, READ_ELSEWHERE, SHAPES, key_table, schema_keys
from tests.docs.pages import DOCS, ROOT, blocks, parts, text_of

PAGE = DOCS / "settings.md"


@pytest.mark.parametrize("name", SHAPES)
def test_keys(name: str, documented: Callable[[str, str, str], None]) -> None:
    documented("settings.md", name, key_table(SHAPES[name]))


def test_every_key_of_the_schemas_is_there() -> None:
    tables = "".join(parts(text_of(PAGE)).values())
    keys = schema_keys(settings_schema()) | schema_keys(front_matter_schema())
    assert len(keys) > 30
    in_the_text = {"choose"}
    assert {key for key in keys if f"\n| `{key}` |" not in tables} == in_the_text
    assert "`choose`" in text_of(PAGE)


@pytest.mark.parametrize("name", ["inline_limit", "choose"])
def test_what_has_no_effect_yet_is_said(name: str) -> None:
    package = ROOT / "ctxsite"
    texts = [text_of(path) for path in package.rglob("*.py") if path.parent.name != "config"]
    used = any(f"settings.{name}" in text for text in texts)
    assert (f"`{name}` has no effect yet" in text_of(PAGE)) is not used


def test_no_word_stands_for_a_key_that_is_gone() -> None:
    assert set(READ_ELSEWHERE) | set(READ_DEFAULTS) <= {one.name for shape in SHAPES.values() for one in shape.fields}


def test_every_example_of_settings_is_valid() -> None:
    examples = [block for block in blocks(text_of(PAGE), "yaml") if not block.text.startswith("---")]
    assert examples
    for block in examples:
        _, diagnostics = read_settings(SourceText("ctxsite.yaml", block.text))
        assert not diagnostics, (block.line, diagnostics)


def test_every_example_of_front_matter_is_valid() -> None:
    examples = [block for block in blocks(text_of(PAGE)) if block.text.startswith(("---", "+++"))]
    assert examples
    vocabulary = read_settings(SourceText("ctxsite.yaml", "signals: {segment: {values: [business]}}"))[0]
    for block in examples:
        known = vocabulary.vocabulary if vocabulary else Vocabulary()
        _, _, diagnostics = read_front_matter(SourceText("content/page.md", block.text), known)
        assert not diagnostics, (block.line, diagnostics)
