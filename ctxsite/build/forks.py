"""An executor of this process and forked copies of it, for work on what is in memory already.

All share what was there before the fork. Who is free takes the next batch: their numbers wait in a pipe that all read
from. A copy sends its results through a pipe of its own, which this process empties between its own pieces of work;
what does not fit, the copy keeps until then. So nobody waits for anybody but at the end. Unlike a pool's, this process
computes as much as the others, and its results cross no border.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import struct
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import Any, NoReturn, TypeVar

Result = TypeVar("Result")

_NUMBER = struct.Struct("<I")
_FRAME = struct.Struct("<IQ")
"""Before a batch's results: its number, and their length in bytes."""
_MOST_BATCHES = 8192
"""So many numbers fit into a pipe, of which POSIX promises no more, but Linux and macOS hold four times as much."""
_ROOM = 1 << 20
_F_SETPIPE_SZ = 1031


class Forks(Executor):
    """Runs `map` in this process and in `jobs - 1` forked copies of it. They begin; it calls `meanwhile` first."""

    def __init__(self, jobs: int, meanwhile: Callable[[], None] | None = None) -> None:
        self._jobs = jobs
        self._meanwhile = meanwhile

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Run one piece of work here and now: for its own sake no process is started."""
        future: Future[Result] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # for who asks for the result
            future.set_exception(error)
        return future

    def map(
        self,
        fn: Callable[..., Result],
        *iterables: Iterable[Any],
        timeout: float | None = None,  # noqa: ARG002  (the base class declares it)
        chunksize: int = 1,
    ) -> Iterator[Result]:
        """Yield the results in order. What is raised by the work is raised here, when its result is due."""
        work = list(zip(*iterables, strict=True))
        size = max(chunksize, -(-len(work) // _MOST_BATCHES))
        batches = [work[start : start + size] for start in range(0, len(work), size)]
        return _run(fn, batches, self._jobs - 1, self._meanwhile)


def _run(
    work: Callable[..., Result],
    batches: list[list[tuple[Any, ...]]],
    copies: int,
    meanwhile: Callable[[], None] | None,
) -> Iterator[Result]:
    waiting, numbers = os.pipe()
    os.write(numbers, b"".join(map(_NUMBER.pack, range(len(batches)))))
    os.close(numbers)
    pipes: dict[int, bytearray] = {}
    children: list[int] = []
    whole = False
    try:
        children += (_fork(work, batches, waiting, pipes) for _ in range(copies))
        if meanwhile is not None:
            meanwhile()
        done: dict[int, Any] = {}
        for due in range(len(batches)):
            while due not in done:
                number = _next(waiting)
                if number is None:
                    _receive(pipes, done, wait=True)
                else:
                    done[number] = [work(*item) for item in batches[number]]
                    _receive(pipes, done, wait=False)
            results = done.pop(due)
            yield from _opened(results) if isinstance(results, bytes) else results
        whole = True
    finally:
        os.close(waiting)
        for pipe in pipes:
            os.close(pipe)
        for child in children:
            if not whole:
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _fork(
    work: Callable[..., Any], batches: list[list[tuple[Any, ...]]], waiting: int, pipes: dict[int, bytearray]
) -> int:
    """Start a copy; add its pipe to `pipes` and return its id."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        _be_a_copy(work, batches, waiting, theirs, [ours, *pipes])
    os.close(theirs)
    os.set_blocking(ours, False)
    pipes[ours] = bytearray()
    return child


def _be_a_copy(
    work: Callable[..., Any], batches: list[list[tuple[Any, ...]]], waiting: int, out: int, others: list[int]
) -> NoReturn:
    """Work until no batch is left, and end without going back: nothing of the original's is closed or written twice."""
    status = 1
    try:
        for pipe in others:
            os.close(pipe)
        _widen(out)
        os.set_blocking(out, False)
        unsent = bytearray()
        while (number := _next(waiting)) is not None:
            try:
                results = pickle.dumps([work(*item) for item in batches[number]], protocol=5)
            except (KeyboardInterrupt, SystemExit):
                raise
            except BaseException as error:  # raised again by the original
                results = pickle.dumps(_Raised(error, traceback.format_exc()), protocol=5)
            unsent += _FRAME.pack(number, len(results)) + results
            with contextlib.suppress(BlockingIOError):  # the original is busy with something else
                del unsent[: os.write(out, unsent)]
        os.set_blocking(out, True)
        while unsent:
            del unsent[: os.write(out, unsent)]
        status = 0
    except (KeyboardInterrupt, BrokenPipeError):
        pass  # the original has been stopped, and knows it
    finally:
        os._exit(status)


class _Raised:
    """What a piece of work raised in a copy, and where."""

    def __init__(self, error: BaseException, trace: str) -> None:
        self.error = error
        self.trace = trace


def _opened(results: bytes) -> list[Any]:
    opened = pickle.loads(results)  # noqa: S301  (from a copy of this very process)
    if isinstance(opened, _Raised):
        raise opened.error from RuntimeError(opened.trace)
    return list(opened)


def _next(waiting: int) -> int | None:
    """Take the number of the next batch; None if there is none left."""
    taken = os.read(waiting, _NUMBER.size)
    return int(_NUMBER.unpack(taken)[0]) if taken else None


def _receive(pipes: dict[int, bytearray], done: dict[int, Any], *, wait: bool) -> None:
    """Take what copies have sent; complete results go into `done`, and who has ended leaves `pipes`."""
    if not pipes and wait:
        raise BrokenExecutor("a process that worked for this build has died")
    ready, _, _ = select.select(list(pipes), (), (), None if wait else 0)
    for pipe in ready:
        data = os.read(pipe, _ROOM)
        if not data:
            os.close(pipe)
            del pipes[pipe]
            continue
        held = pipes[pipe]
        held += data
        while len(held) >= _FRAME.size:
            number, length = _FRAME.unpack_from(held)
            end = _FRAME.size + length
            if len(held) < end:
                break
            done[number] = bytes(memoryview(held)[_FRAME.size : end])
            del held[:end]


def _widen(pipe: int) -> None:
    """Give a pipe room for more than one batch, where the system has a way."""
    try:
        from fcntl import fcntl  # noqa: PLC0415  (not on every system)

        fcntl(pipe, _F_SETPIPE_SZ, _ROOM)
    except (ImportError, OSError):
        pass
