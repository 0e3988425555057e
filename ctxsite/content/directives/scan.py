"""From a body's text to its directives, before any Markdown engine sees it.

A directive's line starts with three or more colons, indented by at most three columns (in a list item: behind
its marker's width). `::: vary name` and `::: name …` open, a line of colons alone closes, `::: when …` starts a
branch of the innermost open `vary`. Colons may be more than three: a line closes the innermost directive that
was opened with as many colons, or else the innermost with fewer. What stands in between unclosed is reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ctxsite.content.directives.inline import find_inlines
from ctxsite.content.directives.lines import Lines, Role
from ctxsite.content.directives.nodes import (
    Block,
    BranchBlock,
    ComponentBlock,
    Flow,
    Inline,
    Prose,
    VaryBlock,
)
from ctxsite.content.directives.opening import NAME, read_opening
from ctxsite.diagnostics import Diagnostic, in_order
from ctxsite.diagnostics.codes_content import (
    BLOCK_NAME,
    DIRECTIVE_DEPTH,
    DIRECTIVE_IN_QUOTE,
    DUPLICATE_BLOCK,
    STRAY_END,
    UNCLOSED_DIRECTIVE,
    VARY_WITHOUT_BRANCH,
    WHEN_OUTSIDE_VARY,
    WHEN_WITHOUT_CONDITION,
)
from ctxsite.source import SourceText, Span

DEEPEST = 50
"""How many directives may stand inside each other."""

_COLONS = re.compile(r":{3,}")
_KEYWORD = re.compile(r"(vary|when)(?=[ \t{]|$)")


@dataclass(slots=True)
class _Open:
    """A directive that has not been closed yet (or the body itself, with no colons), and its flow so far."""

    colons: int
    indent: int
    span: Span
    lines: Lines
    parts: list[Prose | Block]
    position: int
    name: str = ""
    vary: bool = False
    argument: str | None = None
    params: tuple[tuple[str, str], ...] = ()
    flows: list[Flow] = field(default_factory=list)
    conditions: list[tuple[Span, Span]] = field(default_factory=list)


def scan(source: SourceText, start: int = 0) -> tuple[Flow, tuple[Diagnostic, ...]]:
    """Return the directives of the body that starts at offset `start`, and what is wrong with them."""
    text = source.text
    if ":::" not in text and "[[" not in text:
        return Flow((Prose(start, len(text)),) if start < len(text) else ()), ()
    return _Scanner(source, start).run()


class _Scanner:
    def __init__(self, source: SourceText, start: int) -> None:
        self.source = source
        self.text = source.text
        self.diagnostics: list[Diagnostic] = []
        self.names: dict[str, Span] = {}
        self.stack = [_Open(0, 0, source.span(start, start), Lines(self.text), [], start)]
        self.stretch: int | None = None  # where the paragraph being read starts, if it may hold inline directives
        self.inlines: list[Inline] = []
        self.given_up = False

    def run(self) -> tuple[Flow, tuple[Diagnostic, ...]]:
        position, length = self.stack[0].position, len(self.text)
        while position < length and not self.given_up:
            newline = self.text.find("\n", position)
            end = length if newline < 0 else newline
            self._line(position, end, min(end + 1, length))
            position = end + 1
        self._end_stretch(length)
        while len(self.stack) > 1:
            self._unclosed(self.stack[-1])
            self._close(length, length)
        flow = self._flow(length)
        return flow, in_order(self.diagnostics)

    def _line(self, start: int, end: int, after: int) -> None:
        """Read the line `[start, end)`; the next one starts at `after`."""
        top = self.stack[-1]
        line = self.text[start:end].rstrip("\r")
        if "\t" in line:
            line = line.expandtabs(4)
        if top.indent:
            line = line[min(top.indent, len(line) - len(line.lstrip(" "))) :]
        found = top.lines.read(start, end, line)
        if found.role is not Role.TEXT:
            self._end_stretch(start)
        if found.column is not None and line.startswith(":::", found.column):
            colons = _COLONS.search(self.text, start, end)
            if colons is not None and self._directive(
                start, colons, end, after, found.quoted, top.indent + found.column
            ):
                return
        if found.role in (Role.TEXT, Role.START) and self.stretch is None:
            self.stretch = start

    def _directive(self, start: int, colons: re.Match[str], end: int, after: int, quoted: bool, column: int) -> bool:
        """Read a line as a directive; tell whether it is one."""
        rest = self.text[colons.end() : end]
        begin, stop = colons.end() + len(rest) - len(rest.lstrip()), colons.end() + len(rest.rstrip())
        span = self.source.span(colons.start(), max(stop, colons.end()))
        if quoted:
            if begin < stop:
                message = "directives are not read inside a block quote"
                self.diagnostics.append(DIRECTIVE_IN_QUOTE.at(span, message))
            return False
        self._end_stretch(start)
        count = len(colons[0])
        if begin >= stop:
            self._end(start, after, count, span)
            return True
        keyword = _KEYWORD.match(self.text[begin:stop])
        if len(self.stack) > DEEPEST:
            return self._too_deep(span)
        if keyword and keyword[1] == "when":
            self._when(start, after, begin + 4, stop, span)
            return True
        opened = _Open(count, column, span, Lines(self.text), [], after)
        if keyword:
            opened.vary = True
            opened.name = self._block_name(begin + 4, stop, span)
        else:
            opened.name, opened.argument, opened.params = read_opening(self.source, begin, stop, self.diagnostics)
        self._prose(self.stack[-1], colons.start())
        self.stack.append(opened)
        return True

    def _too_deep(self, span: Span) -> bool:
        """Report a directive that is nested too deeply, and read no more of the body."""
        message = f"directives are nested more than {DEEPEST} deep"
        self.diagnostics.append(DIRECTIVE_DEPTH.at(span, message))
        del self.stack[1:]
        self.given_up = True
        return True

    def _block_name(self, begin: int, stop: int, span: Span) -> str:
        name = self.text[begin:stop].strip()
        place = self.source.span(stop - len(name), stop) if name else span
        if not NAME.fullmatch(name):
            message = f"`{name}` cannot name a block" if name else "this block has no name"
            self.diagnostics.append(BLOCK_NAME.at(place, message, help="write `::: vary name`"))
            return ""
        first = self.names.setdefault(name, place)
        if first is not place:
            message = f"the block `{name}` exists already"
            self.diagnostics.append(DUPLICATE_BLOCK.at(place, message, related=[("first named here", first)]))
        return name

    def _when(self, start: int, after: int, begin: int, stop: int, span: Span) -> None:
        depth = next((i for i in range(len(self.stack) - 1, 0, -1) if self.stack[i].vary), None)
        if depth is None:
            message = "`::: when` stands outside every `::: vary` block"
            self.diagnostics.append(WHEN_OUTSIDE_VARY.at(span, message, help="open one before it: `::: vary name`"))
            self._prose(self.stack[-1], start)
            self.stack[-1].position = after
            return
        self._close_above(depth, start)
        block = self.stack[depth]
        block.flows.append(self._flow(start))
        block.parts, block.position, block.lines = [], after, Lines(self.text)
        rest = self.text[begin:stop]
        condition = self.source.span(begin + len(rest) - len(rest.lstrip()), stop)
        if not rest.strip():
            message = "`when` names no audience and no condition"
            self.diagnostics.append(WHEN_WITHOUT_CONDITION.at(span, message, help="for example `::: when evening`"))
        block.conditions.append((condition, span))

    def _end(self, start: int, after: int, count: int, span: Span) -> None:
        open_ = range(len(self.stack) - 1, 0, -1)
        depth = next((i for i in open_ if self.stack[i].colons == count), None)
        if depth is None:
            depth = next((i for i in open_ if self.stack[i].colons < count), None)
        if depth is None:
            message = f"this `{':' * count}` closes nothing"
            help_text = "no directive is open here"
            if len(self.stack) > 1:
                help_text = f"the open directive needs {self.stack[-1].colons} colons"
            self.diagnostics.append(STRAY_END.at(span, message, help=help_text))
            self._prose(self.stack[-1], start)
            self.stack[-1].position = after
            return
        self._close_above(depth, start)
        self._close(start, after)

    def _close_above(self, depth: int, at: int) -> None:
        while len(self.stack) > depth + 1:
            self._unclosed(self.stack[-1])
            self._close(at, at)

    def _unclosed(self, opened: _Open) -> None:
        what = f"`::: vary {opened.name}`" if opened.vary else f"`::: {opened.name}`"
        help_text = f"add a line `{':' * opened.colons}` where it ends"
        self.diagnostics.append(
            UNCLOSED_DIRECTIVE.at(opened.span, f"{what.replace(' `', '`')} is not closed", help=help_text)
        )

    def _close(self, end: int, after: int) -> None:
        """Close the innermost directive, whose content ends at `end`; the text outside goes on at `after`."""
        flow = self._flow(end)
        done = self.stack.pop()
        outer = self.stack[-1]
        outer.position = after
        if not done.vary:
            if done.name:
                outer.parts.append(ComponentBlock(done.name, done.argument, done.params, flow, done.span))
            return
        flows = [*done.flows, flow]
        if not done.conditions:
            message = f"the block `{done.name}` has no branch" if done.name else "this block has no branch"
            self.diagnostics.append(VARY_WITHOUT_BRANCH.at(done.span, message, help="add `::: when audience`"))
        branches = tuple(
            BranchBlock(condition, body, span)
            for (condition, span), body in zip(done.conditions, flows[1:], strict=True)
        )
        outer.parts.append(VaryBlock(done.name, flows[0], branches, done.span))

    def _flow(self, end: int) -> Flow:
        """Return what the innermost directive holds up to `end`."""
        top = self.stack[-1]
        self._prose(top, end)
        return Flow(tuple(top.parts), top.indent)

    def _prose(self, opened: _Open, end: int) -> None:
        if opened.position < end:
            opened.parts.append(Prose(opened.position, end, tuple(self.inlines)))
        self.inlines = []

    def _end_stretch(self, end: int) -> None:
        """Look for inline directives in the paragraph that ends before `end`."""
        if self.stretch is not None:
            if self.text.find("[[", self.stretch, end) >= 0:
                self.inlines += find_inlines(self.source, self.stretch, end, self.diagnostics)
            self.stretch = None
