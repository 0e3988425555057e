"""Diagnostics for a terminal: severity, code, message; the place; the line with a caret; what to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from ctxsite.diagnostics.model import Diagnostic, Severity
from ctxsite.source import Location

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_TAB_WIDTH = 4
_WIDEST = 160


def _paint(text: str, style: str, colour: bool) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if colour else text


def _width(text: str) -> int:
    """Return how many terminal cells `text` takes (UAX #11: wide and fullwidth characters take two)."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def _printable(text: str) -> str:
    return "".join(
        " " * _TAB_WIDTH if char == "\t" else char if char.isprintable() or char == " " else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )


def frame(location: Location) -> list[str]:
    """Return the excerpt and the caret line below it, each behind the line number's gutter.

    A long line is cut around the caret, so that it fits a terminal.
    """
    start, end = location.column - 1, location.end_column - 1
    cut = max(0, start - _WIDEST // 2)
    shown = location.excerpt[cut : cut + _WIDEST]
    lead = _printable(("…" if cut else "") + shown[: start - cut])
    marked = _printable(shown[start - cut : end - cut])
    text = _printable(("…" if cut else "") + shown) + ("…" if cut + _WIDEST < len(location.excerpt) else "")
    gutter = str(location.line)
    caret = " " * _width(lead) + "^" * max(1, _width(marked))
    return [f"  {gutter} | {text}".rstrip(), f"  {' ' * len(gutter)} | {caret}"]


def render(diagnostic: Diagnostic, *, colour: bool = False) -> str:
    """Return one diagnostic as text, several lines, without a final line end."""
    at = diagnostic.location
    head = _paint(f"{diagnostic.severity}[{diagnostic.code}]", "1;" + _COLOURS[diagnostic.severity], colour)
    lines = [f"{head}: {diagnostic.message}"]
    if at is not None:
        lines.append(f"  --> {at.path}:{at.line}:{at.column}")
        if at.excerpt:  # else the file as a whole is meant
            lines += frame(at)
    for other in diagnostic.related:
        lines.append(f"  note: {other.message}: {other.location.path}:{other.location.line}:{other.location.column}")
        lines += frame(other.location)
    if diagnostic.help is not None:
        lines.append(f"  {_paint('help', '1', colour)}: {diagnostic.help}")
    return "\n".join(lines)


def render_all(diagnostics: Iterable[Diagnostic], *, colour: bool = False) -> str:
    """Return all of them, an empty line between two."""
    return "\n\n".join(render(diagnostic, colour=colour) for diagnostic in diagnostics)


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Return "2 errors, 1 warning", or an empty text."""
    counts = dict.fromkeys(Severity, 0)
    for diagnostic in diagnostics:
        counts[diagnostic.severity] += 1
    return ", ".join(f"{n} {name}{'' if n == 1 else 's'}" for name, n in counts.items() if n)
