"""The YAML that nearly all front matter is, read line by line: several times as fast as by events.

That is a mapping of words to plain or quoted scalars on one line, and to lists of those. For every other text, and for
any that is wrong, there is no answer here: `yaml` reads it, and says what is wrong. Both give the same nodes at the
same places (a law in `tests/syntax/test_yaml_plain.py`).
"""

from __future__ import annotations

import re

from ctxsite.source import SourceText, Span
from ctxsite.syntax.core_schema import MOST_DIGITS, resolve, too_long
from ctxsite.syntax.nodes import Mapping, Node, Scalar, Sequence

_ODD = r"\n\t\x85\u2028\u2029\ufeff"
"""Line ends, old ones among them, tabs, and a mark that is no character."""
_FIRST = r"[^\s,\-?:\[\]{}#&*!|>'\"%@`\ufeff]"
_PLAIN = rf"({_FIRST}[^{_ODD}:#]*(?::(?=[^\s])[^{_ODD}:#]*)*)"
_QUOTED = rf"\"([^{_ODD}\"\\]*)\"|'([^{_ODD}']*)'"
_LIST = rf"\[([^{_ODD}\[\]{{}}\"':#&*!|>%@`\\?]*)\]"
_END = r"[ ]*(?:\n+|\Z)"
_ENTRY = re.compile(rf"([A-Za-z_][A-Za-z0-9_-]{{0,63}}):(?:[ ]+(?:{_PLAIN}|{_QUOTED}|{_LIST}))?{_END}")
_ITEM = re.compile(rf"([ ]*)-[ ]+(?:{_PLAIN}|{_QUOTED}){_END}")
_PLAIN_GROUP, _LIST_GROUP = 2, 5


def read_plain(source: SourceText, text: str, shift: int) -> Mapping | None:
    """Read `text`, which stands at offset `shift` of a source, as a mapping; None if it is not of this kind."""
    lines = _Lines(source, text, shift)
    entries: list[tuple[Scalar, Node]] = []
    names: set[str] = set()
    position, length = 0, len(text)
    while position < length:
        found = _ENTRY.match(text, position)
        if found is None or (name := found[1]) in names:
            return None
        names.add(name)
        start, position = shift + position, found.end()
        end = start + len(name)
        value: Node | None
        if found.lastindex == 1:
            value = Scalar(None, Span(source, end + 1, end + 1), "")
            if position < length and text[position] in " -":
                value, position = lines.items(position)
        elif found.lastindex == _LIST_GROUP:
            value = lines.flow(found.start(_LIST_GROUP), found[_LIST_GROUP])
        else:
            value = lines.scalar(found)
        if value is None:
            return None
        entries.append((Scalar(name, Span(source, start, end), name), value))
    return Mapping(tuple(entries), Span(source, shift, shift + length)) if entries else None


class _Lines:
    """What makes nodes of values on a line."""

    __slots__ = ("shift", "source", "text")

    def __init__(self, source: SourceText, text: str, shift: int) -> None:
        self.source = source
        self.text = text
        self.shift = shift

    def scalar(self, found: re.Match[str]) -> Scalar | None:
        """Return the scalar that a line ends with: plain, or in quotes."""
        group = found.lastindex or 0
        if group == _PLAIN_GROUP:
            return self.plain(found.start(group), found[group].rstrip(" "))
        start, end = found.span(group)
        return Scalar(found[group], Span(self.source, self.shift + start - 1, self.shift + end + 1), found[group])

    def plain(self, start: int, raw: str) -> Scalar | None:
        """Return a plain scalar; None for a number of too many digits."""
        start, length = start + self.shift, len(raw)
        if length > MOST_DIGITS and too_long(raw):
            return None
        return Scalar(resolve(raw), Span(self.source, start, start + length), raw)

    def flow(self, start: int, written: str) -> Sequence | None:
        """Return the list that stands between brackets, `start` being behind the first."""
        items: list[Node] = []
        position = start
        for part in written.split(",") if written.strip(" ") else ():
            raw = part.strip(" ")
            item = self.plain(position + part.find(raw), raw) if raw and raw[0] != "-" else None
            if item is None:
                return None
            items.append(item)
            position += len(part) + 1
        end = start + len(written) + 1
        return Sequence(tuple(items), Span(self.source, self.shift + start - 1, self.shift + end))

    def items(self, position: int) -> tuple[Sequence | None, int]:
        """Return the list whose first line begins at `position`, and where the next line after it begins."""
        items: list[Node] = []
        start, indent = None, ""
        while (found := _ITEM.match(self.text, position)) is not None:
            item = self.scalar(found)
            if item is None or (items and found[1] != indent):
                return None, position
            indent = found[1]
            start = found.end(1) if start is None else start
            items.append(item)
            position = found.end()
        if start is None:
            return None, position
        return Sequence(tuple(items), Span(self.source, self.shift + start, self.shift + position)), position
