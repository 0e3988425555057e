"""Front matter: the head of a page's file, between two fences, as typed values with places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ctxsite.content.frontmatter_keys import EXPECT, PAGE, PARAMS, TAGS, VARIANTS
from ctxsite.content.frontmatter_variants import read_expectations, read_variants
from ctxsite.diagnostics import Diagnostic, in_order
from ctxsite.diagnostics.codes_site import FENCE_NOT_CLOSED, FENCE_NOT_FIRST, KEY_AS_PARAM
from ctxsite.model.meta import FrontMatter, Meta
from ctxsite.rules.schema import definitions
from ctxsite.rules.vocabulary import Vocabulary
from ctxsite.schema.shape import Record, document
from ctxsite.schema.types import Say
from ctxsite.source import SourceText
from ctxsite.syntax.controls import without_controls
from ctxsite.syntax.nodes import Node, Scalar, plain
from ctxsite.syntax.toml import read_toml
from ctxsite.syntax.yaml import read_yaml

_NOT_PLAIN = frozenset({VARIANTS.name, EXPECT.name})
_EMPTY = FrontMatter(Meta(), None, (), {})
_LOST = FrontMatter(Meta(), None, (), {}, lost=True)
_OPENING = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*(?:\r?\n|\Z)")
_YAML_END = re.compile(r"\n(?:---|\.\.\.)[ \t]*\r?$\n?", re.MULTILINE)
_TOML_END = re.compile(r"\n\+\+\+[ \t]*\r?$\n?", re.MULTILINE)
"""Closing fences, from the end of the line before: to look for a letter is quicker than to look for lines."""
_LATE = re.compile(r"\ufeff?(?:[ \t]*\r?\n)*[ \t]*(---)[ \t]*\r?\n[A-Za-z_]+:(?:[ \t][^\n]*)?\r?\n")


def read_front_matter(
    source: SourceText, vocabulary: Vocabulary, *, free: bool = False
) -> tuple[FrontMatter, int, tuple[Diagnostic, ...]]:
    """Read a file's front matter; return it, the offset at which the body starts, and what was found wrong.

    With `free`, unknown keys become params. A file without front matter is fine. Spans refer to a source that holds
    only the file's head.
    """
    text = source.text
    opening = _OPENING.match(text)
    if opening is None:
        return _EMPTY, 0, _late(source)
    toml = opening.group(1) == "+++"
    closing = (_TOML_END if toml else _YAML_END).search(text, opening.end() - 1)
    if closing is None:
        mark = opening.group(1)
        head = SourceText(source.path, text[: opening.end()])
        message = f"front matter starts here, but no line `{mark}` ends it"
        problem = FENCE_NOT_CLOSED.at(
            head.span(opening.start(1), opening.end(1)),
            message,
            help=f"write `{mark}` on a line of its own after the last key",
        )
        return _LOST, opening.end(), (problem,)
    head = SourceText(source.path, text[: closing.end()])
    node, problems = (read_toml if toml else read_yaml)(head, opening.end(), closing.start() + 1)
    say = list(problems)
    if node is not None and "\\" in head.text:
        node = without_controls(node, say)
    front = _typed(node, vocabulary, say, free) if node is not None else _EMPTY if not problems else _LOST
    return front, closing.end(), in_order(say)


def _late(source: SourceText) -> tuple[Diagnostic, ...]:
    """Warn about a fence that is not the first line and has keys below it."""
    found = _LATE.match(source.text)
    if found is None:
        return ()
    head = SourceText(source.path, source.text[: found.end()])
    message = "front matter must start on the very first line of the file"
    help_text = "remove what stands before `---`"
    return (FENCE_NOT_FIRST.at(head.span(found.start(1), found.end(1)), message, help=help_text),)


def _typed(node: Node, vocabulary: Vocabulary, say: Say, free: bool) -> FrontMatter:
    others: dict[Scalar, Node] | None = {} if free else None
    record = PAGE.read(node, say, others=others)
    own = {key.raw: plain(value) for key, value in (others or {}).items()}
    say += (KEY_AS_PARAM.at(key.span, f"`{key.raw}` is kept as `params.{key.raw}`") for key in others or ())
    variants, expect = record[VARIANTS], record[EXPECT]
    return FrontMatter(
        _meta(record, own),
        None if variants is None else read_variants(variants, vocabulary, say),
        () if expect is None else read_expectations(expect, say),
        record.keys,
    )


def _meta(record: Record, own: Mapping[str, object]) -> Meta:
    """Return what was given. Keys have the names and the defaults of fields, but for two, which are no plain values."""
    given: dict[str, Any] = {name: value for name, value in record.values.items() if name not in _NOT_PLAIN}
    if TAGS.name in given:
        given[TAGS.name] = tuple([tag for tag in record[TAGS] if tag])
    if own:
        params = record[PARAMS]
        given[PARAMS.name] = {**own, **params}
    return Meta(**given)


def json_schema() -> dict[str, object]:
    """Return the JSON Schema of front matter, for editors."""
    return document(PAGE, "Front matter of a ctxsite page", definitions())
