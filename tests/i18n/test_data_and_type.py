"""Values from data as each language writes them; sorted lists; quotation marks; lines of Chinese and Japanese."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ctxsite.i18n import collation
from ctxsite.i18n.formats import format_percent, format_series, format_time, format_unit, formatted
from tests.i18n.built import build

NARROW, NO_BREAK = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "language", "how", "expected"),
    [
        (31.9, "en", "currency EUR", "€31.90"),
        ("31.90", "de", "currency EUR", f"31,90{NO_BREAK}€"),
        (31.9, "de-AT", "currency EUR", f"€{NO_BREAK}31,90"),
        (1234567.5, "fr", "number", f"1{NARROW}234{NARROW}567,5"),
        (1.5, "de", "number 0.00", "1,50"),
        (0.84, "ar", "percent", "84%"),
        (0.84, "de", "percent", f"84{NO_BREAK}%"),
        ("2027-01-01", "de", "date", "1. Januar 2027"),
        ("2027-01-01", "ja", "date long", "2027年1月1日"),
        ("2027-01-01T18:30+01:00", "en", "time", f"6:30{NARROW}PM"),
        ("2027-01-01T18:30+01:00", "de", "time", "18:30"),
        (3, "pl", "unit kilometer", "3 kilometry"),
        (5, "pl", "unit kilometer", "5 kilometrów"),
        (2, "en", "unit kilometer short", "2 km"),
        (["a", "b", "c"], "en", "series", "a, b, and c"),
        (["a", "b", "c"], "de", "series", "a, b und c"),
        (["a", "b"], "es", "series or", "a o b"),
    ],
)
def test_formats(value: object, language: str, how: str, expected: str) -> None:
    assert formatted(value, language, how) == expected


@pytest.mark.parametrize(
    ("value", "how", "message"),
    [
        (1, "curency EUR", "there is no format `curency`"),
        (1, "currency", "`currency` needs a word more, as in `currency EUR`"),
        (1, "currency EURO", "`EURO` is not a currency's code"),
        (1, "percent of", "`percent` takes fewer words"),
        ("many", "number", "`many` is not a number"),
        (1, "unit furlongs", "`furlongs` is not a unit that CLDR knows"),
        (1, "unit kilometer tiny", "`tiny` is not a length"),
        ("2027-01-01", "time", "`2027-01-01` has no time of day"),
        ("2027-01-01T10:00", "time late", "`late` is not a time format"),
        ("text", "series", "`text` is not a list"),
        (["a", "b"], "series and so on", "`and so on` is not a way to list things"),
    ],
)
def test_what_cannot_be_written_so(value: object, how: str, message: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(message)):
        formatted(value, "en", how)


def test_the_functions_are_the_formats() -> None:
    assert format_percent(0.5, "en") == "50%"
    assert format_unit(1, "en", "kilowatt-hour") == "1 kilowatt hour"
    assert format_time("2027-01-01T10:00+00:00", "de", "medium") == "10:00:00"
    assert format_series(["a"], "de") == "a"


def test_data_on_pages(make_site: Callable[..., Path]) -> None:
    body = (
        "[[data: prices.basic | currency EUR]]; [[data: prices.from | date]]; [[data: prices.words]]; "
        "[[data: prices.by]]\n\n| a | b |\n| - | - |\n| [[data: prices.basic | number]] | x |\n"
    )
    site = make_site({
        "ctxsite.yaml": "languages: [en, de, de-AT, fr]\n",
        "data/prices.yaml": (
            "basic: 31.9\nfrom: 2027-01-01\nwords: {en: Power, de: Strom}\nby: {en: 5, de: 6, de-AT: 7}\n"
        ),
        "content/a.md": body, "content/a.de.md": body, "content/a.de-at.md": body,
        "templates/page.html": "{{ head() }}{{ page.content }}",
    })  # fmt: skip
    public = build(site)
    expected = {
        "a": ["€31.90; January 1, 2027; Power; 5", "<td>31.9</td>"],
        "de/a": [f"31,90{NO_BREAK}€; 1. Januar 2027; Strom; 6", "<td>31,9</td>"],
        "de-at/a": [f"€{NO_BREAK}31,90; 1. Jänner 2027; Strom; 7", "<td>31,9</td>"],
        "fr/a": ["€31.90; January 1, 2027; Power; 5"],  # the text is English
    }
    for path, texts in expected.items():
        html = (public / path / "index.html").read_text("utf-8")
        assert all(text in html for text in texts), (path, html)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ["Affe", "Äpfel", "Apfelkuchen", "Straße", "Strassen", "Übung", "zwei"]),
        ("sv", ["Adam", "Zorn", "Åsa", "Ärla", "Öland"]),
        ("da", ["Anna", "Zoo", "Ærø", "Ørsted", "Århus"]),
        ("es", ["nube", "nuez", "ñandú", "oso"]),
        ("pl", ["Adam", "ączyć", "baza", "łódź", "mama", "zero", "źródło", "żaba"]),
        ("tr", ["ılık", "ibre", "öz", "para"]),
        ("cs", ["cena", "čas", "dům", "řeka", "šaty", "zub", "žena"]),
        ("ja", ["あおい", "アジア", "いぬ", "カメラ", "きつね"]),
        ("ar", ["أحمد", "باب", "تمر", "ثلج", "يوم"]),
        ("fr", ["cote", "coté", "dé", "élan", "être", "fin"]),
    ],
)
def test_readers_find_words_where_they_expect_them(
    language: str, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collation, "_icu", lambda _: None)
    assert sorted(words, key=lambda word: (collation.sort_key(word, language), word)) == words


def test_lists_of_pages_are_in_the_order_of_their_language(make_site: Callable[..., Path]) -> None:
    pages = {f"content/{number}.{code}.md": f"---\ntitle: {title}\n---\n"
             for code in ("de", "sv") for number, title in enumerate(["Zorn", "Ärla", "Adam"])}  # fmt: skip
    template = "{{ head() }}<p>{% for p in site.pages(kind='page', sort='title') %}{{ p.title }} {% endfor %}</p>"
    site = make_site({"ctxsite.yaml": "languages: [de, sv]\n", "templates/home.html": template, **pages})
    public = build(site)
    assert "<p>Adam Ärla Zorn </p>" in (public / "index.html").read_text("utf-8")
    assert "<p>Adam Zorn Ärla </p>" in (public / "sv" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("engine", ["commonmark", "python-markdown"])
def test_quotation_marks_are_those_of_the_language(make_site: Callable[..., Path], engine: str) -> None:
    body = 'She\'s "here", `"code"`\n\n    "more"\n\n## A "title"\n\n::: note\n"Inside" \'it\' [x](# "y")\n:::\n'
    site = make_site({
        "ctxsite.yaml": f"languages: [en, de, fr, ja]\nmarkdown: {{smart: true, engine: {engine}}}\n",
        "content/a.md": body, "content/a.de.md": body, "content/a.fr.md": body,
        "content/a.ja.md": "東京は\n\"大きい\"\n町です。\nNew\nYork\n\n```\n東\n京\n```\n",
    })  # fmt: skip
    public = build(site)
    expected = {
        "a": ["She’s “here”", "A “title”", "“Inside” ‘it’"],
        "de/a": ["She’s „here“", "A „title“", "„Inside“ ‚it‘"],
        "fr/a": [f"She’s «{NARROW}here{NARROW}»", f"A «{NARROW}title{NARROW}»"],
        "ja/a": ["東京は「大きい」町です。\nNew\nYork", "東\n京\n"],
    }
    for path, texts in expected.items():
        html = (public / path / "index.html").read_text("utf-8")
        if engine == "python-markdown":  # writes marks as entities, except where they are set anew
            html = html.replace("&ldquo;", "“").replace("&rdquo;", "”").replace("&lsquo;", "‘").replace("&rsquo;", "’")
        for text in texts:
            assert text in html, (path, text, html)


def test_prices_by_language_segment_and_country(make_site: Callable[..., Path]) -> None:
    """`language: de` with `country: AT` is a reader of German in Austria: Austrian prices, German words."""
    body = """
