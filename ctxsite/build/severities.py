"""What a build has to say, as its site wants to hear it: severities set, what is told of many files told once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ctxsite.diagnostics import Diagnostic, Severity
from ctxsite.diagnostics.codes import REGISTRY
from ctxsite.diagnostics.model import Related

OFF = "off"


def settled(diagnostics: Iterable[Diagnostic], severities: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics in their order, each once. `severities` are those of the settings, by code."""
    found: dict[Diagnostic, None] = {}
    gathered: dict[tuple[str, str], list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        wanted = severities.get(diagnostic.code)
        if wanted == OFF:
            continue
        shown = replace(diagnostic, severity=Severity(wanted)) if wanted else diagnostic
        if REGISTRY[shown.code].gathered:
            same = gathered.setdefault((shown.code, shown.message), [])
            same.append(shown)
            if len(same) > 1:
                continue
        found[shown] = None
    return tuple(_told_once(one, gathered.get((one.code, one.message), [one])) for one in found)


def _told_once(first: Diagnostic, same: list[Diagnostic]) -> Diagnostic:
    if len(same) < 2:
        return first
    places = {one.location.path: one.location for one in same if one.location is not None}
    more = len(same) - 1
    message = f"{first.message} (and {more} more time{'s' if more > 1 else ''}, in {len(places)} files)"
    others = [place for path, place in places.items() if first.location is None or path != first.location.path]
    return replace(first, message=message, related=tuple(Related("also here", place) for place in others[:2]))
