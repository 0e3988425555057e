"""Code blocks with highlighted syntax; Pygments is imported when the first block asks for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from importlib import import_module

CSS_CLASS = "highlight"
"""The class of a highlighted `<pre>`."""

Highlighter = Callable[[str, str], str | None]
"""From a language and code to HTML, or None where the language is not known."""

_MODULE = "ctxsite.content.markdown.highlight"
_BLOCK = re.compile(r'<pre><code class="(?:language-)?([^" ]+)">([^<]*)</code></pre>')
_FOR_SCRIPTS = frozenset({"diagram", "graphviz", "math", "mermaid", "plantuml"})
"""Languages of blocks that scripts turn into pictures: left as they are."""


def pygments_highlighter(language: str, code: str) -> str | None:
    """Highlight by Pygments; results are kept by language and code."""
    html: str | None = import_module(_MODULE).highlight(language, code)
    return html


def style_sheet(style: str = "default", selector: str = f".{CSS_CLASS}") -> str:
    """Return a Pygments style's CSS rules; raises `ValueError` for a style it does not have."""
    css: str = import_module(_MODULE).style_sheet(style, selector)
    return css


def highlighted(block: str, highlighter: Highlighter) -> str:
    """Return a code block's HTML (`<pre><code class="language-x">…`) highlighted; as it was if that cannot be."""
    match = _BLOCK.fullmatch(block)
    if match is None or (language := unescape(match[1]).lower()) in _FOR_SCRIPTS:
        return block
    html = highlighter(language, unescape(match[2]))
    if html is None:
        return block
    return f'<pre class="{CSS_CLASS}" tabindex="0"><code class="language-{match[1]}">{html}</code></pre>'
