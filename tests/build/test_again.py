"""Laws of building again: warm is cold, byte for byte, after any edits; so is a build after one that was killed.

The slow suite has a number for each part of it, so that several processes share it, best in a folder that is in memory:
`TMPDIR=/dev/shm python -m pytest -m slow -n 2 tests/build/test_again.py`.
"""

from __future__ import annotations

import atexit
import datetime as dt
import functools
import json
import os
import random
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from ctxsite.build import publish, workers
from ctxsite.build.pipeline import compile_site
from ctxsite.build.store import Store
from ctxsite.build.survey import Request
from ctxsite.cli.main import main
from ctxsite.content.assemble import Moment
from ctxsite.diagnostics.codes_output import BROKEN_LINK
from ctxsite.diagnostics.json import all_as_data
from ctxsite.diagnostics.model import Severity
from tests.build.edits import (
    ALL_PATHS,
    COPIED,
    FILES,
    HARMLESS,
    LENIENT,
    PATHS,
    REMOVED,
    TAILED,
    TAILS,
    TEMPLATES,
    TEXTS,
    VERSIONS,
    Edit,
    Site,
    config,
)

NOW = "2026-05-01T12:00:00+00:00"
LATER = "2026-07-01T12:00:00+00:00"


def versions(path: str) -> st.SearchStrategy[Edit]:
    least = 0 if path == "ctxsite.yaml" else REMOVED
    return st.tuples(st.just(path), st.integers(least, len(VERSIONS[path]) - 1))


def with_tail(path: str) -> st.SearchStrategy[Edit]:
    return st.tuples(st.just(path), st.integers(0, len(TAILS) - 1 if path in TEXTS else 0).map(lambda n: n * TAILED))


other_text = st.sampled_from(TEXTS).flatmap(with_tail)
edit = other_text | st.sampled_from(TEMPLATES).flatmap(versions) | st.sampled_from(ALL_PATHS).flatmap(versions)
Round = tuple[list[Edit], str]


def stories(edits: st.SearchStrategy[Edit]) -> st.SearchStrategy[list[Round]]:
    clock = st.sampled_from([NOW, NOW, NOW, LATER])
    return st.lists(st.tuples(st.lists(edits, max_size=3), clock), min_size=1, max_size=4)


def about(paths: Sequence[str]) -> st.SearchStrategy[list[Round]]:
    """Edit the same few files again and again: what is broken is mended, what is removed comes back."""
    return stories(st.sampled_from(paths).flatmap(lambda path: versions(path) | with_tail(path)))


few_files = st.tuples(st.sampled_from(TEMPLATES), st.sampled_from(ALL_PATHS), st.sampled_from(TEXTS))
lenient: Round = ([("ctxsite.yaml", LENIENT)], NOW)
rounds = stories(edit) | few_files.flatmap(about) | few_files.flatmap(about).map(lambda story: [lenient, *story])


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


@dataclass(frozen=True)
class State:
    """What a site consists of: what a cold build makes depends on nothing else."""

    root: Path = field(compare=False)
    files: frozenset[Edit]
    now: str


@functools.lru_cache(maxsize=1000)
def cold_before(state: State) -> tuple[dict[str, bytes] | None, list[object]]:
    """Many stories come to the same state."""
    return cold(state.root, state.now)


def tree(folder: Path) -> dict[str, bytes]:
    files = (Path(inside, name) for inside, _, names in os.walk(folder) for name in names)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def check(root: Path, now: str, *more: str, state: State | None = None) -> None:
    said = warm(root, now, *more)
    files, expected = cold_before(state) if state else cold(root, now)
    assert said == expected
    if files is not None:
        assert tree(root / "public") == files


