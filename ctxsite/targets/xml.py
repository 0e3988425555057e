"""Text in XML (XML 1.0, 2.4). The standard library's escaping comes with its parsers, whose import takes longer."""

from __future__ import annotations

_IN_TEXT = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
_IN_VALUE = {**_IN_TEXT, ord("\n"): "&#10;", ord("\r"): "&#13;", ord("\t"): "&#9;"}


def escape(text: str) -> str:
    """Return a text as character data."""
    return text.translate(_IN_TEXT) if "&" in text or "<" in text or ">" in text else text


def quoteattr(text: str) -> str:
    """Return a text as an attribute's value with its quotes."""
    value = text.translate(_IN_VALUE)
    if '"' not in value:
        return f'"{value}"'
    return f"'{value}'" if "'" not in value else '"' + value.replace('"', "&quot;") + '"'
