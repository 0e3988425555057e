"""Reports say what was measured: medians, ratios round by round, failures, and what there was no time for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks import report, tools
from benchmarks.measure import FailedError
from benchmarks.plan import DISK, LARGE, MEMORY, plan
from benchmarks.tools import BODY, COLD, NOTHING, REMEMBERING


def record(tool: str, number: int, wall: float, scenario: str = COLD, medium: str = MEMORY) -> dict[str, Any]:
    return {
        "tool": tool, "scenario": scenario, "medium": medium, "round": number, "wall": wall, "processor": wall * 2,
    }  # fmt: skip


def result(pages: int, *records: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "pages": pages, "records": list(records), "memory": [{"tool": "ctxsite", "bytes": 123_000_000}], "left_out": [],
        "note": "", "date": "2026-01-01", "machine": "two cores", "python": "3.11", "node": "", "commit": "abc",
        "load_before": 0.1, "versions": {"hugo": "1"}, "media": {MEMORY: "tmpfs", DISK: "ext4"}, "rounds": 3, **more,
    }  # fmt: skip


THREE = [
    *(record("ctxsite", number, wall) for number, wall in enumerate((1.0, 2.0, 6.0), 1)),
    *(record("hugo", number, wall) for number, wall in enumerate((2.0, 8.0, 8.0), 1)),
]


def test_ratios_are_taken_round_by_round() -> None:
    found = report.figures(result(1000, *THREE), "ctxsite", COLD, MEMORY)
    base = report.figures(result(1000, *THREE), "hugo", COLD, MEMORY)
    assert report.middle(found, "wall") == 2.0
    assert report.ratio(found, base, "wall") == 0.5, "of 0.5, 0.25 and 0.75; the medians' ratio were 0.25"
    assert report.ratio(found[:1], base[1:], "wall") is None
    assert report.middle([], "wall") is None


def test_a_report_of_one_size() -> None:
    failed = {"tool": "eleventy", "scenario": BODY, "medium": MEMORY, "round": 1, "failed": "a | b"}
    warm = [record("ctxsite", 1, 0.1, NOTHING), record("eleventy", 1, 3.0, NOTHING)]
    text = report.one(result(1000, *THREE, *warm, failed, left_out=["pair 4"], note="A sample."))
    assert "| ctxsite | 3 | 2.00 s | 1.00 to 6.00 | 0.50 | 4.00 s | 0.50 |" in text
    assert "| eleventy | one body | 0 | a / b | – | – |" in text
    assert "| ctxsite | 123 MB | – |" in text
    assert "There was no time for: pair 4." in text
    assert "**A sample.**" in text
    assert "output on disk" not in text, "nothing was measured there"


def test_goals() -> None:
    small, large = result(1000, *THREE), result(10_000, *THREE, record("ctxsite", 1, 0.1, NOTHING))
    text = report.whole([small, large])
    assert "| 1,000 | cold, output on memory file system | 0.7 of Hugo | 0.50 of Hugo | yes |" in text
    assert "| 10,000 | nothing changed, output on memory file system | 0.15 s | 0.10 s | yes |" in text
    assert "| 10,000 | memory | 350 MB | 123 MB | yes |" in text
    assert "python-markdown" not in text, "what was not measured is not judged"
    assert "Cost per page" not in text


def test_growth(tmp_path: Path) -> None:
    walls = {1000: (0.5, 0.3, 0.4), 10_000: (2.2, 2.3, 2.1), 100_000: (20.2,)}
    records = [record(report.of_size(pages), n, wall) for pages, many in walls.items() for n, wall in enumerate(many)]
    grown = {**result(0, *records), "sizes": [*walls, 1_000_000]}
    report.save(result(1000, *THREE), tmp_path)
    assert "| pages |" in (text := report.save_growth(grown, tmp_path))
    assert "| 1,000 | 3 | 0.40 s | 0.30 to 0.50 | 0.400 ms | – | 0.80 s | – |" in text
    assert "| 10,000 | 3 | 2.20 s | 2.10 to 2.30 | 0.220 ms | 0.200 ms | 4.40 s | 0.400 ms |" in text
    assert "| 100,000 | 1 | 20.20 s | 20.20 to 20.20 | 0.202 ms | 0.200 ms | 40.40 s | 0.400 ms |" in text
    assert "1,000,000" not in text
    assert text in (tmp_path / "README.md").read_text("utf-8")


def test_files_are_written_and_read_again(tmp_path: Path) -> None:
    text = report.save(result(1000, *THREE), tmp_path)
    assert (tmp_path / "1000.md").read_text("utf-8") == text == report.write(tmp_path)[1000]
    assert "[1,000 pages](1000.md)" in (tmp_path / "README.md").read_text("utf-8")


@pytest.mark.parametrize("pages", [200, 1000, 10_000, LARGE + 1])
def test_a_plan_names_each_step_once_and_begins_with_what_matters(pages: int) -> None:
    steps = plan(pages, 3, list(tools.PEERS), [MEMORY, DISK], 1)
    names = [step.name for step in steps]
    assert len(set(names)) == len(names)
    assert [tool.name for tool in steps[0].tools] == ["ctxsite", "hugo", "hugo, one feed"]
    assert (steps[0].kind, steps[1].kind) == ("pair", "warm" if pages <= LARGE else "peak")
    assert any(step.kind == "variants" for step in steps) == (pages == 1000)
    assert {tool.name for step in steps for tool in step.tools} >= {"ctxsite", "hugo"}
    assert ("pelican" in " ".join(names)) == (pages <= LARGE)


def test_a_plan_without_peers_measures_ctxsite_alone() -> None:
    steps = plan(1000, 2, [], [DISK], 1)
    assert {tool.peer for step in steps for tool in step.tools} == {None}
    assert {step.kind for step in steps} == {"pair", "warm", "peak", "variants", "plain"}


def test_a_page_that_lacks_its_text_or_the_edit_is_a_failure(tmp_path: Path) -> None:
    run = tools.Run(None, tmp_path / "twin", tmp_path / "out")
    source = run.twin / "content" / "section-00" / "post-000000.md"
    source.parent.mkdir(parents=True)
    source.write_text("---\ntitle: Heat\n---\n\n## Solar\n\nText that is longer than forty characters, to be seen.\n")
    page, post = run.target / "section-00" / "post-000000" / "index.html", ("section-00", "post-000000")
    with pytest.raises(FailedError, match="was not made"):
        tools.check(tools.CTXSITE, run, 1, post)
    page.parent.mkdir(parents=True)
    text = "Heat Solar Text that is longer than forty characters <table"
    page.write_text(text.replace("Solar", ""))
    with pytest.raises(FailedError, match="has no 'Solar'"):
        tools.check(tools.CTXSITE, run, 1, post)
    page.write_text(text)
    tools.check(tools.CTXSITE, run, 1, post)
    with pytest.raises(FailedError, match="1 of 2 pages"):
        tools.check(tools.CTXSITE, run, 2, post)
    mark = tools.edit(tools.CTXSITE, run.twin, post, BODY)
    with pytest.raises(FailedError, match="edit"):
        tools.check(tools.CTXSITE, run, 1, post, mark)
    again = tools.edit(tools.CTXSITE, run.twin, post, BODY)
    assert source.read_text("utf-8").count("More, edit") == 1
    page.write_text(text + again)
    tools.check(tools.CTXSITE, run, 1, post, again)


def test_only_a_cold_build_remembers_nothing(tmp_path: Path) -> None:
    run = tools.Run(None, tmp_path, tmp_path / "out")
    assert "--cache" not in tools.CTXSITE.command(run, COLD, "")
    for scenario in (REMEMBERING, *tools.EDITS):
        assert "--cache" in tools.CTXSITE.command(run, scenario, "")
