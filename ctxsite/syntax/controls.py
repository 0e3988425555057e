"""Control characters that an escape has put into a text (`"\\u0007"`): neither HTML nor XML may have them.

Readers of YAML, TOML and JSON give them as asked. Here they are left out, and told where they are.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_foreign import INVISIBLE_CHARACTER
from ctxsite.source import SourceText, Span
from ctxsite.syntax.nodes import Mapping, Node, Scalar, Sequence

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_ESCAPE = re.compile(r"\\(?:u(?:00[01][0-9A-Fa-f]|007[Ff]|[Ff]{3}[EeFf])|x[01][0-9A-Fa-f]|[0abefv])")


def without_controls(node: Node, say: list[Diagnostic]) -> Node:
    """Return a node whose texts have no control characters; `say` gets a diagnostic for each text that had one."""
    if isinstance(node, Sequence):
        return replace(node, items=tuple(without_controls(item, say) for item in node.items))
    if isinstance(node, Mapping):
        return replace(node, entries=tuple((key, without_controls(value, say)) for key, value in node.entries))
    return _scalar(node, say)


def _scalar(node: Scalar, say: list[Diagnostic]) -> Scalar:
    found = CONTROL.search(node.value) if isinstance(node.value, str) else None
    if found is None:
        return node
    say.append(_told(found[0], node.span))
    return replace(node, value=CONTROL.sub("", str(node.value)), raw=CONTROL.sub("", node.raw))


def clean_data(value: object, source: SourceText, say: list[Diagnostic]) -> object:
    """Return plain data without control characters in its texts, keys included; told once, where the first may be."""
    found: list[str] = []
    cleaned = _cleaned(value, found)
    if found:
        place = _ESCAPE.search(source.text) or CONTROL.search(source.text)
        span = source.span(*place.span()) if place else source.span(0)
        say.append(_told(found[0], span))
    return cleaned


def _cleaned(value: object, found: list[str]) -> object:
    if isinstance(value, str):
        if control := CONTROL.search(value):
            found.append(control[0])
            return CONTROL.sub("", value)
    elif isinstance(value, list):
        return [_cleaned(item, found) for item in value]
    elif isinstance(value, dict):
        return {_cleaned(key, found): _cleaned(item, found) for key, item in value.items()}
    return value


def _told(character: str, place: Span) -> Diagnostic:
    message = f"there is a control character U+{ord(character):04X} here: it is left out"
    return INVISIBLE_CHARACTER.at(place, message, help="delete it")
