"""Language tags."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctxsite.config.language_tags import _AUTONYMS, autonym, by_english_name, canonical, cldr_autonym, direction

CANONICAL: list[tuple[str, str | None]] = [
    ("en", "en"), ("DE", "de"), ("pt_br", "pt-BR"), ("zh-hant", "zh-Hant"), ("ZH-hANT-tw", "zh-Hant-TW"),
    ("es-419", "es-419"), ("de-ch-1996", "de-CH-1996"), ("ca-VALENCIA", "ca-valencia"), ("gsw", "gsw"),
    ("zh-yue", "zh-yue"), ("sr_latn_rs", "sr-Latn-RS"),
    ("german", None), ("e", None), ("", None), ("en-", None), ("-en", None), ("en--US", None), ("en-US-GB", None),
    ("en-x-mine", None), ("en.utf8", None), ("日本", None), ("en us", None), ("../en", None), ("12", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tag"), CANONICAL)
def test_usual_letter_case(text: str, tag: str | None) -> None:
    assert canonical(text) == tag


@given(st.text(st.sampled_from("aAzZ19-_"), max_size=12))
def test_usual_letter_case_is_reached_at_once(text: str) -> None:
    tag = canonical(text)
    if tag is not None:
        assert canonical(tag) == tag
        assert tag.lower() == text.lower().replace("_", "-")


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("en", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("fa", "rtl"), ("ur-PK", "rtl"), ("az-Arab", "rtl"),
     ("ks-Deva", "ltr"), ("pa-Arab-PK", "rtl"), ("dv", "rtl"), ("ckb", "rtl"), ("de-1901", "ltr")],
)  # fmt: skip
def test_direction(tag: str, expected: str) -> None:
    assert direction(tag) == expected


@pytest.mark.parametrize(
    ("tag", "name"),
    [("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("pt-BR", "Português (Brasil)"), ("ar", "العربية"),
     ("tlh", "tlh")],
)  # fmt: skip
def test_own_names(tag: str, name: str) -> None:
    assert autonym(tag) == name


@pytest.mark.parametrize(
    ("name", "tag"), [("German", "de"), ("deutsch", "de"), ("english", "en"), ("français", "fr"), ("klingonese", None)]
)
def test_tags_by_name(name: str, tag: str | None) -> None:
    assert by_english_name(name) == tag


def test_names_that_are_known_without_cldr_are_cldrs() -> None:
    assert {tag: cldr_autonym(tag) for tag in _AUTONYMS} == _AUTONYMS
