"""Which audiences conditions name."""

from __future__ import annotations

from collections.abc import Iterator

from ctxsite.rules.ast import All, Any, Audience, Condition, Not


def references(condition: Condition) -> Iterator[str]:
    """Yield the audiences a condition names itself, in order, with repetitions."""
    match condition:
        case Audience(names=names):
            yield from names
        case All(parts=parts) | Any(parts=parts):
            for part in parts:
                yield from references(part)
        case Not(part=part):
            yield from references(part)
