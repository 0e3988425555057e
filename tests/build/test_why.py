"""Ten stories of editing: which read the build names, and what it renders again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.build.edits import FILES, Site
from tests.build.test_again import NOW, run, warm

SAID = "the front matter or address of the page"
STORIES = [
    # what is edited, and to what; which page is asked for; what the build says
    (
        "a body",
        "content/blog/one.md",
        FILES["content/blog/one.md"][1],
        "blog/one",
        "the text of `content/blog/one.md` changed",
    ),
    (
        "a title, in a list",
        "content/blog/two.md",
        "---\ntitle: Second\ndate: 2026-02-01\n---\n\nTwo. [one](one.md)\n",
        "blog",
        f"{SAID} `blog/two` in en changed",
    ),
    (
        "a title, in the menu",
        "content/a.md",
        "---\ntitle: Z\n---\n\nOne. [B](b.md)\n",
        "a",
        f"{SAID} `a` in en changed",
    ),
    (
        "a summary that a list shows",
        "content/blog/two.md",
        "---\ntitle: Two\ndate: 2026-02-01\n---\n\nNew. [one](one.md)\n",
        "blog",
        "the summary of the page `blog/two` changed",
    ),
    ("a template", "templates/base.html", FILES["templates/base.html"][1], "b", "the template `base.html` changed"),
    (
        "a setting that a template reads",
        "ctxsite.yaml",
        FILES["ctxsite.yaml"][1],
        "b",
        "the setting `params.colour` changed",
    ),
    ("a setting that none reads", "ctxsite.yaml", FILES["ctxsite.yaml"][2], "b", "nothing that it reads has changed"),
    ("a menu", "ctxsite.yaml", FILES["ctxsite.yaml"][3], "b", "the menu `main` changed"),
    (
        "an audience",
        "ctxsite.yaml",
        FILES["ctxsite.yaml"][5],
        "b",
        "how `content/b.md` is read: rules, signals or Markdown settings changed",
    ),
    ("a string", "i18n/de.po", FILES["i18n/de.po"][1], "a", "the string `Hello` in de changed"),
    ("a static file", "static/x.css", FILES["static/x.css"][1], "a", "the static file `x.css` changed"),
    ("a page more", "content/more.md", "Text.\n", "a", "nothing that it reads has changed"),
]


@pytest.mark.parametrize(
    ("path", "text", "page", "reason"), [story[1:] for story in STORIES], ids=[s[0] for s in STORIES]
)
def test_the_read_that_changed(tmp_path: Path, path: str, text: str, page: str, reason: str) -> None:
    site = Site(tmp_path)
    warm(site.root, NOW)
    (site.root / path).write_text(text, "utf-8")
    said = run(site.root, NOW, "--why", page)
    assert f": {reason}\n" in said


def test_nothing_to_explain(tmp_path: Path) -> None:
    site = Site(tmp_path)
    warm(site.root, NOW)
    assert run(site.root, NOW, "--why", "a").startswith("nothing has changed since the last build\n")


def test_the_shortest_build_needs_neither_templates_nor_markdown(tmp_path: Path) -> None:
    site = Site(tmp_path)
    warm(site.root, NOW)
    code = (
        "import sys; from ctxsite.cli.main import main\n"
        f"try: main(['build', '--cache', '-s', {str(tmp_path)!r}, '--now', {NOW!r}])\n"
        "except SystemExit as stop: assert not stop.code\n"
        "print(sorted({'jinja2', 'markupsafe', 'markdown', 'pyromark', 'yaml', 'pygments', 'babel', 'multiprocessing'}"
        " & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "0 files written" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"
