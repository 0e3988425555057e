"""Types of values: what a key accepts, in words, as a reader of nodes, and as JSON Schema (2020-12)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from ctxsite.diagnostics import Diagnostic, suggest
from ctxsite.diagnostics.codes_site import INVALID_VALUE, WRONG_TYPE
from ctxsite.frozen import dataclass
from ctxsite.syntax.nodes import Mapping as MappingNode
from ctxsite.syntax.nodes import Node, Scalar, Sequence, kind, plain
from ctxsite.syntax.quoting import quoted

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

Say = list[Diagnostic]
"""Where readers put what they have to say."""

JsonSchema = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Type(Generic[T_co]):
    """A type of values. `words` follow "must be".

    `read` takes a node, what it is in words (`` `draft` ``), and a list for diagnostics. It returns the typed value,
    or None if it is not of this type, and then has said so.
    """

    words: str
    read: Callable[[Node, str, Say], T_co | None]
    schema: JsonSchema


def wrong_type(node: Node, what: str, words: str, help_text: str | None = None) -> Diagnostic:
    """Return the diagnostic that `what` must be `words`, but is something else."""
    return WRONG_TYPE.at(node.span, f"{what} must be {words}, not {kind(node)}", help=help_text)


def _read_text(node: Node, what: str, say: Say) -> str | None:
    if isinstance(node, Scalar):
        if isinstance(node.value, str):
            return node.value.strip()
        if not isinstance(node.value, bool) and node.value is not None:
            return node.raw  # `title: 1984` is a text
        help_text = f"quote it if it is text: `{quoted(node.raw)}`" if node.raw else None
        say.append(wrong_type(node, what, "a text", help_text))
        return None
    say.append(wrong_type(node, what, "a text"))
    return None


TEXT = Type("a text", _read_text, {"type": ["string", "number"]})
"""One text, white space around it removed. Numbers count by what was written."""

_TRUTHS = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


def _read_boolean(node: Node, what: str, say: Say) -> bool | None:
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        return node.value
    meant = _TRUTHS.get(node.raw.casefold(), node.raw.casefold()) if isinstance(node, Scalar) else ""
    help_text = f"write `{meant}`" if meant in {"true", "false"} else None
    say.append(wrong_type(node, what, "true or false", help_text))
    return None


BOOLEAN = Type("true or false", _read_boolean, {"type": "boolean"})


def integer(least: int | None = None, most: int | None = None) -> Type[int]:
    """Return the type of whole numbers in the closed range `[least, most]`; None is no bound."""
    bounds = {"minimum": least, "maximum": most}
    schema = {"type": "integer", **{name: bound for name, bound in bounds.items() if bound is not None}}

    def read(node: Node, what: str, say: Say) -> int | None:
        if not isinstance(node, Scalar) or isinstance(node.value, bool) or not isinstance(node.value, int):
            say.append(wrong_type(node, what, "a whole number"))
            return None
        if least is not None and node.value < least:
            say.append(INVALID_VALUE.at(node.span, f"{what} must be at least {least}"))
            return None
        if most is not None and node.value > most:
            say.append(INVALID_VALUE.at(node.span, f"{what} must be at most {most}"))
            return None
        return node.value

    return Type("a whole number", read, schema)


def one_of(*names: str) -> Type[str]:
    """Return the type of a text that is one of these."""
    words = ", ".join(f"`{name}`" for name in names[:-1]) + f" or `{names[-1]}`"

    def read(node: Node, what: str, say: Say) -> str | None:
        if isinstance(node, Scalar) and node.raw in names:
            return node.raw
        if not isinstance(node, Scalar) or node.value is None:
            say.append(wrong_type(node, what, words))
        else:
            near = suggest(node.raw, names)
            help_text = None if near is None else f"did you mean `{near}`?"
            say.append(INVALID_VALUE.at(node.span, f"{what} must be {words}, not `{node.raw}`", help=help_text))
        return None

    return Type(words, read, {"enum": list(names)})


def list_of(item: Type[T], *, single: bool = True) -> Type[tuple[T, ...]]:
    """Return the type of lists; with `single`, one value counts as a list of one. Faulty items are left out."""
    words = f"a list, each item {item.words}"
    schema: dict[str, object] = {"type": "array", "items": item.schema}

    def read(node: Node, what: str, say: Say) -> tuple[T, ...] | None:
        if isinstance(node, Sequence):
            each_what = f"an item of {what}"
            values = [item.read(each, each_what, say) for each in node.items]
            return tuple([value for value in values if value is not None])
        if not single or isinstance(node, MappingNode):
            say.append(wrong_type(node, what, "a list"))
            return None
        value = item.read(node, what, say)
        return None if value is None else (value,)

    return Type(words, read, {"anyOf": [schema, item.schema]} if single else schema)


def mapping_of(value: Type[T]) -> Type[Mapping[str, T]]:
    """Return the type of mappings from any names to values of one type. Faulty values are left out."""

    def read(node: Node, what: str, say: Say) -> Mapping[str, T] | None:
        if not isinstance(node, MappingNode):
            say.append(wrong_type(node, what, "a mapping"))
            return None
        pairs = ((key.raw, value.read(each, f"`{key.raw}`", say)) for key, each in node.entries)
        return {name: typed for name, typed in pairs if typed is not None}

    return Type("a mapping", read, {"type": "object", "additionalProperties": value.schema})


def _read_free(node: Node, what: str, say: Say) -> Mapping[str, object] | None:
    if not isinstance(node, MappingNode):
        say.append(wrong_type(node, what, "a mapping"))
        return None
    return {key.raw: plain(value) for key, value in node.entries}


FREE = Type("a mapping", _read_free, {"type": "object"})
"""A mapping of anything, as plain data."""


def untouched(schema: JsonSchema) -> Type[Node]:
    """Return the type that gives the node as it is, for what is read by other means."""
    return Type("a value", lambda node, _what, _say: node, schema)
