"""What is read, and what is left alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from ctxsite.build.data import data_tree
from ctxsite.build.load import find_theme, read_source, scan
from ctxsite.cli.main import main


def test_scan_leaves_out_hidden_files_and_leftovers(make_site: Callable[..., Path]) -> None:
    site = make_site({
        "content/a.md": "", "content/.b.md": "", "content/c.md~": "", "content/d.md.swp": "", "content/x.png": b"",
        "content/.git/e.md": "", "static/.well-known/security.txt": "", "static/.DS_Store": b"",
    })  # fmt: skip
    found, problems = scan(site)
    assert problems == ()
    assert (found.content, found.assets) == (("content/a.md",), ("content/x.png",))
    assert found.static == ("static/.well-known/security.txt",)


def test_links_inside_the_site_are_followed_once(make_site: Callable[..., Path]) -> None:
    site = make_site({"content/a/b.md": "", "content/again": Path("a"), "content/a/up": Path("..")})
    found, problems = scan(site)
    assert problems == ()
    assert set(found.content) == {"content/a/b.md", "content/again/b.md"}


@pytest.mark.parametrize("place", ["content/x.md", "static/x.txt", "data/x.json", "templates/x.html"])
def test_links_out_of_the_site_are_reported_and_not_read(make_site: Callable[..., Path], place: str) -> None:
    site = make_site({place: Path("/etc/hostname")})
    found, problems = scan(site)
    assert [problem.code for problem in problems] == ["CTX143"]
    assert place not in (*found.content, *found.static, *found.data, *found.templates)


def test_a_folder_that_is_a_link_out_of_the_site_is_reported(make_site: Callable[..., Path]) -> None:
    site = make_site({"static": Path("/etc")})
    found, problems = scan(site)
    assert [problem.code for problem in problems] == ["CTX143"]
    assert found.static == ()


def test_a_themes_links_out_of_the_site_are_reported(make_site: Callable[..., Path]) -> None:
    site = make_site({"themes/mine/templates/page.html": "x", "themes/mine/static/secret": Path("/etc/hostname")})
    theme, problems = find_theme(site, "mine")
    assert theme is not None
    assert theme.files == ("templates/page.html",)
    assert [problem.code for problem in problems] == ["CTX143"]


@pytest.mark.parametrize("raw", [b"\xef\xbb\xbfa\r\nb\rc\n", b"a\nb\nc\n"])
def test_text_is_the_same_however_its_lines_end(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "a.md").write_bytes(raw)
    source, problems = read_source(tmp_path, "a.md")
    assert problems == ()
    assert source is not None
    assert source.text == "a\nb\nc\n"


def test_data_nests_by_path() -> None:
    tree, problems = data_tree({"data/a.yaml": 1, "data/b/c.json": 2, "data/b/d/e.csv": 3})
    assert (tree, problems) == ({"a": 1, "b": {"c": 2, "d": {"e": 3}}}, ())


@pytest.mark.parametrize("paths", [("data/a.json", "data/a.yaml"), ("data/a/b.yaml", "data/a.yaml")])
def test_data_of_one_name_is_reported(paths: tuple[str, str]) -> None:
    tree, problems = data_tree({path: path for path in reversed(paths)})
    assert [(problem.code, problem.location and problem.location.path) for problem in problems] == [
        ("CTX145", paths[1])
    ]
    assert paths[0] in json.dumps(tree), "the first is kept"


def test_golden_messages(make_site: Callable[..., Path], golden: Callable[[str, str], None]) -> None:
    files: dict[str, str | Path] = {
        "content/index.md": "---\ntitle: A\n---\n", "data/a.json": "1", "data/a.yaml": "1",
        "themes/mine/templates/page.html": "{{ head() }}", "themes/mine/x": Path("/etc/hostname"),
        "ctxsite.yaml": "title: T\ntheme: mine\n",
    }  # fmt: skip
    done = CliRunner().invoke(main, ["check", "-s", str(make_site(files)), "--now", "2026-11-22T12:00Z"])
    golden("more_bad_input/links-and-data.txt", done.stderr)
