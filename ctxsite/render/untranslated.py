"""Strings that templates ask for and no catalogue has, told once for each language."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ctxsite.config.settings import Settings
from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_languages import UNTRANSLATED_STRING
from ctxsite.i18n.catalogues import in_english
from ctxsite.render.site import Site
from ctxsite.render.theme import Theme
from ctxsite.source import Span


def untranslated(missing: Collection[tuple[str, str]], site: Site) -> tuple[Diagnostic, ...]:
    """Return a diagnostic for each string (language, message), and one for all languages without any catalogue.

    Nothing is missing in English, nor in a default language without catalogues: its words are those of the templates.
    """
    settings = site.settings
    diagnostics: list[Diagnostic] = []
    empty: dict[str, int] = {}
    for language in settings.languages:
        words = sorted(message for code, message in missing if code == language)
        if not words or in_english(language):
            continue
        if not site.translations[language].empty:
            diagnostics += (_one(word, language, site) for word in words)
        elif language != settings.default_language:
            empty[language] = len(words)
    return (*diagnostics, *_none(empty, settings))


def _none(empty: Mapping[str, int], settings: Settings) -> Iterator[Diagnostic]:
    if empty:
        languages, most = list(empty), max(empty.values())
        named = ", ".join(_named(language, settings) for language in languages[:6])
        more = f" and {len(languages) - 6} more" if len(languages) > 6 else ""
        count = f"{most} string{'s' if most > 1 else ''}"
        message = f"there is no catalogue for {named}{more}: their pages show {count} in English"
        hint = f"`ctxsite i18n update` makes `i18n/{languages[0]}.po`, to be filled in"
        yield UNTRANSLATED_STRING.at(settings.places.get("languages"), message, help=hint)


def _one(word: str, language: str, site: Site) -> Diagnostic:
    message = f"`{word}` has no translation in {_named(language, site.settings)}"
    hint = f"`ctxsite i18n update {language}` adds it to the catalogue; fill it in"
    return UNTRANSLATED_STRING.at(_place(word, site.theme), message, help=hint)


def _named(language: str, settings: Settings) -> str:
    return f"{settings.languages[language].name} ({language})"


def _place(word: str, theme: Theme) -> Span | None:
    """Return where the first template that has this string has it."""
    for name in theme.template_names():
        found = theme.template(name)
        source = found[1] if found else None
        at = source.text.find(word) if source else -1
        if source is not None and at >= 0:
            return source.span(at, at + len(word))
    return None
