"""Hundreds of saves in a row: memory stays flat; threads, watches and open files stay as many as they were."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.server.cold import check
from tests.server.serving import Served, serving, until

PAGE = (
    "---\ntitle: Page {number}\n---\n\n## Heading\n\nText of page {number}, version {version}.\n\n[next](p{next}.md)\n"
)
PAGES = 40


@dataclass(frozen=True, slots=True)
class Use:
    """What a process has."""

    memory: int
    """Resident bytes."""
    threads: int
    files: int
    watches: int


def use(process: int) -> Use:
    """Return it, from proc(5)."""
    folder = Path(f"/proc/{process}")
    status = dict(line.split(":\t", 1) for line in (folder / "status").read_text().splitlines() if ":\t" in line)
    files = [entry.name for entry in (folder / "fd").iterdir()]
    infos = [(folder / "fdinfo" / name).read_text() for name in files if (folder / "fdinfo" / name).exists()]
    watches = sum(info.count("inotify wd:") for info in infos)
    return Use(int(status["VmRSS"].split()[0]) * 1024, int(status["Threads"]), len(files), watches)


def write(site: Path, number: int, version: int) -> None:
    text = PAGE.format(number=number, version=version, next=(number + 1) % PAGES)
    (site / f"content/p{number}.md").write_text(text)


def saved(served: Served, site: Path, versions: range) -> None:
    """Save one page after another, each once the one before is served; every tenth time a new folder comes and goes."""
    for version in versions:
        number = version % PAGES
        write(site, number, version)
        wanted = f"version {version}."
        until(lambda: wanted in served.text(f"/p{number}/"))  # noqa: B023
        if version % 10 == 0:
            folder = site / "content" / f"folder-{version}"
            folder.mkdir()
            (folder / "one.md").write_text("---\ntitle: One\n---\n")
            until(lambda: served.ask(f"/folder-{version}/one/").status == 200)  # noqa: B023
            (folder / "one.md").unlink()
            folder.rmdir()
            until(lambda: served.ask(f"/folder-{version}/one/").status == 404)  # noqa: B023


def endured(make_site: Callable[..., Path], saves: int) -> tuple[Use, Use]:
    """Return what the server has after warming up, and after so many saves more."""
    site = make_site({"content/index.md": "---\ntitle: Home\n---\n"})
    for number in range(PAGES):
        write(site, number, 0)
    with serving(site, "-q") as served:
        saved(served, site, range(1, 101))
        before = use(served.process.pid)
        saved(served, site, range(101, 101 + saves))
        after = use(served.process.pid)
        check(served, site)
    return before, after


def hold(before: Use, after: Use) -> None:
    assert after.threads <= before.threads
    assert after.watches <= before.watches
    assert after.files <= before.files + 2  # a connection that is just being closed
    assert after.memory <= before.memory * 1.1


def test_a_hundred_saves(make_site: Callable[..., Path]) -> None:
    hold(*endured(make_site, 100))


@pytest.mark.slow
def test_five_hundred_saves(make_site: Callable[..., Path]) -> None:
    before, after = endured(make_site, 500)
    print(f"\nbefore: {before}\nafter:  {after}")
    hold(before, after)
