"""CTX50x: catalogues of translated strings."""

from ctxsite.diagnostics.model import Code, Severity

CATALOGUE_SYNTAX = Code(
    "CTX501", "catalogue-syntax", Severity.ERROR,
    "A catalogue (`i18n/LANGUAGE.po`) does not follow gettext's PO format at this line.",
)  # fmt: skip
CATALOGUE_PLACEHOLDER = Code(
    "CTX502", "catalogue-placeholder", Severity.ERROR,
    "A translation uses a placeholder such as `%(name)s` that its original does not have, so nothing can fill it.",
)  # fmt: skip
CATALOGUE_PLURALS = Code(
    "CTX503", "catalogue-plurals", Severity.ERROR,
    "A catalogue's `Plural-Forms` header cannot be read, or a message has another number of plural forms than it says.",
)  # fmt: skip
UNUSED_CATALOGUE = Code(
    "CTX504", "unused-catalogue", Severity.WARNING,
    "A catalogue of the site is named after a language that the site does not have, nor falls back to.",
)  # fmt: skip
UNTRANSLATED_STRING = Code(
    "CTX505", "untranslated-string", Severity.NOTE,
    "A template asks for a string that no catalogue of this language has, so it is shown as it is written. "
    "`ctxsite i18n update` makes or completes `i18n/LANGUAGE.po`; what is filled in there is shown from then on.",
)  # fmt: skip
MISSING_PLURALS = Code(
    "CTX506", "missing-plurals", Severity.WARNING,
    "A language has several plural forms (German two, Polish three, Arabic six), and this message has not all of them, "
    "so that for some numbers there would be nothing to show. Until all are there, it is shown untranslated.",
)  # fmt: skip
