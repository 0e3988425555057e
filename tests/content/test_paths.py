"""What a file's path says."""

from __future__ import annotations

import pytest

from ctxsite.content.paths import Layout, Place, address_key, layout, place, segment, title_from

SUFFIXES = layout("en", {"en": None, "de": None, "pt-BR": None, "zh-Hant": None})
FOLDERS = layout("en", {"en": "content/en", "de": "content/de", "de-AT": "content/de/at"})

CASES: list[tuple[Layout, str, Place]] = [
    (SUFFIXES, "content/index.md", Place("content/index.md", "", "en", None, "index")),
    (SUFFIXES, "content/_index.de.md", Place("content/_index.de.md", "", "de", None, "_index")),
    (SUFFIXES, "content/blog/_index.md", Place("content/blog/_index.md", "blog", "en", None, "_index")),
    (SUFFIXES, "content/blog/first.md", Place("content/blog/first.md", "blog/first", "en", None, None)),
    (SUFFIXES, "content/blog/first/index.md", Place("content/blog/first/index.md", "blog/first", "en", None, "index")),
    (SUFFIXES, "content/a@b.de.md", Place("content/a@b.de.md", "a", "de", "b", None)),
    (SUFFIXES, "content/a@b.md", Place("content/a@b.md", "a", "en", "b", None)),
    (SUFFIXES, "content/index@b.md", Place("content/index@b.md", "", "en", "b", "index")),
    (SUFFIXES, "content/a.pt_br.md", Place("content/a.pt_br.md", "a", "pt-BR", None, None)),
    (SUFFIXES, "content/a.ZH-HANT.md", Place("content/a.ZH-HANT.md", "a", "zh-Hant", None, None)),
    (SUFFIXES, "content/a.fr.md", Place("content/a.fr.md", "a.fr", "en", None, None, "fr")),
    (SUFFIXES, "content/v1.0.md", Place("content/v1.0.md", "v1.0", "en", None, None)),
    (SUFFIXES, "content/de.md", Place("content/de.md", "de", "en", None, None)),
    (SUFFIXES, "content/.de.md", Place("content/.de.md", ".de", "en", None, None)),
    (SUFFIXES, "content/two words/ä b.md", Place("content/two words/ä b.md", "two words/ä b", "en", None, None)),
    (FOLDERS, "content/de/a/b.md", Place("content/de/a/b.md", "a/b", "de", None, None)),
    (FOLDERS, "content/de/at/b.md", Place("content/de/at/b.md", "b", "de-AT", None, None)),
    (FOLDERS, "content/en/a@x.md", Place("content/en/a@x.md", "a", "en", "x", None)),
    (FOLDERS, "content/en/a.de.md", Place("content/en/a.de.md", "a.de", "en", None, None)),
]


@pytest.mark.parametrize(("how", "path", "expected"), CASES, ids=[f"{i}-{case[1]}" for i, case in enumerate(CASES)])
def test_place(how: Layout, path: str, expected: Place) -> None:
    assert place(path, how) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("About Us", "about-us"),
        ("Über uns", "über-uns"),
        ("日本語", "日本語"),
        ("a?b#c%d", "a-b-c-d"),
        ('"quoted"', "quoted"),
        ("v1.0.0", "v1.0.0"),
        ("???", "-"),
        ("u\u0308ber", "über"),
    ],
)
def test_segment(name: str, expected: str) -> None:
    assert segment(name) == expected


def test_addresses_that_some_file_system_cannot_tell_apart_are_the_same() -> None:
    assert address_key("/Straße/") == address_key("/STRASSE/")
    assert address_key("/u\u0308ber/") == address_key("/über/")
    assert address_key("/a/") != address_key("/b/")


def test_a_section_without_a_page_gets_a_title_from_its_folder() -> None:
    assert title_from("press_and-media") == "Press and media"
