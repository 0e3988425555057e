"""Themes inherit: the site's files before the theme's, those before its parents'."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ctxsite.diagnostics.text import render_all
from ctxsite.render.theme import ThemeFiles
from ctxsite.render.theme_chain import assemble_theme
from ctxsite.source import SourceText


def files(name: str, config: str | None, *templates: str) -> ThemeFiles:
    label = f"themes/{name}/"
    return ThemeFiles(
        name,
        label,
        None if config is None else SourceText(f"{label}theme.yaml", config),
        {path: SourceText(f"{label}templates/{path}", f"{name}'s {path}") for path in templates},
        {"style.css": f"{label}static/style.css"},
    )


SITE = ThemeFiles("the site", "", None, {"page.html": SourceText("templates/page.html", "the site's")})
BARE = ThemeFiles("the site", "")


def test_what_is_nearer_to_the_site_wins() -> None:
    parent = files("parent", None, "page.html", "base.html", "components/note.html")
    child = files("child", "parent: parent", "page.html")
    theme, diagnostics = assemble_theme(SITE, child, {"parent": parent}.get, ["parent"])
    assert not diagnostics
    found = {name: theme.template(name) for name in ("page.html", "base.html", "absent.html")}
    assert {name: place and (place[0], place[1].text) for name, place in found.items()} == {
        "page.html": (0, "the site's"), "base.html": (2, "parent's base.html"), "absent.html": None,
    }  # fmt: skip
    below = theme.template("page.html", 1)
    assert below is not None
    assert below[1].text == "child's page.html"
    assert theme.template_names() == ["base.html", "components/note.html", "page.html"]
    assert theme.components() == ["note"]
    assert theme.static() == {"style.css": (child, "themes/child/static/style.css")}


@pytest.mark.parametrize(
    ("config", "others", "expected"),
    [
        (
            "parent: plan",
            {},
            (
                "error[CTX431]: there is no theme `plan`\n  --> themes/mine/theme.yaml:1:9\n"
                "  1 | parent: plan\n    |         ^^^^\n  help: did you mean `plain`?"
            ),
        ),
        (
            "name: Mine\nparent: other",
            {"other": "parent: mine"},
            (
                "error[CTX432]: themes inherit in a circle: mine → other → mine\n  --> themes/other/theme.yaml:1:9\n"
                "  1 | parent: mine\n    |         ^^^^"
            ),
        ),
        (
            "parnt: x",
            {},
            (
                "error[CTX430]: unknown key `parnt`\n  --> themes/mine/theme.yaml:1:1\n"
                "  1 | parnt: x\n    | ^^^^^\n  help: did you mean `parent`?"
            ),
        ),
        (
            "parent: [a]",
            {},
            (
                "error[CTX430]: `parent` is a text, but this is a list\n  --> themes/mine/theme.yaml:1:9\n"
                "  1 | parent: [a]\n    |         ^^^"
            ),
        ),
        (
            "- name",
            {},
            (
                "error[CTX430]: this is a list, not a mapping of keys\n  --> themes/mine/theme.yaml:1:1\n"
                "  1 | - name\n    | ^^^^^^"
            ),
        ),
        (
            "",
            {},
            (
                "error[CTX433]: the theme `mine` has no template `page.html`\n"
                "  --> themes/mine/templates/page.html:1:1\n  help: did you mean `pages.html`?"
            ),
        ),
    ],
)
def test_a_theme_that_cannot_be_used_says_why(config: str, others: Mapping[str, str], expected: str) -> None:
    known = {name: files(name, text) for name, text in others.items()}
    mine = files("mine", config, "pages.html")
    _, diagnostics = assemble_theme(BARE, mine, {**known, "mine": mine}.get, ["plain", "mine"])
    assert render_all(diagnostics) == expected
