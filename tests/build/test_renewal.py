"""Files take the places of others: all of them, in one process or several, and what is to be done meanwhile, once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ctxsite.build import renewal
from ctxsite.build.publish import UNFINISHED
from ctxsite.build.renewal import Renewal
from ctxsite.model.artifact import Artifact, Stamp

pytestmark = pytest.mark.filterwarnings("ignore:This process")


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take six files for many."""
    monkeypatch.setattr(renewal, "_BATCH", 2)
    monkeypatch.setattr(renewal, "_WORTH_IT", 3)


def old_output(folder: Path, files: int) -> dict[str, bytes]:
    """Write an output; return what it is to be."""
    names = {f"{number % 3}/{number}.html": f"new {number}".encode() for number in range(files)}
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"old")
    return names


def tree(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


@pytest.mark.parametrize(
    ("files", "jobs", "fork"), [(0, 2, True), (1, 2, True), (4, 2, True), (41, 1, True), (41, 2, True), (41, 2, False)]
)
@pytest.mark.parametrize("staged", [False, True])
def test_all_take_their_places(
    files: int, jobs: int, fork: bool, staged: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not fork:
        monkeypatch.delattr(os, "fork", raising=False)
    wanted = old_output(tmp_path, files)
    here, calls = os.getpid(), list[int]()
    renew = Renewal(tmp_path, tmp_path)
    artifacts = [Artifact(path, data) for path, data in wanted.items()]
    if staged and files:
        renew.begin(list(wanted))
        artifacts = [Artifact(each.path, stamp=renew.write(each)) for each in artifacts]
    stamps = renew.place(artifacts, jobs, lambda: calls.append(os.getpid()))
    assert calls == [here]
    renew.end()
    assert tree(tmp_path) == wanted
    found: dict[str, Stamp] = {}
    for path in wanted:
        state = (tmp_path / path).stat()
        found[path] = (state.st_size, state.st_mtime_ns)
    assert stamps == found


@pytest.mark.parametrize(("files", "jobs"), [(4, 2), (41, 1)])
def test_one_process_does_first_what_may_go_wrong(files: int, jobs: int, tmp_path: Path) -> None:
    wanted = old_output(tmp_path, files)

    def meanwhile() -> None:
        assert all((tmp_path / path).read_bytes() == b"old" for path in wanted)
        raise ValueError("of all things")

    with pytest.raises(ValueError, match="of all things"):
        Renewal(tmp_path, tmp_path).place([Artifact(path, data) for path, data in wanted.items()], jobs, meanwhile)
    assert all((tmp_path / path).read_bytes() == b"old" for path in wanted)


@pytest.mark.parametrize("jobs", [1, 2])
def test_nothing_is_left_of_files_that_are_not_wanted(jobs: int, tmp_path: Path) -> None:
    """Neither of those that were announced, nor of those that were written on the way."""
    wanted = old_output(tmp_path, 41)
    renew = Renewal(tmp_path, tmp_path)
    announced = list(wanted)[:20]
    renew.begin(announced)
    artifacts = [Artifact(path, stamp=renew.write(Artifact(path, wanted[path]))) for path in announced]
    artifacts += [Artifact(path, data) for path, data in wanted.items() if path not in announced]

    def meanwhile() -> None:
        assert (tmp_path / UNFINISHED).read_text("utf-8").split("\n") == announced
        raise ValueError("of all things")

    with pytest.raises(ValueError, match="of all things"):
        renew.place(artifacts, jobs, meanwhile)
    renew.drop()
    left = tree(tmp_path)
    assert left.keys() == wanted.keys()
    assert all(data in (b"old", wanted[path]) for path, data in left.items())


def test_links_are_noticed_at_any_depth(tmp_path: Path) -> None:
    output, outside = tmp_path / "public", tmp_path / "outside"
    (output / "a/b/c").mkdir(parents=True)
    (outside / "d/e").mkdir(parents=True)
    (output / "link").symlink_to(outside)
    (output / "a/link").symlink_to(outside)
    (output / "a/b/link").symlink_to("c")
    (output / "a/b/file.html").symlink_to(outside / "file.html")
    renew = Renewal(output, tmp_path)
    plain = ["x", "a/x", "a/b/x", "a/b/c/x", "a/b/file.html"]
    linked = ["link/x", "link/d/x", "link/d/e/x", "a/link/x", "a/link/d/e/x", "a/b/link/x"]
    for _ in range(2):  # what has been looked at is known
        assert [path for path in [*linked, *plain, *linked] if renew.linked(path)] == linked * 2
    for path in [*plain, *linked]:
        assert Renewal(output, tmp_path).linked(path) == (path in linked)
