"""Front matter: fences, keys, variants, expectations."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctxsite.content.frontmatter import json_schema, read_front_matter
from ctxsite.content.frontmatter_keys import EXPECTATION, PAGE, VARIANT
from ctxsite.diagnostics import Code, Diagnostic, codes_rules
from ctxsite.diagnostics import codes_site as codes_
from ctxsite.diagnostics.text import render_all
from ctxsite.model.meta import IDENTITY_KEYS, FrontMatter, Meta
from ctxsite.rules.ast import Any, Audience, Language, Membership
from ctxsite.source import SourceText
from tests.rules.reading import VOCABULARY
from tests.syntax.reading import codes, ids, transcript


def read(text: str) -> tuple[FrontMatter, int, tuple[Diagnostic, ...]]:
    return read_front_matter(SourceText("content/page.md", text), VOCABULARY)


def clean(text: str) -> tuple[FrontMatter, str]:
    front, start, found = read(text)
    assert not found, render_all(found)
    return front, text[start:]


FENCES: list[tuple[str, str, str]] = [
    ("no front matter\n", "", "no front matter\n"),
    ("", "", ""),
    ("---\n---\nBody", "", "Body"),
    ("---\n\n# a comment\n---\n", "", ""),
    ("---\ntitle: x\n---\n\nBody\n---\nrest", "x", "\nBody\n---\nrest"),
    ("---\ntitle: x\n...\nBody", "x", "Body"),
    ("--- \t\ntitle: x\n--- \nBody", "x", "Body"),
    ("---\r\ntitle: x\r\n---\r\nBody\r\n", "x", "Body\r\n"),
    ("\ufeff---\ntitle: x\n---\nBody", "x", "Body"),
    ("---\ntitle: x\n---", "x", ""),
    ("---\ntitle: |\n  a\n  ---\n  b\n---\nBody", "a\n---\nb", "Body"),
    ("---\ntitle: x --- y\n---\nBody", "x --- y", "Body"),
    ("+++\ntitle = 'x'\n+++\nBody", "x", "Body"),
    ("+++\r\ntitle = 'x'\r\n+++\r\nBody", "x", "Body"),
    ("+++\n+++\nBody", "", "Body"),
    ("----\ntitle: x\n---\n", "", "----\ntitle: x\n---\n"),
    ("Text\n---\ntitle: x\n---\n", "", "Text\n---\ntitle: x\n---\n"),
    ("\n---\n\nText after a line\n", "", "\n---\n\nText after a line\n"),
    ("---title: x\n---\n", "", "---title: x\n---\n"),
]


@pytest.mark.parametrize(("text", "title", "body"), FENCES)
def test_fences(text: str, title: str, body: str) -> None:
    front, rest = clean(text)
    assert (front.meta.title, rest) == (title, body)


YAML = """\
---
title: 1984
description: About  it
date: 2026-01-02
updated: 2026-01-02T10:00+01:00
publish_date: 2026-01-03 08:00
expiry_date: 2027-01-01T00:00:00Z
draft: true
slug: nineteen
url: /books/1984/
aliases: [/old/, /older.html]
weight: -5
summary: short
tags: novel
template: book
params: {author: {name: E. B.}, pages: 328, iso: no}
translation_key: b1
missing_translations: omit
source_digest: 3a7b
---
"""
TOML = """\
+++
title = "1984"
description = "About  it"
date = 2026-01-02
updated = 2026-01-02T10:00:00+01:00
publish_date = 2026-01-03 08:00:00
expiry_date = 2027-01-01T00:00:00Z
draft = true
slug = "nineteen"
url = "/books/1984/"
aliases = ["/old/", "/older.html"]
weight = -5
summary = "short"
tags = ["novel"]
template = "book"
translation_key = "b1"
missing_translations = "omit"
source_digest = "3a7b"
[params]
pages = 328
iso = "no"
author.name = "E. B."
+++
"""


@pytest.mark.parametrize("text", [YAML, TOML])
def test_every_key(text: str) -> None:
    front, _ = clean(text)
    assert front.meta == Meta(
        title="1984",
        description="About  it",
        date=dt.datetime(2026, 1, 2, tzinfo=dt.UTC),
        updated=dt.datetime(2026, 1, 2, 10, tzinfo=dt.timezone(dt.timedelta(hours=1))),
        publish_date=dt.datetime(2026, 1, 3, 8, tzinfo=dt.UTC),
        expiry_date=dt.datetime(2027, 1, 1, tzinfo=dt.UTC),
        draft=True,
        slug="nineteen",
        url="/books/1984/",
        aliases=("/old/", "/older.html"),
        weight=-5,
        summary="short",
        tags=("novel",),
        template="book",
        params={"author": {"name": "E. B."}, "pages": 328, "iso": "no"},
        translation_key="b1",
        missing_translations="omit",
        source_digest="3a7b",
    )
    assert set(front.given) == set(Meta.__dataclass_fields__)
    assert front.overrides() == {
        name: getattr(front.meta, name) for name in ("title", "description", "summary", "template", "params")
    }


def test_foreign_spellings_are_understood_with_a_note() -> None:
    front, _, found = read(
        "---\nlastmod: 2026-01-02\npublishDate: 2026-01-03\nexpiryDate: 2026-01-04\nlayout: x\n---\n"
    )
    days = (front.meta.updated, front.meta.publish_date, front.meta.expiry_date)
    assert [day.day for day in days if day is not None] == [2, 3, 4]
    assert front.meta.template == "x"
    assert codes(found) == ids([codes_.FOREIGN_KEY] * 4)
    assert set(front.given) == {"updated", "publish_date", "expiry_date", "template"}


def test_variants_in_their_order() -> None:
    front, _ = clean(
        "---\nvariants:\n  business:\n    when: {segment: business}\n    title: Companies\n    params: {a: 1}\n"
        "  at-night: {when: night}\n  2nd: {when: {language: [de, fr-CH]}, summary: ''}\n---\n"
    )
    assert front.variants is not None
    assert [(rule.name, rule.overrides) for rule in front.variants] == [
        ("business", {"title": "Companies", "params": {"a": 1}}),
        ("at-night", {}),
        ("2nd", {"summary": ""}),
    ]
    assert [type(rule.when) for rule in front.variants] == [Membership, Audience, Language]
    assert [rule.span.text() for rule in front.variants] == ["business", "at-night", "2nd"]


@pytest.mark.parametrize("text", ["---\ntitle: x\n---\n", "---\nvariants:\n---\n"])
def test_variants_that_are_not_declared_are_none(text: str) -> None:
    assert clean(text)[0].variants is None


def test_no_variants_can_be_declared() -> None:
    assert clean("---\nvariants: {}\n---\n")[0].variants == ()


def test_a_variant_with_a_faulty_condition_is_there_and_never_shown() -> None:
    front, _, found = read("---\nvariants: {business: {when: {segment: busines}}}\n---\n")
    assert codes(found) == ids([codes_rules.VALUE_UNKNOWN])
    assert front.variants is not None
    assert [(rule.name, rule.when) for rule in front.variants] == [("business", Any((), front.variants[0].span))]


def test_expectations() -> None:
    front, _ = clean(
        "---\nexpect:\n- {context: {segments: [business], now: 2026-12-24T20:15+01:00}, variant: business}\n"
        "- context: {}\n  blocks: {hero: default, foot: when-1}\n---\n"
    )
    assert [(each.context, each.variant, each.blocks) for each in front.expect] == [
        ({"segments": ["business"], "now": "2026-12-24T20:15+01:00"}, "business", {}),
        ({}, None, {"hero": "default", "foot": "when-1"}),
    ]
    assert front.expect[1].span.location().line == 4


def test_spans_keep_only_the_head_of_the_file() -> None:
    front, _ = clean("---\ntitle: x\n---\n" + "long body\n" * 1000)
    assert front.given["title"].source.text == "---\ntitle: x\n---\n"


FAULTS: list[tuple[str, list[Code]]] = [
    ("---\ntitle: Hello: world\n---\n", [codes_.YAML_SYNTAX]),
    ("---\ntitle: {{ site.title }}\n---\n", [codes_.UNSUPPORTED_YAML]),
    ("---\ntitle: x\ntitle: y\n---\n", [codes_.DUPLICATE_KEY]),
    ("---\nupdated: 2026-01-01\nlastmod: 2026-01-02\n---\n", [codes_.FOREIGN_KEY, codes_.DUPLICATE_KEY]),
    ("---\ntitle: x\n\nBody\n", [codes_.FENCE_NOT_CLOSED]),
    ("---", [codes_.FENCE_NOT_CLOSED]),
    ("+++\ntitle = 'x'\n---\n", [codes_.FENCE_NOT_CLOSED]),
    ("\n---\ntitle: x\n---\nBody", [codes_.FENCE_NOT_FIRST]),
    ("+++\ntitle: x\n+++\n", [codes_.TOML_SYNTAX]),
    ("---\n- a\n---\n", [codes_.WRONG_TYPE]),
    ("---\ntitle:Hello\n---\n", [codes_.WRONG_TYPE]),
    ("---\ntitel: x\nauthor: y\n---\n", [codes_.UNKNOWN_KEY, codes_.UNKNOWN_KEY]),
    ("---\ntitle: [x]\ndraft: maybe\nweight: heavy\ntags: {a: b}\nparams: []\n---\n", [codes_.WRONG_TYPE] * 5),
    ("---\ndate: 2019-15-05\nupdated: 2025-02-29\nlastmod:\n---\n",
     [codes_.INVALID_DATE, codes_.INVALID_DATE, codes_.FOREIGN_KEY, codes_.DUPLICATE_KEY]),
    ("---\nslug: ../x\n---\n", [codes_.INVALID_PATH]),
    ("---\nslug: a/b\n---\n", [codes_.INVALID_PATH]),
    ("---\nslug: ''\n---\n", [codes_.INVALID_PATH]),
    ("---\nslug: ~x\nurl: /a/~b/\n---\n", [codes_.INVALID_PATH, codes_.INVALID_PATH]),
    ("---\nurl: about\naliases: [../x, /ok/, /a/../b]\n---\n", [codes_.INVALID_PATH] * 3),
    ("---\ntemplate: ../secret\n---\n", [codes_.INVALID_PATH]),
    ("---\nvariants: [business]\nexpect: {a: b}\n---\n", [codes_.WRONG_TYPE, codes_.WRONG_TYPE]),
    ("---\nvariants:\n  business: {title: x}\n  b:\n---\n", [codes_.MISSING_KEY, codes_.MISSING_KEY]),
    ("---\nvariants:\n  default: {when: night}\n  Evening Hours: {when: night}\n  '': {when: night}\n---\n",
     [codes_.VARIANT_NAME] * 3),
    ("---\nvariants:\n  b: {when: night, slug: x, date: 2026-01-01, variants: {}, lastmod: 2026-01-01}\n---\n",
     [codes_.IDENTITY_KEY] * 4),
    ("---\nvariants:\n  b: {when: night, titel: x, author: y}\n---\n", [codes_.UNKNOWN_KEY, codes_.UNKNOWN_KEY]),
    ("---\nvariants:\n  b: {when: nihgt}\n---\n", [codes_rules.AUDIENCE_UNKNOWN]),
    ("---\nexpect:\n- {variant: b}\n- {context: {}, blocks: [a], varient: c}\n---\n",
     [codes_.MISSING_KEY, codes_.WRONG_TYPE, codes_.UNKNOWN_KEY]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_each_cause_is_told_once(text: str, expected: list[Code]) -> None:
    assert codes(read(text)[2]) == ids(expected)


def test_what_is_said(golden: Callable[[str, str], None]) -> None:
    golden("site/frontmatter.txt", transcript((text for text, _ in FAULTS), lambda text: read(text)[2]))


@pytest.mark.parametrize("key", sorted(IDENTITY_KEYS))
def test_no_variant_changes_what_the_page_is(key: str) -> None:
    assert codes(read(f"---\nvariants: {{b: {{when: night, {key}: 1}}}}\n---\n")[2]) == ids([codes_.IDENTITY_KEY])


@given(st.text() | st.text("-+.\n abt:[]{}'\"#/~", max_size=40), st.sampled_from(["", "---\n", "+++\n"]))
def test_no_text_raises_and_the_body_is_its_end(text: str, before: str) -> None:
    whole = before + text
    _, start, found = read(whole)
    assert 0 <= start <= len(whole)
    for said in found:
        assert said.location is not None
        assert said.location.line <= whole.count("\n") + 1


def test_every_key_of_a_page_is_described() -> None:
    assert {field.name for field in PAGE.fields} == {*Meta.__dataclass_fields__, "variants", "expect"}
    for shape in (PAGE, VARIANT, EXPECTATION):
        for field in shape.fields:
            assert field.description.endswith("."), field.name


def test_json_schema_refers_to_what_is_there() -> None:
    text = json.dumps(json_schema())
    schema = json.loads(text)
    assert '"#/$defs/when"' in text
    assert "when" in schema["$defs"]
    assert set(schema["properties"]) > {field.name for field in PAGE.fields}
    assert schema["properties"]["lastmod"]["deprecated"]
