"""What the tests of all readers share: inputs in a table, diagnostics as text in a golden file."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ctxsite.diagnostics import Code, Diagnostic
from ctxsite.diagnostics.text import render_all
from ctxsite.source import SourceText
from ctxsite.syntax.nodes import plain
from ctxsite.syntax.yaml import read_yaml


def codes(found: Iterable[Diagnostic]) -> list[str]:
    return [diagnostic.code for diagnostic in found]


def ids(expected: Iterable[Code]) -> list[str]:
    return [code.id for code in expected]


def value(text: str) -> object:
    node, found = read_yaml(SourceText("file.yaml", text))
    assert not found, render_all(found)
    return None if node is None else plain(node)


def transcript(texts: Iterable[str], read: Callable[[str], tuple[Diagnostic, ...]]) -> str:
    """Return all inputs with what is said about each, for a golden file."""
    parts = []
    for text in texts:
        shown = text if len(text) < 200 else text[:200] + "…"
        shown = shown.replace("\t", "→").replace("\x00", "␀")
        parts.append(f"{'#' * 100}\n{shown}\n{'-' * 100}\n{render_all(read(text))}\n")
    return "\n".join(parts)
