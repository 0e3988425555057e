"""`diagnostics:`, which gives codes other severities."""

from __future__ import annotations

from collections.abc import Mapping

from ctxsite.diagnostics import Code, Severity, did_you_mean
from ctxsite.diagnostics.codes import REGISTRY
from ctxsite.diagnostics.codes_site import FIXED_SEVERITY, INVALID_VALUE, UNKNOWN_CODE
from ctxsite.schema.types import Say, Type, wrong_type
from ctxsite.syntax.nodes import Mapping as MappingNode
from ctxsite.syntax.nodes import Node, Scalar

OFF = "off"
_RANK = {OFF: 0, Severity.NOTE: 1, Severity.WARNING: 2, Severity.ERROR: 3}


def _read(node: Node, what: str, say: Say) -> Mapping[str, str] | None:
    if not isinstance(node, MappingNode):
        say.append(wrong_type(node, what, "a mapping from codes to severities"))
        return None
    found: dict[str, str] = {}
    for key, value in node.entries:
        code = _code(key, say)
        wanted = value.raw if isinstance(value, Scalar) else ""
        if wanted not in _RANK:
            names = "`error`, `warning`, `note` or `off`"
            say.append(INVALID_VALUE.at(value.span, f"a severity is {names}", help=did_you_mean(wanted, _RANK)))
        elif code is not None and (fault := _refusal(code, wanted)):
            say.append(FIXED_SEVERITY.at(value.span, f"`{code.id}` ({code.name}) {fault[0]}", help=fault[1]))
        elif code is not None:
            found[code.id] = wanted
    return found


def _code(key: Scalar, say: Say) -> Code | None:
    by_name = {code.name: code for code in REGISTRY.values()}
    code = REGISTRY.get(key.raw.upper()) or by_name.get(key.raw)
    if code is None:
        hint = did_you_mean(key.raw, [*by_name, *REGISTRY])
        say.append(UNKNOWN_CODE.at(key.span, f"there is no code `{key.raw}`", help=hint))
    return code


def _refusal(code: Code, wanted: str) -> tuple[str, str | None] | None:
    """Say why a severity cannot be set. Raising is always allowed."""
    if _RANK[wanted] >= _RANK[code.severity] or (code.severity is not Severity.ERROR):
        return None
    if not code.lenient:
        return "is always an error: the output would be wrong", None
    return None if wanted != OFF else ("cannot be switched off", "write `note`")


SEVERITIES: Type[Mapping[str, str]] = Type(
    "a mapping from codes to severities",
    _read,
    {"type": "object", "additionalProperties": {"enum": [str(name) for name in reversed(_RANK)]}},
)
"""Codes or their names, with severities; the result is by code."""
