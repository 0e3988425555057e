"""From a part's HTML to its pieces: tokens become directives, headings get ids, destinations become links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape, unescape

from ctxsite.content.directives.nodes import ComponentBlock, InlineData, InlineVary, VaryBlock
from ctxsite.content.drafts import CLOSE, OPEN, Drafts, Entry, Part
from ctxsite.content.markdown.highlighting import Highlighter, highlighted
from ctxsite.content.output import Output
from ctxsite.content.prose import plain_text
from ctxsite.content.slugs import Ids
from ctxsite.content.srcset import candidates
from ctxsite.content.tags import (
    ALL_TAGS,
    ATTRIBUTE,
    BLOCK_TOKEN,
    CAPITAL_TAG,
    DESTINATIONS,
    HIDDEN_TOKEN,
    ID,
    SOME_TAGS,
    Places,
    attributes,
    is_picture,
    spellings,
)
from ctxsite.content.targets import is_internal
from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_content import DIRECTIVE_LOST, DUPLICATE_ANCHOR, VARY_IN_ATTRIBUTE
from ctxsite.model.body import Alternative, Component, DataValue, Heading, Link, Piece, Vary
from ctxsite.rules.ast import Condition
from ctxsite.rules.signals import Vocabulary
from ctxsite.source import SourceText, Span

_ANCHOR_TAG = re.compile(r"</?a\b[^>]*>", re.IGNORECASE)
_HEADING_IDS = re.compile(r"\sid=\"[^\"]*\"")
_ENCODED = "%EF%B7%90"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CODE = frozenset({"code", "pre"})
_RAW_TEXT = frozenset({"script", "style", "textarea"})


BranchReader = Callable[[Iterable[Span], Vocabulary, list[Diagnostic]], list[tuple[str, Condition] | None]]
"""Returns name and condition of each branch of a block, given what stands behind `when`; None for a faulty one."""


class Finisher:
    """Finishes one body. `headings` and `diagnostics` grow while `finish` runs."""

    def __init__(
        self,
        source: SourceText,
        start: int,
        drafts: Drafts,
        vocabulary: Vocabulary,
        highlighter: Highlighter | None,
        ids: Ids,
        read_branches: BranchReader,
    ) -> None:
        self.read_branches = read_branches
        self.source = source
        self.drafts = drafts
        self.vocabulary = vocabulary
        self.highlighter = highlighter
        self.ids = ids
        self.places = Places(source.text, start)
        self.headings: list[Heading] = []
        self.diagnostics: list[Diagnostic] = []
        self._listing = True
        self._filled: set[int] = set()

    def finish(self, part: Part) -> tuple[Piece, ...]:
        """Return a part's pieces, those of the directives in it included."""
        html, out = part.html, Output()
        everywhere = self._has_token(html) or " id=" in html or CAPITAL_TAG.search(html)
        search = (ALL_TAGS if everywhere else SOME_TAGS).search
        last = position = 0
        while match := search(html, position):
            position = match.end()
            name = match[1]
            if name is None:
                done = self._token(html, match, last, out)
                last = position if done else last
                continue
            name = name.lower()
            if name in _CODE:
                last, position = self._verbatim(html, name, match, last, out)
                continue
            last = self._tag(html, name, match, last, out)
            if name in _RAW_TEXT and (close := html.find(f"</{name}", position)) >= 0:
                out.texts += (html[last:position], self._restored(html[position:close], escaped=False))
                last = position = close
        out.texts.append(html[last:])
        return out.done()

    def _tag(self, html: str, name: str, match: re.Match[str], last: int, out: Output) -> int:
        """Note a start tag's id, give a heading one, make pieces of attributes; return up to where it was written."""
        value = match[2]
        if value is not None and name == "a" and not self._has_token(value):
            if is_internal(target := unescape(value)):
                out.texts.append(html[last : match.start(2)])
                out.add(self._link(value, target, image=False))
                last = match.end(2)
            return last
        written = attributes(match)
        if name in _HEADINGS:
            out.texts += (html[last : match.end(1)], self._heading(html, name, match.end(), written))
            last = match.end(1)
        elif " id" in written and (found := ID.search(written)):
            self._claim(unescape(next(value for value in found.groups() if value is not None)))
        if name in DESTINATIONS or self._has_token(written):
            return self._attributes(html, name, match, last, out)
        return last

    def _has_token(self, text: str) -> bool:
        return bool(self.drafts.entries) and (OPEN in text or _ENCODED in text)

    def lost(self) -> None:
        """Report the blocks that no part's HTML had a place for."""
        for number, entry in enumerate(self.drafts.entries):
            if number not in self._filled and isinstance(entry.node, (ComponentBlock, VaryBlock)):
                message = "this directive stands where the Markdown engine sees code or an HTML tag"
                self.diagnostics.append(DIRECTIVE_LOST.at(entry.node.span, message))

    def _token(self, html: str, match: re.Match[str], last: int, out: Output) -> bool:
        """Fill a comment that stands for a block, or a token; tell whether it was one."""
        text = match[0]
        if text[0] != "<":
            number = int(text[1:-1])
        elif block := BLOCK_TOKEN.fullmatch(text):
            number = int(block[1])
        elif OPEN in text:
            out.texts += (html[last : match.start()], self._restored(text, escaped=False))
            return True
        else:
            return False
        out.texts.append(html[last : match.start()])
        self._filled.add(number)
        out.add(self._directive(self.drafts.entries[number]))
        return True

    def _directive(self, entry: Entry) -> Piece:
        node = entry.node
        if isinstance(node, InlineData):
            return DataValue(node.path, node.span, node.format)
        if isinstance(node, ComponentBlock):
            params = dict(node.params)
            if id_ := params.get("id"):
                self._claim(id_)
            return Component(node.name, node.argument, params, self.finish(entry.parts[0]), node.span)
        if isinstance(node, InlineVary):
            spans = [branch.audience for branch in node.branches]
        else:
            spans = [branch.condition for branch in node.branches]
        branches = self.read_branches(spans, self.vocabulary, self.diagnostics)
        bodies = self._alternatively(entry.parts)
        alternatives = tuple(
            Alternative(*branch, body, place)
            for branch, body, place in zip(branches, bodies[1:], spans, strict=True)
            if branch is not None
        )
        return Vary(entry.name, isinstance(node, InlineVary), bodies[0], alternatives, node.span)

    def _alternatively(self, parts: tuple[Part, ...]) -> list[tuple[Piece, ...]]:
        """Finish parts of which only one is ever on the page; the first is the default."""
        before, listing = self.ids, self._listing
        bodies, branches = [], []
        for index, part in enumerate(parts):
            self.ids = before.branch()
            self._listing = listing and index == 0
            bodies.append(self.finish(part))
            branches.append(self.ids)
        before.merge(branches)
        self.ids, self._listing = before, listing
        return bodies

    def _verbatim(self, html: str, name: str, match: re.Match[str], last: int, out: Output) -> tuple[int, int]:
        """Pass code by, tokens in it made text again; return up to where it was written, and where to go on."""
        close = html.find(f"</{name}>", match.end())
        if close < 0:
            return last, match.end()
        end = close + len(name) + 3
        block = html[match.start() : end]
        if name == "pre" and not block.startswith("<pre><code"):
            return last, match.end()  # raw HTML: there may be links in it
        changed = self._restored(block, escaped=True) if OPEN in block else block
        if name == "pre" and self.highlighter is not None:
            changed = highlighted(changed, self.highlighter)
        if changed is block:
            return last, end
        out.texts += (html[last : match.start()], changed)
        return end, end

    def _restored(self, text: str, *, escaped: bool) -> str:
        """Return text with its inline tokens as they were written."""

        def written(match: re.Match[str]) -> str:
            number = int(match[1])
            if number >= len(self.drafts.entries):
                return match[0]
            original = self.drafts.entries[number].node.span.text()
            return escape(original, quote=False) if escaped else original

        return HIDDEN_TOKEN.sub(written, text)

    def _heading(self, html: str, name: str, start: int, written: str) -> str:
        """Give a heading its id and note it; return the id as an attribute, if it is new.

        Its HTML begins at `start`, and `written` are the attributes that it has.
        """
        close = html.find(f"</{name}", start)
        inner = self._default_of(html[start : close if close >= 0 else len(html)])
        own = ID.search(written) if written else None
        if own:
            id_ = unescape(next(value for value in own.groups() if value is not None))
            self._claim(id_)
        else:
            id_ = self.ids.generate(plain_text(inner) if "<" in inner or "&" in inner else inner)
        if self._listing:
            if "<" in inner:
                inner = _HEADING_IDS.sub("", _ANCHOR_TAG.sub("", inner))
            self.headings.append(Heading(int(name[1]), id_, inner.strip()))
        return "" if own else f' id="{id_}"'

    def _default_of(self, html: str) -> str:
        """Return HTML with the default for each inline decision; data, which is not known here, is left out."""

        def default(match: re.Match[str]) -> str:
            entry = self.drafts.entries[int(match[1])]
            return self._default_of(entry.parts[0].html) if entry.parts else ""

        return re.sub(rf"{OPEN}(\d+){CLOSE}", default, html) if OPEN in html else html

    def _claim(self, id_: str) -> None:
        if self.ids.claim(id_):
            return
        first, second = self.places.twice(id_)
        related = [("first given here", self.source.span(*first))] if first != second else []
        message = f"the id `{id_}` is given twice on this page"
        self.diagnostics.append(DUPLICATE_ANCHOR.at(self.source.span(*second), message, related=related))

    def _attributes(self, html: str, name: str, match: re.Match[str], last: int, out: Output) -> int:
        """Make links of a tag's destinations, and fill data into its attributes; return up to where it was written."""
        known = DESTINATIONS.get(name, ())
        for attribute in ATTRIBUTE.finditer(html, match.end(1), match.end() - 1):
            key, value, start = attribute[1].lower(), attribute[2], attribute.start(2)
            quoted = value[0] in "\"'"
            inner = value[1:-1] if quoted else value
            begin = start + quoted
            if self._has_token(inner):
                out.texts.append(html[last:begin])
                self._fill(inner, out)
            elif key == "srcset" and key in known:
                for from_, to in candidates(inner):
                    if is_internal(inner[from_:to]):
                        out.texts.append(html[last : begin + from_])
                        out.add(self._link(inner[from_:to], unescape(inner[from_:to]), image=True))
                        last = begin + to
                continue
            elif key in known and is_internal(target := unescape(inner)):
                out.texts += (html[last:start], html[start] if quoted else '"')
                out.add(self._link(inner, target, image=is_picture(name)))
                out.texts.append("" if quoted else '"')
            else:
                continue
            last = begin + len(inner)
        return last

    def _fill(self, value: str, out: Output) -> None:
        """Write an attribute's value with data in it."""
        last = 0
        for token in HIDDEN_TOKEN.finditer(value):
            number = int(token[1])
            if number >= len(self.drafts.entries):
                continue
            out.texts.append(value[last : token.start()])
            last = token.end()
            node = self.drafts.entries[number].node
            if isinstance(node, InlineData):
                out.add(DataValue(node.path, node.span, node.format))
            elif isinstance(node, InlineVary):
                message = "`[[vary:` cannot stand in a link's destination or another attribute"
                self.diagnostics.append(VARY_IN_ATTRIBUTE.at(node.span, message))
        out.texts.append(value[last:])

    def _link(self, value: str, target: str, *, image: bool) -> Link:
        """Return the link of an attribute's value, which means `target`, as its author wrote it."""
        known = spellings(target)
        start, end = self.places.find(known if value == target else (*known, value))
        written = self.source.text[start:end]
        return Link(written if written in known else target, image, Span(self.source, start, end))