@functools.cache
def beginning(*more: str) -> Path:
    """Return a site as it is at first, which has been built once: all stories begin with it."""
    root = Path(tempfile.mkdtemp(prefix="ctxsite-beginning-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    warm(Site(root).root, NOW, *more)
    return root


def follow(story: Sequence[Round], *more: str) -> None:
    with TemporaryDirectory() as folder:
        root = Path(shutil.copytree(beginning(*more), folder, dirs_exist_ok=True))
        site = Site(root, written=True)
        for edits, now in story:
            for path, version in edits:
                site.edit(path, version)
            check(root, now, *more, state=State(root, frozenset(site.state.items()), now))


@pytest.fixture(scope="module")
def _each_template_is_compiled_once() -> Iterator[None]:
    """Keep what Jinja2 makes of a text: nothing but the text decides it, and it is most of the time of a story."""
    known: dict[tuple[object, ...], CodeType] = {}
    compiled = Environment.compile

    def compile_once(self: Environment, source: str, name: str | None, filename: str | None) -> CodeType:
        key = (type(self), source, name, filename)
        if key not in known:
            known[key] = compiled(self, source, name, filename)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", compile_once)
        yield


quick = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


@quick
@given(rounds)
def test_warm_is_cold_after_any_edits(story: list[Round]) -> None:
    follow(story)


def another(chance: random.Random, path: str, now: int, tails: Sequence[int], often: float) -> int:
    """Choose a version that is not the present one; of a text as often as is said one that only ends in another way."""
    if path in TEXTS and now != REMOVED and chance.random() < often:
        found = {now % TAILED + tail * TAILED for tail in tails}
    else:
        found = set(range(0 if path == "ctxsite.yaml" else REMOVED, len(VERSIONS[path])))
    return chance.choice(sorted(found - {now}))


def made_up(chance: random.Random) -> list[Round]:
    """Make up a story in which each edit changes something; unlike Hypothesis, never nearly the same one twice.

    Two in five are calm: a few files are changed again and again, mostly so that the next build is a quick one.
    """
    calm = chance.random() < 0.4
    few = (TEMPLATES, TEMPLATES, TEXTS, TEXTS, COPIED) if calm else (TEMPLATES, TEMPLATES, ALL_PATHS, TEXTS)
    some = [chance.choice(paths) for paths in few]
    paths = some if calm else chance.choice([ALL_PATHS, some, some])
    tails, often = (HARMLESS, 1.0) if calm else (range(len(TAILS)), 0.6)
    state = dict.fromkeys(PATHS, 0)
    story = []
    for first in [True] + [False] * chance.randint(1, 6 if calm else 4):
        edits = [("ctxsite.yaml", LENIENT)] if first and not calm and chance.random() < 0.5 else []
        state.update(edits)
        for path in chance.choices(paths, k=chance.choice([1, 1, 2] if calm else [0, 1, 1, 1, 1, 1, 2, 3])):
            edits.append((path, another(chance, path, state.get(path, REMOVED), tails, often)))
            state.update(edits)
        story.append((edits, NOW if calm else chance.choice([NOW] * 5 + [LATER])))
    return story


def wrong(story: Sequence[Round]) -> Exception | None:
    try:
        follow(story)
    except Exception as error:
        return error
    return None


def shorter(story: Sequence[Round]) -> Iterator[list[Round]]:
    """Return the story without one of its rounds, then without one of its edits."""
    yield from ([*story[:at], *story[at + 1 :]] for at in range(len(story)))
    for at, (edits, now) in enumerate(story):
        for edit in range(len(edits)):
            yield [*story[:at], ([*edits[:edit], *edits[edit + 1 :]], now), *story[at + 1 :]]


@pytest.mark.slow
@pytest.mark.usefixtures("_each_template_is_compiled_once")
@pytest.mark.parametrize("part", range(10))
def test_warm_is_cold_after_very_many_edits(part: int) -> None:
    for number in range(500):
        story = made_up(random.Random(f"{part} {number}"))
        error = wrong(story)
        while error is not None:
            less = next(filter(wrong, shorter(story)), None)
            if less is None:
                error.add_note(f"{part} {number}: {story}")
                raise error
            story, error = less, wrong(less)


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


def killed(root: Path, point: int, *more: str) -> bool:
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
        try:
            warm(root, NOW, *more)
        finally:  # whatever happens, this process must not go on with the tests
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


def test_what_somebody_changes_while_a_build_ends_is_mended(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was right a moment ago is remembered as it was then."""
    warm(site.root, NOW)
    file, real = site.root / "public" / "a" / "index.html", publish.publish

    def disturbed(*args: Any) -> publish.Published:
        done = real(*args)
        file.write_text("x" * file.stat().st_size, "ascii")
        return done

    site.edit("content/c.md", 0)
    with monkeypatch.context() as patched:
        patched.setattr(publish, "publish", disturbed)
        warm(site.root, NOW)
    assert file.read_text("ascii").startswith("xxx")
    check(site.root, NOW)


LINKING = """---
title: A
---

Nothing here.

Two lines, and
a [link to what is there](blog/three.md#here), one to [Two](blog/two.md).
"""


@pytest.mark.parametrize("more", ["", "diagnostics: {broken-link: warning}"], ids=["error", "warning"])
@pytest.mark.parametrize("page", ["content/a.md", "content/b@x.md"])
def test_a_link_of_a_body_in_the_store_is_shown_where_it_stands(page: str, more: str, site: Site) -> None:
    (site.root / "ctxsite.yaml").write_text(config(more=more), "utf-8")
    (site.root / page).write_text(LINKING, "utf-8")
    three = site.root / "content/blog/three.md"
    three.write_text("---\ntitle: Three\n---\n\n## Here\n", "utf-8")
    check(site.root, NOW)
    text = three.read_text("utf-8")
    three.unlink()
    with Store(site.root, lambda: None) as store:
        assert b"[link to what is there]" not in (store.blob(f"body {page}") or b"[link to what is there]")
    check(site.root, NOW)
    (found,) = (said for said in warm(site.root, NOW) if isinstance(said, dict) and said["code"] == BROKEN_LINK.id)
    excerpt = LINKING.split("\n")[7]
    assert found["location"] == {"path": page, "line": 8, "column": 27, "end_column": 45, "excerpt": excerpt}
    three.write_text(text, "utf-8")
    check(site.root, NOW)
