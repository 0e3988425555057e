"""What is measured is not slowed down by what was measured before."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from benchmarks import run, tools
from benchmarks.measure import Time
from benchmarks.plan import DISK, MEMORY, Step
from benchmarks.tools import Run


def a_bench(folder: Path) -> run.Bench:
    return run.Bench(1000, folder / "cache", {MEMORY: folder / "memory", DISK: folder / "disk"}, 1)


def built(folder: Path, medium: str) -> Run:
    """Make what builds leave: an output, what is remembered, and a peer's cache."""
    made = Run(None, folder / "twin", folder / medium / "out")
    for each in (made.target, made.twin / ".ctxsite", made.twin / "cache"):
        each.mkdir(parents=True, exist_ok=True)
        (each / "file").write_text("x")
    return made


@pytest.mark.parametrize("medium", [MEMORY, DISK])
def test_a_cold_build_finds_nothing_and_on_a_disk_nothing_was_removed_for_it(medium: str, tmp_path: Path) -> None:
    bench = a_bench(tmp_path)
    for _ in range(3):
        made = built(tmp_path, medium)
        bench.empty(made, medium)
        assert not made.target.exists()
        assert list(made.twin.iterdir()) == []
    kept = list((tmp_path / medium).glob("used-*/out/file"))
    assert len(kept) == (3 if medium == DISK else 0)
    bench.empty(made, medium)  # there may be nothing at all


@pytest.mark.parametrize(("ago", "waits"), [(10, True), (run._FELT, False)])
def test_after_many_files_were_removed_a_cold_build_waits(
    ago: int, waits: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, bench = time.monotonic(), a_bench(tmp_path)
    assert before <= bench.removed <= time.monotonic(), "an earlier run may have ended just now"
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    bench.removed = now[0] - ago
    starts = list[float]()

    def warm_up() -> None:
        starts.append(now[0])
        now[0] += 30

    monkeypatch.setattr(bench, "warm_up", warm_up)
    bench.empty(built(tmp_path, MEMORY), MEMORY)
    assert bench.waited == 0
    bench.empty(built(tmp_path, DISK), DISK)
    assert starts == ([1000, 1030, 1060] if waits else [])
    assert bench.waited == (90 if waits else 0)


@pytest.mark.parametrize("medium", [MEMORY, DISK])
@pytest.mark.parametrize("scenario", [tools.TEMPLATE, tools.BODY])
@pytest.mark.parametrize("pages", [run._MANY, run._MANY - 1])
def test_many_files_are_removed_where_a_disk_has_all_pages_replaced(
    pages: int, scenario: str, medium: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = a_bench(tmp_path)
    before = bench.removed
    monkeypatch.setattr(bench, "run", lambda *_: built(tmp_path, medium))
    monkeypatch.setattr(bench, "site", lambda *_, **__: tmp_path)
    monkeypatch.setattr(tools, "edited_post", lambda *_: ("section", "post"))
    monkeypatch.setattr(tools, "edit", lambda *_: "an edit")
    monkeypatch.setattr(tools, "check", lambda *_: None)
    monkeypatch.setattr(run, "timed", lambda *_: Time(1.0, 2.0))
    bench.build(Step("warm", (tools.CTXSITE,), medium, 1, 1.0), tools.CTXSITE, scenario, pages)
    assert [each["wall"] for each in bench.records] == [1.0]
    many = pages >= run._MANY and scenario == tools.TEMPLATE and medium == DISK
    assert (bench.removed > before) == many
