"""`[[vary: …]]` and `[[data: …]]` in a stretch of text.

A backslash before the brackets makes them text, and so does code. In an inline decision, `|` separates the
alternatives (`\\|` is a bar), brackets nest, and the text of an alternative is Markdown within a paragraph.
"""

from __future__ import annotations

import re

from ctxsite.content.directives.nodes import Inline, InlineBranch, InlineData, InlineVary, Prose
from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_content import DATA_PATH, INLINE_VARY_SYNTAX, UNCLOSED_INLINE, VARY_WITHOUT_BRANCH
from ctxsite.source import SourceText

_TOKEN = re.compile(r"\\.|(`+)|<!--|\[\[(vary|data):|([\[\]|])", re.DOTALL)
_PATH = re.compile(r"[\w-]+(?:\.[\w-]+)*")
_BRANCH = re.compile(r"\s*([a-z0-9][a-z0-9-]*)\s*:")
_DEEPEST = 8


def find_inlines(
    source: SourceText, start: int, end: int, diagnostics: list[Diagnostic], depth: int = 0
) -> tuple[Inline, ...]:
    """Return the inline directives of `[start, end)`, a stretch without empty lines and code blocks, in order."""
    found: list[Inline] = []
    text, position = source.text, start
    while match := _TOKEN.search(text, position, end):
        position = match.end()
        if match[1]:
            position = _past_code(text, match[1], position, end)
        elif match[0] == "<!--":
            close = text.find("-->", position, end)
            position = close + 3 if close >= 0 else position
        elif match[2]:
            bars, close = _parts(text, position, end)
            if close < 0:
                message = f"`[[{match[2]}:` is not closed by `]]` in this paragraph"
                diagnostics.append(UNCLOSED_INLINE.at(source.span(match.start(), match.end()), message))
                break  # what follows is not closed either, and need not be told
            position = close + 2
            made = (
                _data(source, match.start(), match.end(), close, diagnostics)
                if match[2] == "data"
                else _vary(source, match.start(), match.end(), bars, close, diagnostics, depth)
            )
            if made is not None:
                found.append(made)
    return tuple(found)


def _past_code(text: str, ticks: str, position: int, end: int) -> int:
    """Return the offset behind the code span that `ticks` open, or `position` if nothing closes it."""
    closing = re.compile(rf"(?<!`){ticks}(?!`)").search(text, position, end)
    return closing.end() if closing else position


def _parts(text: str, start: int, end: int) -> tuple[list[int], int]:
    """Find the bars of a directive whose content starts at `start`, and its `]]` (-1 if it is not closed).

    Brackets are counted; where they do not match, the first `]]` closes.
    """
    depth, bars, position, first = 0, list[int](), start, -1
    while match := _TOKEN.search(text, position, end):
        position = match.end()
        sign = match[3]
        if match[1]:
            position = _past_code(text, match[1], position, end)
        elif match[2]:
            depth += 2
        elif sign == "[":
            depth += 1
        elif sign == "]":
            pair = text.startswith("]]", match.start()) and position < end
            if pair and first < 0:
                first = match.start()
            if depth:
                depth -= 1
            elif pair:
                return bars, match.start()
        elif sign == "|" and not depth:
            bars.append(match.start())
    return [bar for bar in bars if bar < first], first


def _data(source: SourceText, start: int, begin: int, close: int, diagnostics: list[Diagnostic]) -> InlineData | None:
    path, bar, how = (part.strip() for part in source.text[begin:close].partition("|"))
    if not _PATH.fullmatch(path):
        message = f"`{path}` is not a path into the site's data" if path else "a path into the site's data is missing"
        diagnostics.append(DATA_PATH.at(source.span(start, close + 2), message, help="write `[[data: file.key]]`"))
        return None
    return InlineData(path, source.span(start, close + 2), how if bar else None)


def _vary(
    source: SourceText,
    start: int,
    begin: int,
    bars: list[int],
    close: int,
    diagnostics: list[Diagnostic],
    depth: int,
) -> InlineVary | None:
    span = source.span(start, close + 2)
    if depth >= _DEEPEST:
        diagnostics.append(INLINE_VARY_SYNTAX.at(span, f"`[[vary:` is nested more than {_DEEPEST} times"))
        return None
    if not bars:
        help_text = "add `| audience: its text` before the `]]`"
        diagnostics.append(VARY_WITHOUT_BRANCH.at(span, "this `[[vary:` has no alternative", help=help_text))
        return None
    branches: list[InlineBranch] = []
    for bar, stop in zip(bars, [*bars[1:], close], strict=True):
        head = _BRANCH.match(source.text, bar + 1, stop)
        if head is None:
            help_text = "write `| audience: its text`, or `\\|` for a bar"
            place = source.span(bar, stop)
            diagnostics.append(
                INLINE_VARY_SYNTAX.at(place, "this alternative does not say whom it is for", help=help_text)
            )
            continue
        body = _prose(source, head.end(), stop, diagnostics, depth)
        branches.append(InlineBranch(source.span(head.start(1), head.end(1)), body))
    return InlineVary(_prose(source, begin, bars[0], diagnostics, depth), tuple(branches), span)


def _prose(source: SourceText, start: int, end: int, diagnostics: list[Diagnostic], depth: int) -> Prose:
    text = source.text[start:end]
    start, end = start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
    return Prose(start, max(start, end), find_inlines(source, start, max(start, end), diagnostics, depth + 1))
