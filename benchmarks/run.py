"""Compare builds with other generators: `python -m benchmarks.run --pages 10000`.

Makes the seeded corpus and its twins, lets the tools take turns, and writes a report as Markdown and JSON into
`benchmarks/reports/`. Everything else is below `--cache` and the memory file system's folder. Peers are installed
beforehand with `python -m benchmarks.peers`; one that is missing is left out. The run ends after about `--minutes`;
what did not fit is said in the report. A run that was stopped, or did not fit, goes on where it was; `--fresh` starts
anew.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import corpus, peers, report, tools
from benchmarks.measure import FailedError, Time, memory, timed
from benchmarks.plan import DISK, LARGE, MEMORY, VARIANT_PAGES, VARIANT_RENDERINGS, Step, plan
from benchmarks.tools import Run, Tool

FAST = Path("/dev/shm")
_SMALL = 40
"""Pages of the site on which tools are started for the first time."""
_MANY = 5000
"""So many files, removed from a disk, are felt by who makes others within a minute."""
_FELT = 75
"""Seconds until that is over."""
REPORTS = Path(__file__).resolve().parent / "reports"


def default_minutes(pages: int) -> float:
    return 4 if pages <= 1000 else 12 if pages <= LARGE else 7


def default_rounds(pages: int) -> int:
    return 7 if pages <= 1000 else 5 if pages <= LARGE else 1


@dataclass
class Bench:
    """One run: where things are, and what has been found.

    On a disk no output is removed before the run ends: for about a minute, ext4 without a journal passes over the files
    that were removed when it makes others, so a build would pay for what was done before it began. Outputs are set
    aside there; after a build that has replaced its files, cold builds wait (this is neither measured nor counted among
    the run's minutes).
    """

    pages: int
    cache: Path
    media: dict[str, Path]
    repeats: int
    used: tuple[Tool, ...] = ()
    """All tools that are going to be measured."""
    records: list[dict[str, Any]] = field(default_factory=list)
    peaks: list[dict[str, Any]] = field(default_factory=list)
    removed: float = field(default_factory=time.monotonic)
    """When files were last removed from the disk, for all that is known: an earlier run may just have ended."""
    waited: float = 0.0

    def site(self, pages: int, *, variants: bool = False) -> Path:
        """Return the corpus of a size, made if need be."""
        folder = self.cache / f"corpus-{pages}{'-variants' if variants else ''}"
        if not (folder / "ctxsite.yaml").exists():
            print(f"making {folder}", flush=True)
            corpus.write(folder, pages, variants=variants)
        return folder

    def run(self, tool: Tool, pages: int, medium: str) -> Run:
        """Return where a tool works, its twin made if need be."""
        twin = self.cache / f"{tool.twin}-{pages}"
        whole = twin.with_name(f"{twin.name}.whole")
        if not whole.exists():
            site = self.site(pages, variants=tool is tools.VARIANTS)
            print(f"making {twin}", flush=True)
            shutil.rmtree(twin, ignore_errors=True)
            tool.make(site, twin)
            whole.touch()
        program = None if tool.peer is None else peers.PEERS[tool.peer].found(self.cache)
        target = self.media[medium] / f"{tool.twin}-{pages}"
        target.parent.mkdir(parents=True, exist_ok=True)
        return Run(program, twin, target)

    def build(self, step: Step, tool: Tool, scenario: str, pages: int, label: str = "") -> None:
        """Measure one build and take it down; one that fails is a record, too."""
        run = self.run(tool, pages, step.medium)
        post = tools.edited_post(self.site(pages, variants=tool is tools.VARIANTS), pages)
        sources = run.twin if scenario in {tools.COLD, tools.REMEMBERING} else None
        if sources is not None:
            self.empty(run, step.medium)
        mark = tools.edit(tool, run.twin, post, scenario)
        record = {
            "tool": label or tool.name, "scenario": scenario, "medium": step.medium, "round": step.round,
        }  # fmt: skip
        command = tool.command(run, scenario, f"{tool.posts}/{post[0]}/{post[1]}.md")
        limit = 60 + 6 * tool.cost * pages
        try:
            taken = timed(command, run.twin, tool.environment(run, self.cache), limit, sources)
            if scenario == tools.TEMPLATE and step.medium == DISK and pages >= _MANY:
                self.removed = time.monotonic()
            tools.check(tool, run, pages, post, mark)
        except FailedError as error:
            self.records.append({**record, "failed": str(error)})
            print(f"  {record['tool']:26} {scenario:36} {error}", flush=True)
        else:
            self.records.append({**record, "wall": round(taken.wall, 4), "processor": round(taken.processor, 4)})
            print(f"  {record['tool']:26} {scenario:36} {_seconds(taken)}", flush=True)

    def empty(self, run: Run, medium: str) -> None:
        """Take away what earlier builds left, so that the next is cold."""
        for folder in (run.twin / ".ctxsite", run.twin / "cache"):
            shutil.rmtree(folder, ignore_errors=True)
        if medium != DISK:
            shutil.rmtree(run.target, ignore_errors=True)
            return
        if run.target.exists():
            run.target.rename(Path(tempfile.mkdtemp(prefix="used-", dir=run.target.parent)) / run.target.name)
        began, until = time.monotonic(), self.removed + _FELT
        while time.monotonic() < until:
            self.warm_up()  # some systems take memory away from who only sleeps
        self.waited += time.monotonic() - began

    def warm(self, step: Step, tool: Tool, pages: int, label: str = "") -> None:
        """Measure a build that remembers, then builds after edits."""
        self.build(step, tool, tools.REMEMBERING, pages, label)
        edits = tools.EDITS if tool.peer is None else (tools.NOTHING, tools.BODY)
        for scenario in edits:
            times = self.repeats if tool.peer is None and scenario != tools.TEMPLATE else 1
            for _ in range(times):
                self.build(step, tool, scenario, pages, label)

    def peak(self, step: Step, tool: Tool) -> None:
        run = self.run(tool, self.pages, step.medium)
        self.empty(run, step.medium)
        limit = 120 + 12 * tool.cost * self.pages
        found: dict[str, Any] = {"tool": tool.name}
        try:
            most, processes = memory(
                tool.command(run, tools.COLD, ""), run.twin, tool.environment(run, self.cache), limit
            )
        except FailedError as error:
            found["failed"] = str(error)
        else:
            found.update(bytes=most, processes=processes)
        self.peaks.append(found)
        print(f"  {tool.name:26} memory {found.get('bytes', 0) / 1e6:.0f} MB {found.get('failed', '')}", flush=True)

    def do(self, step: Step) -> None:
        """Measure what a step says."""
        tool = step.tools[0]
        if step.kind == "pair":
            for each in step.tools:
                self.build(step, each, tools.COLD, self.pages)
        elif step.kind == "warm":
            self.warm(step, tool, self.pages)
        elif step.kind == "peak":
            self.peak(step, tool)
        elif step.kind == "variants":
            self.build(step, tool, tools.COLD, VARIANT_PAGES, "variants")
            self.warm(step, tool, VARIANT_PAGES, "variants")
        else:
            self.build(step, tool, tools.COLD, VARIANT_RENDERINGS, f"{VARIANT_RENDERINGS:,} plain pages")

    def prepare(self, steps: list[Step]) -> None:
        """Make all sites, so that the time for measuring is spent on that."""
        for step in steps:
            for tool in step.tools:
                pages = {"variants": VARIANT_PAGES, "plain": VARIANT_RENDERINGS}.get(step.kind, self.pages)
                self.run(tool, pages, step.medium)

    def warm_up(self) -> None:
        """Start each tool once on a small site, so that its program is in the system's cache.

        Python's byte code is written as an installer writes it, whatever this environment says about that.
        """
        if not compileall.compile_dir(tools.ROOT / "ctxsite", quiet=1):
            raise SystemExit("the package cannot be compiled")
        for tool in self.used:
            run = self.run(tool, _SMALL, next(iter(self.media)))
            try:
                timed(tool.command(run, tools.COLD, ""), run.twin, tool.environment(run, self.cache), 120)
            except FailedError as error:
                print(f"{tool.name}: {error}", file=sys.stderr)


def _seconds(taken: Time) -> str:
    return f"{taken.wall:8.2f} s  {taken.processor:8.2f} s of processor"


def _media(cache: Path, fast: Path, wanted: str) -> dict[str, Path]:
    media = {MEMORY: fast / "ctxsite-benchmarks", DISK: cache / "out"}
    if report.file_system(fast) != "tmpfs":
        print(f"{fast} is no memory file system: outputs on disk only", file=sys.stderr)
        del media[MEMORY]
    if wanted != "both":
        media = {name: folder for name, folder in media.items() if wanted in name}
    return media


def commit() -> str:
    """Return which commit is measured."""

    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=tools.ROOT, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", "ctxsite")
    return git("rev-parse", "HEAD")[:12] + (" and changes" if changed else "")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--cache", type=Path, default=peers.CACHE, help=f"default: {peers.CACHE}")
    parser.add_argument("--fast", type=Path, default=FAST, help=f"a memory file system (default: {FAST})")
    parser.add_argument("--media", choices=["both", "memory", "disk"], default="both", help="where outputs go")
    parser.add_argument("--rounds", type=int, help="default: 7 up to 1,000 pages, 5 up to 20,000, then 1")
    parser.add_argument(
        "--repeats", type=int, help="warm builds of a kind in a round (default: 3; above 20,000 pages 1)"
    )
    parser.add_argument("--minutes", type=float, help="default: 4 up to 1,000 pages, 12 up to 20,000, then 7")
    parser.add_argument("--peers", nargs="*", choices=list(peers.PEERS), default=list(peers.PEERS))
    parser.add_argument("--fresh", action="store_true", help="forget what was measured before")
    parser.add_argument("--prepare", action="store_true", help="make the sites and stop")
    parser.add_argument("--reports", type=Path, default=REPORTS, help="default: benchmarks/reports")
    parser.add_argument("--note", default="", help="a sentence for the report, such as what else the machine did")
    return parser.parse_args()


def main() -> None:
    arguments = _arguments()
    pages, cache = arguments.pages, arguments.cache.resolve()
    rounds = arguments.rounds or default_rounds(pages)
    repeats = arguments.repeats or (1 if pages > LARGE else 3)
    minutes = arguments.minutes or default_minutes(pages)
    cache.mkdir(parents=True, exist_ok=True)
    found = [tool for tool in tools.PEERS if tool.peer in arguments.peers]
    if pages > LARGE:
        found = [tool for tool in found if tool in tools.HUGOS]
    for peer in [peers.PEERS[name] for name in arguments.peers]:
        if peer.found(cache) is None:
            print(peer.missing(cache), file=sys.stderr)
            found = [tool for tool in found if tool.peer != peer.name]
    bench = Bench(pages, cache, _media(cache, arguments.fast, arguments.media), repeats)
    steps = plan(pages, rounds, found, list(bench.media), repeats)
    bench.prepare(steps)
    bench.used = tuple(dict.fromkeys(tool for step in steps for tool in step.tools))
    bench.warm_up()
    if arguments.prepare:
        return
    state = cache / f"measured-{pages}.json"
    about = {"pages": pages, "commit": commit(), "steps": [step.name for step in steps], "repeats": repeats}
    done: list[str] = []
    if state.exists() and not arguments.fresh:
        before = json.loads(state.read_text("utf-8"))
        if before["about"] == about and len(before["done"]) < len(steps):
            done, bench.records, bench.peaks = before["done"], before["records"], before["peaks"]
            print(f"going on: {len(done)} of {len(steps)} steps were measured before (--fresh starts anew)")
    load = os.getloadavg()[0]
    left_out = _measure(bench, [step for step in steps if step.name not in done], done, minutes * 60, state, about)
    for folder in bench.media.values():
        shutil.rmtree(folder, ignore_errors=True)
    result = {
        **report.circumstances(bench.media, found), "pages": pages, "commit": about["commit"],
        "rounds": rounds, "note": arguments.note, "load_before": round(load, 2), "left_out": left_out,
        "records": bench.records, "memory": bench.peaks,
    }  # fmt: skip
    print(report.save(result, arguments.reports))


def _measure(
    bench: Bench, steps: list[Step], done: list[str], seconds: float, state: Path, about: dict[str, Any]
) -> list[str]:
    """Measure step by step while there is time; return the names of those for which there was none."""
    started, planned, left_out = time.monotonic(), 0.0, []
    for step in steps:
        gone = time.monotonic() - started - bench.waited
        slower = max(1.0, gone / planned) if planned > 5 else 1.0
        if gone + step.cost * slower > seconds:
            left_out.append(step.name)
            continue
        print(f"{gone:6.0f} s  {step.name}", flush=True)
        bench.do(step)
        planned += step.cost
        done.append(step.name)
        data = {"about": about, "done": done, "records": bench.records, "peaks": bench.peaks}
        beside = state.with_suffix(".new")
        beside.write_text(json.dumps(data), "utf-8")
        beside.replace(state)
    return left_out


if __name__ == "__main__":
    main()
