"""What is measured is not slowed down by what was measured before."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from benchmarks import run
from benchmarks.plan import DISK, MEMORY
from benchmarks.tools import Run


def a_bench(folder: Path, pages: int) -> run.Bench:
    return run.Bench(pages, folder / "cache", {MEMORY: folder / "memory", DISK: folder / "disk"}, 1)


def built(folder: Path, medium: str) -> Run:
    """Make what builds leave: an output, what is remembered, and a peer's cache."""
    made = Run(None, folder / "twin", folder / medium / "out")
    for each in (made.target, made.twin / ".ctxsite", made.twin / "cache"):
        each.mkdir(parents=True, exist_ok=True)
        (each / "file").write_text("x")
    return made


@pytest.mark.parametrize("medium", [MEMORY, DISK])
def test_a_cold_build_finds_nothing_and_on_a_disk_nothing_was_removed_for_it(medium: str, tmp_path: Path) -> None:
    bench = a_bench(tmp_path, 1000)
    for _ in range(3):
        made = built(tmp_path, medium)
        bench.empty(made, medium)
        assert not made.target.exists()
        assert list(made.twin.iterdir()) == []
    kept = list((tmp_path / medium).glob("used-*/out/file"))
    assert len(kept) == (3 if medium == DISK else 0)
    bench.empty(made, medium)  # there may be nothing at all


@pytest.mark.parametrize(
    ("pages", "ago", "waits"), [(run._MANY, 10, True), (run._MANY, run._FELT, False), (run._MANY - 1, 10, False)]
)
def test_after_many_files_were_removed_a_cold_build_waits(
    pages: int, ago: int, waits: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    bench = a_bench(tmp_path, pages)
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
