"""Positioned values: what a YAML or TOML reader found, and where.

Scalars follow YAML 1.2's core schema, so `no`, `on` and `18:00` are strings. Dates stay strings too:
who expects a date parses it, and can point at it when it is none.
"""

from __future__ import annotations

from collections.abc import Iterator

from ctxsite.frozen import dataclass
from ctxsite.source import Span


@dataclass(frozen=True, slots=True, eq=False)
class Scalar:
    """A string, integer, float, boolean or null. `raw` is the text it was written as, quotes removed."""

    value: str | int | float | bool | None
    span: Span
    raw: str


@dataclass(frozen=True, slots=True, eq=False)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Mapping:
    """A mapping with unique string keys, in the order written."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span

    def get(self, key: str) -> Node | None:
        """Return the value under `key`, or None."""
        return next((value for name, value in self.entries if name.value == key), None)

    def key(self, key: str) -> Scalar | None:
        """Return the key's own node (for its span), or None."""
        return next((name for name, _ in self.entries if name.value == key), None)

    def keys(self) -> Iterator[str]:
        """Yield the keys as text."""
        return (str(name.value) for name, _ in self.entries)


Node = Scalar | Sequence | Mapping


def plain(node: Node) -> object:
    """Return the node as plain Python data: dict, list, str, int, float, bool, None."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {str(key.value): plain(value) for key, value in node.entries}


def kind(node: Node) -> str:
    """Return the node's type in words a person uses: "text", "a number", "a list", …"""
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, Mapping):
        return "a mapping"
    if node.value is None:
        return "nothing"
    if isinstance(node.value, bool):
        return "true/false"
    return "text" if isinstance(node.value, str) else "a number"
