"""Where in a Markdown text a line is code or raw text, so that directives in it are none.

Follows, line by line, what CommonMark says about containers (lists, block quotes), fenced code, comments and
`<pre>`-like HTML; no more of Markdown's block structure than that.
"""

from __future__ import annotations

import re
from enum import Enum

from ctxsite.frozen import dataclass

_QUOTE = 0
"""Stands for a block quote among the containers; a list item is the width of its marker, which is at least 2."""

_QUOTE_MARK = re.compile(r" {0,3}> ?")
_LIST_MARK = re.compile(r"( {0,3}(?:[-+*]|\d{1,9}[.)]))(?:( +)(?=\S)|\s*$)")
_RULE = re.compile(r" {0,3}([-*_])(?: *\1){2,} *$")
_FENCE = re.compile(r" {0,3}(?:(`{3,})[^`]*|(~{3,}).*)$")
_RAW = re.compile(r" {0,3}<(?:(!--)|(?:pre|script|style|textarea)(?=[\s>]|$))", re.IGNORECASE)
_RAW_END = re.compile(r"</(?:pre|script|style|textarea)>", re.IGNORECASE)
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)")
_EMPTY_LINE = re.compile(r"\n[ \t]*\r?\n")


class Role(Enum):
    """What a line can be to the directives' reader."""

    TEXT = 0
    """Ordinary text, where directives stand."""
    START = 1
    """Ordinary text, but a block of its own starts here: no paragraph goes on into it."""
    LITERAL = 2
    """Code, a comment or raw text."""
    BLANK = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line's role, the column at which its content starts, and whether that is inside a block quote.

    `column` is None where the content is indented by four columns or more: code, or a paragraph going on.
    """

    role: Role
    column: int | None
    quoted: bool = False


_LITERAL = Line(Role.LITERAL, None)
_BLANK = Line(Role.BLANK, None)
_PARAGRAPH = Line(Role.TEXT, 0)


class Lines:
    """Reads the lines of one flow in order. `text` is the whole source's, in which comments' ends are looked up."""

    __slots__ = ("_containers", "_fence", "_fence_depth", "_text", "_until")

    def __init__(self, text: str) -> None:
        self._text = text
        self._containers: list[int] = []
        self._fence = ""
        self._fence_depth = 0
        self._until = -1

    def read(self, start: int, end: int, line: str) -> Line:
        """Say what the line `[start, end)` of the source is; `line` is its text with tabs expanded, without indent."""
        if start <= self._until:
            return _LITERAL
        if not self._containers and not self._fence and line[:1].isalpha() and "<!--" not in line:
            return _PARAGRAPH
        blank = not line or line.isspace()
        position, kept = self._match(line, blank)
        if self._fence:
            if kept >= self._fence_depth:
                if _closes(line[position:], self._fence):
                    self._fence = ""
                return _LITERAL
            self._fence = ""
        del self._containers[kept:]
        if blank:
            return _BLANK
        return self._content(start, end, line, position)

    def _content(self, start: int, end: int, line: str, position: int) -> Line:
        """Read what stands behind the containers that go on: containers that start here, and a line of some block."""
        position, opened = self._open(line, position)
        content = line[position:]
        stripped = content.lstrip(" ")
        indent = len(content) - len(stripped)
        if indent >= 4 or not stripped:
            return Line(Role.START if opened else Role.TEXT, None)
        if stripped[0] in "`~" and (fence := _FENCE.match(content)):
            self._fence, self._fence_depth = fence[1] or fence[2], len(self._containers)
            return _LITERAL
        if "<" in stripped:
            if raw := _RAW.match(content):
                self._until = self._raw_end(start, comment=raw[1] is not None)
                return _LITERAL
            self._skip_comment(start, end)
        role = Role.START if opened or stripped[0] == "#" else Role.TEXT
        return Line(role, position + indent, _QUOTE in self._containers)

    def _match(self, line: str, blank: bool) -> tuple[int, int]:
        """Return how far the open containers go on in this line, and how many of them do."""
        position = kept = 0
        for width in self._containers:
            if width == _QUOTE:
                mark = _QUOTE_MARK.match(line, position)
                if mark is None:
                    break
                position = mark.end()
            elif not blank:
                inner = position + width
                if line[position:inner].strip():
                    break
                position = inner
            kept += 1
        return position, kept

    def _open(self, line: str, position: int) -> tuple[int, bool]:
        """Open the containers that start in this line; return where their content starts, and whether there are any."""
        opened = False
        while True:
            if quote := _QUOTE_MARK.match(line, position):
                self._containers.append(_QUOTE)
                position = quote.end()
            elif (mark := _LIST_MARK.match(line, position)) and not _RULE.match(line, position):
                space = len(mark[2] or "")
                width = len(mark[1]) + (space if 1 <= space <= 4 else 1)
                self._containers.append(width)
                position = min(position + width, len(line))
            else:
                return position, opened
            opened = True

    def _raw_end(self, start: int, *, comment: bool) -> int:
        """Return the offset at which the raw text that starts at `start` ends: lines up to the one there are raw."""
        if comment:
            end = self._text.find("-->", start)
        else:
            closing = _RAW_END.search(self._text, start)
            end = closing.start() if closing else -1
        return len(self._text) if end < 0 else end

    def _skip_comment(self, start: int, end: int) -> None:
        """Note a comment that starts within the text `[start, end)` and goes on in the next line of its paragraph."""
        bare = _CODE_SPAN.sub(lambda match: " " * len(match[0]), self._text[start:end])
        begin = bare.rfind("<!--")
        if begin >= 0 and "-->" not in bare[begin:]:
            close = self._text.find("-->", end)
            if close >= 0 and not _EMPTY_LINE.search(self._text, start, close):
                self._until = close


def _closes(content: str, fence: str) -> bool:
    stripped = content.strip()
    indent = len(content) - len(content.lstrip(" "))
    return indent <= 3 and len(stripped) >= len(fence) and not stripped.strip(fence[0])
