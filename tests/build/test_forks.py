"""Work by this process and its copies: all results, in order, and what goes wrong in one of them."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Callable
from concurrent.futures import BrokenExecutor

import pytest

from ctxsite.build.forks import Forks

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")

HERE = os.getpid()


def _squared(number: int) -> int:
    return number * number


@pytest.mark.parametrize("jobs", [1, 2, 5])
@pytest.mark.parametrize(("items", "size"), [(0, 1), (1, 1), (7, 3), (1000, 7), (20_000, 1)])
def test_results_come_in_order(jobs: int, items: int, size: int) -> None:
    with Forks(jobs) as forks:
        assert list(forks.map(_squared, range(items), chunksize=size)) == [number * number for number in range(items)]


def test_results_larger_than_a_pipe_holds() -> None:
    with Forks(3) as forks:
        found = forks.map(lambda number: bytes([number]) * 3_000_000, range(12))
        assert [(len(each), each[0]) for each in found] == [(3_000_000, number) for number in range(12)]


def _beside_a_copy(act: Callable[[], object] = bool) -> Callable[[int], int]:
    """Work of which this process and a copy each begin a piece before either goes on; `act` is what copies do then."""
    copies_begun, a_copy_begins = os.pipe()
    here_begun, here_begins = os.pipe()
    seen: set[int] = set()

    def work(_number: int) -> int:
        me = os.getpid()
        if me not in seen:
            seen.add(me)
            os.write(here_begins if me == HERE else a_copy_begins, b"." * 9)
            os.read(copies_begun if me == HERE else here_begun, 1)
        if me != HERE:
            act()
        return me

    return work


def test_copies_take_part() -> None:
    with Forks(3) as forks:
        workers = set(forks.map(_beside_a_copy(), range(60)))
    assert len(workers) > 1
    assert HERE in workers


def _fail() -> None:
    raise ValueError("of all things")


def test_what_a_copy_raises_is_raised_here() -> None:
    with Forks(2) as forks, pytest.raises(ValueError, match="of all things"):
        list(forks.map(_beside_a_copy(_fail), range(100)))


def test_a_copy_that_dies_is_noticed() -> None:
    work = _beside_a_copy(lambda: os.kill(os.getpid(), signal.SIGKILL))
    with Forks(2) as forks, pytest.raises(BrokenExecutor):
        list(forks.map(work, range(100)))


def test_no_process_is_left_when_nobody_waits_for_the_rest() -> None:
    with Forks(3) as forks:
        results = forks.map(_squared, range(1000))
        next(results)
        del results
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_one_piece_of_work_is_done_here() -> None:
    with Forks(2) as forks:
        assert forks.submit(os.getpid).result() == HERE
        with pytest.raises(ValueError, match="of all things"):
            forks.submit(_fail).result()


def test_copies_work_meanwhile_and_keep_what_nobody_takes() -> None:
    begun, begins = os.pipe()
    seen: list[bytes] = []

    def work(_number: int) -> bytes:
        os.write(begins, b"." if os.getpid() != HERE else b"!")
        return bytes(3_000_000)

    def meanwhile() -> None:
        while sum(map(len, seen)) < 9 and select.select([begun], (), (), 30)[0]:
            seen.append(os.read(begun, 9))

    with Forks(2, meanwhile) as forks:
        assert sum(map(len, forks.map(work, range(9)))) == 27_000_000
    assert b"".join(seen) == b"." * 9, "the copy has done it all, though its results do not fit into a pipe"
