"""Reports of measurements: one of each size as Markdown and JSON, and one that compares sizes and goals.

`python -m benchmarks.report` writes the Markdown anew from the JSON files.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import peers, tools
from benchmarks.plan import DISK, MEMORY, VARIANT_RENDERINGS
from benchmarks.tools import BODY, COLD, NOTHING, REMEMBERING, TEMPLATE, TITLE, Tool

Result = Mapping[str, Any]
Figures = Sequence[Mapping[str, Any]]

CTXSITE, PYTHON_MARKDOWN, HUGO, ONE_FEED, MKDOCS = (
    tool.name for tool in (tools.CTXSITE, tools.PYTHON_MARKDOWN, tools.HUGO, tools.HUGO_ONE_FEED, tools.MKDOCS)
)
_GROWTH = "growth.json"
_OTHER_WORK = ("variants", f"{VARIANT_RENDERINGS:,} plain pages")
"""What is in the report of all sizes."""


def file_system(folder: Path) -> str:
    """Return the type of the file system that a folder is on (proc(5), `mounts`); `` where that is not known."""
    try:
        mounts = [line.split() for line in Path("/proc/mounts").read_text().splitlines()]
    except OSError:
        return ""
    best = max((each for each in mounts if folder.resolve().is_relative_to(each[1])), key=lambda each: len(each[1]))
    return str(best[2])


def circumstances(media: Mapping[str, Path], found: Iterable[Tool]) -> dict[str, Any]:
    """Return on what and with what was measured."""
    model = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    versions = {CTXSITE: _installed("pyromark", "jinja2", "pyyaml", "markdown")}
    for name in dict.fromkeys(tool.peer for tool in found):
        if name is not None:
            versions[name] = peers.PEERS[name].version
    return {
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "machine": f"{os.cpu_count()} cores ({model[1] if model else platform.machine()}), {platform.system()}",
        "python": platform.python_version(),
        "node": _said("node", "--version"),
        "versions": versions,
        "media": {medium: file_system(folder) for medium, folder in media.items()},
    }


def _installed(*packages: str) -> str:
    from importlib.metadata import version  # noqa: PLC0415  # a lookup on disk, for a report only

    return ", ".join(f"{package} {version(package)}" for package in packages)


def _said(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def figures(result: Result, tool: str, scenario: str, medium: str) -> Figures:
    """Return what was measured of a kind, failures aside."""
    wanted = {"tool": tool, "scenario": scenario, "medium": medium}
    return [each for each in result["records"] if "wall" in each and wanted.items() <= each.items()]


def middle(found: Figures, key: str) -> float | None:
    """Return a median; None of nothing."""
    return statistics.median(each[key] for each in found) if found else None


def ratio(found: Figures, base: Figures, key: str) -> float | None:
    """Return the median of each round's ratio. Only rounds that have both count; there each has its median."""
    ratios = []
    for number in sorted({each["round"] for each in found} & {each["round"] for each in base}):
        one, other = (
            statistics.median(each[key] for each in figures if each["round"] == number) for figures in (found, base)
        )
        ratios.append(one / other)
    return statistics.median(ratios) if ratios else None


def _failures(result: Result, tool: str, scenario: str, medium: str) -> list[str]:
    wanted = {"tool": tool, "scenario": scenario, "medium": medium}
    found = (each for each in result["records"] if "failed" in each and wanted.items() <= each.items())
    return [each["failed"].replace("|", "/") for each in found]


def _s(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds:.2f} s"


def _x(share: float | None) -> str:
    return "–" if share is None else f"{share:.2f}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines] + [""]


def _cold(result: Result, medium: str) -> list[str]:
    base = figures(result, HUGO, COLD, medium)
    rows = []
    for tool in dict.fromkeys(each["tool"] for each in result["records"] if each["scenario"] == COLD):
        if tool in _OTHER_WORK:
            continue
        found = figures(result, tool, COLD, medium)
        failed = _failures(result, tool, COLD, medium)
        if not found and not failed:
            continue
        walls = [each["wall"] for each in found]
        rows.append([
            tool, str(len(found)), _s(middle(found, "wall")),
            f"{min(walls):.2f} to {max(walls):.2f}" if walls else failed[0],
            _x(ratio(found, base, "wall")), _s(middle(found, "processor")), _x(ratio(found, base, "processor")),
        ])  # fmt: skip
    if not rows:
        return []
    head = ["cold build", "runs", "wall", "from, to", "of Hugo", "processor", "of Hugo"]
    return [f"## Cold, output on {_on(result, medium)}", "", *table(head, rows)]


