"""YAML 1.2 (core schema) with the place of every value.

libyaml scans and parses; `yaml_events` builds nodes from its events, and `core_schema` decides what a plain scalar
means (YAML 1.2.2, 10.3.2): there are no dates, no base-60 numbers, and `no` is a text. What nearly all front matter is
goes a shorter way, `yaml_plain`, to the same nodes.
"""

from __future__ import annotations

import re
from typing import cast

import yaml

from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_site import CONTROL_CHARACTER, YAML_SYNTAX
from ctxsite.source import SourceText
from ctxsite.syntax.nodes import Node
from ctxsite.syntax.yaml_events import Builder, Events, StopError
from ctxsite.syntax.yaml_faults import Fault, explain
from ctxsite.syntax.yaml_plain import read_plain

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")  # YAML 1.2.2, 5.1


def _open(text: str) -> Events:
    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    return cast(Events, loader(text))


def read_yaml(source: SourceText, start: int = 0, end: int | None = None) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Read the characters `[start, end)` of a source as one YAML document.

    Places are offsets in the whole source. An empty text is None. After a syntax error the node is None; after
    other errors (a duplicate key, a tag) the node holds all that could be understood.
    """
    text = source.text[start:end]
    if text.startswith("\ufeff"):
        text, start = text[1:], start + 1
    if (found := FORBIDDEN.search(text)) is not None:
        name = f"U+{ord(found.group()):04X}"
        place = source.span(start + found.start())
        return None, (CONTROL_CHARACTER.at(place, f"there is a control character {name} here", help="delete it"),)
    return (node, ()) if (node := read_plain(source, text, start)) is not None else read_events(source, text, start)


def read_events(source: SourceText, text: str, start: int) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Read `text`, which stands at offset `start` of a source, by a parser of all of YAML."""
    builder = Builder(source, start)
    try:
        builder.build(_open(text))
    except StopError:
        return None, tuple(builder.diagnostics)
    except yaml.MarkedYAMLError as error:
        last = _syntax_error(source, start, text, error)
        return None, (*(said for said in builder.diagnostics if not _same_place(said, last)), last)
    return builder.root, tuple(builder.diagnostics)


def _same_place(one: Diagnostic, other: Diagnostic) -> bool:
    """Tell whether both were caused by the same characters: then the later one knows more."""
    a, b = one.location, other.location
    return a is not None and b is not None and (a.line, a.column) == (b.line, b.column)


def _syntax_error(source: SourceText, start: int, text: str, error: yaml.MarkedYAMLError) -> Diagnostic:
    at = error.problem_mark.index if error.problem_mark is not None else len(text)
    since = error.context_mark.index if error.context_mark is not None else at
    reason = explain(text, Fault(error.problem or "", min(at, len(text)), min(since, len(text))))
    place = source.span(start + reason.start, start + reason.end)
    related = [] if reason.noticed is None else [("noticed here", source.span(start + reason.noticed))]
    return YAML_SYNTAX.at(place, reason.message, help=reason.help, related=related)
