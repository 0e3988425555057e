"""The engine `commonmark`: pulldown-cmark through `pyromark`, CommonMark 0.31 with the extensions of GFM and some more.

What it does not have: abbreviations, attribute lists besides headings', definition of own block types.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyromark

from ctxsite.content.markdown.engine import COMMONMARK, ENGLISH, Labels
from ctxsite.content.markdown.footnotes import with_footnotes
from ctxsite.diagnostics import Diagnostic, did_you_mean
from ctxsite.diagnostics.codes_content import MARKDOWN_EXTENSION, MARKDOWN_OPTION
from ctxsite.source import Span

_OPTIONS = pyromark.Options
_EXTENSIONS = {
    "alerts": _OPTIONS.ENABLE_GFM,
    "definition-lists": _OPTIONS.ENABLE_DEFINITION_LIST,
    "footnotes": _OPTIONS.ENABLE_FOOTNOTES,
    "heading-attributes": _OPTIONS.ENABLE_HEADING_ATTRIBUTES,
    "math": _OPTIONS.ENABLE_MATH,
    "smart-punctuation": _OPTIONS.ENABLE_SMART_PUNCTUATION,
    "strikethrough": _OPTIONS.ENABLE_STRIKETHROUGH,
    "subscript": _OPTIONS.ENABLE_SUBSCRIPT,
    "superscript": _OPTIONS.ENABLE_SUPERSCRIPT,
    "tables": _OPTIONS.ENABLE_TABLES,
    "task-lists": _OPTIONS.ENABLE_TASKLISTS,
}
EXTENSIONS = tuple(_EXTENSIONS)
USUAL = (
    "alerts", "definition-lists", "footnotes", "heading-attributes", "strikethrough", "tables", "task-lists",
)  # fmt: skip
"""On unless the configuration says which; math is not, because `$` is mostly money."""

_ALERT = re.compile(r'<blockquote class="markdown-alert-(note|tip|important|warning|caution)">')


@dataclass(frozen=True, slots=True)
class CommonMark:
    """pyromark with its options; immutable and without state between texts."""

    markdown: pyromark.Markdown
    identity: str
    name: str = COMMONMARK
    blank_lines: bool = False
    toc_marker: str = ""

    def html(self, text: str, prefix: str = "", labels: Labels = ENGLISH) -> str:
        """Return `text` as HTML, alerts with a title and footnotes gathered at the end with links back."""
        html = self.markdown.html(text)
        if "footnote-" in html:
            html = with_footnotes(html, prefix, labels)
        if "markdown-alert-" in html:
            html = _ALERT.sub(lambda match: _alert(match[1], labels), html)
        return html


def _alert(kind: str, labels: Labels) -> str:
    return (
        f'<blockquote class="markdown-alert markdown-alert-{kind}" role="note">\n'
        f'<p class="markdown-alert-title">{labels.alerts.get(kind, kind)}</p>'
    )


def make(
    extensions: Sequence[str] | None,
    configs: Mapping[str, Mapping[str, object]],
    *,
    smart: bool,
    places: Mapping[str, Span],
) -> tuple[CommonMark, tuple[Diagnostic, ...]]:
    """Make the engine with the extensions named, `USUAL` if None; `smart` adds smart punctuation."""
    diagnostics = []
    options = _OPTIONS(0)
    for extension in USUAL if extensions is None else extensions:
        option = _EXTENSIONS.get(extension)
        if option is None:
            message = f"the engine `{COMMONMARK}` has no extension `{extension}`"
            place = places.get(extension)
            diagnostics.append(MARKDOWN_EXTENSION.at(place, message, help=did_you_mean(extension, EXTENSIONS)))
        else:
            options |= option
    if smart:
        options |= _OPTIONS.ENABLE_SMART_PUNCTUATION
    for extension in configs:
        message = f"the engine `{COMMONMARK}` has no options for extensions"
        help_text = "remove it, or choose `engine: python-markdown`"
        diagnostics.append(MARKDOWN_OPTION.at(places.get(extension), message, help=help_text))
    identity = f"{COMMONMARK} {pyromark.__version__} {int(options)}"
    return CommonMark(pyromark.Markdown(options=options), identity), tuple(diagnostics)
