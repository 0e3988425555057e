"""Whom the branches of a block are for: their names and conditions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_content import DUPLICATE_BRANCH
from ctxsite.rules.ast import Condition
from ctxsite.rules.parse import parse_condition
from ctxsite.rules.signals import Vocabulary
from ctxsite.source import Span
from ctxsite.syntax.nodes import Node, Scalar
from ctxsite.syntax.yaml import read_yaml

_AUDIENCE = re.compile(r"[a-z0-9][a-z0-9-]*")


def read_branches(
    places: Iterable[Span], vocabulary: Vocabulary, diagnostics: list[Diagnostic]
) -> list[tuple[str, Condition] | None]:
    """Return name and condition of each branch of a block, given what stands behind `when`; None for a faulty one.

    A branch is named by its audience, or `when-N` by its place among the branches, from 1.
    """
    branches: list[tuple[str, Condition] | None] = []
    first: dict[str, Span] = {}
    for number, place in enumerate(places, 1):
        node = _node(place, diagnostics)
        branch = None
        if node is not None:
            condition, found = parse_condition(node, vocabulary)
            diagnostics += found
            named = isinstance(node, Scalar) and isinstance(node.value, str)
            name = str(node.value) if isinstance(node, Scalar) and named else f"when-{number}"
            if condition is not None:
                branch = (name, condition)
            if first.setdefault(name, place) is not place:
                message = f"this block has a branch for `{name}` already"
                diagnostics.append(DUPLICATE_BRANCH.at(place, message, related=[("the first one", first[name])]))
                branch = None
        branches.append(branch)
    return branches


def _node(place: Span, diagnostics: list[Diagnostic]) -> Node | None:
    """Read a condition's text; a missing one has been reported where it was missed."""
    text = place.text()
    if _AUDIENCE.fullmatch(text):
        return Scalar(text, place, text)
    node, found = read_yaml(place.source, place.start, place.end)
    diagnostics += found
    return node
