"""Laws of building again: warm is cold, byte for byte, after any edits; so is a build after one that was killed."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctxsite.build import workers
from ctxsite.build.pipeline import compile_site
from ctxsite.build.survey import Request
from ctxsite.cli.main import main
from ctxsite.content.assemble import Moment
from ctxsite.diagnostics.json import all_as_data
from ctxsite.diagnostics.model import Severity
from tests.build.edits import FILES, PATHS, REMOVED, TAILED, TAILS, TEXTS, Edit, Site

NOW = "2026-05-01T12:00:00+00:00"
LATER = "2026-07-01T12:00:00+00:00"

other_file = st.sampled_from(PATHS).flatmap(
    lambda path: st.tuples(
        st.just(path),
        st.integers(0 if path == "ctxsite.yaml" else REMOVED, len(FILES[path]) - 1),
    )
)
other_text = st.tuples(st.sampled_from(TEXTS), st.integers(0, len(TAILS) - 1).map(lambda tail: tail * TAILED))
edit = other_text | other_file
rounds = st.lists(
    st.tuples(st.lists(edit, max_size=3), st.sampled_from([NOW, NOW, NOW, LATER])), min_size=1, max_size=4
)
Round = tuple[list[Edit], str]


def run(root: Path, now: str, *more: str) -> str:
    """Build as people do; return what is printed."""
    options = ["build", "--cache", "-s", str(root), "--now", now, *more]
    return CliRunner().invoke(main, options, catch_exceptions=False).stdout


def warm(root: Path, now: str, *more: str) -> list[object]:
    """Build as programs do; return what it says."""
    said = json.loads(run(root, now, "--json", *more))["diagnostics"]
    assert isinstance(said, list)
    return said


def cold(root: Path, now: str) -> tuple[dict[str, bytes] | None, list[object]]:
    """Compile a site without memory; return what must be in the output (None: whatever was), and what it says."""
    compiled = compile_site(Request(root, Moment(dt.datetime.fromisoformat(now)), jobs=1))
    said = all_as_data(compiled.diagnostics)
    if any(each.severity is Severity.ERROR for each in compiled.diagnostics):
        return None, list(said)
    files = {
        artifact.path: artifact.data if artifact.copy_of is None else (root / artifact.copy_of).read_bytes()
        for artifact in compiled.artifacts
    }
    return files, list(said)


def tree(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def check(root: Path, now: str, *more: str) -> None:
    said = warm(root, now, *more)
    files, expected = cold(root, now)
    assert said == expected
    if files is not None:
        assert tree(root / "public") == files


def follow(story: Sequence[Round], *more: str) -> None:
    with TemporaryDirectory() as folder:
        site = Site(Path(folder))
        warm(site.root, NOW, *more)
        for edits, now in story:
            for path, version in edits:
                site.edit(path, version)
            check(site.root, now, *more)


quick = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


@quick
@given(rounds)
def test_warm_is_cold_after_any_edits(story: list[Round]) -> None:
    follow(story)


@pytest.mark.slow
@settings(quick, max_examples=5000)
@given(rounds)
def test_warm_is_cold_after_very_many_edits(story: list[Round]) -> None:
    follow(story)


@settings(quick, max_examples=15)
@given(rounds)
def test_workers_make_no_difference(story: list[Round]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "WORTH_IT", 2)
        follow(story, "-j", "2")


def test_alternatives_that_are_loaded_come_and_go(tmp_path: Path) -> None:
    site = Site(tmp_path)
    limit, lazy, large = (len(FILES[path]) - 1 for path in ("ctxsite.yaml", "templates/base.html", "content/b@x.md"))
    found = []
    for path, version in (
        ("content/b@x.md", large), ("ctxsite.yaml", limit), ("templates/base.html", lazy), ("content/a.md", 1),
        ("content/b.md", 1), ("content/b@x.md", 0), ("content/b@x.md", large), ("ctxsite.yaml", 0),
    ):  # fmt: skip
        site.edit(path, version)
        check(tmp_path, NOW)
        found.append(len(list((tmp_path / "public").glob("~_fragments/*/index.html"))))
        headers = (tmp_path / "public" / "_headers").read_text("utf-8")
        assert ("/~_fragments/*\n  X-Robots-Tag: noindex\n" in headers) == bool(found[-1])
        names = [path.read_text("utf-8") for path in (tmp_path / "public").rglob("sitemap*.xml")]
        assert "fragments" not in "".join(names)
    assert found == [0, 0, 1, 1, 1, 0, 1, 0]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "site")


def killed(root: Path, point: int) -> bool:
    """Build in a process that kills itself before it opens, makes, renames or removes its `point`-th file."""
    child = os.fork()
    if child == 0:
        left = point

        def count(event: str, _: object) -> None:
            nonlocal left
            if event in {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir"}:
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno() if sys.stdout.fileno() > 2 else 1)
        sys.addaudithook(count)
        warm(root, NOW)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.filterwarnings("ignore:This process")
def test_a_killed_build_is_followed_by_one_that_equals_cold(tmp_path: Path) -> None:
    kills = 0
    for point in range(1, 101, 2):
        site = Site(tmp_path / str(point))
        if point % 4 == 1:
            warm(site.root, NOW)
        for path in PATHS:
            site.edit(path, 1 if path != "content/blog/one.md" else 2)
        kills += killed(site.root, point)
        check(site.root, NOW)
    assert kills >= 45


@settings(quick, max_examples=60)
@given(st.data())
def test_a_damaged_store_is_an_empty_one(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        site = Site(Path(folder))
        warm(site.root, NOW)
        store = site.root / ".ctxsite" / "store"
        raw = bytearray(store.read_bytes())
        at = int(data.draw(st.floats(0, 1, exclude_max=True)) * len(raw))
        if data.draw(st.booleans()):
            del raw[at:]
        else:
            raw[at : at + 8] = data.draw(st.binary(min_size=1, max_size=8))
        store.write_bytes(raw)
        site.edit(*data.draw(edit))
        check(site.root, NOW)


def test_a_store_is_good_on_another_machine(site: Site, tmp_path: Path) -> None:
    warm(site.root, NOW)
    other = site.root.rename(tmp_path / "elsewhere")
    for number, file in enumerate(sorted(other.rglob("*"))):
        os.utime(file, ns=(number, number))
    before = {file: file.stat().st_mtime_ns for file in (other / "public").rglob("*") if file.is_file()}
    check(other, NOW)
    assert {file: file.stat().st_mtime_ns for file in (other / "public").rglob("*") if file.is_file()} == before


def test_what_is_unchanged_is_not_touched(site: Site) -> None:
    warm(site.root, NOW)
    public = site.root / "public"
    before = {file: file.stat().st_mtime_ns for file in public.rglob("*") if file.is_file()}
    site.edit("content/blog/one.md", 1)
    warm(site.root, NOW)
    after = {file: file.stat().st_mtime_ns for file in public.rglob("*") if file.is_file()}
    changed = {file.relative_to(public).as_posix() for file in after if after[file] != before.get(file)}
    assert changed == {"blog/one/index.html", "de/blog/one/index.html", "ctxsite.json"}


@pytest.mark.parametrize("spoil", [lambda file: file.unlink(), lambda file: file.write_text("other")])
def test_an_output_that_somebody_changed_is_mended(site: Site, spoil: Callable[[Path], None]) -> None:
    warm(site.root, NOW)
    spoil(site.root / "public" / "a" / "index.html")
    check(site.root, NOW)
