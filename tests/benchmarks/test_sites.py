"""The corpus is the same everywhere, it builds, and its twins have the same posts."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from benchmarks import corpus, peers, tools, twins
from benchmarks.measure import FailedError, timed
from benchmarks.tools import Tool


def digest(folder: Path) -> str:
    summed = hashlib.sha256()
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        summed.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return summed.hexdigest()


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    corpus.write(tmp_path / "one", 40)
    corpus.write(tmp_path / "other", 40)
    assert digest(tmp_path / "one") == digest(tmp_path / "other")
    sizes = [path.stat().st_size for path in (tmp_path / "one" / "content").rglob("*.md")]
    assert len(sizes) == 40
    assert 2900 < min(sizes) < max(sizes) < 4500


@pytest.mark.parametrize("tool", [tools.CTXSITE, tools.PYTHON_MARKDOWN, tools.VARIANTS], ids=lambda tool: tool.twin)
def test_ctxsite_makes_what_is_checked(tmp_path: Path, tool: Tool) -> None:
    pages = 40
    corpus.write(tmp_path / "site", pages, variants=tool is tools.VARIANTS)
    run = tools.Run(None, tmp_path / "twin", tmp_path / "out")
    tool.make(tmp_path / "site", run.twin)
    post = tools.edited_post(tmp_path / "site", pages)
    for scenario in (tools.COLD, tools.REMEMBERING, *tools.EDITS):
        mark = tools.edit(tool, run.twin, post, scenario)
        command = tool.command(run, scenario, "")
        taken = timed(command, run.twin, tool.environment(run, tmp_path), 120)
        assert taken.wall > 0 < taken.processor
        tools.check(tool, run, pages, post, mark)
    variants = len(list(run.target.glob("**/~*/index.html")))
    assert variants == (pages * 3 * 2 if tool is tools.VARIANTS else 0)


@pytest.mark.parametrize("tool", tools.PEERS, ids=lambda tool: tool.name)
def test_twins_have_the_same_posts(tmp_path: Path, tool: Tool) -> None:
    corpus.write(tmp_path / "site", 40)
    tool.make(tmp_path / "site", tmp_path / "twin")
    texts = {path.name: path.read_text("utf-8") for path in (tmp_path / "twin" / tool.posts).rglob("post-*.md")}
    assert len(texts) == 40
    assert (tmp_path / "twin" / tool.template).is_file()
    if tool is not tools.MKDOCS:
        assert not any(".md)" in text for text in texts.values()), "addresses, not paths"
    original = (tmp_path / "site" / "content" / "section-00" / "post-000000.md").read_text("utf-8")
    assert original.partition("\n## ")[2].splitlines()[2] in texts["post-000000.md"]


def test_pelican_gets_its_own_front_matter() -> None:
    text = "---\ntitle: T\ntags: [a, b]\n---\n\nSee [x](../section-01/post-000001.md).\n"
    assert twins._meta_lines(text) == "title: T\ntags: a, b\n\nSee [x](/section-01/post-000001/).\n"


def test_what_fails_says_so(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="failed with 3: Oh no"):
        timed([sys.executable, "-c", "import sys; print('Oh no', file=sys.stderr); sys.exit(3)"], tmp_path, {}, 60)


def test_a_missing_peer_comes_with_the_command_that_installs_it(tmp_path: Path) -> None:
    for name, peer in peers.PEERS.items():
        assert peer.found(tmp_path) is None
        assert f"python -m benchmarks.peers --cache {tmp_path} {name}" in peer.missing(tmp_path)
