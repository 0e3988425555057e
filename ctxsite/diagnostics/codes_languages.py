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
