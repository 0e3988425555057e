"""Ids of headings, made from their text, and unique over a page in each of its compositions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_DROPPED = re.compile(r"[^a-z0-9_\- ]+")
_GAPS = re.compile(r"[ -]+")
_EMPTY = "section"


def slug(text: str) -> str:
    """Return `text` as an id: lower case, letters and digits of any script kept, spaces to `-`, punctuation dropped."""
    text = " ".join(text.lower().split())
    if text.isascii():
        kept = _DROPPED.sub("", text)
    else:
        kept = "".join(char for char in unicodedata.normalize("NFC", text) if _stays(char))
    return _GAPS.sub("-", kept).strip("-") or _EMPTY


def _stays(char: str) -> bool:
    return char in " -_" or unicodedata.category(char)[0] in "LMN"


class Ids:
    """The ids of a page so far. Only `compile` keeps one, and only while it compiles a page.

    `reserved` are ids that authors wrote anywhere on the page: generated ones give way to them.
    """

    __slots__ = ("counts", "reserved", "used")

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self.reserved = frozenset(reserved)
        self.used: set[str] = set()
        self.counts: dict[str, int] = {}

    def claim(self, id_: str) -> bool:
        """Note an id that an author wrote; tell whether it was free."""
        free = id_ not in self.used
        self.used.add(id_)
        return free

    def generate(self, text: str) -> str:
        """Return a new id for a heading's text: its slug, with `-1`, `-2`, … where that is taken."""
        base = id_ = slug(text)
        count = self.counts.get(base, 0)
        while id_ in self.used or id_ in self.reserved:
            count += 1
            id_ = f"{base}-{count}"
        self.counts[base] = count
        self.used.add(id_)
        return id_

    def branch(self) -> Ids:
        """Return a copy for one branch of a block: branches never meet on a page, so they may repeat each other."""
        other = Ids(self.reserved)
        other.used, other.counts = set(self.used), dict(self.counts)
        return other

    def merge(self, branches: Iterable[Ids]) -> None:
        """Take over what branches used, for what follows them."""
        for other in branches:
            self.used |= other.used
            for base, count in other.counts.items():
                self.counts[base] = max(count, self.counts.get(base, 0))

    def all(self) -> frozenset[str]:
        """Return every id so far."""
        return frozenset(self.used)
