"""The builder's thread: nothing half is shown, the latest always is, and nothing ends it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from ctxsite.build.session import Built, Session
from ctxsite.server.live import Live, Place
from ctxsite.server.quiet import Changes
from ctxsite.server.rebuild import Rebuilder, Report
from tests.server.serving import until

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
PAGE = "---\ntitle: {title}\n---\n\nText.\n"
Make = Callable[..., Path]


class Watcher:
    """Watches nothing, and remembers how often it was asked to."""

    def __init__(self) -> None:
        self.times = 0
        self.replaced = False

    def watch(self, others: Iterable[Path]) -> None:
        self.times += 1

    def stale(self) -> bool:
        return self.replaced

    def close(self) -> None:
        """There is nothing to close."""


class Stage:
    """A site, its builder, and what is told."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.now = NOON
        self.told: list[Report] = []
        self.live = Live(Place(site))
        self.changes = Changes()
        self.watcher = Watcher()
        self.session = Session(site, jobs=1)
        self.before: Callable[[], None] = lambda: None
        self.after: Callable[[], None] = lambda: None
        self.builds = 0
        self.rebuilder = Rebuilder(self._build, lambda: self.now, self.live, self.changes, self.told.append)

    def _build(self, now: dt.datetime) -> Built:
        self.builds += 1
        self.before()
        built = self.session.build(now)
        self.after()
        return built

    def write(self, path: str, text: str) -> None:
        (self.site / path).write_text(text)
        self.changes.note(path)

    def shown(self) -> bytes:
        good = self.live.view.good
        assert good is not None
        return good.files["index.html"].data

    def run(self) -> Callable[[], None]:
        """Start the thread; return what ends it."""
        self.rebuilder.first()
        thread = self.rebuilder.start(self.watcher)

        def end() -> None:
            self.changes.close()
            thread.join()

        return end


@pytest.fixture
def stage(make_site: Make) -> Stage:
    return Stage(make_site({"content/index.md": PAGE.format(title="One")}))


def test_a_change_is_built_and_told(stage: Stage) -> None:
    end = stage.run()
    stage.write("content/index.md", PAGE.format(title="Two"))
    until(lambda: len(stage.told) == 2)
    end()
    assert b"Two" in stage.shown()
    assert stage.told[1].paths == ("content/index.md",)
    assert "index.html" in stage.told[1].changed
    assert not stage.told[1].mended


def test_a_build_during_which_something_changes_is_never_shown(stage: Stage) -> None:
    views: list[bytes] = []
    stage.live.listen(lambda: views.append(stage.shown()))
    end = stage.run()

    def change() -> None:
        stage.after = lambda: None
        stage.write("content/index.md", PAGE.format(title="Three"))

    stage.after = change
    stage.write("content/index.md", PAGE.format(title="Two"))
    until(lambda: len(stage.told) == 2)
    end()
    assert stage.builds == 3
    assert b"Three" in stage.shown()
    assert not [view for view in views if b"Two" in view]


@pytest.mark.parametrize("error", [OSError(5, "Input/output error", "content/index.md"), ValueError("what")])
def test_what_breaks_the_builder_is_told_and_passes(stage: Stage, error: Exception) -> None:
    end = stage.run()

    def fail() -> None:
        stage.before = lambda: None
        raise error

    stage.before = fail
    stage.write("content/index.md", PAGE.format(title="Two"))
    until(lambda: len(stage.told) == 2)
    assert stage.told[1].built is None
    assert stage.live.view.failure == stage.told[1].failure
    assert b"One" in stage.shown()
    until(lambda: len(stage.told) == 3)  # it tries again by itself
    end()
    assert stage.told[2].mended
    assert stage.live.view.failure == ""
    assert b"Two" in stage.shown()


def test_an_error_keeps_what_is_served(stage: Stage) -> None:
    end = stage.run()
    state = stage.live.view.state
    stage.write("content/index.md", "---\ntitle: [\n---\n")
    until(lambda: len(stage.told) == 2)
    assert [problem.code for problem in stage.live.view.problems] == ["CTX101"]
    assert (stage.live.view.state, b"One" in stage.shown()) == (state, True)
    stage.write("content/index.md", PAGE.format(title="One"))
    until(lambda: len(stage.told) == 3)
    end()
    assert stage.live.view.problems == ()
    assert (stage.live.view.state, stage.told[2].mended) == (state, True)


def test_a_page_that_is_due_appears_by_itself(stage: Stage) -> None:
    (stage.site / "content/late.md").write_text("---\ntitle: Late\ndate: 2026-11-22T12:30+00:00\n---\n")
    end = stage.run()
    good = stage.live.view.good
    assert good is not None
    assert "late/index.html" not in good.files
    stage.now = NOON + dt.timedelta(minutes=31)
    until(lambda: len(stage.told) == 2)
    end()
    good = stage.live.view.good
    assert good is not None
    assert "late/index.html" in good.files
    assert stage.told[1].paths == ()


def test_folders_are_watched_before_they_are_read(stage: Stage) -> None:
    end = stage.run()
    seen: list[int] = []
    stage.before = lambda: seen.append(stage.watcher.times)
    stage.changes.note("content/new", folder=True)
    until(lambda: len(stage.told) == 2)
    stage.watcher.replaced = True
    until(lambda: len(stage.told) == 3)
    stage.watcher.replaced = False
    end()
    assert seen[:2] == [1, 2]
