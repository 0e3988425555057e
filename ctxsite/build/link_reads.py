"""What links read of a site, noted while they are followed: each place that was looked at, and all of them where a
suggestion is sought among all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from ctxsite.content.targets import Targets
from ctxsite.model.page import Page
from ctxsite.render.reads import Reads

Key = TypeVar("Key")
Value = TypeVar("Value")
Note = Callable[[Key], None]


def noted(targets: Targets, reads: Reads) -> Targets:
    """Return the same targets, which note what is looked up.

    A page that was found by its source is not noted again when it turns out to be the right one for its key.
    """
    sitemap = targets.sitemap
    last: list[object] = [None]

    def everything() -> None:
        reads.note("addresses")

    def beside(path: str) -> None:
        if not path.endswith(".md"):  # those are documents
            reads.note("beside", path)

    def file(path: str) -> None:
        reads.note("file", path)

    def absent(path: str) -> None:
        reads.note("absent", path)

    def source(path: str) -> None:
        reads.note("source", path)

    def address(path: str) -> None:
        reads.note("address", path)

    def anchors(page: Page) -> None:
        reads.note("anchors", page.key.language, page.key.id)

    return replace(
        targets,
        sitemap=replace(
            sitemap,
            by_source=_Noted(sitemap.by_source, source, everything, last),
            by_key=_NotedPages(sitemap.by_key, lambda key: reads.note("at", key.language, key.id), everything, last),
            by_address=_Noted(sitemap.by_address, address, everything),
        ),
        files=_NotedSet(targets.files, file, everything),
        assets=_Noted(targets.assets, beside, everything),
        absent=_NotedSet(targets.absent, absent, everything),
        read_anchors=anchors,
    )


class _Noted(Mapping[Key, Value]):
    """A mapping that notes its keys when they are asked for; `last`, if given, is what was found last."""

    __slots__ = ("_all", "_last", "_note", "_values")

    def __init__(
        self,
        values: Mapping[Key, Value],
        note: Note[Key],
        everything: Callable[[], None],
        last: list[object] | None = None,
    ) -> None:
        self._values = values
        self._note = note
        self._all = everything
        self._last: list[object] = [None] if last is None else last

    def get(self, key: Key, default: object = None) -> Value | None:  # type: ignore[override]  # as `dict` has it
        """Return a value, noting its key."""
        self._note(key)
        found = self._values.get(key)
        self._last[0] = found
        return default if found is None else found  # type: ignore[return-value]  # what was given as such

    def __getitem__(self, key: Key) -> Value:
        self._note(key)
        return self._values[key]

    def __contains__(self, key: object) -> bool:
        self._note(key)  # type: ignore[arg-type]  # whatever is asked for
        return key in self._values

    def __iter__(self) -> Iterator[Key]:
        self._all()
        return iter(self._values)

    def __len__(self) -> int:
        self._all()
        return len(self._values)


class _NotedPages(_Noted[Key, Value]):
    """Pages by key: one that was found just before is no news."""

    __slots__ = ()

    def get(self, key: Key, default: object = None) -> Value | None:  # type: ignore[override]  # as `dict` has it
        """Return a page, noting its key unless it was found just before."""
        found = self._values.get(key)
        if found is None or found is not self._last[0]:
            self._note(key)
        return default if found is None else found  # type: ignore[return-value]  # what was given as such


class _NotedSet(Collection[str]):
    """A collection that notes what is asked for."""

    __slots__ = ("_all", "_note", "_values")

    def __init__(self, values: Collection[str], note: Note[str], everything: Callable[[], None]) -> None:
        self._values = values
        self._note = note
        self._all = everything

    def __contains__(self, key: object) -> bool:
        self._note(str(key))
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        self._all()
        return iter(self._values)

    def __len__(self) -> int:
        self._all()
        return len(self._values)
