"""The engine `commonmark`: pulldown-cmark through `pyromark`, CommonMark 0.31 with the extensions of GFM and some more.

What it does not have: abbreviations, attribute lists besides headings', block types of extensions. Two extensions
take less for theirs than pulldown-cmark would: attributes of a heading must look like ones (`{#id .class key=value}`,
so `{% if %}` stays text), and definition lists are only looked for in texts where a colon and a space start a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pyromark

from ctxsite.content.markdown.engine import COMMONMARK, ENGLISH, Labels
from ctxsite.content.markdown.footnotes import with_footnotes
from ctxsite.content.markdown.strictness import strict
from ctxsite.diagnostics import Diagnostic, did_you_mean
from ctxsite.diagnostics.codes_content import MARKDOWN_EXTENSION, MARKDOWN_OPTION
from ctxsite.frozen import dataclass
from ctxsite.source import Span

_OPTIONS = pyromark.Options
_EXTENSIONS = {
    "alerts": _OPTIONS.ENABLE_GFM,
    "definition-lists": _OPTIONS.ENABLE_DEFINITION_LIST,
    "footnotes": _OPTIONS.ENABLE_FOOTNOTES,
    "heading-attributes": _OPTIONS(0),  # ours, below
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

_WORD = r"(?:#[^\s{}<>&\"'#.=]+|\.[\w-]+|[\w-]+=[^\s{}<>&\"']+)"
_HEADING_ATTRIBUTES = re.compile(
    rf"(<h([1-6]))>((?:(?!</h\2>).)*?)[ \t]*\{{[ \t]*({_WORD}(?:[ \t]+{_WORD})*)[ \t]*\}}(?=</h\2>)", re.DOTALL
)
_DEFINITION = re.compile(r"\n[ \t>]*:[ \t]")
_ALERT = re.compile(r'<blockquote class="markdown-alert-(note|tip|important|warning|caution)">')


@dataclass(frozen=True, slots=True)
class CommonMark:
    """pyromark with its options; immutable and without state between texts."""

    markdown: pyromark.Markdown
    without_definitions: pyromark.Markdown
    heading_attributes: bool
    identity: str
    name: str = COMMONMARK
    blank_lines: bool = False
    toc_marker: str = ""

    def html(self, text: str, prefix: str = "", labels: Labels = ENGLISH) -> str:
        """Return `text` as HTML, alerts with a title and footnotes gathered at the end with links back."""
        has_definitions = ":" in text and _DEFINITION.search(text)
        html = (self.markdown if has_definitions else self.without_definitions).html(text)
        if self.heading_attributes and "}" in html and "}</h" in html:
            html = _HEADING_ATTRIBUTES.sub(_with_attributes, html)
        if "footnote-" in html:
            html = with_footnotes(html, prefix, labels)
        if "markdown-alert-" in html:
            html = _ALERT.sub(lambda match: _alert(match[1], labels), html)
        return strict(html, labels)


def _with_attributes(match: re.Match[str]) -> str:
    id_, classes, others = "", [], ""
    for word in match[4].split():
        if word[0] == "#":
            id_ = f' id="{word[1:]}"'
        elif word[0] == ".":
            classes.append(word[1:])
        else:
            key, _, value = word.partition("=")
            others += f' {key}="{value}"'
    class_ = f' class="{" ".join(classes)}"' if classes else ""
    return f"{match[1]}{id_}{class_}{others}>{match[3]}"


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
    names = USUAL if extensions is None else extensions
    options = _OPTIONS(0)
    for extension in names:
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
    attributes = "heading-attributes" in names
    identity = f"{COMMONMARK} {pyromark.__version__} {int(options)} {int(attributes)}"
    markdown = pyromark.Markdown(options=options)
    without_definitions = pyromark.Markdown(options=options & ~_OPTIONS.ENABLE_DEFINITION_LIST)
    return CommonMark(markdown, without_definitions, attributes, identity), tuple(diagnostics)