[[vary: [[data: prices.basic | currency EUR]] | firms: [[data: prices.firms | currency EUR]] net]]

::: vary region
[[data: prices.basic | currency EUR]]
::: when {language: de, country: AT}
[[data: prices.austria | currency EUR]]
::: when {country: CH}
[[data: prices.switzerland | currency CHF]]
:::
"""
    site = make_site({
        "ctxsite.yaml": (
            "languages: [en, de]\naudiences: {firms: {segment: business}}\n"
            "signals: {segment: {values: [business], from: ['query:segment']}, country: {from: ['meta:country']}}\n"
        ),
        "data/prices.yaml": "basic: 31.9\nfirms: {en: 26.5, de: 25.4}\naustria: 32.7\nswitzerland: 30\n",
        "content/a.md": body, "content/a.de.md": body,
        "templates/page.html": "<!doctype html><html><head>{{ head() }}</head><body>{{ page.content }}</body></html>",
    })  # fmt: skip
    public = build(site)
    english, german = ((public / path / "index.html").read_text("utf-8") for path in ("a", "de/a"))
    for text, html in (
        ('<template data-v="firms">€26.50 net</template>', english),
        (f'<template data-v="firms">25,40{NO_BREAK}€ net</template>', german),
        ('<template data-v="when-1">\n<p>€32.70</p>', english),
        (f'<template data-v="when-1">\n<p>32,70{NO_BREAK}€</p>', german),
        (f"<p>CHF{NO_BREAK}30.00</p>", english),
        (f"<p>30,00{NO_BREAK}CHF</p>", german),
    ):
        assert text in html.replace('">\n\n<p>', '">\n<p>').replace('"><p>', '">\n<p>'), (text, html)
