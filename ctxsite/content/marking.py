"""`source_digest:` in a translation's front matter: of which text it is the translation."""

from __future__ import annotations

import re

KEY = "source_digest"
LENGTH = 16
"""Hexadecimal digits of the source's digest that are kept: enough to tell a text's versions apart."""

_OPENING = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\n")


def fingerprint(digest: str) -> str:
    """Return what a translation keeps of its source's digest (SHA-256, hexadecimal)."""
    return digest[:LENGTH]


def marked(text: str, mark: str) -> str:
    """Return a file's text with `source_digest:` set, everything else as it is.

    Without front matter it gets one. Front matter that nothing ends is left alone.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return f'---\n{KEY}: "{mark}"\n---\n{text}'
    toml = opening[1] == "+++"
    line = f'{KEY} = "{mark}"\n' if toml else f'{KEY}: "{mark}"\n'
    closing = re.compile(r"^\+\+\+[ \t]*$" if toml else r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
    end = closing.search(text, opening.end())
    if end is None:
        return text
    head = text[opening.end() : end.start()]
    written = re.compile(rf"^{KEY}[ \t]*[:=].*\n", re.MULTILINE)
    if written.search(head):
        head = written.sub(lambda _: line, head, count=1)
    elif toml:
        head = line + head  # before the first table
    else:
        head += line
    return text[: opening.end()] + head + text[end.start() :]
