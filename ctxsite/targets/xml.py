"""Text in XML, which forbids some characters even when escaped (XML 1.0, 2.2)."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """Return a text as it can stand in an element, without characters that XML does not have."""
    return escape(_FORBIDDEN.sub("", text))
