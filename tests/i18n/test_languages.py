"""Which language stands in for which."""

from __future__ import annotations

import pytest

from ctxsite.config.language_tags import normal
from ctxsite.i18n.languages import fallback_chain, parents


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("de", ()),
        ("de-AT", ("de",)),
        ("de_at", ("de",)),
        ("es-MX", ("es-419", "es")),
        ("en-AU", ("en-001", "en")),
        ("pt-AO", ("pt-PT", "pt")),
        ("zh-Hant-HK", ("zh-Hant",)),
        ("zh-Hant", ()),
        ("zh-Hans-CN", ("zh-Hans", "zh")),
        ("zh-TW", ("zh-Hant",)),
        ("zh-CN", ("zh",)),
        ("sr-Latn-RS", ("sr-Latn",)),
        ("sl-rozaj-biske", ("sl-rozaj", "sl")),
    ],
)
def test_parents_are_those_of_cldr(code: str, expected: tuple[str, ...]) -> None:
    assert parents(code) == expected


@pytest.mark.parametrize(
    ("code", "known", "expected"),
    [
        ("de-AT", ("en", "de", "de-AT"), ("de", "en")),
        ("de", ("en", "de"), ("en",)),
        ("en", ("en", "de"), ()),
        ("es-MX", ("en", "es"), ("es", "en")),
        ("zh-Hant", ("en", "zh", "zh-Hant"), ("en",)),
        ("pt-BR", ("en", "PT"), ("PT", "en")),
    ],
)
def test_texts_stand_in_for_missing_ones(code: str, known: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert fallback_chain(code, "en", known) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [("pt_br", "pt-BR"), ("ZH-hant-tw", "zh-Hant-TW"), ("de", "de"), ("es-419", "es-419"), ("SL-ROZAJ", "sl-rozaj")],
)
def test_the_usual_letter_case(code: str, expected: str) -> None:
    assert normal(code) == expected
