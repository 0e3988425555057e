"""Tables of contents inside a text, where an engine has a marker for one (`[TOC]`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ctxsite.model.body import Component, Heading, Html, Piece, Vary


def toc_html(headings: Sequence[Heading]) -> str:
    """Return headings as nested lists of links."""
    if not headings:
        return ""
    written: list[str] = ['<div class="toc">\n']
    open_: list[int] = []
    for heading in headings:
        while len(open_) > 1 and heading.level < open_[-1]:
            written.append("</li>\n</ul>\n")
            open_.pop()
        if not open_ or heading.level > open_[-1]:
            written.append("<ul>\n" if not open_ else "\n<ul>\n")
            open_.append(heading.level)
        else:
            written.append("</li>\n")
        written.append(f'<li><a href="#{heading.id}">{heading.html}</a>')
    written.append("</li>\n</ul>\n" * len(open_))
    return "".join(written) + "</div>\n"


def fill_toc(pieces: Iterable[Piece], marker: str, table: str) -> tuple[Piece, ...]:
    """Return the pieces with `table` for `marker`, at every depth."""
    return tuple(_filled(piece, marker, table) for piece in pieces)


def _filled(piece: Piece, marker: str, table: str) -> Piece:
    if isinstance(piece, Html):
        return Html(piece.text.replace(marker, table)) if marker in piece.text else piece
    if isinstance(piece, Component):
        return replace(piece, body=fill_toc(piece.body, marker, table))
    if isinstance(piece, Vary):
        alternatives = tuple(replace(alt, body=fill_toc(alt.body, marker, table)) for alt in piece.alternatives)
        return replace(piece, default=fill_toc(piece.default, marker, table), alternatives=alternatives)
    return piece
