"""What does not belong into a text: calls of other tools' templates, and characters that nobody sees.

Bodies are never run through a template engine, so Hugo's `{{< figure >}}` is shown as it stands. Whoever brings
content from elsewhere should know where that happens. In code it is meant, and not reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_foreign import FOREIGN_SYNTAX, INVISIBLE_CHARACTER
from ctxsite.model.body import Component, Html, Piece, Vary
from ctxsite.source import SourceText
from ctxsite.syntax.controls import CONTROL

_SHORTCODE = re.compile(r"\{\{[<%]-?\s*/?\s*([A-Za-z][\w./-]*)[^\n]*?[%>]\}\}")
_CONTROLS = bytes(number for number in range(0x80) if CONTROL.match(chr(number)))
"""The control characters of ASCII; the two others begin with the bytes `ef bf` in UTF-8."""
_CODE = re.compile(r"<(pre|code)\b.*?</\1>", re.DOTALL)


def foreign_syntax(source: SourceText, start: int, pieces: Sequence[Piece]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each shortcode that a reader would see. The body starts at offset `start`."""
    text = source.text
    if "{" not in text or ("{{<" not in text and "{{%" not in text):  # one character is found in no time
        return
    shown = _shortcodes(_CODE.sub("", "".join(_html(pieces))))
    for found in _SHORTCODE.finditer(source.text, start):
        name = found[1]
        if shown.get(name, 0) > 0:
            shown[name] -= 1
            message = f"the shortcode `{name}` means nothing here, and is shown as text"
            hint = f"write a component, `::: {name}`, or keep it as text in backticks"
            yield FOREIGN_SYNTAX.at(source.span(*found.span()), message, help=hint)


def _shortcodes(html: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for found in _SHORTCODE.finditer(unescape(re.sub(r"<[a-z/][^<>]*>", "", html))):
        counts[found[1]] = counts.get(found[1], 0) + 1
    return counts


def _html(pieces: Sequence[Piece]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, Html):
            yield piece.text
        elif isinstance(piece, Component):
            yield from _html(piece.body)
        elif isinstance(piece, Vary):
            for body in (piece.default, *(branch.body for branch in piece.alternatives)):
                yield from _html(body)


def control_characters(source: SourceText, start: int) -> tuple[Diagnostic, ...]:
    """Return a diagnostic for each character that no page and no feed may have."""
    data = source.text.encode("utf-8", "surrogatepass")
    if len(data) == len(data.translate(None, _CONTROLS)) and b"\xef\xbf" not in data:
        return ()  # nearly always, and found out in a fifth of the time
    found = CONTROL.finditer(source.text, start)
    message = "there is a control character U+{:04X} here: it is left out"
    return tuple(
        INVISIBLE_CHARACTER.at(source.span(one.start(), one.end()), message.format(ord(one[0])), help="delete it")
        for one in found
    )
