"""From `ctxsite.yaml` to settings, and back to plain data."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml

from ctxsite.config.keys import FEED_SHAPE, MARKDOWN_SHAPE, SITE
from ctxsite.config.languages import LANGUAGE
from ctxsite.config.menus import ITEM
from ctxsite.config.read import read_settings, with_base_url
from ctxsite.config.schema import json_schema
from ctxsite.config.settings import Language, MarkdownSettings, MenuItem, Settings
from ctxsite.config.show import effective
from ctxsite.config.values import base_url_fault, split_base_url
from ctxsite.diagnostics import Code, Diagnostic, codes_rules
from ctxsite.diagnostics import codes_site as codes_
from ctxsite.diagnostics.text import render_all
from ctxsite.source import SourceText
from tests.syntax.reading import codes, ids, transcript

FULL = """\
title: Lindwerk
description: Energy for the valley
base_url: https://Lindwerk.example/docs/
default_language: de
languages:
  choose: off
  en: {weight: 2, title: Lindwerk (en), params: {tone: plain}, menus: {main: [{title: About, page: about}]}}
  de: {weight: 1}
  ar:
missing_translations: omit
theme: plain
params: {colour: "#fff", deep: {list: [1, 2.5, no]}}
menus:
  main:
    - {title: Later, page: /later/, weight: 9}
    - {title: First, page: blog/first.md, weight: 1, children: [{title: Below, url: "https://example.org/"}]}
    - contact
  empty: []
output_dir: ./_site/
zone: Europe/Berlin
signals:
  segment: {values: [private, business], from: ["query:segment"], remember: 30d}
  country: {from: ["meta:country"]}
  orders: {type: number, from: "storage:orders", remember: session}
audiences:
  night: {time: "22:00-05:00"}
  dach: {any: [{country: [DE, AT]}, {all: [{language: de}, night]}]}
consent: required
inline_limit: 1000
markdown:
  engine: python-markdown
  extensions: [toc]
  extension_configs: {toc: {permalink: true}}
  smart: true
  highlight: false
