"""How each generator is run, what it is given, and whether it made what it should have made."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import twins
from benchmarks.corpus import name_of, section_of
from benchmarks.measure import FailedError

ROOT = Path(__file__).resolve().parent.parent

COLD = "cold"
REMEMBERING = "cold, remembering for the next build"
NOTHING = "nothing changed"
BODY = "one body"
TITLE = "one title, in no list"
TEMPLATE = "the template of all pages"
EDITS = (NOTHING, BODY, TITLE, TEMPLATE)


@dataclass(frozen=True, slots=True)
class Run:
    """Where a generator works: its program (None: this Python), its copy of the corpus, its output."""

    program: Path | None
    twin: Path
    target: Path


@dataclass(frozen=True, slots=True)
class Tool:
    """A generator. `cost` is about how many seconds a page takes, for planning only."""

    name: str
    peer: str | None
    twin: str
    make: Callable[[Path, Path], None]
    cost: float
    command: Callable[[Run, str, str], list[str]]
    """From a run, what is measured (`COLD` …), and the path of the post that was edited, in the twin."""
    posts: str = "content"
    template: str = ""
    again: float = 1.0
    """About how much of a cold build a warm one takes; for planning only."""

    def environment(self, run: Run, cache: Path) -> dict[str, str]:
        path = str(ROOT if self.peer is None else run.twin)
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("CTXSITE_", "HUGO_", "PYTHON"))}
        return {
            **kept, "PYTHONPATH": path, "HUGO_CACHEDIR": str(cache / "hugo-cache"), "NO_COLOR": "1",
            "XDG_CACHE_HOME": str(cache / "xdg"),
        }  # fmt: skip


def _ctxsite(run: Run, scenario: str, _: str) -> list[str]:
    command = [sys.executable, "-m", "ctxsite", "build", "-q", "-s", str(run.twin), "-d", str(run.target)]
    return command if scenario == COLD else [*command, "--cache"]


def _hugo(run: Run, _scenario: str, _: str) -> list[str]:
    return [str(run.program), "--quiet", "--logLevel", "error", "-d", str(run.target)]


def _eleventy(run: Run, scenario: str, post: str) -> list[str]:
    # It takes paths as seen from its folder only.
    command = ["node", str(run.program), "--quiet", f"--output={os.path.relpath(run.target, run.twin)}"]
    return [*command, f"--incremental={post}"] if scenario in {BODY, TITLE} else command


def _mkdocs(run: Run, scenario: str, _: str) -> list[str]:
    command = [str(run.program), "build", "-q", "-d", str(run.target)]
    return command if scenario in {COLD, REMEMBERING} else [*command, "--dirty"]


def _pelican(run: Run, scenario: str, _: str) -> list[str]:
    settings = "pelicanconf.py" if scenario == COLD else "cached.py"
    return [str(run.program), "content", "-q", "-s", settings, "-o", str(run.target)]


CTXSITE = Tool(
    "ctxsite", None, "ctxsite", twins.ctxsite, 0.0005, _ctxsite,
    template="themes/bench/templates/page.html"
)  # fmt: skip
PYTHON_MARKDOWN = Tool(
    "ctxsite, python-markdown", None, "ctxsite-python-markdown", twins.ctxsite_python_markdown, 0.0025, _ctxsite,
    template="themes/bench/templates/page.html"
)  # fmt: skip
VARIANTS = Tool("ctxsite", None, "variants", twins.ctxsite, 0.006, _ctxsite, template=CTXSITE.template)
HUGO = Tool("hugo", "hugo", "hugo", twins.hugo, 0.0008, _hugo, template="layouts/_default/baseof.html")
HUGO_ONE_FEED = Tool(
    "hugo, one feed", "hugo", "hugo-one-feed", twins.hugo_one_feed, 0.0006, _hugo, template=HUGO.template
)
HUGOS = (HUGO, HUGO_ONE_FEED)
ELEVENTY = Tool(
    "eleventy", "eleventy", "eleventy", twins.eleventy, 0.0016, _eleventy,
    template="content/_includes/page.njk",
)  # fmt: skip
MKDOCS = Tool(
    "mkdocs", "mkdocs", "mkdocs", twins.mkdocs, 0.0045, _mkdocs, "docs", "theme/main.html", again=0.05,
)  # fmt: skip
PELICAN = Tool(
    "pelican", "pelican", "pelican", twins.pelican, 0.006, _pelican,
    template="theme/templates/article.html", again=0.3,
)  # fmt: skip
PEERS = (*HUGOS, ELEVENTY, MKDOCS, PELICAN)


def edited_post(site: Path, pages: int) -> tuple[str, str]:
    """Return section and name of the post that is edited: low in every list, whether by number or by date."""
    numbers = range(pages - 1, max(pages * 3 // 4, pages - 200) - 1, -1)

    def date(number: int) -> str:
        text = (site / "content" / section_of(number) / f"{name_of(number)}.md").read_text("utf-8")
        found = re.search(r"^date: (.*)$", text, re.MULTILINE)
        return found[1] if found else ""

    chosen = min(numbers, key=lambda number: (date(number), -number))
    return section_of(chosen), name_of(chosen)


def edit(tool: Tool, twin: Path, post: tuple[str, str], scenario: str) -> str:
    """Change what a scenario changes; return a text that must be in the post's page afterwards."""
    mark = f"edit {time.time_ns()}"
    path = twin / tool.posts / post[0] / f"{post[1]}.md"
    if scenario == BODY:
        _changed(path, r"(\n\nMore, edit \d+\.\n)?\Z", f"\n\nMore, {mark}.\n")
    elif scenario == TITLE:
        _changed(path, r"^title: (Another edit \d+ )?", f"title: Another {mark} ")
    elif scenario == TEMPLATE:
        _changed(twin / tool.template, r"(<!-- edit \d+ -->\n)?\Z", f"<!-- {mark} -->\n")
    else:
        return ""
    return mark


def _changed(path: Path, pattern: str, new: str) -> None:
    path.write_text(re.sub(pattern, new, path.read_text("utf-8"), count=1, flags=re.MULTILINE), "utf-8")


def check(tool: Tool, run: Run, pages: int, post: tuple[str, str], mark: str = "") -> None:
    """Raise FailedError unless all posts are pages, and the edited post's page has its text and the last edit."""
    text = (run.twin / tool.posts / post[0] / f"{post[1]}.md").read_text("utf-8")
    page = run.target / post[0] / post[1] / "index.html"
    if not page.is_file():
        raise FailedError(f"{page} was not made")
    made = page.read_text("utf-8")
    for wanted in (*_samples(text), "<table", *([mark] if mark else [])):
        if wanted not in made:
            raise FailedError(f"{page} has no {wanted!r}")
    if not mark:
        found = sum(1 for section in run.target.glob("section-*") for each in os.scandir(section) if _is_page(each))
        if found != pages:
            raise FailedError(f"{found} of {pages} pages were made")


def _samples(text: str) -> list[str]:
    """Return texts that every page of this post must have: its title, a heading, a paragraph's beginning, an item."""
    patterns = (r"^title: (.*)$", r"^## (.*)$", r"^## .*\n\n(.{40})", r"^- (.*)$")
    return [found[1] for pattern in patterns if (found := re.search(pattern, text, re.MULTILINE))]


def _is_page(entry: os.DirEntry[str]) -> bool:
    return entry.name.startswith("post-") and Path(entry.path, "index.html").is_file()