def _warm(result: Result, medium: str) -> list[str]:
    tools_ = dict.fromkeys(each["tool"] for each in result["records"] if each["scenario"] == NOTHING)
    rows = []
    for tool in tools_:
        if tool in _OTHER_WORK:
            continue
        for scenario in (REMEMBERING, NOTHING, BODY, TITLE, TEMPLATE):
            found = figures(result, tool, scenario, medium)
            failed = _failures(result, tool, scenario, medium)
            if found:
                shares = [ratio(found, figures(result, tool, before, medium), "wall") for before in (COLD, REMEMBERING)]
                seconds = [_s(middle(found, what)) for what in ("wall", "processor")]
                rows.append([tool, scenario, str(len(found)), *seconds, *map(_x, shares)])
            elif failed:
                rows.append([tool, scenario, "0", failed[0], "–", "–", "–"])
    if not rows:
        return []
    head = ["tool", "what was edited", "runs", "wall", "processor", "of its cold build (wall)", "of one that remembers"]
    return [f"## Building again, output on {_on(result, medium)}", "", *table(head, rows)]


def _on(result: Result, medium: str) -> str:
    return f"{'a ' if medium == MEMORY else ''}{medium} ({result['media'].get(medium, '')})"


def _memory(result: Result) -> list[str]:
    if not result["memory"]:
        return []
    rows = [
        [each["tool"], f"{each['bytes'] / 1e6:,.0f} MB" if "bytes" in each else each["failed"],
         str(each.get("processes", "–"))]
        for each in result["memory"]
    ]  # fmt: skip
    text = (
        "The most that all processes of a cold build had at once (PSS: shared memory counts once), in runs of its own."
    )
    return ["## Memory", "", text, "", *table(["tool", "peak", "processes then"], rows)]


_HOW = """\
Whole processes, their start included. Sources on disk and in the system's cache; before a cold build there is no
output, and what was still to be written is flushed. On a disk, outputs of earlier builds are set aside: removing them
would slow down what is measured next. Tools took turns; `of Hugo` is the median of each round's ratio, and `from, to`
are the shortest and the longest time. Each build was checked: the number of pages, and texts of a sample page, the edit
among them. `hugo` is its best configuration, otherwise as it comes, with a feed of each section; `hugo, one feed`
writes as few files as ctxsite does. Again: ctxsite with `--cache`, Eleventy with `--incremental=FILE` where a post was
edited, MkDocs with `--dirty`, Pelican with its content cache, Hugo as always."""


def _conditions(result: Result) -> list[str]:
    versions = "; ".join(f"{tool}: {version}" for tool, version in result["versions"].items())
    lines = [
        f"{result['date']}, {result['machine']}, Python {result['python']}, Node {result['node'] or 'none'}.",
        f"Commit {result['commit']}; load before {result['load_before']}.",
        f"{versions}.", "",
        _HOW,
    ]  # fmt: skip
    if result["note"]:
        lines += ["", f"**{result['note']}**"]
    if result["left_out"]:
        lines += ["", f"There was no time for: {'; '.join(result['left_out'])}."]
    return [*lines, ""]


def one(result: Result) -> str:
    """Return the report of one size."""
    lines = [f"# {result['pages']:,} pages", "", *_conditions(result)]
    for medium in (MEMORY, DISK):
        lines += _cold(result, medium)
    for medium in (MEMORY, DISK):
        lines += _warm(result, medium)
    return "\n".join([*lines, *_memory(result)]).rstrip() + "\n"


def of_size(pages: int) -> str:
    """Return what stands in place of a tool where sizes are compared."""
    return f"{pages:,} pages"


def growth(result: Result) -> list[str]:
    """Return what a page costs at each size, and each page more than at the size before."""
    rows, before = [], None
    for pages in result["sizes"]:
        found = figures(result, of_size(pages), COLD, MEMORY)
        walls = sorted(each["wall"] for each in found)
        if not walls:
            continue
        taken = {key: statistics.median(each[key] for each in found) for key in ("wall", "processor")}
        more = ["–", "–"]
        if before is not None:
            fewer, less = before
            more = [_ms((taken[key] - less[key]) / (pages - fewer)) for key in ("wall", "processor")]
        rows.append([
            f"{pages:,}", str(len(found)), _s(taken["wall"]), f"{walls[0]:.2f} to {walls[-1]:.2f}",
            _ms(taken["wall"] / pages), more[0], _s(taken["processor"]), more[1],
        ])  # fmt: skip
        before = pages, taken
    note = (
        "ctxsite's cold builds, their start included, output on a memory file system. Sizes took turns; a page more is "
        f"one more than at the size before. {result['date']}, commit {result['commit']}, load before "
        f"{result['load_before']}."
    )
    head = ["pages", "runs", "wall", "from, to", "a page", "a page more", "processor", "a page more"]
    return ["## Cost per page", "", note, "", *table(head, rows)]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.3f} ms"


Goal = tuple[str, int, str, Callable[[Result], float | None], float]


def _share(tool: str, base: str, medium: str) -> Callable[[Result], float | None]:
    return lambda result: ratio(figures(result, tool, COLD, medium), figures(result, base, COLD, medium), "wall")


def _template(base: str, medium: str) -> Callable[[Result], float | None]:
    return lambda result: ratio(
        figures(result, CTXSITE, TEMPLATE, medium), figures(result, CTXSITE, base, medium), "wall"
    )


