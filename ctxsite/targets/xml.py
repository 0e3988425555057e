"""Text in XML, which forbids some characters even when escaped (XML 1.0, 2.2).

The standard library's escaping comes with its parsers, whose import takes longer than a feed.
"""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
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


def xml_text(text: str) -> str:
    """Return a text as it can stand in an element, without characters that XML does not have."""
    return escape(_FORBIDDEN.sub("", text))
