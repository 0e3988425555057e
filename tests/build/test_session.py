"""A resident builder says and makes after any edits what a build from nothing does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

import pytest
from hypothesis import given, settings

from ctxsite.build import session as session_module
from ctxsite.build.pipeline import compile_site
from ctxsite.build.session import Session
from ctxsite.build.survey import Request
from ctxsite.content.assemble import Moment
from ctxsite.diagnostics.json import all_as_data
from ctxsite.model.artifact import Artifact
from tests.build.edits import PATHS, REMOVED, TAILED, Site
from tests.build.test_again import NOW, Round, cold, quick, rounds


def check(session: Session, root: Path, now: str) -> None:
    built = session.build(dt.datetime.fromisoformat(now))
    files, said = cold(root, now)
    assert all_as_data(built.compiled.diagnostics) == said
    assert built.ok == (files is not None)
    assert contents(root, built.files) == (files or {})
    assert built.digests.keys() == built.files.keys()


def contents(root: Path, files: Mapping[str, Artifact]) -> dict[str, bytes]:
    return {
        path: artifact.data if artifact.copy_of is None else (root / artifact.copy_of).read_bytes()
        for path, artifact in files.items()
    }


@settings(quick, max_examples=60)
@given(rounds)
def test_a_session_equals_cold_builds(story: list[Round]) -> None:
    with TemporaryDirectory() as folder:
        site = Site(Path(folder))
        session = Session(site.root)
        check(session, site.root, NOW)
        for edits, now in story:
            for path, version in edits:
                site.edit(path, version)
            check(session, site.root, now)


@pytest.mark.parametrize("path", [path for path in PATHS if path != "ctxsite.yaml"])
def test_each_edit_and_its_repair(path: str, tmp_path: Path) -> None:
    site = Site(tmp_path)
    session = Session(site.root)
    check(session, site.root, NOW)
    for version in (1, REMOVED, 0):
        site.edit(path, version)
        check(session, site.root, NOW)


def test_an_error_and_its_repair(tmp_path: Path) -> None:
    site = Site(tmp_path)
    session = Session(site.root)
    for version in (5, 0, 5, 1):
        site.edit("content/a.md", version)
        check(session, site.root, NOW)
    (tmp_path / "ctxsite.yaml").write_text("title: [\n", "utf-8")
    check(session, site.root, NOW)
    site.edit("ctxsite.yaml", 0)
    check(session, site.root, NOW)


def test_what_still_stands_is_the_same_object(tmp_path: Path) -> None:
    site = Site(tmp_path)
    session = Session(site.root)
    now = dt.datetime.fromisoformat(NOW)
    before = session.build(now).files
    site.edit("content/blog/one.md", 1)
    after = session.build(now).files
    others = {path for path in after if after[path] is not before[path] and after[path].copy_of is None}
    assert {path for path in others if path.endswith("index.html")} == {"blog/one/index.html", "de/blog/one/index.html"}


def test_shipped_themes_are_watched(tmp_path: Path) -> None:
    (tmp_path / "ctxsite.yaml").write_text("title: T\n", "utf-8")
    built = Session(tmp_path).build(dt.datetime.fromisoformat(NOW))
    assert built.ok
    assert built.watched
    assert all((folder / "theme.yaml").is_file() for folder in built.watched)


def test_a_text_is_built_quickly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(tmp_path)
    session = Session(site.root)
    now = dt.datetime.fromisoformat(NOW)
    before = session.build(now)
    assert session.build(now) is before, "nothing has changed"

    def nothing_else(_: object) -> NoReturn:
        pytest.fail("the whole site was looked at")

    for version in (1, TAILED, 2 * TAILED, 0):
        site.edit("content/blog/one.md", version)
        with monkeypatch.context() as patched:
            patched.setattr(session_module, "compile_site", nothing_else)
            built = session.build(now)
        check(session, site.root, NOW)
        cold_map = compile_site(Request(site.root, Moment(now), jobs=1)).sitemap
        assert [page.meta for page in built.compiled.sitemap.pages] == [page.meta for page in cold_map.pages]
        assert {path: page.key for path, page in built.compiled.sitemap.by_source.items()} == {
            path: page.key for path, page in cold_map.by_source.items()
        }
        (page,) = (page for page in built.compiled.sitemap.pages if page.address == "/blog/one/")
        assert page.document.digest == cold_map.by_source["content/blog/one.md"].document.digest
