"""Text with a name, and places in it.

`SourceText` is what a file said; `Span` is a stretch of it, kept by everything that may have to be
explained to a person later. Offsets count code points from the top of the file, front matter included.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import field

from ctxsite.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Location:
    """A place for people: the path, 1-based line and column, and the line's text without its line end.

    `end_column` is exclusive and on the same line: a span over several lines ends at its first line's end.
    """

    path: str
    line: int
    column: int
    end_column: int
    excerpt: str


@dataclass(frozen=True, slots=True, eq=False)
class SourceText:
    """A file's text. `path` is relative to the site's root, with forward slashes.

    A reader may pass only the head of a file (its front matter): positions stay true, memory stays small.
    Two sources are equal only if they are the same object.
    """

    path: str
    text: str
    _starts: list[int] = field(default_factory=list, repr=False)

    def line_starts(self) -> list[int]:
        """Return the offset of each line's first character (computed once)."""
        if not self._starts:
            starts, position = [0], self.text.find("\n") + 1
            while position:
                starts.append(position)
                position = self.text.find("\n", position) + 1
            self._starts.extend(starts)
        return self._starts

    def span(self, start: int, end: int | None = None) -> Span:
        """Return the span `[start, end)`; without `end`, one character."""
        return Span(self, start, start + 1 if end is None else end)

    def locate(self, start: int, end: int) -> Location:
        """Turn offsets into a place for people."""
        starts = self.line_starts()
        start = min(start, len(self.text))
        line = bisect_right(starts, start) - 1
        begin = starts[line]
        stop = starts[line + 1] - 1 if line + 1 < len(starts) else len(self.text)
        excerpt = self.text[begin:stop].rstrip("\r")
        column = start - begin + 1
        end_column = max(column + 1, min(end, stop) - begin + 1)
        return Location(self.path, line + 1, column, end_column, excerpt)


class UnreadText(SourceText):
    """A file's text that `find` reads from its path when somebody asks for it; mostly nobody does."""

    __slots__ = ("_find",)
    _find: Callable[[str], str]

    def __init__(self, path: str, find: Callable[[str], str]) -> None:
        super().__init__(path, "")
        object.__setattr__(self, "_find", find)

    @property
    def text(self) -> str:
        """The file's text, as it is now."""
        text = self._find(self.path)
        object.__setattr__(self, "_find", lambda _: text)
        return text


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """The characters `[start, end)` of a source."""

    source: SourceText
    start: int
    end: int

    def location(self) -> Location:
        """Return this span as a place for people."""
        return self.source.locate(self.start, self.end)

    def text(self) -> str:
        """Return the characters themselves."""
        return self.source.text[self.start : self.end]
