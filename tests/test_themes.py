"""The themes that ship: what their templates may not contain, and that every language says every word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ctxsite.content.markdown.engine import ENGLISH
from ctxsite.i18n.catalogues import read_catalogue
from ctxsite.render.offers import DISMISS, OFFER
from ctxsite.source import SourceText

THEMES = Path(__file__).resolve().parent.parent / "themes"
TEMPLATES = sorted(THEMES.glob("*/templates/**/*.html"))
CATALOGUES = sorted(THEMES.glob("*/i18n/*.po"))
COMPONENTS = {"card", "columns", "cta", "details", "figure", "note", "tip", "warning"}

_MESSAGE = re.compile(r'\b_\("([^"]*)"')
_FORBIDDEN = {
    "a style attribute": re.compile(r"\sstyle="),
    "an inline handler": re.compile(r"\son[a-z]+="),
    "an inline script or style": re.compile(r"<style\b|<script\b(?! type=\"module\" src=)"),
    "something from another host": re.compile(r"(src|href)=\"(https?:)?//"),
}


def name(path: Path) -> str:
    return path.relative_to(THEMES).as_posix()


def test_there_are_themes() -> None:
    assert {path.name for path in THEMES.iterdir() if path.is_dir()} == {"default", "plain"}
    assert [path.stem for path in CATALOGUES] == ["ar", "de", "es", "fr", "ja"]


@pytest.mark.parametrize("theme", ["default", "plain"])
def test_each_theme_has_a_page_and_all_components(theme: str) -> None:
    templates = THEMES / theme / "templates"
    assert (templates / "page.html").is_file()
    assert {path.stem for path in (templates / "components").glob("*.html")} == COMPONENTS


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_templates_keep_to_a_strict_content_security_policy(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert [what for what, pattern in _FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=name)
def test_catalogues_translate_every_message_and_no_other(path: Path) -> None:
    catalogue, diagnostics = read_catalogue(SourceText(name(path), path.read_text(encoding="utf-8")), path.stem)
    asked = {message for template in TEMPLATES for message in _MESSAGE.findall(template.read_text(encoding="utf-8"))}
    asked |= {*ENGLISH.alerts.values(), ENGLISH.footnotes, ENGLISH.back, ENGLISH.to_do, ENGLISH.done}
    asked |= {DISMISS, OFFER}
    assert diagnostics == ()
    assert catalogue is not None
    assert {message for _, message in catalogue.messages} == asked


def test_stylesheets_load_nothing_from_elsewhere() -> None:
    sheets = [path.read_text(encoding="utf-8") for path in sorted(THEMES.glob("*/static/*.css"))]
    assert len(sheets) == 1
    assert not re.search(r"@import|url\(|@font-face", sheets[0])
