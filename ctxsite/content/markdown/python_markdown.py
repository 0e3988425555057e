"""The engine `python-markdown`: PyPI `markdown`, for its extensions.

What it does not have without further extensions: task lists, strikethrough, GFM alerts (write `!!! note` or
`::: note`). Lists nest by four spaces, and fenced code inside list items is not known to it. Attribute lists must
look like ones: `{#id}`, `{.class}`, `{key=value}` or, for anything else, `{: word}`. So `{{ x }}` and `{% if %}` stay
text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from html import escape

import markdown

from ctxsite.content.markdown.engine import ENGLISH, PYTHON_MARKDOWN, EngineError, Labels
from ctxsite.content.markdown.strictness import strict
from ctxsite.diagnostics import Diagnostic, did_you_mean
from ctxsite.diagnostics.codes_content import MARKDOWN_EXTENSION, MARKDOWN_OPTION
from ctxsite.frozen import dataclass
from ctxsite.model.slug import slug
from ctxsite.source import Span

USUAL = (
    "abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "md_in_html", "sane_lists", "tables",
    "toc",
)  # fmt: skip
"""On unless the configuration says which."""

_SHIPPED = (*USUAL, "codehilite", "extra", "legacy_attrs", "legacy_em", "meta", "nl2br", "smarty", "wikilinks")
_TOC = "toc"
_TOC_MARKER = "[TOC]"
_BACK = "\N{RIGHTWARDS ARROW WITH HOOK}"
_LIST = r"\{(?=[ ]*(?::|[#.][^\s{}%]|[\w:-]+[ ]*=))\:?[ ]*([^\}\n ][^\n]*)\}"
_STRICT_LISTS = {
    "HEADER_RE": re.compile(rf"[ ]+{_LIST}[ ]*$"),
    "BLOCK_RE": re.compile(rf"\n[ ]*{_LIST}[ ]*$"),
    "INLINE_RE": re.compile(rf"^{_LIST}"),
}
"""The library's patterns for attribute lists, for those that begin like one."""
_FOOTNOTE_ID = re.compile(r'(id="|href="#)(fn(?:ref\d*)?):')
_FOOTNOTES = re.compile(r'<div class="footnote">\n<hr />\n<ol>\n(.*)\n</ol>\n</div>', re.DOTALL)
_FOOTNOTE_LIST = '<div class="footnote">\n<hr />\n'
_BACK_LINK = re.compile(rf'class="footnote-backref" href="([^"]*)" title="{_BACK}"')


@dataclass(frozen=True, slots=True)
class PythonMarkdown:
    """A `markdown.Markdown` with its extensions; it is reset before each text, so texts do not know each other."""

    markdown: markdown.Markdown
    identity: str
    toc_marker: str
    name: str = PYTHON_MARKDOWN
    blank_lines: bool = True

    def html(self, text: str, prefix: str = "", labels: Labels = ENGLISH) -> str:
        """Return `text` as HTML. Raises `EngineError` where an extension, or the depth of nesting, defeats it."""
        self.markdown.reset()
        try:
            html = self.markdown.convert(text)
        except Exception as error:  # extensions are anybody's code
            raise EngineError(f"{type(error).__name__}: {error}") from error
        if '"footnote' in html:
            html = _FOOTNOTE_ID.sub(rf"\g<1>\g<2>-{prefix}", html)
            head = f'<div class="footnotes" role="doc-endnotes" aria-label="{escape(labels.footnotes)}">\n'
            html = _FOOTNOTES.sub(_referred, html).replace(_FOOTNOTE_LIST, head)
            back = f'class="footnote-backref" role="doc-backlink" aria-label="{escape(labels.back)}" href='
            html = _BACK_LINK.sub(lambda match: f'{back}"{match[1]}"', html)
        return strict(html, labels) + "\n" if html else html


def _referred(footnotes: re.Match[str]) -> str:
    """Leave out notes that nothing refers to: their definitions may be here for another part of the page."""
    notes = re.split(r"\n(?=<li id=\"fn-)", footnotes[1])
    text = footnotes.string
    kept = [note for note in notes if f'href="#{note[8 : note.index(chr(34), 8)]}"' in text]
    if len(kept) == len(notes):
        return footnotes[0]
    return footnotes[0].replace(footnotes[1], "\n".join(kept)) if kept else ""


def make(
    extensions: Sequence[str] | None,
    configs: Mapping[str, Mapping[str, object]],
    *,
    smart: bool,
    places: Mapping[str, Span],
) -> tuple[PythonMarkdown, tuple[Diagnostic, ...]]:
    """Make the engine with the extensions named, `USUAL` if None; `smart` adds typographic quotes and dashes.

    `toc` is ours (ids on all headings, `[TOC]` for the table), unless it is given options: then the library's own
    extension is used, with its ids.
    """
    names = list(USUAL if extensions is None else extensions)
    if smart and "smarty" not in names:
        names.append("smarty")
    diagnostics: list[Diagnostic] = []
    engine = markdown.Markdown()
    engine.ESCAPED_CHARS.append(":")  # `\:::` is no directive, in either engine
    known = {name.removeprefix("markdown.extensions.") for name in names}
    marker = _TOC_MARKER if _TOC in known and not configs.get(_TOC) else ""
    for name in names:
        short = name.removeprefix("markdown.extensions.")
        if short == _TOC and marker:
            continue
        config = dict(configs.get(name) or configs.get(short) or {})
        if short == _TOC:
            config.setdefault("slugify", lambda value, _separator: slug(value))
        if short == "footnotes":
            config.setdefault("BACKLINK_TITLE", _BACK)
        _register(engine, name, short, config, places, diagnostics)
    for name in configs:
        if name not in names and name not in known:
            message = f"`{name}` has options, but is not among the extensions"
            place = places.get(name)
            diagnostics.append(MARKDOWN_OPTION.at(place, message, help=did_you_mean(name, names)))
    if "attr_list" in engine.treeprocessors:
        for pattern, strict in _STRICT_LISTS.items():
            setattr(engine.treeprocessors["attr_list"], pattern, strict)
    options = json.dumps(
        [sorted(names), {key: dict(value) for key, value in configs.items()}], sort_keys=True, default=str
    )
    return PythonMarkdown(engine, f"{PYTHON_MARKDOWN} {markdown.__version__} {options}", marker), tuple(diagnostics)


def _register(
    engine: markdown.Markdown,
    name: str,
    short: str,
    config: dict[str, object],
    places: Mapping[str, Span],
    diagnostics: list[Diagnostic],
) -> None:
    """Add one extension to the engine, or say why not."""
    place = places.get(name) or places.get(short)
    try:
        extension = engine.build_extension(name, {})
    except Exception as error:  # importing anybody's code
        message = f"the Markdown extension `{name}` cannot be loaded: {error}"
        help_text = did_you_mean(short, _SHIPPED) or "is it installed beside ctxsite?"
        diagnostics.append(MARKDOWN_EXTENSION.at(place, message, help=help_text))
        return
    for key in sorted(config):
        if key not in extension.config:
            message = f"the Markdown extension `{name}` has no option `{key}`"
            at = places.get(f"{name}.{key}") or places.get(f"{short}.{key}") or place
            diagnostics.append(MARKDOWN_OPTION.at(at, message, help=did_you_mean(key, extension.config)))
            del config[key]
    try:
        extension = engine.build_extension(name, config)
        extension.extendMarkdown(engine)
    except Exception as error:  # as above
        message = f"the Markdown extension `{name}` refuses its options: {error}"
        diagnostics.append(MARKDOWN_OPTION.at(place, message))
