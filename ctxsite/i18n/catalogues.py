"""gettext catalogues: from PO files to a language's strings.

A catalogue is data: each message with its translations and the rule that picks a plural form. Several
catalogues make a language's `Translations`: the site's before the theme's before its parent's, and all of
`de-AT` before all of `de`. What none of them has is shown in the source's words.
"""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from ctxsite.config.language_tags import normal
from ctxsite.diagnostics import Diagnostic, did_you_mean
from ctxsite.diagnostics.codes_languages import (
    CATALOGUE_PLACEHOLDER,
    CATALOGUE_PLURALS,
    CATALOGUE_SYNTAX,
    MISSING_PLURALS,
    UNUSED_CATALOGUE,
)
from ctxsite.frozen import dataclass
from ctxsite.i18n.languages import parents
from ctxsite.source import SourceText, Span

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")

_LINE = re.compile(r'(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)[ \t]*)?"(?:[^"\\]|\\.)*"')

MessageKey = tuple[str | None, str]
"""A message's context (or None) and its text, the singular where it has a plural."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One PO file: each message's forms, and the number of the form for a count (gettext's Plural-Forms)."""

    messages: Mapping[MessageKey, tuple[str, ...]]
    plural: Callable[[int], int]


def in_english(language: str) -> bool:
    """Tell whether messages are in this language before anybody translates them."""
    return language.partition("-")[0].lower() == "en"


def english_plural(count: int) -> int:
    """Return 0 for one and 1 for every other count."""
    return int(count != 1)


class Translations:
    """A language's strings. `missing` collects what was asked for and no catalogue has.

    `empty` tells that there is no catalogue at all.
    """

    def __init__(self, language: str, catalogues: Iterable[Catalogue] = ()) -> None:
        self.language = language
        self.missing: set[str] = set()
        self._forms: dict[MessageKey, tuple[tuple[str, ...], Callable[[int], int]]] = {}
        for catalogue in catalogues:
            for key, forms in catalogue.messages.items():
                self._forms.setdefault(key, (forms, catalogue.plural))
        self.empty = not self._forms

    def has(self, context: str | None, message: str) -> bool:
        """Tell whether a message has a translation."""
        return (context, message) in self._forms

    def text(self, message: str, context: str | None = None) -> str:
        """Return a message's translation, or the message itself."""
        found = self._forms.get((context, message))
        if found is None:
            self.missing.add(message)
            return message
        return found[0][0]

    def plural_text(self, singular: str, plural: str, count: int, context: str | None = None) -> str:
        """Return the form of a message for `count`; without a translation, the English choice of the two."""
        found = self._forms.get((context, singular))
        if found is None:
            self.missing.add(singular)
            return plural if english_plural(count) else singular
        forms, choose = found
        return forms[min(choose(count), len(forms) - 1)]


def translations(language: str, layers: Iterable[Mapping[str, Catalogue]]) -> Translations:
    """Make a language's strings out of catalogues by language, the strongest layer first.

    Letter case and `_` for `-` in the catalogues' names do not matter.
    """
    named = [{normal(code): catalogue for code, catalogue in layer.items()} for layer in layers]
    chain = [normal(language), *parents(language)]
    return Translations(language, [layer[code] for code in chain for layer in named if code in layer])


def read_translations(
    languages: Sequence[str], layers: Sequence[Mapping[str, SourceText]]
) -> tuple[dict[str, Translations], tuple[Diagnostic, ...]]:
    """Read the strings of all languages of a site.

    `layers` are catalogues by language, the strongest layer, the site's own, first. A catalogue that no language
    needs is not read, and reported if it is the site's.
    """
    needed = {normal(tag) for code in languages for tag in (code, *parents(code))}
    diagnostics: list[Diagnostic] = []
    read: list[dict[str, Catalogue]] = []
    for number, layer in enumerate(layers):
        catalogues: dict[str, Catalogue] = {}
        for tag, source in layer.items():
            if normal(tag) in needed:
                catalogue, found = read_catalogue(source, tag)
                diagnostics += found
                if catalogue is not None:
                    catalogues[tag] = catalogue
            elif number == 0:
                message = f"the site has no language `{tag}`, so this is not used"
                diagnostics.append(UNUSED_CATALOGUE.at(source.span(0), message, help=did_you_mean(tag, needed)))
        read.append(catalogues)
    return {code: translations(code, read) for code in languages}, tuple(diagnostics)


