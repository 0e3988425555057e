"""A question answered by a copy of this process; and nothing changed, as seen by several processes."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from ctxsite.build import unchanged
from ctxsite.build.beside import asked_beside
from ctxsite.build.store import Store
from ctxsite.build.unchanged import Asked, look
from tests.build.edits import Site
from tests.build.test_again import NOW, run, warm

pytestmark = pytest.mark.filterwarnings("ignore:This process")

HERE = os.getpid()


def _fails() -> bool:
    os.close(2)  # nobody wants to read of it
    raise ValueError("of all things")


def _dies() -> bool:
    os.kill(os.getpid(), signal.SIGKILL)
    return True


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (lambda: True, True), (lambda: False, False), (lambda: os.getpid() != HERE, True), (_fails, False),
        (_dies, False),
    ],
)  # fmt: skip
def test_answers_of_a_copy(question: Callable[[], bool], answer: bool) -> None:
    assert asked_beside(question)() is answer
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_without_copies_the_question_is_answered_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork", raising=False)
    assert asked_beside(lambda: os.getpid() == HERE)() is True


def _edit(path: Path) -> None:
    path.write_text("other", "utf-8")


def _touch(path: Path) -> None:
    os.utime(path, ns=(1, 1))


SPOILT: dict[str, tuple[str, Callable[[Path], None], bool]] = {
    "nothing": ("public/a/index.html", lambda _: None, True),
    "an output file is missing": ("public/a/index.html", Path.unlink, False),
    "an output file is edited": ("public/de/blog/one/index.html", _edit, False),
    "an output file has another time": ("public/x.css", _touch, False),
    "a folder of the output is missing": ("public/de", shutil.rmtree, False),
    "a build was cut short": ("public/.ctxsite-unfinished", _edit, False),
    "a file of the site": ("content/a.md", _edit, False),
    "a file of the site is gone": ("content/a.md", Path.unlink, False),
}


@pytest.mark.parametrize(("path", "spoil", "same"), SPOILT.values(), ids=SPOILT.keys())
def test_several_processes_see_what_one_sees(
    path: str, spoil: Callable[[Path], None], same: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_for: list[Callable[[], bool]] = []

    def noted(question: Callable[[], bool]) -> Callable[[], bool]:
        asked_for.append(question)
        return asked_beside(question)

    site = Site(tmp_path)
    warm(site.root, NOW)
    spoil(site.root / path)
    asked = Asked(dt.datetime.fromisoformat(NOW), False, False, False, None, None)
    monkeypatch.setattr(unchanged, "_MANY", 1)
    monkeypatch.setattr(unchanged, "asked_beside", noted)
    with Store(site.root, lambda: None) as store:
        one = look(store, site.root, asked, jobs=1)
        assert not asked_for
        two = look(store, site.root, asked, jobs=2)
        assert len(asked_for) == 1
        assert look(store, site.root, asked, jobs=2, output_stands=True).changed is not None or "content" in path
    assert len(asked_for) == 1, "nobody asks for what is known"
    assert (one.unchanged, one.present, one.told, one.changed) == (two.unchanged, two.present, two.told, two.changed)
    assert two.unchanged is same
    if same:
        assert run(site.root, NOW, "-j", "2").count("0 files written") == 1
