"""Changes are taken once it is quiet: by a clock that the test moves, so that no time passes."""

from __future__ import annotations

import threading

import pytest

from ctxsite.server.quiet import Batch, Changes, Kind
from tests.server.serving import until

DONE, GONE, UNDER_WAY = Kind.DONE, Kind.GONE, Kind.UNDER_WAY


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def at(seconds: float, *notes: tuple[float, str, Kind]) -> Batch | None:
    """Note changes at their instants; return what there is to take at a later one."""
    clock = Clock()
    changes = Changes(clock)
    for when, path, kind in notes:
        clock.now = 100.0 + when
        changes.note(path, kind)
    clock.now = 100.0 + seconds
    return changes.take(0)


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_has_its_quiet(kind: Kind) -> None:
    ready = at(kind.value + 0.001, (0, "a", kind))
    assert ready == Batch(("a",))


def test_what_a_file_is_about_to_be_waits_for_its_end() -> None:
    assert at(0.02, (0, "a", UNDER_WAY), (0.001, "a", DONE)) == Batch(("a",))


def test_a_storm_is_one_batch() -> None:
    notes = [(number * 0.05, f"p{number}", DONE) for number in range(20)]
    assert at(1.1, *notes) == Batch(tuple(f"p{number}" for number in range(20)))


def test_what_never_ends_is_taken_at_last() -> None:
    notes = [(number * 0.01, "log", UNDER_WAY) for number in range(201)]
    assert at(2.01, *notes) == Batch(("log",))


def test_nothing() -> None:
    assert at(0) == Batch()


def test_folders_are_told() -> None:
    changes = Changes()
    changes.note("a", DONE, folder=True)
    changes.note("b", DONE)
    assert changes.take() == Batch(("a", "b"), folders=True)
    assert not changes.waiting
    changes.note("b", DONE)
    assert changes.take() == Batch(("b",), folders=False)


def test_closing_wakes_who_waits() -> None:
    changes = Changes()
    taken: list[Batch | None] = []
    thread = threading.Thread(target=lambda: taken.append(changes.take()))
    thread.start()
    changes.close()
    thread.join()
    assert taken == [None]
    assert changes.take(0) is None


def test_a_change_wakes_who_waits() -> None:
    changes = Changes()
    taken: list[Batch | None] = []
    thread = threading.Thread(target=lambda: taken.append(changes.take()))
    thread.start()
    changes.note("a")
    until(lambda: taken == [Batch(("a",))])
    thread.join()
