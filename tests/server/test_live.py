"""What is served, as one value; and what has changed since a page was loaded."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from ctxsite.build.session import Session
from ctxsite.server.live import Live, Place, differing

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
PAGE = "---\ntitle: {0}\n---\n\nText.\n"


@pytest.fixture
def site(make_site: Callable[..., Path]) -> Path:
    return make_site({"content/index.md": PAGE.format("A"), "content/b.md": PAGE.format("B")})


def test_states(site: Path) -> None:
    live, session = Live(Place(site)), Session(site, jobs=1)
    assert live.view.good is None
    first = live.publish(session.build(NOW))
    assert {"index.html", "b/index.html"} <= set(first)
    one = live.view.state
    assert live.changed_since(one) == frozenset()
    assert live.publish(session.build(NOW)) == ()
    assert live.view.state == one
    (site / "content/b.md").write_text(PAGE.format("C"))
    assert "b/index.html" in live.publish(session.build(NOW))
    two = live.view.state
    (site / "content/b.md").unlink()
    live.publish(session.build(NOW))
    since_one, since_two = live.changed_since(one), live.changed_since(two)
    assert since_one is not None
    assert since_two is not None
    assert "b/index.html" in since_one & since_two
    assert "theme.css" not in since_one
    assert live.changed_since("of another server") is None


def test_the_same_files_are_the_same_state_in_another_server(site: Path) -> None:
    one, other = Live(Place(site)), Live(Place(site))
    one.publish(Session(site, jobs=1).build(NOW))
    other.publish(Session(site, jobs=1).build(NOW))
    assert one.view.state == other.view.state
    assert one.place.token != other.place.token


def test_waiting_for_a_newer_view(site: Path) -> None:
    live, session = Live(Place(site)), Session(site, jobs=1)
    built = session.build(NOW)
    thread = threading.Thread(target=live.publish, args=(built,))
    number = live.view.number
    thread.start()
    assert live.wait_beyond(number, 60).number == number + 1
    thread.join()
    assert live.wait_beyond(number + 1, 0).number == number + 1
    live.close()
    assert live.wait_beyond(number + 1, 60).number == number + 1


def test_listeners(site: Path) -> None:
    live = Live(Place(site))
    woken: list[int] = []
    end = live.listen(lambda: woken.append(live.view.number))
    live.fail("no disk")
    assert (woken, live.view.failure) == ([1], "no disk")
    end()
    live.fail("no disk")
    assert woken == [1]


@pytest.mark.parametrize(
    ("before", "after", "keys"),
    [
        ({}, {}, []),
        ({"a": "1"}, {"a": "1"}, []),
        ({"a": "1"}, {"a": "2", "b": "1"}, ["a", "b"]),
        ({"a": "1"}, {}, ["a"]),
    ],
)
def test_differing(before: dict[str, str], after: dict[str, str], keys: list[str]) -> None:
    assert sorted(differing(before, after)) == keys
