"""docs/themes.md names the whole template API, nothing that is gone, and its theme builds a site."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner

from ctxsite.cli.main import main
from ctxsite.config.settings import Language, Settings
from ctxsite.content.links import LINK_PARAMS
from ctxsite.i18n.catalogues import Translations
from ctxsite.i18n.formats import NAMED_FORMATS
from ctxsite.render.environment import SHARED_NAMES
from ctxsite.render.functions import language_functions, site_filters, site_functions
from ctxsite.render.queries import SORTS
from ctxsite.render.site_view import SiteView
from ctxsite.render.slots import OPEN_SLOT
from ctxsite.render.views import LanguageView, PageView
from tests.docs.pages import DOCS, blocks, text_of

PAGE = text_of(DOCS / "themes.md")
NOTHING: Any = None
_FILE = re.compile(r"^`(themes/tiny/[^`]+)`:\n\n```\w+\n(.*?)^```", re.DOTALL | re.MULTILINE)
FILES: dict[str, str] = dict(_FILE.findall(PAGE))
CONFIG = "title: Tiny\ntheme: tiny\nlanguages: [en, de]\nsignals: {segment: {values: [business]}}\n"


def attributes(kind: type, made: object = None) -> set[str]:
    """Return the public attributes of a view: its class's, and those its constructor sets."""
    own = set(vars(made)) if made is not None else set()
    return {name for name in {*dir(kind), *own} if not name.startswith("_")} - {"label"}


VIEWS = {
    "page": attributes(PageView, PageView(NOTHING, NOTHING, NOTHING, NOTHING)),
    "site": attributes(SiteView),
    "lang": attributes(LanguageView, LanguageView(Language("en", "English", "ltr"), "en")),
}


@pytest.mark.parametrize("name", VIEWS)
def test_attributes(name: str) -> None:
    assert set(re.findall(rf"^\| `{name}\.(\w+)", PAGE, re.MULTILINE)) == VIEWS[name]


def test_functions() -> None:
    names = {*language_functions(Translations("en")), *site_functions(Settings(), {}), *SHARED_NAMES}
    expected = names - {"page", "site", "lang", OPEN_SLOT}
    documented = set(re.findall(r"^\| `(\w+)\(", PAGE, re.MULTILINE)) | {"gettext"}
    assert documented == expected
    assert "`gettext`" in PAGE


def test_filters() -> None:
    assert set(re.findall(r"^\| `[^`|]+\\\|(\w+)", PAGE, re.MULTILINE)) == set(site_filters(Settings()))
    assert all(f"`{name}`" in PAGE for name in (*NAMED_FORMATS, *SORTS, *LINK_PARAMS))


def test_jinja_in_examples_is_that_of_the_environment() -> None:
    assert {word for block in blocks(PAGE, "html") for word in re.findall(r"\|(\w+)", block.text)} <= {
        "date",
        "default",
    }


def tiny(make_site: Callable[..., Path], files: Mapping[str, str]) -> Path:
    assert len(FILES) == 5
    root = make_site({"ctxsite.yaml": CONFIG, **FILES, **files})
    result = CliRunner().invoke(main, ["build", "-s", str(root), "--strict", "-j", "1", "--now", "2026-12-24"])
    assert result.exit_code == 0, result.output
    return root / "public"


def test_the_theme_builds_a_site(make_site: Callable[..., Path]) -> None:
    front = "---\ntitle: Home\nvariants:\n  firms: {when: {segment: business}, title: For firms}\n---\n"
    public = tiny(make_site, {
        "content/index.md": front + "::: note\nMind the *gap*.\n:::\n",
        "content/index.de.md": "---\ntitle: Anfang\nvariants: {}\n---\n::: note\nVorsicht.\n:::\n",
        "content/post.md": "---\ntitle: Post\ndate: 2026-12-01\n---\n## Part\n\nA text.\n",
    })  # fmt: skip
    english, german = ((public / name / "index.html").read_text(encoding="utf-8") for name in ("", "de"))
    assert "<strong>Note</strong></p>\n<p>Mind the <em>gap</em>.</p>" in english.replace("\n\n", "\n")
    assert '<span data-slot="title"' in english
    assert "For firms" in english
    assert "<strong>Hinweis</strong>" in german
    assert "Startseite" in german
    post = (public / "post/index.html").read_text(encoding="utf-8")
    assert "December 1, 2026" in post
    assert "<title>Post – Tiny</title>" in post
    assert (public / "tiny.css").is_file()


