"""What a stage says about its input: one value a cause, with a code and a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from enum import StrEnum

from ctxsite.frozen import dataclass
from ctxsite.source import Location, Span


class Severity(StrEnum):
    """How much it matters: an error stops publishing, a warning does so under `--strict`, a note never."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that belongs to the same cause ("first declared here")."""

    message: str
    location: Location


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One cause, told once. `location` is absent only where no file is at fault."""

    code: str
    severity: Severity
    message: str
    location: Location | None = None
    help: str | None = None
    related: tuple[Related, ...] = ()


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return diagnostics about one file in the order of their places."""
    return tuple(sorted(diagnostics, key=_position))


def _position(diagnostic: Diagnostic) -> tuple[int, int]:
    at = diagnostic.location
    return (0, 0) if at is None else (at.line, at.column)


def _location(place: Span | Location | None) -> Location | None:
    return place.location() if isinstance(place, Span) else place


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of diagnostic: a stable number, a name for people, and an explanation of cause and cure.

    A `lenient` error leaves an output that is well defined, so a site may lower it (`diagnostics:`). What is
    `gathered` is told once a message, at its first place, however many files it concerns.
    """

    id: str
    name: str
    severity: Severity
    explanation: str = field(repr=False)
    lenient: bool = False
    gathered: bool = False

    def at(
        self,
        place: Span | Location | None,
        message: str,
        *,
        help: str | None = None,  # noqa: A002
        related: Iterable[tuple[str, Span | Location]] = (),
    ) -> Diagnostic:
        """Make a diagnostic of this kind. `message` is one sentence without a full stop; `help` the suggestion."""
        others = tuple(Related(text, at) for text, other in related if (at := _location(other)) is not None)
        return Diagnostic(self.id, self.severity, message, _location(place), help, others)


def suggest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word nearest to `word` (letter case aside), or None if none is near."""
    candidates: Sequence[str] = list(known)
    folded = {name.casefold(): name for name in reversed(candidates)}
    if word.casefold() in folded:
        return folded[word.casefold()]
    import difflib  # noqa: PLC0415  (only to explain a mistake)

    near = difflib.get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.6)
    return folded[near[0]] if near else None


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return "did you mean `x`?" for the nearest known word; else a list of what is known, if it is short."""
    candidates = sorted(set(known))
    near = suggest(word, candidates)
    if near is not None:
        return f"did you mean `{near}`?"
    if candidates and len(candidates) <= 8:
        return "known here: " + ", ".join(f"`{name}`" for name in candidates)
    return None
