"""Work spread over processes, its results in order.

The function and all it refers to are shared by forking, so nothing but results crosses between processes. Small
amounts, and machines without `fork`, stay in one process: the results are the same.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Generator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor

Item = TypeVar("Item")
Result = TypeVar("Result")

WORTH_IT = 300
"""From so many items on, starting processes pays."""

_MOST_IN_A_BATCH = 32


def default_jobs() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(
    work: Callable[[Item], Result],
    items: Sequence[Item],
    jobs: int,
    *,
    worth_it: int | None = None,
    before_fork: Callable[[], None] | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Generator[Result, None, None]:
    """Yield `work(item)` for each item, in their order.

    `before_fork` prepares what every worker would have to prepare for itself; `meanwhile` is what this process does
    first, while others are at work already. Neither is called where there is one process. Once closed, none works.
    """
    if jobs < 2 or len(items) < (WORTH_IT if worth_it is None else worth_it) or not hasattr(os, "fork"):
        yield from map(work, items)
        return
    if before_fork is not None:
        before_fork()
    gc.freeze()  # what is there now stays: looking through it would copy its memory into every worker
    try:
        with _executor(jobs, meanwhile) as pool:
            yield from pool.map(work, items, chunksize=max(1, min(_MOST_IN_A_BATCH, len(items) // (jobs * 8))))
    finally:
        gc.unfreeze()


def _executor(jobs: int, meanwhile: Callable[[], None] | None) -> Executor:
    """Return what does the work: the seam for another engine. Imported late: most sites are built by one process."""
    forks: Callable[..., Executor] = import_module("ctxsite.build.forks").Forks
    return forks(jobs, meanwhile)
