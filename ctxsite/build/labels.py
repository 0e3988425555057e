"""The builder's own words in pages, in each language."""

from __future__ import annotations

from ctxsite.content.markdown.engine import ENGLISH, Labels
from ctxsite.i18n.catalogues import Translations


def said_in(strings: Translations, text: str) -> str:
    """Return a word of the builder's own in a language, or as it is. It is not counted as missing."""
    return strings.text(text) if strings.has(None, text) else text


def labels_in(strings: Translations) -> Labels:
    """Return the words that Markdown adds, in a language."""

    def word(text: str) -> str:
        return said_in(strings, text)

    return Labels(
        {kind: word(text) for kind, text in ENGLISH.alerts.items()},
        word(ENGLISH.footnotes),
        word(ENGLISH.back),
        word(ENGLISH.to_do),
        word(ENGLISH.done),
    )
