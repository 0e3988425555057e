"""The registry: every code of every area, by its number."""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType

from ctxsite.diagnostics.model import Code

_AREAS = (
    "site",
    "files",
    "content",
    "foreign",
    "rules",
    "expectations",
    "decisions",
    "output",
    "addresses",
    "templates",
    "languages",
)


def _gather() -> MappingProxyType[str, Code]:
    found: dict[str, Code] = {}
    for area in _AREAS:
        for value in vars(import_module(f"ctxsite.diagnostics.codes_{area}")).values():
            if isinstance(value, Code) and found.setdefault(value.id, value) is not value:
                raise AssertionError(f"{value.id} is both {found[value.id].name} and {value.name}")
    return MappingProxyType(dict(sorted(found.items())))


REGISTRY = _gather()
"""All codes by id, in order."""
