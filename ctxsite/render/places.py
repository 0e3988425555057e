"""Places in templates, of which Jinja knows the line only."""

from __future__ import annotations

import re

from ctxsite.source import SourceText, Span


def word_in_line(source: SourceText, line: int, word: str = "") -> Span:
    """Return where `word` stands by itself in a line (counted from 1); where it does not, the line's text."""
    starts = source.line_starts()
    start = starts[min(max(line, 1), len(starts)) - 1]
    end = source.text.find("\n", start)
    text = source.text[start : len(source.text) if end < 0 else end]
    match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) if word else None
    if match:
        return source.span(start + match.start(), start + match.end())
    lead = len(text) - len(text.lstrip())
    return source.span(start + lead, start + max(len(text.rstrip()), lead + 1))
