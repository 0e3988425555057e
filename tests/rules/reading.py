"""Rules from text, as tests write them, and the vocabulary they share."""

from __future__ import annotations

import json
from typing import Any

from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.text import render_all
from ctxsite.rules.ast import Condition, Decision
from ctxsite.rules.parse import parse_condition
from ctxsite.rules.vocabulary import Vocabulary, read_vocabulary
from ctxsite.source import SourceText
from ctxsite.syntax.nodes import Mapping, Node
from ctxsite.syntax.yaml import read_yaml

SITE = """\
zone: Europe/Berlin
audiences:
  night: {time: "22:00-05:00"}
  dach: {any: [{country: [DE, AT, CH]}, {language: de}]}
  night-in-dach: {all: [night, dach]}
  quiet: {any: [night, {weekday: sun}, {date: ["12-25", "12-26", "2026-05-14"]}]}
signals:
  segment: {values: [private, business, partner, press], from: ["query:segment", "storage:segment"], remember: 30d}
  country: {from: ["meta:country", "cookie:country"]}
  weather: {type: enum, values: [sun, rain, snow], from: ["cookie:weather"]}
  orders: {type: number, from: ["storage:orders"]}
  member: {type: boolean, from: ["cookie:member"]}
  tags: {type: set, values: [a, b, c], from: ["query:tags"]}
  plan: {type: text, from: ["cookie:plan"]}
"""


def node(text: str) -> Node:
    found, diagnostics = read_yaml(SourceText("rules.yaml", text))
    assert not diagnostics, render_all(diagnostics)
    assert found is not None
    return found


def vocabulary(text: str = SITE) -> tuple[Vocabulary, tuple[Diagnostic, ...]]:
    site = node(text)
    assert isinstance(site, Mapping)
    return read_vocabulary(site.get("signals"), site.get("audiences"), site.get("zone"))


def clean_vocabulary(text: str = SITE) -> Vocabulary:
    read, diagnostics = vocabulary(text)
    assert not diagnostics, render_all(diagnostics)
    return read


VOCABULARY = clean_vocabulary()


def condition(text: str, known: Vocabulary = VOCABULARY) -> Condition:
    read, diagnostics = parse_condition(node(text), known)
    assert read is not None, render_all(diagnostics)
    assert not diagnostics, render_all(diagnostics)
    return read


def decision(branches: list[Any], known: Vocabulary = VOCABULARY, name: str = "") -> Decision:
    """Make a decision of pairs of a name and a condition, the latter as JSON data (YAML reads JSON)."""
    return Decision(name, tuple((branch, condition(json.dumps(when), known)) for branch, when in branches))