@pytest.mark.parametrize(
    ("attribute", "expression"),
    [
        ("page.toc", "page.toc[0]"),
        ("page.translations", "page.translations[0]"),
        ("page.fallback", "page.fallback"),
        ("site.languages", "site.languages[0]"),
        ("site.tags()", "site.tags()[0]"),
        ("site.menu(name)", "site.menu('main')[0]"),
    ],
)
def test_keys_of_mappings(attribute: str, expression: str, make_site: Callable[..., Path]) -> None:
    (row,) = (line for line in PAGE.splitlines() if line.startswith(f"| `{attribute}` |"))
    documented = re.findall(r"`(\w+)`", row.partition("mapping")[2])
    here = "page.kind == 'page' and not lang.is_default"
    keys = f"{{% if {here} %}}keys={{{{ {expression}|list|join(',') }}}};{{% endif %}}"
    public = tiny(make_site, {
        "ctxsite.yaml": CONFIG + "menus: {main: [post]}\n",
        "content/post.md": "---\ntags: [a]\n---\n## Part\n",
        "templates/page.html": '{% extends "parent:page.html" %}',
        "themes/tiny/templates/page.html": FILES["themes/tiny/templates/page.html"].replace("<body>", "<body>" + keys),
    })  # fmt: skip
    found = re.search("keys=(.*);", (public / "de/post/index.html").read_text(encoding="utf-8"))
    assert found is not None
    assert found[1].split(",") == documented


def test_parameters_of_pages() -> None:
    row = cast("re.Match[str]", re.search(r"`site\.pages\(([^)]*)\)`", PAGE))[1]
    assert row.split(", ") == list(inspect.signature(SiteView.pages).parameters)[1:]


def test_templates_of_kinds(make_site: Callable[..., Path]) -> None:
    folder = "themes/own/templates/"
    names = ["home", "section", "page", "404", "tag", "tags", "blog/section", "blog/page"]
    rows = re.findall(r"^\| [\w ]+ \| ((?:`[\w/]+\.html`(?:, )?)+) \|$", PAGE, re.MULTILINE)
    documented = [[name.strip("`") for name in row.split(", ")] for row in rows]
    assert len(documented) == 6
    where = {"index.html": 0, "blog/index.html": 1, "blog/a/index.html": 2}
    where |= {"tags/x/index.html": 3, "tags/index.html": 4, "404.html": 5}
    templates = {f"{folder}{name}.html": f"<!doctype html><p>{name}</p>" for name in names}
    content = {
        "ctxsite.yaml": "theme: own\ntag_pages: true",
        "content/index.md": "Home",
        "content/blog/_index.md": "Blog",
        "content/blog/a.md": "---\ntags: x\n---\nA",
    }
    for step in range(3):
        files = {**content, **templates}
        for row in documented:
            for name in row[:step]:
                files.pop(folder + name.replace("ID", "blog").replace("SECTION", "blog"), None)
        files.setdefault(f"{folder}page.html", "<!doctype html><p>page</p>")
        root = make_site(files, name=f"site-{step}")
        result = CliRunner().invoke(main, ["build", "-s", str(root), "-j", "1"])
        assert result.exit_code == 0, result.output
        for path, row_number in where.items():
            row = documented[row_number]
            name = row[min(step, len(row) - 1)].replace("ID", "blog").replace("SECTION", "blog").removesuffix(".html")
            assert f"<p>{name}</p>" in (root / "public" / path).read_text(), (step, path)


def test_the_policy_is_as_said(make_site: Callable[..., Path]) -> None:
    policy = (tiny(make_site, {"content/index.md": "Hi"}) / "_headers").read_text()
    assert "default-src 'self'" in policy
    assert "img-src 'self' data:" in policy
    assert "unsafe-inline" not in policy
