"""Mappings with known keys, described once: read into typed values, and told to editors as JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Any, Generic, TypeVar, cast

from ctxsite.diagnostics import Code, suggest
from ctxsite.diagnostics.codes_site import DUPLICATE_KEY, FOREIGN_KEY, MISSING_KEY, UNKNOWN_KEY
from ctxsite.frozen import dataclass
from ctxsite.schema.types import JsonSchema, Say, Type, wrong_type
from ctxsite.source import Span
from ctxsite.syntax.nodes import Mapping as MappingNode
from ctxsite.syntax.nodes import Node, Scalar

T = TypeVar("T")
R = TypeVar("R")

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """One key: its name, type, value if absent, and a description in Markdown.

    `foreign` are other tools' spellings, which are understood with a note. A `required` key has no default.
    """

    name: str
    type: Type[T]
    default: T
    description: str
    foreign: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping that was read: typed values (`record[FIELD]`), and where keys and values stand, by our spelling.

    `values` holds what was given and valid, `keys` and `nodes` what was given at all.
    """

    values: Mapping[str, object]
    keys: Mapping[str, Span]
    nodes: Mapping[str, Node]

    def __getitem__(self, wanted: Field[T]) -> T:
        return cast(T, self.values[wanted.name]) if wanted.name in self.values else wanted.default


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys of a mapping. `what` is the mapping in words; `advice` follows the hint at an unknown key.

    `refused` are keys that are known, but not allowed here: for each a code and the reason as a sentence.
    """

    what: str
    fields: tuple[Field[Any], ...]
    advice: str | None = None
    refused: Mapping[str, tuple[Code, str]] = field(default_factory=dict)
    _by_name: dict[str, Field[Any]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _required: list[str] = field(init=False, repr=False, compare=False, default_factory=list)

    def __post_init__(self) -> None:
        for one in self.fields:
            self._by_name.update((name, one) for name in (one.name, *one.foreign))
        self._required.extend(one.name for one in self.fields if one.required)

    def read(
        self, node: Node | None, say: Say, place: Span | None = None, others: dict[Scalar, Node] | None = None
    ) -> Record:
        """Read a mapping; None and an empty value are an empty one. A key without a value is not given.

        A missing key is reported at `place`, otherwise at the mapping's start. Unknown keys go into `others` instead
        of being reported, if that is given; ours are then understood in any letter case.
        """
        values: dict[str, object] = {}
        keys: dict[str, Span] = {}
        nodes: dict[str, Node] = {}
        entries: tuple[tuple[Scalar, Node], ...] = ()
        if isinstance(node, MappingNode):
            entries = node.entries
        elif node is not None and not (isinstance(node, Scalar) and node.value is None):
            say.append(wrong_type(node, self.what, "a mapping of keys to values", _space_missing(node)))
            return Record(values, keys, nodes)
        for key, value in entries:
            known = self._find(key, value, say, others)
            if known is None:
                continue
            name = known.name
            if key.raw != name:
                say.append(FOREIGN_KEY.at(key.span, f"`{key.raw}` is understood as `{name}`", help=f"write `{name}`"))
            if name in keys:
                related = [("first given here", keys[name])]
                say.append(DUPLICATE_KEY.at(key.span, f"`{name}` is given twice", help="remove one", related=related))
                continue
            if type(value) is Scalar and value.value is None:
                continue
            keys[name], nodes[name] = key.span, value
            typed = known.type.read(value, f"`{key.raw}`", say)
            if typed is not None:
                values[name] = typed
        if self._required:
            self._miss(node, keys, say, place)
        return Record(values, keys, nodes)

    def _find(self, key: Scalar, value: Node, say: Say, others: dict[Scalar, Node] | None) -> Field[Any] | None:
        """Return what is known of a key; None where that is nothing, and it has been said or put aside."""
        known = self._by_name.get(key.raw)
        if known is None and others is not None:
            known = self._by_name.get(key.raw.lower())
            if known is None:
                others[key] = value
        elif known is None or key.raw in self.refused:
            self._refuse(key, say)
            return None
        return known

    def _refuse(self, key: Scalar, say: Say) -> None:
        if key.raw in self.refused:
            code, reason = self.refused[key.raw]
            say.append(code.at(key.span, f"`{key.raw}` {reason}"))
            return
        known = [one.name for one in self.fields if one.name not in self.refused]
        near = suggest(key.raw, known)
        if near is not None:
            help_text = f"did you mean `{near}`?" + (f" ({self.advice})" if self.advice else "")
        else:
            listed = "known here: " + ", ".join(f"`{name}`" for name in known)
            help_text = self.advice or listed
        say.append(UNKNOWN_KEY.at(key.span, f"{self.what} has no key `{key.raw}`", help=help_text))

    def _miss(self, node: Node | None, keys: Mapping[str, Span], say: Say, place: Span | None) -> None:
        if place is None and node is not None:
            place = node.span.source.span(node.span.start)
        missing = [name for name in self._required if name not in keys]
        say += [MISSING_KEY.at(place, f"{self.what} needs a key `{name}`") for name in missing]

    def json_schema(self) -> dict[str, object]:
        """Return the JSON Schema of such a mapping."""
        properties: dict[str, object] = {}
        for one in self.fields:
            if one.name in self.refused:
                continue
            properties[one.name] = {"description": one.description, **_default(one.default), **one.type.schema}
            for name in one.foreign:
                note = f"Understood as `{one.name}`."
                properties[name] = {"description": note, "deprecated": True, **one.type.schema}
        schema: dict[str, object] = {"type": "object", "properties": properties, "additionalProperties": False}
        return {**schema, "required": [*self._required]} if self._required else schema


def _space_missing(node: Node) -> str | None:
    """Explain a mapping of one line that YAML took for a text: `title:Hello`."""
    found = re.fullmatch(r"([\w-]+):(\S.*)", node.raw) if isinstance(node, Scalar) else None
    return f"put a space after the colon: `{found[1]}: {found[2]}`" if found else None


def _default(value: object) -> JsonSchema:
    """Return the `default` keyword where the default says something."""
    return {"default": value} if isinstance(value, bool | int | str) and value != "" else {}


def document(shape: Shape, title: str, definitions: JsonSchema) -> dict[str, object]:
    """Return the JSON Schema of a whole file; `definitions` are what its parts refer to by `#/$defs/…`."""
    return {"$schema": DIALECT, "title": title, **shape.json_schema(), "$defs": dict(definitions)}
