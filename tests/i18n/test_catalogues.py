"""Strings of the theme in the page's language."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ctxsite.diagnostics.text import render_all
from ctxsite.i18n.catalogues import Translations, read_catalogue, read_translations
from ctxsite.source import SourceText

GERMAN = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

#: base.html
msgid "Menu"
msgstr "Menü"

#, fuzzy
msgid "Guess"
msgstr "Vermutung"

msgid "Empty"
msgstr ""

msgctxt "verb"
msgid "Open"
msgstr "Öffnen"

msgid "%(num)s page"
msgid_plural "%(num)s pages"
msgstr[0] "%(num)s Seite"
msgstr[1] "%(num)s Seiten"

#~ msgid "Old"
#~ msgstr "Alt"
"""
POLISH = """\
msgid ""
msgstr "Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"
msgid "page"
msgid_plural "pages"
msgstr[0] "strona"
msgstr[1] "strony"
msgstr[2] "stron"
"""


def po(path: str, text: str) -> SourceText:
    return SourceText(f"i18n/{path}.po", text)


def strings(language: str, text: str) -> Translations:
    read, diagnostics = read_translations([language], [{language: po(language, text)}])
    assert not diagnostics
    return read[language]


def test_a_catalogue_translates_what_it_has() -> None:
    german = strings("de", GERMAN)
    assert german.text("Menu") == "Menü"
    assert german.text("Open", "verb") == "Öffnen"
    assert [german.plural_text("%(num)s page", "%(num)s pages", n) for n in (0, 1, 2)] == [
        "%(num)s Seiten", "%(num)s Seite", "%(num)s Seiten",
    ]  # fmt: skip


def test_what_it_has_not_is_shown_in_the_source_s_words_and_noted() -> None:
    german = strings("de", GERMAN)
    assert [german.text(word) for word in ("Guess", "Empty", "Old", "Open", "New")] == [
        "Guess",
        "Empty",
        "Old",
        "Open",
        "New",
    ]
    assert german.plural_text("a day", "days", 1) == "a day"
    assert german.plural_text("a day", "days", 0) == "days"
    assert german.missing == {"Guess", "Empty", "Old", "Open", "New", "a day"}


def test_each_language_counts_in_its_own_way() -> None:
    polish = strings("pl", POLISH)
    assert [polish.plural_text("page", "pages", n) for n in (1, 3, 5, 12, 22)] == [
        "strona", "strony", "stron", "stron", "strony",
    ]  # fmt: skip


def test_the_site_comes_before_the_theme_and_austria_before_germany() -> None:
    def message(*pairs: str) -> str:
        return "".join(f'msgid "{word}"\nmsgstr "{word} {source}"\n' for source in pairs[:1] for word in pairs[1:])

    site = {"de": po("de", message("site-de", "a", "b"))}
    theme = {"de_AT": po("de_AT", message("theme-at", "a")), "de": po("de", message("theme-de", "a", "b", "c"))}
    read, diagnostics = read_translations(["de-AT", "de"], [site, theme])
    assert not diagnostics
    assert [read["de-AT"].text(word) for word in "abcd"] == ["a theme-at", "b site-de", "c theme-de", "d"]
    assert [read["de"].text(word) for word in "abcd"] == ["a site-de", "b site-de", "c theme-de", "d"]


def test_a_catalogue_for_no_language_of_the_site_is_reported_if_it_is_the_site_s() -> None:
    layers = [{"dee": po("dee", "")}, {"fr": po("fr", "broken")}]
    read, diagnostics = read_translations(["de"], layers)
    assert list(read) == ["de"]
    assert [(found.code, found.help) for found in diagnostics] == [("CTX504", "did you mean `de`?")]


BROKEN = {
    "unclosed": 'msgid "a\nmsgstr "b"\n',
    "not gettext": "Menu = Menü\n",
    "no translation": 'msgid "a"\nmsgstr "b"\n\nmsgid "c"\n',
    "too many forms": 'msgid "n"\nmsgid_plural "ns"\nmsgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c"\n',
    "unknown plural rule": 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n = 1);\\n"\n',
    "unknown placeholder": 'msgid "b"\nmsgstr "c"\n\nmsgid "Hello %(name)s"\nmsgstr "Hallo %(nme)s"\n',
    "no placeholder": 'msgid "Hello"\nmsgstr "Hallo %(name)s"\n',
}


def test_each_mistake_in_a_catalogue(golden: Callable[[str, str], None]) -> None:
    report = []
    for name, text in BROKEN.items():
        _, diagnostics = read_catalogue(po("de", text), "de")
        assert len(diagnostics) == 1, name
        report.append(f"# {name}\n{render_all(diagnostics)}\n")
    golden("i18n/catalogues.txt", "\n".join(report))


@pytest.mark.parametrize("language", ["de", "x-own", "tlh"])
def test_a_language_that_cldr_does_not_know_still_has_strings(language: str) -> None:
    assert strings(language, 'msgid "Menu"\nmsgstr "m"\n').text("Menu") == "m"
