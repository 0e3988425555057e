"""From saving a file to seeing it in the browser: `python -m benchmarks.serve [--pages 100 1000 10000]`.

Each development server serves its copy of the same corpus, and Chromium shows the page of one post. Then, in turns,
that post is saved with a new line, or the template of all pages is, and the page itself says when it shows that: an
observer of its document looks, and takes the time with the next frame. Servers that write do so to a memory file system
if there is one.

Peers are those of `benchmarks/peers.py`; one that is not installed is left out and named. Needs playwright, Chromium.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks import twins
from benchmarks.corpus import write
from benchmarks.peers import CACHE, PEERS
from benchmarks.tools import CTXSITE, ELEVENTY, HUGO, ROOT, Tool, edited_post

ONE_PAGE, ALL_PAGES = "one page", "the template of all pages"
LIMITS = {(ONE_PAGE, 100): 0.15, (ONE_PAGE, 1000): 0.3, (ONE_PAGE, 10_000): 1.0, (ALL_PAGES, 1000): 1.5}
"""Seconds that the median of ctxsite may take."""
PATIENCE = 120.0
WATCH = """(() => {
  let last = '';
  const look = () => {
    const mark = document.documentElement?.textContent.match(/edit \\d{10,}/g)?.sort().at(-1) ?? '';
    if (mark == last) return;
    last = mark;
    requestAnimationFrame(() => setTimeout(() => seen(mark, performance.timeOrigin + performance.now())));
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
  look();
})()"""
"""Runs in every page before its own scripts; takes the time after the frame in which the newest mark is."""


@dataclass(frozen=True, slots=True)
class Server:
    """A tool as a development server: what starts it at a port."""

    tool: Tool
    make: Callable[[Path, Path], None]
    command: Callable[[str, int], list[str]]


def _ctxsite(_: str, port: int) -> list[str]:
    return [sys.executable, "-m", "ctxsite", "serve", "-p", str(port)]


def _hugo(program: str, port: int) -> list[str]:
    return [program, "server", "--port", str(port), "--bind", "127.0.0.1", "--renderToMemory"]


def _eleventy(program: str, port: int) -> list[str]:
    return ["node", program, "--serve", "--incremental", "--quiet", f"--port={port}"]


SERVERS = (
    Server(CTXSITE, twins.ctxsite, _ctxsite),
    Server(HUGO, twins.hugo, _hugo),
    Server(ELEVENTY, twins.eleventy, _eleventy),
)


@dataclass
class Running:
    """A server with a browser's page that shows the post."""

    server: Server
    site: Path
    post: tuple[str, str]
    process: subprocess.Popen[bytes]
    page: Page
    seen: dict[str, float] = field(default_factory=dict)

    def see(self, mark: str, milliseconds: float) -> None:
        """Take note that the page shows a mark, at an instant."""
        self.seen[mark] = milliseconds

    def save(self, what: str) -> tuple[float, float]:
        """Save a file; return the seconds until it shows, and those of processors that the server used meanwhile."""
        mark = f"edit {time.time_ns()}"
        if what == ONE_PAGE:
            file = self.site / self.server.tool.posts / self.post[0] / f"{self.post[1]}.md"
            text = re.sub(r"(\n\nMore, edit \d+\.\n)?\Z", f"\n\nMore, {mark}.\n", file.read_text("utf-8"), count=1)
        else:
            file = self.site / self.server.tool.template
            text = re.sub(r"</h1>(<p>edit \d+</p>)?", f"</h1><p>{mark}</p>", file.read_text("utf-8"), count=1)
        before, started = self._processor(), time.time()
        file.write_text(text, "utf-8")
        until = time.monotonic() + PATIENCE
        while mark not in self.seen:
            if time.monotonic() > until:
                raise TimeoutError(f"{self.server.tool.name} did not show {what} within {PATIENCE:.0f} s")
            self.page.wait_for_timeout(2)
        return self.seen[mark] / 1000 - started, self._processor() - before

    def _processor(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(") ")[2].split()
        return sum(int(fields[number]) for number in (11, 12, 13, 14)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(command: list[str], site: Path, url: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the end of the `with`; wait until it answers."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=site, env=environment, stdin=quiet, stdout=quiet, stderr=quiet)
    try:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                urllib.request.urlopen(url, timeout=PATIENCE).close()
            except OSError as error:
                if time.monotonic() > until or process.poll() is not None:
                    raise TimeoutError(f"{command[0]} does not answer at {url}") from error
                time.sleep(0.05)
            else:
                break
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def measured(
    size: int, programs: dict[str, str], folder: Path, rounds: int, new_page: Callable[[], Page]
) -> dict[tuple[str, str], list[tuple[float, float]]]:
    """Return by tool and by what was saved the seconds to see it, and those of processors."""
    site = folder / f"corpus-{size}"
    write(site, size)
    post = edited_post(site, size)
    results: dict[tuple[str, str], list[tuple[float, float]]] = {}
    with ExitStack() as stack:
        running = []
        for server in SERVERS:
            if server.tool.name not in programs:
                continue
            twin, port = folder / f"{server.tool.name}-{size}", free_port()
            server.make(site, twin)
            url = f"http://127.0.0.1:{port}/{post[0]}/{post[1]}/"
            command = server.command(programs[server.tool.name], port)
            process = stack.enter_context(serving(command, twin, url))
            page = new_page()
            stack.callback(page.close)
            shown = Running(server, twin, post, process, page)
            page.expose_function("seen", shown.see)
            page.add_init_script(WATCH)
            page.goto(url, wait_until="load")
            running.append(shown)
        for what in (ONE_PAGE, *([ALL_PAGES] if (ALL_PAGES, size) in LIMITS else [])):
            for number in range(rounds + 1):
                for shown in running:
                    shown.page.bring_to_front()
                    shown.page.wait_for_timeout(300)
                    found = shown.save(what)
                    if number:  # the first is for warming up
                        results.setdefault((shown.server.tool.name, what), []).append(found)
    return results


def report(results: dict[int, dict[tuple[str, str], list[tuple[float, float]]]], rounds: int) -> str:
    """Return a table of medians, with the limits of ctxsite."""
    lines = [
        "# From saving to seeing", "",
        f"Medians of {rounds} saves in turns on {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}.", "",
        "| pages | saved | server | seen after | slowest | processor | limit |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for size, found in results.items():
        for (name, what), times in found.items():
            walls, processors = zip(*times, strict=True)
            median = statistics.median(walls)
            limit = LIMITS[what, size] if name == "ctxsite" else None
            verdict = "" if limit is None else f"{limit:.2f} s: {'kept' if median <= limit else 'NOT KEPT'}"
            lines.append(
                f"| {size:,} | {what} | {name} | {median:.3f} s | {max(walls):.3f} s | "
                f"{statistics.median(processors):.3f} s | {verdict} |"
            )
    return "\n".join(lines) + "\n"


def programs_of(arguments: argparse.Namespace) -> dict[str, str]:
    """Return the servers that are there, by name."""
    found = {"ctxsite": sys.executable}
    for name in ("hugo", "eleventy"):
        given = getattr(arguments, name)
        program = given or PEERS[name].found(arguments.cache)
        if program is None:
            print(PEERS[name].missing(arguments.cache), file=sys.stderr)
        else:
            found[name] = str(program)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=[100, 1000, 10_000])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--cache", type=Path, default=CACHE, help="where the peers are")
    parser.add_argument("--hugo", help="the program, instead of the peer")
    parser.add_argument("--eleventy", help="the program (cmd.cjs), instead of the peer")
    parser.add_argument("--browser", help="Chromium's path (default: that on the path)")
    parser.add_argument("--report", type=Path, help="a path without an ending, for .md and .json")
    arguments = parser.parse_args()
    browser_path = arguments.browser or shutil.which("chromium") or shutil.which("google-chrome")
    programs = programs_of(arguments)
    memory = Path("/dev/shm")
    results: dict[int, dict[tuple[str, str], list[tuple[float, float]]]] = {}
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for size in arguments.pages:
            results[size] = measured(size, programs, Path(name), arguments.rounds, browser.new_page)
            print(report({size: results[size]}, arguments.rounds), flush=True)
        browser.close()
    if arguments.report:
        arguments.report.with_suffix(".md").write_text(report(results, arguments.rounds))
        data = [
            {"pages": size, "server": tool, "saved": what, "seen": [wall for wall, _ in times]}
            for size, found in results.items()
            for (tool, what), times in found.items()
        ]
        arguments.report.with_suffix(".json").write_text(json.dumps(data, indent=1) + "\n")


if __name__ == "__main__":
    main()