def read_catalogue(source: SourceText, language: str) -> tuple[Catalogue | None, tuple[Diagnostic, ...]]:
    """Read a PO file. Obsolete and fuzzy messages, and those without a translation, are left out."""
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415  (most sites in English need no Babel)
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    broken = _broken_line(source)
    if broken is not None:
        return None, (CATALOGUE_SYNTAX.at(broken, 'this line is neither `msgid "…"` nor `msgstr "…"` nor a comment'),)
    try:
        locale: Locale | None = Locale.parse(normal(language), sep="-")
    except (ValueError, UnknownLocaleError):
        locale = None
    try:
        catalog = read_po(io.StringIO(source.text), locale=locale, ignore_obsolete=True, abort_invalid=True)
    except PoFileError as error:
        reason = re.sub(r" on \d+$", "", str(error))
        code = CATALOGUE_PLURALS if "num_plurals" in reason else CATALOGUE_SYNTAX
        return None, (code.at(_line(source, error.lineno), reason.replace("num_plurals of catalog", "`nplurals`")),)
    except (ValueError, TypeError) as error:
        return None, (CATALOGUE_SYNTAX.at(_line(source, 0), f"the catalogue's header cannot be read: {error}"),)
    try:
        plural = gettext.c2py(catalog.plural_expr)
    except ValueError:
        place = source.text.find("Plural-Forms")
        message = f"`{catalog.plural_expr}` is not a rule for plurals"
        return None, (CATALOGUE_PLURALS.at(_line_at(source, max(place, 0)), message),)
    messages: dict[MessageKey, tuple[str, ...]] = {}
    diagnostics: list[Diagnostic] = []
    for entry in catalog:
        ids = tuple(entry.id) if isinstance(entry.id, (tuple, list)) else (entry.id,)
        forms = tuple(entry.string) if isinstance(entry.string, (tuple, list)) else (entry.string or "",)
        if not ids[0] or entry.fuzzy or not any(forms):
            continue
        if not all(forms):
            at = _line(source, (entry.lineno or 1) - 1)
            there = sum(map(bool, forms))
            text = f"this message has {there} of the {len(forms)} plural forms of its language"
            diagnostics.append(
                MISSING_PLURALS.at(at, text, help="fill in every `msgstr[…]`; until then it is shown untranslated")
            )
            continue
        unknown = sorted(_placeholders(forms) - _placeholders(ids))
        if unknown:
            at = _line(source, (entry.lineno or 1) - 1)
            hint = "it has: " + ", ".join(f"`%({name})s`" for name in sorted(_placeholders(ids)))
            text = f"the original of this translation has no placeholder `%({unknown[0]})s`"
            diagnostics.append(CATALOGUE_PLACEHOLDER.at(at, text, help=hint if _placeholders(ids) else None))
            continue
        messages[entry.context, ids[0]] = tuple(str(form) for form in forms)
    return Catalogue(messages, plural), tuple(diagnostics)


def _placeholders(texts: Iterable[str]) -> set[str]:
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


def _broken_line(source: SourceText) -> Span | None:
    """Return the first line that is no line of a PO file: Babel passes over an unclosed quotation mark."""
    position = 0
    for line in source.text.split("\n"):
        text = line.strip()
        if text and not text.startswith("#") and not _LINE.fullmatch(text):
            return _line_at(source, position)
        position += len(line) + 1
    return None


def _line(source: SourceText, number: int) -> Span:
    starts = source.line_starts()
    return _line_at(source, starts[min(number, len(starts) - 1)])


def _line_at(source: SourceText, offset: int) -> Span:
    end = source.text.find("\n", offset)
    stop = len(source.text) if end < 0 else end
    text = source.text[offset:stop]
    start = offset + len(text) - len(text.lstrip())
    return source.span(start, max(start + 1, offset + len(text.rstrip())))
