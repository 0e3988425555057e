"""Ids of headings, made from their text, and unique over a page in each of its compositions."""

from __future__ import annotations

from collections.abc import Iterable

from ctxsite.model.slug import slug


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
