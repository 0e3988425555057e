"""How a text is written so that YAML reads it as that text: for suggestions."""

from __future__ import annotations

import json


def quoted(text: str) -> str:
    """Return `text` as a quoted YAML scalar, in the kind of quotes that needs the fewest escapes."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False)