def _wall(scenario: str, medium: str) -> Callable[[Result], float | None]:
    return lambda result: middle(figures(result, CTXSITE, scenario, medium), "wall")


def _peak(result: Result) -> float | None:
    found = [each["bytes"] / 1e6 for each in result["memory"] if each["tool"] == CTXSITE and "bytes" in each]
    return max(found) if found else None


def goals() -> list[Goal]:
    """Return what is wanted: of what, at how many pages, the unit, how it is found, and at most how much."""
    wanted: list[Goal] = []
    for medium in (MEMORY, DISK):
        on = f"output on {medium}"
        wanted += [
            (f"cold, {on}", 10_000, "of Hugo", _share(CTXSITE, HUGO, medium), 0.5),
            (f"cold, {on}", 1_000, "of Hugo", _share(CTXSITE, HUGO, medium), 0.7),
            (f"cold, {on}", 10_000, "of Hugo with one feed", _share(CTXSITE, ONE_FEED, medium), 0.5),
            (f"cold, {on}", 1_000, "of Hugo with one feed", _share(CTXSITE, ONE_FEED, medium), 0.7),
            (f"cold, python-markdown, {on}", 10_000, "of MkDocs", _share(PYTHON_MARKDOWN, MKDOCS, medium), 0.55),
            (f"nothing changed, {on}", 10_000, "s", _wall(NOTHING, medium), 0.15),
            (f"one body, {on}", 10_000, "s", _wall(BODY, medium), 0.30),
            (f"one title in no list, {on}", 10_000, "s", _wall(TITLE, medium), 0.35),
            (f"one template used by all, {on}", 10_000, "of cold", _template(COLD, medium), 0.5),
            (f"one template used by all, {on}", 10_000, "of cold, remembering", _template(REMEMBERING, medium), 0.5),
        ]  # fmt: skip
    return [*wanted, ("memory", 10_000, "MB", _peak, 350), ("memory", 100_000, "MB", _peak, 3000)]


def whole(results: Sequence[Result], grown: Result | None = None) -> str:
    """Return what compares all sizes: goals, and cost per page, where that was measured."""
    by_size = {result["pages"]: result for result in results}
    rows = []
    for what, pages, unit, found, limit in goals():
        value = found(by_size[pages]) if pages in by_size else None
        if value is not None:
            met = "yes" if value <= limit else "no"
            digits = 0 if unit == "MB" else 2
            rows.append([f"{pages:,}", what, f"{limit:g} {unit}", f"{value:,.{digits}f} {unit}", met])
    lines = ["# Measurements", "", *table(["pages", "what", "at most", "measured", "met"], rows)]
    if grown is not None:
        lines += growth(grown)
    lines += [*_variants(results), "Details: "]
    lines[-1] += ", ".join(f"[{pages:,} pages]({pages}.md)" for pages in sorted(by_size)) + "."
    return "\n".join(lines) + "\n"


def _variants(results: Sequence[Result]) -> list[str]:
    result = next((each for each in results if figures(each, "variants", COLD, MEMORY)), None)
    if result is None:
        return []
    plain = f"{VARIANT_RENDERINGS:,} plain pages"
    rows = [
        [name, _s(middle(found, "wall")), _s(middle(found, "processor"))]
        for name, found in [
            ("cold", figures(result, "variants", COLD, MEMORY)),
            *((scenario, figures(result, "variants", scenario, MEMORY)) for scenario in (REMEMBERING, *tools.EDITS)),
            (f"{plain}, cold", figures(result, plain, COLD, MEMORY)),
        ]
    ]
    text = f"1,000 pages in 3 languages, each as the default and 2 variants: {VARIANT_RENDERINGS:,} renderings."
    return ["## Variants", "", text, "", *table(["build", "wall", "processor"], rows)]


def save(result: Result, folder: Path) -> str:
    """Write a size's report, and the one of all sizes; return the former."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{result['pages']}.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return write(folder)[result["pages"]]


def save_growth(result: Result, folder: Path) -> str:
    """Write what was measured of sizes in turns, and the report of all sizes; return its part."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _GROWTH).write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    write(folder)
    return "\n".join(growth(result))


def write(folder: Path) -> dict[int, str]:
    """Write all Markdown anew from the JSON files; return the sizes' reports."""
    results = sorted((json.loads(path.read_text("utf-8")) for path in folder.glob("[0-9]*.json")), key=_pages)
    texts = {_pages(result): one(result) for result in results}
    for pages, text in texts.items():
        (folder / f"{pages}.md").write_text(text, "utf-8")
    grown = json.loads((folder / _GROWTH).read_text("utf-8")) if (folder / _GROWTH).exists() else None
    (folder / "README.md").write_text(whole(results, grown), "utf-8")
    return texts


def _pages(result: Result) -> int:
    return int(result["pages"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path(__file__).resolve().parent / "reports")
    write(parser.parse_args().folder)


if __name__ == "__main__":
    main()
