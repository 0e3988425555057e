"""Work on many files, one after another; on several at a time where a disk makes one wait.

Replacing a file, for one, waits on some disks until the old one's blocks are given back. Threads help there, though
not where the system keeps all in memory: there they only cost.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Item = TypeVar("Item")

_TRIED = 16
"""So many tell whether one waits."""
_THREADS = 8


def each(work: Callable[[Item], None], items: Sequence[Item]) -> None:
    """Do the work on each item, in any order. Raises what the work raises; it may not have been done on others then."""
    began, worked = time.perf_counter(), time.thread_time()
    _all(work, items[:_TRIED])
    took, worked = time.perf_counter() - began, time.thread_time() - worked
    rest = items[_TRIED:]
    if not rest or took <= 2 * worked:
        _all(work, rest)
        return
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  (seldom needed)

    with ThreadPoolExecutor(_THREADS) as pool:
        shares = [pool.submit(_all, work, rest[first::_THREADS]) for first in range(_THREADS)]
    for share in shares:
        share.result()


def _all(work: Callable[[Item], None], items: Iterable[Item]) -> None:
    for item in items:
        work(item)
