"""Link reference and footnote definitions, visible in every part of a body wherever in it they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field

from ctxsite.frozen import dataclass

_LINK = re.compile(r"^ {0,3}\[(?!\^)((?:[^\[\]\\\n]|\\.)+)\]:[ \t]*\S.*(?:\n[ \t]+[\"'(].*)?$", re.MULTILINE)
_NOTE = re.compile(
    r"^ {0,3}\[\^([^\]\s]+)\]:.*(?:\n(?![ \t]*$| {0,3}\[\^?[^\]\n]+\]:).+|(?:\n[ \t]*)*\n {4}.+)*", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Definitions:
    """Definitions by label, as they were written."""

    links: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    def complete(self, text: str, *, notes: bool = True) -> str:
        """Append to `text` the definitions that it refers to and does not have.

        Definitions that it has win, as the first one does in Markdown.
        """
        if "[" not in text or not (self.links or self.notes):
            return text
        while notes:
            missing = [
                definition
                for label, definition in self.notes.items()
                if f"[^{label}]" in text and f"[^{label}]:" not in text
            ]
            if not missing:
                break
            text = "\n\n".join([text.rstrip("\n"), *missing]) + "\n"
        folded = _fold(text)
        missing = [definition for label, definition in self.links.items() if f"[{label}]" in folded]
        return "\n\n".join([text, "\n".join(missing) + "\n"]) if missing else text


def collect(texts: Iterable[str]) -> Definitions:
    """Find the definitions in the parts of a body; the first of a label counts."""
    links: dict[str, str] = {}
    notes: dict[str, str] = {}
    for text in texts:
        if "]:" not in text:
            continue
        for match in _LINK.finditer(text):
            links.setdefault(_fold(match[1]), match[0].strip())
        for match in _NOTE.finditer(text):
            notes.setdefault(match[1], match[0].strip())
    return Definitions(links, notes)


def _fold(label: str) -> str:
    return " ".join(label.casefold().split())
