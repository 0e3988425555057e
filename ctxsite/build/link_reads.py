"""What links read of a site, noted while they are followed: each place that was looked at, and all of them where a
suggestion is sought among all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

from ctxsite.content.targets import Targets
from ctxsite.model.page import Page, PageKey
from ctxsite.render.reads import Reads

Key = TypeVar("Key")
Value = TypeVar("Value")
Note = Callable[[Key], None]


READ_BY_LINKS = frozenset({"absent", "address", "addresses", "anchors", "at", "beside", "file", "source"})
"""Kinds of facts that are noted here."""


def noted(targets: Targets, reads: Reads) -> Targets:
    """Return the same targets, which note what is looked up."""
    sitemap = targets.sitemap

    everything = partial(reads.note, "addresses")

    def beside(path: str) -> None:
        if not path.endswith(".md"):  # those are documents
            reads.note("beside", path)

    def key(wanted: PageKey) -> None:
        found = sitemap.by_key.get(wanted)
        own = None if found is None or found.key != wanted else sitemap.by_source.get(found.document.path)
        if own is not None and own is found:
            reads.note("source", own.document.path)  # says as much, and has been read by most that ask
        else:
            reads.note("at", wanted.language, wanted.id)

    def anchors(page: Page) -> None:
        reads.note("anchors", page.key.language, page.key.id)

    return replace(
        targets,
        sitemap=replace(
            sitemap,
            by_source=_Noted(sitemap.by_source, partial(reads.note, "source"), everything),
            by_key=_Noted(sitemap.by_key, key, everything),
            by_address=_Noted(sitemap.by_address, partial(reads.note, "address"), everything),
        ),
        files=_NotedSet(targets.files, partial(reads.note, "file"), everything),
        assets=_Noted(targets.assets, beside, everything),
        absent=_NotedSet(targets.absent, partial(reads.note, "absent"), everything),
        read_anchors=anchors,
    )


class _Noted(Mapping[Key, Value]):
    """A mapping that notes its keys when they are asked for."""

    __slots__ = ("_all", "_note", "_values")

    def __init__(self, values: Mapping[Key, Value], note: Note[Key], everything: Callable[[], None]) -> None:
        self._values = values
        self._note = note
        self._all = everything

    def get(self, key: Key, default: object = None) -> Value | None:  # type: ignore[override]  # as `dict` has it
        """Return a value, noting its key."""
        self._note(key)
        found = self._values.get(key)
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
