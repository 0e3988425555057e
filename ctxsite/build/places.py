"""Where a site's files are, for those who watch them: folders to listen at, or stamps of all files to compare.

Only names, sizes and times are looked at. Links are followed as when a site is read (`build/load`): those that stay
inside, each folder once.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ctxsite.build.load import CONFIG, FOLDERS, ignored

Identity = tuple[int, int]
"""A folder's device and inode: one that was removed and made again is another."""

FileStamp = tuple[int, int, int]
"""Size, time of change (nanoseconds) and inode."""


def folders(root: Path, others: Iterable[Path]) -> dict[str, tuple[bool, Identity]]:
    """Return the real folders to listen at, each with whether that includes what is below it.

    They are the site's own, where links from there lead, and `others`. Where the site's folder is missing, it is the
    nearest one above, in which it may appear.
    """
    top = os.path.realpath(root)
    while not os.path.isdir(top) and top != os.path.dirname(top):
        top = os.path.dirname(top)
    found: dict[str, bool] = {top: False}
    real = os.path.realpath(root)
    starts = [os.path.join(real, name) for name in (*FOLDERS, "themes")] if top == real else []
    for start in (*starts, *map(str, others)):
        target = os.path.realpath(start)
        if os.path.isdir(target):
            found[target] = True
    for link in _links(starts):
        target = os.path.realpath(link)
        inside = target.startswith(real + os.sep)
        if inside and not _below(target, found):
            folder = target if os.path.isdir(target) else os.path.dirname(target)
            found.setdefault(folder, folder == target)
    kept = {folder: deep for folder, deep in found.items() if not _below(os.path.dirname(folder), found)}
    return {folder: (deep, known) for folder, deep in kept.items() if (known := identity(folder))}


def _below(path: str, found: dict[str, bool]) -> bool:
    """Tell whether a folder that is listened at deeply includes this path."""
    return any(deep and (path == folder or path.startswith(folder + os.sep)) for folder, deep in found.items())


def identity(folder: str) -> Identity | None:
    """Return what tells a folder from another of the same name; None if there is none."""
    try:
        state = os.stat(folder)
    except OSError:
        return None
    return state.st_dev, state.st_ino


def _links(starts: Iterable[str]) -> Iterator[str]:
    """Yield all symbolic links below some folders, and those of them that are links."""
    pending = []
    for start in starts:
        if os.path.islink(start):
            yield start
        else:
            pending.append(start)
    while pending:
        for entry in _entries(pending.pop()):
            if entry.is_symlink():
                yield entry.path
            elif entry.is_dir():
                pending.append(entry.path)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if not ignored(entry.name)]
    except OSError:
        return []


def stamps(root: Path, others: Iterable[Path]) -> dict[str, FileStamp]:
    """Return the stamps of all files that a build may read."""
    found: dict[str, FileStamp] = {}
    config = os.path.join(root, CONFIG)
    if (state := _stamp(config)) is not None:
        found[config] = state
    seen: set[Identity] = set()
    pending = [os.path.join(root, name) for name in (*FOLDERS, "themes")] + list(map(str, others))
    while pending:
        folder = pending.pop()
        known = identity(folder)
        if known is None or known in seen:
            continue
        seen.add(known)
        for entry in _entries(folder):
            if entry.is_dir():
                pending.append(entry.path)
            elif (state := _stamp(entry.path)) is not None:
                found[entry.path] = state
    return found


def _stamp(path: str) -> FileStamp | None:
    try:
        state = os.stat(path)
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns, state.st_ino
