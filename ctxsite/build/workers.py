"""Work spread over processes, its results in order.

The function and all it refers to are shared by forking, so nothing but items and results crosses between
processes. Small amounts, and machines without `fork`, stay in one process: the results are the same.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

WORTH_IT = 300
"""From so many items on, starting processes pays."""

_BATCH = 32
_shared: list[Callable[[Any], Any]] = []


def default_jobs() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    jobs: int,
    *,
    worth_it: int = WORTH_IT,
    before_fork: Callable[[], None] | None = None,
) -> Iterator[Result]:
    """Yield `work(item)` for each item, in their order.

    `before_fork` prepares what every worker would have to prepare for itself.
    """
    if jobs < 2 or len(items) < worth_it or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(work, items)
        return
    if before_fork is not None:
        before_fork()
    _shared.append(work)
    try:
        with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
            batches = [range(start, min(start + _BATCH, len(items))) for start in range(0, len(items), _BATCH)]
            for results in pool.map(_run_batch, [[items[i] for i in batch] for batch in batches]):
                yield from results
    finally:
        _shared.pop()


def _run_batch(items: Sequence[Any]) -> list[Any]:
    """Run in a worker: what it works with was there before the fork."""
    work = _shared[-1]
    return [work(item) for item in items]