feed: {limit: 5}
"""


def read(text: str) -> tuple[Settings | None, tuple[Diagnostic, ...]]:
    return read_settings(SourceText("ctxsite.yaml", text))


def clean(text: str) -> Settings:
    settings, found = read(text)
    assert settings is not None
    assert not found, render_all(found)
    return settings


def test_every_key_is_understood() -> None:
    settings = clean(FULL)
    assert settings.base_url == "https://lindwerk.example/docs"
    assert settings.base_path == "/docs"
    assert settings.languages == {
        "de": Language("de", "Deutsch", "ltr"),
        "en": Language(
            "en", "English", "ltr", title="Lindwerk (en)", params={"tone": "plain"},
            menus={"main": (MenuItem("About", "about"),)},
        ),
        "ar": Language("ar", "العربية", "rtl"),
    }  # fmt: skip
    assert list(settings.languages) == ["de", "en", "ar"]
    assert (settings.default_language, settings.choose, settings.missing_translations) == ("de", "off", "omit")
    assert settings.params == {"colour": "#fff", "deep": {"list": [1, 2.5, "no"]}}
    assert settings.menus == {
        "main": (
            MenuItem("First", "blog/first.md", weight=1, children=(MenuItem("Below", None, "https://example.org/"),)),
            MenuItem("Later", "later", weight=9),
            MenuItem("", "contact"),
        ),
        "empty": (),
    }
    assert (settings.theme, settings.output_dir, settings.zone) == ("plain", "_site", "Europe/Berlin")
    assert (settings.consent, settings.inline_limit, settings.feed_limit) == ("required", 1000, 5)
    assert settings.markdown == MarkdownSettings("python-markdown", ("toc",), {"toc": {"permalink": True}}, False, True)
    assert list(settings.vocabulary.audiences) == ["night", "dach"]


def test_places_are_of_values() -> None:
    settings = clean(FULL)
    assert settings.places["theme"].text() == "plain"
    assert settings.markdown.places["toc"].text() == "toc"
    span = settings.menus["main"][1].span
    assert span is not None
    assert span.text() == "/later/"


@pytest.mark.parametrize("text", ["", "# nothing\n", "title:\nlanguages:\n", "{}"])
def test_an_empty_configuration_is_a_site_in_english(text: str) -> None:
    assert clean(text) == Settings()


LANGUAGES: list[tuple[str, list[str], str]] = [
    ("languages: [en, no]", ["en", "no"], "en"),
    ("languages: [pt_br, zh-hant]", ["pt-BR", "zh-Hant"], "pt-BR"),
    ("languages: {de: , en: }", ["de", "en"], "de"),
    ("languages: {de: , en: {weight: 1}}", ["en", "de"], "en"),
    ("default_language: en_gb\nlanguages: [de, en-GB]", ["de", "en-GB"], "en-GB"),
    ("default_language: fa", ["fa"], "fa"),
]


@pytest.mark.parametrize(("text", "expected", "default"), LANGUAGES)
def test_languages(text: str, expected: list[str], default: str) -> None:
    settings = clean(text)
    assert list(settings.languages) == expected
    assert settings.default_language == default


def test_folders_of_languages() -> None:
    settings = clean("languages: {en: , de: {content_dir: content/de/}, fr: {content_dir: content/fr}}")
    assert [language.content_dir for language in settings.languages.values()] == [None, "content/de", "content/fr"]


@pytest.mark.parametrize("text", ["", FULL, "languages: [en, de]\nmarkdown: {extensions: []}"])
def test_effective_settings_read_again_are_the_same(text: str) -> None:
    settings = clean(text)
    shown = effective(settings)
    assert json.loads(json.dumps(shown)) == shown
    assert clean(yaml.safe_dump(shown, allow_unicode=True, sort_keys=False)) == settings


def test_effective_settings_name_every_key() -> None:
    assert set(effective(Settings())) == {field.name for field in SITE.fields}


def test_settings_can_be_sent_to_workers() -> None:
    settings = clean(FULL)
    assert pickle.loads(pickle.dumps(settings)) == settings


def test_reading_is_cheap_where_languages_have_names() -> None:
    script = (
        "import sys; from ctxsite.config.read import read_settings; from ctxsite.source import SourceText\n"
        "assert read_settings(SourceText('c', 'languages: {en: {name: English}}'))[1] == ()\n"
        "print('babel' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


FAULTS: list[tuple[str, list[Code]]] = [
    ("title: Hello: world", [codes_.YAML_SYNTAX]),
    ("- a", [codes_.WRONG_TYPE]),
    ("title:Hello", [codes_.WRONG_TYPE]),
    ("tittle: x\nBase_url: y", [codes_.UNKNOWN_KEY, codes_.UNKNOWN_KEY]),
    ("colour: red", [codes_.UNKNOWN_KEY]),
    ("docs_dir: docs\nnav: []\nchoose: off", [codes_.UNKNOWN_KEY] * 3),
    ("site_name: x\nbaseURL: https://x.example\npublishDir: out\nmenu: {}\ndefaultContentLanguage: de",
     [codes_.FOREIGN_KEY] * 5),
    ("title: [x]\nparams: 5\ntheme: {a: b}\nmenus: []", [codes_.WRONG_TYPE] * 4),
    ("default_language: de\nlanguages: [en, fr]", [codes_.UNKNOWN_LANGUAGE]),
    ("default_language: german\nlanguages: [en]", [codes_.INVALID_LANGUAGE]),
    ("languages: [en, english, e, [de]]", [codes_.INVALID_LANGUAGE, codes_.INVALID_LANGUAGE, codes_.WRONG_TYPE]),
    ("languages: {Deutsch: {}, xx-: {}}", [codes_.INVALID_LANGUAGE, codes_.INVALID_LANGUAGE]),
    ("default_language: deutsch\nlanguages: [deutsch, en]", [codes_.INVALID_LANGUAGE, codes_.INVALID_LANGUAGE]),
    ("languages: {pt-BR: {}, pt_br: {}}", [codes_.DUPLICATE_KEY]),
    ("languages: de", [codes_.WRONG_TYPE]),
    ("languages: {en: yes, de: {nam: x, title: [x]}}", [codes_.WRONG_TYPE, codes_.UNKNOWN_KEY, codes_.WRONG_TYPE]),
    ("languages: {choose: sugest, en: }", [codes_.INVALID_VALUE]),
    ("languages: {en: {content_dir: en}, de: {content_dir: ../de}}", [codes_.INVALID_PATH] * 2),
    ("languages: {en: {content_dir: content/x}, de: {content_dir: content/x}}", [codes_.INVALID_PATH]),
    ("languages: {en: , de: {content_dir: content/de}, fr: }", [codes_.MISSING_KEY, codes_.MISSING_KEY]),
    ("base_url: example.org/docs", [codes_.INVALID_BASE_URL]),
    ("base_url: https://example.org/?a=b", [codes_.INVALID_BASE_URL]),
    ("output_dir: .", [codes_.INVALID_OUTPUT_DIR]),
    ("output_dir: ../public", [codes_.INVALID_OUTPUT_DIR]),
    ("output_dir: /var/www", [codes_.INVALID_OUTPUT_DIR]),
    ("output_dir: content", [codes_.INVALID_OUTPUT_DIR]),
    ("output_dir: ./Static/out", [codes_.INVALID_OUTPUT_DIR]),
    ("output_dir: a\\b", [codes_.INVALID_OUTPUT_DIR]),
    ("missing_translations: ignore\nconsent: true\ninline_limit: -1", [codes_.INVALID_VALUE] * 3),
    ("markdown: {engine: comonmark, highlight: on, extension_configs: {toc: true}}",
     [codes_.INVALID_VALUE, codes_.WRONG_TYPE, codes_.WRONG_TYPE]),
    ("markdown: python-markdown\nfeed: {limit: all, size: 3}",
     [codes_.WRONG_TYPE, codes_.WRONG_TYPE, codes_.UNKNOWN_KEY]),
    ("menus: {main: {a: b}}", [codes_.WRONG_TYPE]),
    ("menus: {main: [{title: x}, [], {name: x, pageRef: y}]}",
     [codes_.MISSING_KEY, codes_.WRONG_TYPE, codes_.FOREIGN_KEY, codes_.FOREIGN_KEY]),
    ("menus: {main: [{page: x, url: /x}, {pge: x, url: y}]}", [codes_.INVALID_VALUE, codes_.UNKNOWN_KEY]),
    ("zone: Europe/Berlyn", [codes_rules.ZONE_UNKNOWN]),
    ("audiences: {night: {tme: 1}}", [codes_rules.KEY_UNKNOWN]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_each_cause_is_told_once(text: str, expected: list[Code]) -> None:
    assert codes(read(text)[1]) == ids(expected)


def test_what_is_said(golden: Callable[[str, str], None]) -> None:
    golden("site/config.txt", transcript((text for text, _ in FAULTS), lambda text: read(text)[1]))


def test_faults_leave_usable_settings() -> None:
    for text, expected in FAULTS:
        settings, _ = read(text)
        assert (settings is None) == (expected == [codes_.YAML_SYNTAX])
        if settings is not None:
            assert settings.default_language in settings.languages


BASE_URLS: list[tuple[str, str, str]] = [
    ("https://example.org", "https://example.org", ""),
    ("HTTPS://Example.ORG/", "https://example.org", ""),
    ("http://localhost:8000/a/B/", "http://localhost:8000/a/B", "/a/B"),
    ("https://[::1]:80/x", "https://[::1]:80/x", "/x"),
    ("https://müller.example/x%20y", "https://müller.example/x%20y", "/x%20y"),
    ("/docs/", "/docs", "/docs"),
    ("/", "", ""),
]


@pytest.mark.parametrize(("text", "base_url", "base_path"), BASE_URLS)
def test_base_urls(text: str, base_url: str, base_path: str) -> None:
    assert base_url_fault(text) is None
    assert split_base_url(text) == (base_url, base_path)
    assert with_base_url(Settings(), text)[0] == Settings(base_url=base_url, base_path=base_path)


BAD_BASE_URLS: list[tuple[str, str | None]] = [
    ("example.org", "did you mean `https://example.org`?"),
    ("www.example.org/docs/", "did you mean `https://www.example.org/docs/`?"),
    ("localhost:8000", "did you mean `https://localhost:8000`?"),
    ("//example.org", "did you mean `https://example.org`?"),
    ("ftp://example.org/", "did you mean `https://example.org/`?"),
    ("https:/example.org", "did you mean `https://example.org`?"),
    ("https://", "write `https://example.org`"),
    ("https:///path", "write `https://example.org`"),
    ("https://exa mple.org", "write `https://example.org`"),
    ("https://example.org:port/", "write `https://example.org`"),
    ("https://example.org:99999/", "write `https://example.org`"),
    ("https://example.org:/", "write `https://example.org`"),
    ("https://user:secret@example.org/", "write `https://example.org`"),
    ("https://[::1", "write `https://example.org`"),
    ("https://example.org/#top", "write `https://example.org/`"),
    ("https://example.org/a?", "write `https://example.org/a`"),
    ("https://example.org/a b", "write a blank as `%20`"),
    ("https://example.org/a/../b", "leave out `.`, `..` and empty parts"),
    ("/a//b", "leave out `.`, `..` and empty parts"),
    ("/docs?x", "write a blank as `%20`"),
    ("C:\\site", "write `https://example.org`"),
]


@pytest.mark.parametrize(("text", "advice"), BAD_BASE_URLS)
def test_bad_base_urls(text: str, advice: str | None) -> None:
    settings, found = with_base_url(Settings(), text)
    assert settings == Settings()
    assert [(said.code, said.help) for said in found] == [(codes_.INVALID_BASE_URL.id, advice)]


def parts(schema: object) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for inner in schema.values():
            yield from parts(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from parts(inner)


def test_the_json_schema_describes_every_key_and_refers_to_what_is_there() -> None:
    schema: dict[str, Any] = json.loads(json.dumps(json_schema()))
    for shape in (SITE, MARKDOWN_SHAPE, FEED_SHAPE, LANGUAGE, ITEM):
        for field in shape.fields:
            assert field.description.endswith("."), field.name
    assert set(schema["properties"]) >= {field.name for field in SITE.fields}
    references = {part["$ref"] for part in parts(schema) if "$ref" in part}
    assert references
    assert references <= {f"#/$defs/{name}" for name in schema["$defs"]}
