"""Where keys and values stand in a text that is known to be valid TOML 1.0."""

from __future__ import annotations

import re
from typing import NamedTuple

Path = tuple[str | int, ...]
"""Keys and list indexes from the root."""


class Place(NamedTuple):
    """Offsets of a key and of its value, ends exclusive. A list's item has its own value's place for both."""

    key_start: int
    key_end: int
    start: int
    end: int


_GAP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_KEY = re.compile(r"[A-Za-z0-9_-]+|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_SCALAR = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]*"
    r"|[^\s,\]}#]+",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


def places(text: str) -> dict[Path, Place]:
    """Return the places of all keys and values of a valid text, by path."""
    scanner = _Scanner(text)
    scanner.scan()
    return scanner.found


def _key_text(written: str) -> str:
    if written.startswith("'"):
        return written[1:-1]
    if not written.startswith('"'):
        return written
    return _ESCAPE.sub(lambda escape: _escaped(escape[1] or escape[2], escape[3]), written[1:-1])


def _escaped(digits: str | None, letter: str | None) -> str:
    return chr(int(digits, 16)) if digits else _ESCAPES.get(letter or "", letter or "")


class _Scanner:
    def __init__(self, text: str) -> None:
        self.found: dict[Path, Place] = {}
        self._text = text
        self._at = 0
        self._lengths: dict[Path, int] = {}
        """How many tables each `[[array]]` has so far."""

    def scan(self) -> None:
        """Go through the whole text."""
        table: Path = ()
        while self._skip() < len(self._text):
            if self._text.startswith("[", self._at):
                table = self._header()
            else:
                self._pair(table)

    def _skip(self) -> int:
        gap = _GAP.match(self._text, self._at)
        self._at = self._at if gap is None else gap.end()
        return self._at

    def _header(self) -> Path:
        start = self._at
        array = self._text.startswith("[[", start)
        self._at += 2 if array else 1
        self._skip()
        path, at = self._key_path((), through_arrays=not array)
        self._skip()
        self._at += 2 if array else 1
        if array:
            index = self._lengths.get(path, 0)
            self._lengths[path] = index + 1
            self.found.setdefault(path, Place(*at, start, self._at))
            path = (*path, index)
        self.found[path] = Place(*at, start, self._at)
        return path

    def _key_path(self, base: Path, *, through_arrays: bool) -> tuple[Path, tuple[int, int]]:
        """Read a dotted key below `base`; return its path and the place of its last part."""
        path = base
        while True:
            key = _KEY.match(self._text, self._at)
            if key is None:  # not valid TOML: the caller has excluded it
                self._at = len(self._text)
                return path, (self._at, self._at)
            path = (*path, _key_text(key.group()))
            self._at = key.end()
            self.found.setdefault(path, Place(key.start(), key.end(), key.start(), key.end()))
            dot = _DOT.match(self._text, self._at)
            if dot is None:
                break
            path = self._newest(path)
            self._at = dot.end()
        return (self._newest(path) if through_arrays else path), (key.start(), key.end())

    def _newest(self, path: Path) -> Path:
        return (*path, self._lengths[path] - 1) if path in self._lengths else path

    def _pair(self, base: Path) -> None:
        path, at = self._key_path(base, through_arrays=False)
        self._skip()
        self._at += 1  # the equals sign
        self._skip()
        start = self._at
        self._value(path)
        self.found[path] = Place(*at, start, self._at)

    def _value(self, path: Path) -> None:
        opening = self._text[self._at : self._at + 1]
        if opening not in {"[", "{"}:
            scalar = _SCALAR.match(self._text, self._at)
            self._at = len(self._text) if scalar is None else scalar.end()
            return
        self._at += 1
        closing, index = ("]" if opening == "[" else "}"), 0
        while self._skip() < len(self._text) and not self._text.startswith(closing, self._at):
            if opening == "{":
                self._pair(path)
            else:
                start = self._at
                self._value((*path, index))
                self.found[(*path, index)] = Place(start, self._at, start, self._at)
                index += 1
            if self._text.startswith(",", self._skip()):
                self._at += 1
        self._at += 1
