"""Diagnostics for a terminal: severity, code, message; the place; the line with a caret; what to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

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


def render_all(diagnostics: Iterable[Diagnostic], *, colour: bool = False, most: int | None = None) -> str:
    """Return all of them, an empty line between two.

    Given `most`, there are no more than so many of one code; of the rest it is said how many there are, and that
    `--verbose` shows them.
    """
    by_code: dict[str, list[Diagnostic]] = {}
    shown: list[str] = []
    for diagnostic in diagnostics:
        same = by_code.setdefault(diagnostic.code, [])
        same.append(diagnostic)
        if most is None or len(same) <= most:
            shown.append(render(diagnostic, colour=colour))
    rest = {code: same[most:] for code, same in by_code.items() if most is not None and len(same) > most}
    return "\n\n".join([*shown, *(_more(code, left, colour) for code, left in rest.items())])


def _more(code: str, left: Sequence[Diagnostic], colour: bool) -> str:
    files = len({diagnostic.location.path for diagnostic in left if diagnostic.location is not None})
    within = f" in {files} files" if files > 1 else ""
    head = _paint(f"{left[0].severity}[{code}]", "1;" + _COLOURS[left[0].severity], colour)
    return f"{head}: {len(left)} more like these{within}\n  {_paint('help', '1', colour)}: `--verbose` shows them"


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Return "2 errors, 1 warning", or an empty text."""
    counts = dict.fromkeys(Severity, 0)
    for diagnostic in diagnostics:
        counts[diagnostic.severity] += 1
    return ", ".join(f"{n} {name}{'' if n == 1 else 's'}" for name, n in counts.items() if n)
