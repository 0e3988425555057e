"""Diagnostics as data, for editors and other tools."""

from __future__ import annotations

from collections.abc import Iterable

from ctxsite.diagnostics.model import Diagnostic
from ctxsite.source import Location


def _place(location: Location) -> dict[str, object]:
    return {
        "path": location.path,
        "line": location.line,
        "column": location.column,
        "end_column": location.end_column,
        "excerpt": location.excerpt,
    }


def as_data(diagnostic: Diagnostic) -> dict[str, object]:
    """Return one diagnostic as JSON-ready data; absent parts are null or empty, never left out."""
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "location": _place(diagnostic.location) if diagnostic.location else None,
        "help": diagnostic.help,
        "related": [{"message": other.message, "location": _place(other.location)} for other in diagnostic.related],
    }


def all_as_data(diagnostics: Iterable[Diagnostic]) -> list[dict[str, object]]:
    """Return a list of them, in their order."""
    return [as_data(diagnostic) for diagnostic in diagnostics]
