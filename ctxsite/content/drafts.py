"""A body's parts, each as a Markdown text of its own, and as HTML with tokens where directives stand.

The text outside blocks is one part, the content of each block, branch and inline alternative another. Because each
is compiled by itself, a broken tag or list in one cannot swallow another. In the outer text a block is an HTML
comment and an inline directive a token, both of noncharacters that no text contains (Unicode, 23.7).
"""

from __future__ import annotations

import re
from dataclasses import field
from html import escape

from ctxsite.content.definitions import Definitions, collect
from ctxsite.content.directives.nodes import (
    Block,
    ComponentBlock,
    Flow,
    Inline,
    InlineVary,
    Prose,
    VaryBlock,
)
from ctxsite.content.markdown.engine import Engine, EngineError, Labels
from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_content import MARKDOWN_FAILED
from ctxsite.frozen import dataclass
from ctxsite.source import SourceText

OPEN, CLOSE, TOC = "\ufdd0", "\ufdd1", "\ufdd2"
_OURS = {ord(char): "\N{REPLACEMENT CHARACTER}" for char in OPEN + CLOSE + TOC}
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_LINE_BREAK = re.compile(r"[ \t]*\r?\n[ \t>]*")
_INLINE_GUARD = "\\."
"""Before an inline alternative: whatever follows it is a paragraph, and emphasis opens as at a line's start."""


@dataclass(slots=True)
class Part:
    """A Markdown text, and its HTML once it is rendered. `number` is its place in the body's order; the body is 0."""

    number: int
    inline: bool = False
    text: str = ""
    html: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a token stands for: a directive with its rendered parts (a decision's default comes first), and its name."""

    node: Block | Inline
    parts: tuple[Part, ...]
    name: str = ""


@dataclass(slots=True)
class Drafts:
    """All parts of a body, and what each token stands for. Filled by `draft`, not changed afterwards."""

    parts: list[Part] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


def draft(source: SourceText, flow: Flow, engine: Engine, labels: Labels) -> tuple[Drafts, tuple[Diagnostic, ...]]:
    """Render every part of a body; `parts[0]` is the body itself."""
    text = source.text
    if OPEN in text or CLOSE in text or TOC in text:
        text = text.translate(_OURS)
    drafter = _Drafter(text, engine.blank_lines)
    drafter.flow(flow)
    drafts = drafter.drafts
    _name_inlines(drafts)
    definitions = collect(part.text for part in drafts.parts) if len(drafts.parts) > 1 else Definitions()
    diagnostics: list[Diagnostic] = []
    for part in drafts.parts:
        try:
            part.html = _render(part, engine, definitions, labels)
        except EngineError as error:
            start = flow.parts[0].start if flow.parts and isinstance(flow.parts[0], Prose) else 0
            message = f"a Markdown extension failed on this page: {error}"
            diagnostics.append(MARKDOWN_FAILED.at(source.span(start), message))
            break
    return drafts, tuple(diagnostics)


def _render(part: Part, engine: Engine, definitions: Definitions, labels: Labels) -> str:
    if not part.inline:
        prefix = f"{part.number}-" if part.number else ""
        return engine.html(definitions.complete(part.text), prefix, labels)
    html = engine.html(_INLINE_GUARD + definitions.complete(part.text, notes=False), f"{part.number}-", labels)
    head, tail = html.find("<p>."), html.rfind("</p>")
    return html[head + 4 : tail] if 0 <= head < tail else escape(part.text)


def _name_inlines(drafts: Drafts) -> None:
    """Name inline decisions `inline-1`, `inline-2`, … in their order, leaving out names that blocks have."""
    taken = {entry.node.name for entry in drafts.entries if isinstance(entry.node, VaryBlock)}
    count = 0
    for index, entry in enumerate(drafts.entries):
        if isinstance(entry.node, InlineVary):
            count += 1
            while f"inline-{count}" in taken:
                count += 1
            drafts.entries[index] = Entry(entry.node, entry.parts, f"inline-{count}")


class _Drafter:
    def __init__(self, text: str, blank_lines: bool) -> None:
        self.text = text
        self.blank_lines = blank_lines
        self.drafts = Drafts()

    def flow(self, flow: Flow) -> Part:
        """Write a flow as one Markdown text."""
        part = self._part()
        written: list[str] = []
        for item in flow.parts:
            if isinstance(item, Prose):
                written.append(_dedent(self._prose(item), flow.indent))
            else:
                self._place(f"<!--{OPEN}{self._block(item)}{CLOSE}-->", written)
        part.text = "".join(written)
        if "\r" in part.text:
            part.text = part.text.replace("\r\n", "\n")
        return part

    def _place(self, token: str, written: list[str]) -> None:
        """Put a block's token on the line that the text so far ends with (its indentation, or a list's marker)."""
        before = written[-1] if written else ""
        indent = before[before.rfind("\n") + 1 :]
        if self.blank_lines and not indent.strip():
            written.append(f"\n{indent}{token}\n\n")
        else:
            written.append(f"{token}\n")

    def _part(self, *, inline: bool = False) -> Part:
        part = Part(len(self.drafts.parts), inline)
        self.drafts.parts.append(part)
        return part

    def _reserve(self, node: Block | Inline) -> int:
        self.drafts.entries.append(Entry(node, ()))
        return len(self.drafts.entries) - 1

    def _block(self, block: Block) -> int:
        number = self._reserve(block)
        flows = (
            (block.body,) if isinstance(block, ComponentBlock) else (block.default, *(b.body for b in block.branches))
        )
        self.drafts.entries[number] = Entry(block, tuple(self.flow(flow) for flow in flows), block.name)
        return number

    def _prose(self, prose: Prose) -> str:
        if not prose.inlines:
            return self.text[prose.start : prose.end]
        written: list[str] = []
        position = prose.start
        for node in prose.inlines:
            written += (self.text[position : node.span.start], f"{OPEN}{self._inline(node)}{CLOSE}")
            position = node.span.end
        written.append(self.text[position : prose.end])
        return "".join(written)

    def _inline(self, node: Inline) -> int:
        number = self._reserve(node)
        if isinstance(node, InlineVary):
            parts: list[Part] = []
            for prose in (node.default, *(branch.body for branch in node.branches)):
                part = self._part(inline=True)
                part.text = _LINE_BREAK.sub(" ", self._prose(prose)).replace("\\|", "|")
                parts.append(part)
            self.drafts.entries[number] = Entry(node, tuple(parts))
        return number


def _dedent(text: str, indent: int) -> str:
    if not indent:
        return text
    return _INDENT.sub(lambda match: match[0].expandtabs(4)[indent:], text)
