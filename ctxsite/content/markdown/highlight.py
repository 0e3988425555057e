"""Syntax highlighting by Pygments, with CSS classes; colours are the theme's. Import `highlighting`, not this."""

from __future__ import annotations

from functools import lru_cache

from pygments import highlight as run
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

_FORMATTER = HtmlFormatter(nowrap=True)


@lru_cache(maxsize=256)
def _lexer(language: str) -> Lexer | None:
    try:
        # the text is kept as it is: no line ends added or taken away
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=4096)
def highlight(language: str, code: str) -> str | None:
    """Return `code` as HTML with spans, or None for a language that Pygments does not know."""
    lexer = _lexer(language)
    return None if lexer is None else run(code, lexer, _FORMATTER)


def style_sheet(style: str, selector: str) -> str:
    """Return the CSS rules of a Pygments style for code inside `selector`; raises `ValueError` for an unknown style."""
    try:
        return str(HtmlFormatter(style=style).get_style_defs(selector))  # type: ignore[no-untyped-call]  # so in the stubs
    except ClassNotFound as error:
        raise ValueError(str(error)) from error
