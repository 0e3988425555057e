"""Work is done on each of many files once, whether a disk makes one wait or not."""

from __future__ import annotations

import threading
import time
from collections import Counter

import pytest

from ctxsite.build import patience


class Clock:
    """Time that passes only where somebody waits, and nobody does anything else meanwhile."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, waits: bool) -> None:
        self.seconds, self._step = 0.0, 1.0 if waits else 0.0
        monkeypatch.setattr(time, "perf_counter", lambda: self.seconds)
        monkeypatch.setattr(time, "thread_time", lambda: 0.0)

    def passes(self) -> None:
        self.seconds += self._step


@pytest.mark.parametrize("many", [0, 1, patience._TRIED, patience._TRIED + 1, 1000])
@pytest.mark.parametrize("waits", [False, True])
def test_each_once_and_by_several_only_where_one_waits(many: int, waits: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch, waits=waits)
    done: Counter[int] = Counter()
    here, elsewhere, lock = threading.get_ident(), list[int](), threading.Lock()

    def work(number: int) -> None:
        with lock:
            done[number] += 1
            clock.passes()
            if threading.get_ident() != here:
                elsewhere.append(number)

    patience.each(work, list(range(many)))
    assert done == Counter(range(many))
    tried = patience._TRIED if waits else many
    assert sorted(elsewhere) == list(range(tried, many)), "all but those that told whether one waits"
    assert threading.active_count() == 1, "nobody is left at work"


@pytest.mark.parametrize("bad", [3, 500])
@pytest.mark.parametrize("waits", [False, True])
def test_what_goes_wrong_is_raised(bad: int, waits: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch, waits=waits)

    def work(number: int) -> None:
        clock.passes()
        if number == bad:
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        patience.each(work, list(range(1000)))
