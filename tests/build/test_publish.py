"""Publishing: what is written, kept and removed, and what a killed build leaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from ctxsite.build.publish import Published, clean, foreign, publish
from ctxsite.model.artifact import Artifact


def site(files: Mapping[str, str]) -> list[Artifact]:
    artifacts = [Artifact(path, text.encode()) for path, text in files.items()]
    listed = json.dumps({"artifacts": dict.fromkeys(files, "")})
    return [*artifacts, Artifact("ctxsite.json", listed.encode())]


def tree(folder: Path) -> dict[str, str]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_text() for file in files if file.name != "ctxsite.json"}


def test_writes_exactly_the_artifacts(tmp_path: Path) -> None:
    out = tmp_path / "public"
    done = publish(site({"index.html": "home", "de/index.html": "heim"}), out, tmp_path)
    assert done == Published(written=3, unchanged=0, removed=0)
    assert tree(out) == {"index.html": "home", "de/index.html": "heim"}


def test_the_first_output_appears_at_once(tmp_path: Path) -> None:
    out = tmp_path / "public"
    leftovers = tmp_path / ".public.ctxsite-new"
    leftovers.mkdir()
    (leftovers / "half").write_text("of a killed build")
    publish(site({"index.html": "home"}), out, tmp_path)
    assert tree(out) == {"index.html": "home"}
    assert not leftovers.exists()


def test_what_is_known_to_be_right_needs_no_bytes(tmp_path: Path) -> None:
    out = tmp_path / "public"
    publish(site({"a.html": "a", "b.html": "b"}), out, tmp_path)
    done = publish([Artifact("a.html"), *site({"b.html": "b"})], out, tmp_path, right={"a.html"})
    assert (tree(out), done.removed) == ({"a.html": "a", "b.html": "b"}, 0)


def test_leaves_unchanged_files_untouched(tmp_path: Path) -> None:
    out = tmp_path / "public"
    publish(site({"a.html": "a", "b.html": "b"}), out, tmp_path)
    os.utime(out / "a.html", ns=(1, 1))
    done = publish(site({"a.html": "a", "b.html": "changed"}), out, tmp_path)
    assert (done.written, done.unchanged) == (1, 2)
    assert (out / "a.html").stat().st_mtime_ns == 1


def test_removes_what_vanished_and_empty_folders_but_nothing_foreign(tmp_path: Path) -> None:
    out = tmp_path / "public"
    publish(site({"index.html": "home", "old/deep/index.html": "x", "kept/index.html": "y"}), out, tmp_path)
    (out / "kept" / "mine.txt").write_text("foreign")
    done = publish(site({"index.html": "home"}), out, tmp_path)
    assert done.removed == 2
    assert tree(out) == {"index.html": "home", "kept/mine.txt": "foreign"}
    assert not (out / "old").exists()


def test_copies_files(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "logo.svg").write_text("<svg/>")
    publish([Artifact("logo.svg", copy_of="static/logo.svg")], tmp_path / "public", tmp_path)
    assert (tmp_path / "public" / "logo.svg").read_text() == "<svg/>"


@pytest.mark.parametrize(
    ("before", "after"), [({"a": "file"}, {"a/index.html": "x"}), ({"a/index.html": "x"}, {"a": "f"})]
)
def test_a_file_may_become_a_folder_and_back(tmp_path: Path, before: dict[str, str], after: dict[str, str]) -> None:
    out = tmp_path / "public"
    publish(site(before), out, tmp_path)
    publish(site(after), out, tmp_path)
    assert tree(out) == after


def test_foreign_files_in_the_way_are_reported(tmp_path: Path) -> None:
    out = tmp_path / "public"
    out.mkdir()
    (out / "index.html").write_text("somebody else's")
    (out / "de").write_text("a file where a folder is wanted")
    wanted = site({"index.html": "ours", "de/index.html": "unser"})
    assert sorted(d.location.path for d in foreign(wanted, out, tmp_path) if d.location) == [
        "public/de", "public/index.html",
    ]  # fmt: skip
    (out / "de").unlink()
    (out / "index.html").write_text("ours")
    assert foreign(wanted, out, tmp_path) == ()


def test_links_that_lead_out_of_the_output_are_reported(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "public", tmp_path / "elsewhere"
    out.mkdir()
    elsewhere.mkdir()
    (out / "de").symlink_to(elsewhere)
    assert [d.code for d in foreign(site({"de/index.html": "x"}), out, tmp_path)] == ["CTX327"]


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "a/../../outside", "", "a//b", "a\\..\\b"])
def test_a_listed_name_never_leads_out(tmp_path: Path, name: str) -> None:
    out = tmp_path / "public"
    out.mkdir()
    (tmp_path / "outside").write_text("mine")
    (out / "ctxsite.json").write_text(json.dumps({"artifacts": {name: ""}}))
    publish(site({"index.html": "x"}), out, tmp_path)
    assert (tmp_path / "outside").read_text() == "mine"


@pytest.mark.parametrize("summary", ["", "{", "[]", '{"artifacts": 7}', '{"artifacts": null}'])
def test_a_broken_summary_is_an_empty_one(tmp_path: Path, summary: str) -> None:
    out = tmp_path / "public"
    out.mkdir()
    (out / "ctxsite.json").write_text(summary)
    publish(site({"index.html": "x"}), out, tmp_path)
    assert tree(out) == {"index.html": "x"}


def test_clean_removes_ours_only(tmp_path: Path) -> None:
    out = tmp_path / "public"
    publish(site({"index.html": "x", "de/index.html": "y"}), out, tmp_path)
    (out / "mine.txt").write_text("foreign")
    assert clean(out) == 3
    assert tree(out) == {"mine.txt": "foreign"}


_KILLED = """
import os, sys
from pathlib import Path
import ctxsite.build.publish as publish
from ctxsite.model.artifact import Artifact
from tests.build.test_publish import site
countdown = int(sys.argv[2])
real = os.replace
def replace(*paths, **how):
    global countdown
    countdown -= 1
    if countdown == 0:
        os._exit(9)
    return real(*paths, **how)
os.replace = replace
publish.publish(site(dict(pair.split("=") for pair in sys.argv[3:])), Path(sys.argv[1]), Path(sys.argv[1]))
"""


@pytest.mark.parametrize("step", range(1, 6))
def test_a_killed_build_leaves_whole_files_and_the_next_one_completes_it(tmp_path: Path, step: int) -> None:
    out = tmp_path / "public"
    old = {"index.html": "old", "gone.html": "gone"}
    new = {"index.html": "new", "fresh.html": "fresh", "also.html": "also"}
    publish(site(old), out, tmp_path)
    arguments = [f"{path}={text}" for path, text in new.items()]
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(out), str(step), *arguments], check=False)
    assert killed.returncode == 9
    for path, text in tree(out).items():
        if not path.startswith(".") and ".ctxsite-" not in path:
            assert text in {old.get(path), new.get(path)}
    if (out / "index.html").read_text() == "new":
        assert {"fresh.html", "also.html"} <= set(tree(out)), "what a changed page names is there before it"
    later = {"index.html": "later"}
    publish(site(later), out, tmp_path)
    assert set(tree(out)) == set(later), "files of the killed build are known as ours"
