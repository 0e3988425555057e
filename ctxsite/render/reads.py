"""What a rendering reads, noted while it happens, so that the next build can ask whether any of it has changed.

A fact is a kind and what it is about: `("template", "page.html")`, `("page", "de", "tariffs")`. What each is at
present is for the build to say; here it is only noted that it was asked for.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

Fact = tuple[str, ...]

Told = tuple[int, bytes, tuple[Fact, ...]]
"""A process; the numbers that it has for what was read, as an array of `I` has them; and the facts that it has numbered
since it told last, in the order of their numbers."""


class Reads:
    """The facts read since the last `taken`, by numbers. One for each renderer: it renders one page at a time."""

    __slots__ = ("_facts", "_numbers", "_read", "_told")

    def __init__(self) -> None:
        self.number(())

    def number(self, facts: Iterable[Fact]) -> None:
        """Begin anew, with these facts as the numbers from 0 on. Those that are read besides come behind them."""
        self._facts = list(facts)
        self._told = len(self._facts)
        self._numbers = {fact: number for number, fact in enumerate(self._facts)}
        self._read: dict[int, None] = {}

    def note(self, *fact: str) -> None:
        """Note that a fact was read."""
        number = self._numbers.get(fact)
        if number is None:
            number = self._numbers[fact] = len(self._facts)
            self._facts.append(fact)
        self._read[number] = None

    def note_all(self, numbers: Mapping[int, None]) -> None:
        """Note that all facts of these numbers were read."""
        self._read.update(numbers)

    @contextmanager
    def apart(self) -> Iterator[Mapping[int, None]]:
        """Note what is read meanwhile in the mapping that this gives, and not here."""
        outside, self._read = self._read, {}
        try:
            yield self._read
        finally:
            self._read = outside

    def taken(self) -> tuple[int, ...]:
        """Return the numbers of the facts in the order in which they were first read, and take notes anew."""
        numbers = tuple(self._read)
        self._read.clear()
        return numbers

    def told(self, numbers: Iterable[int]) -> Told:
        """Return these numbers for another process, which knows the facts that `number` was given."""
        news = tuple(self._facts[self._told :])
        self._told += len(news)
        return os.getpid(), array("I", numbers).tobytes(), news

    def facts(self, numbers: Iterable[int]) -> tuple[Fact, ...]:
        """Return the facts of these numbers."""
        return tuple([self._facts[number] for number in numbers])


class Unheeded(Reads):
    """For a build that nothing will ask: takes no notes."""

    __slots__ = ()

    def note(self, *fact: str) -> None:
        """Forget it."""

    def note_all(self, numbers: Mapping[int, None]) -> None:
        """Forget them."""


class Watched(dict[str, Any]):
    """A mapping whose keys are facts of a kind each: what a template reads of the settings' or the site's data."""

    __slots__ = ("_about", "_reads")

    def __init__(self, values: dict[str, Any], reads: Reads, *about: str) -> None:
        super().__init__(values)
        self._reads = reads
        self._about = about

    def _all(self) -> None:
        self._reads.note(*self._about)

    def __getitem__(self, key: str) -> Any:
        self._reads.note(*self._about, str(key))
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self._reads.note(*self._about, str(key))
        return super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """Return a value, noting its key."""
        self._reads.note(*self._about, str(key))
        return super().get(key, default)

    def __iter__(self) -> Iterator[str]:
        self._all()
        return super().__iter__()

    def __reversed__(self) -> Iterator[str]:
        self._all()
        return super().__reversed__()

    def __len__(self) -> int:
        self._all()
        return super().__len__()

    def __eq__(self, other: object) -> bool:
        self._all()
        return super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        self._all()
        return super().__ne__(other)

    __hash__ = None

    def __repr__(self) -> str:
        self._all()
        return super().__repr__()

    def __or__(self, other: Any) -> Any:
        self._all()
        return dict(super().items()) | other

    def __ror__(self, other: Any) -> Any:
        self._all()
        return other | dict(super().items())

    def keys(self) -> Any:
        """Return all keys, which reads all."""
        self._all()
        return super().keys()

    def values(self) -> Any:
        """Return all values."""
        self._all()
        return super().values()

    def items(self) -> Any:
        """Return all keys with their values."""
        self._all()
        return super().items()

    def copy(self) -> dict[str, Any]:
        """Return a plain copy."""
        self._all()
        return dict(super().items())
