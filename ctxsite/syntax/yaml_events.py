"""Nodes from the events of a YAML parser, without recursion, and what is wrong with what the events say.

Bounds keep hostile or damaged files from exhausting memory or the stack.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import yaml

from ctxsite.diagnostics import Diagnostic, did_you_mean
from ctxsite.diagnostics.codes_site import DUPLICATE_KEY, TOO_LARGE, UNSUPPORTED_YAML, YAML_SYNTAX
from ctxsite.source import SourceText, Span
from ctxsite.syntax.core_schema import Value, resolve, resolve_as, too_long
from ctxsite.syntax.nodes import Mapping, Node, Scalar, Sequence
from ctxsite.syntax.quoting import quoted

DEEPEST = 64
"""How many lists and mappings may stand inside each other."""

MOST_EXPANDED = 100_000
"""How many values the aliases of one text may stand for, all together."""

_CORE = "tag:yaml.org,2002:"


class _Mark(Protocol):
    index: int


class _Event(Protocol):
    """A parser's event; each kind has the attributes that its handler reads."""

    start_mark: _Mark
    end_mark: _Mark
    anchor: str
    tag: str | None
    value: str
    implicit: tuple[bool, bool]


class Events(Protocol):
    """A parser, asked for one event after another."""

    def get_event(self) -> _Event | None:
        """Return the next event; None after the last."""


class StopError(Exception):
    """Reading ends here; what is wrong has been said."""


class _Open:
    """A list or mapping that is still being filled; `names` is None for a list, `key` waits for its value."""

    __slots__ = ("anchor", "broken", "count", "entries", "items", "key", "names", "start", "written")

    def __init__(self, start: int, anchor: str | None, count: int, names: dict[str, Scalar] | None) -> None:
        self.start = start
        self.anchor = anchor
        self.count = count
        self.names = names
        self.items: list[Node] = []
        self.entries: list[tuple[Scalar, Node]] = []
        self.key: Scalar | None = None
        self.broken = False
        self.written: str | None = None
        """What was meant as text, where it can be told."""


class Builder:
    """Builds one document's nodes from events."""

    def __init__(self, source: SourceText, shift: int) -> None:
        self.source = source
        self.shift = shift
        self.root: Node | None = None
        self.diagnostics: list[Diagnostic] = []
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Node, int] | None] = {}
        self._count = 0
        self._expanded = 0
        self._documents = 0
        self._on: dict[type, Callable[..., None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._begin_mapping,
            yaml.SequenceStartEvent: self._begin_list,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }

    def build(self, events: Events) -> None:
        """Read all events."""
        on, get = self._on, events.get_event
        while (event := get()) is not None:
            act = on.get(type(event))
            if act is not None:
                act(event)

    def _span(self, event: _Event) -> Span:
        return Span(self.source, self.shift + event.start_mark.index, self.shift + event.end_mark.index)

    def _scalar(self, event: _Event) -> None:
        raw, span = event.value, self._span(event)
        value = resolve(raw) if event.implicit[0] and event.tag is None else raw
        if event.tag is not None and event.tag != "!":
            value = self._tagged(event.tag, raw, span)
        elif value is raw and event.implicit[0] and too_long(raw):
            self.diagnostics.append(
                TOO_LARGE.at(span, "this number has too many digits", help="quote it if it is text")
            )
        node = Scalar(value, span, raw)
        if event.anchor is not None:
            self._anchors[event.anchor] = (node, 1)
        self._add(node)

    def _tagged(self, tag: str, raw: str, span: Span) -> Value:
        name = tag.removeprefix(_CORE)
        value, fits = resolve_as(name, raw)
        if name == tag or (not fits and name not in {"str", "int", "float", "bool", "null"}):
            self._refuse_tag(tag, span)
        elif not fits:
            self.diagnostics.append(UNSUPPORTED_YAML.at(span, f"this value is not what its tag `!!{name}` says"))
        return value

    def _refuse_tag(self, tag: str, span: Span) -> None:
        shown = tag.replace(_CORE, "!!")
        help_text = f"leave `{shown}` out; if it is part of a text, quote the text"
        self.diagnostics.append(UNSUPPORTED_YAML.at(span, f"the tag `{shown}` is not supported", help=help_text))

    def _begin_mapping(self, event: _Event) -> None:
        self._begin(event, "map", {})

    def _begin_list(self, event: _Event) -> None:
        self._begin(event, "seq", None)

    def _begin(self, event: _Event, tag: str, names: dict[str, Scalar] | None) -> None:
        if event.tag is not None and event.tag not in {"!", _CORE + tag}:
            self._refuse_tag(event.tag, self._span(event))
        if len(self._stack) >= DEEPEST:
            message = f"lists and mappings are nested more than {DEEPEST} deep here"
            self.diagnostics.append(
                TOO_LARGE.at(self._span(event), message, help="check for brackets that are not closed")
            )
            raise StopError
        if event.anchor is not None:
            self._anchors[event.anchor] = None  # not complete yet: an alias to it would be endless
        self._stack.append(_Open(event.start_mark.index, event.anchor, self._count, names))

    def _end(self, event: _Event) -> None:
        done = self._stack.pop()
        span = Span(self.source, self.shift + done.start, self.shift + event.end_mark.index)
        node: Node
        if done.written is not None:
            node = Scalar(done.written, span, done.written)
        else:
            node = Sequence(tuple(done.items), span) if done.names is None else Mapping(tuple(done.entries), span)
        if done.anchor is not None:
            self._anchors[done.anchor] = (node, self._count - done.count + 1)
        self._add(node)

    def _alias(self, event: _Event) -> None:
        name, span = event.anchor, self._span(event)
        known = self._anchors.get(name)
        if known is None:
            written = self.source.text[span.start : span.end]
            if name in self._anchors:
                message, help_text = f"`{written}` stands inside the very value it repeats", None
            else:
                message = f"nothing is marked `&{name}` above, so `{written}` repeats nothing"
                near = did_you_mean(name, self._anchors)
                help_text = near or f"if `{written}` is meant as text, quote it: `{quoted(written)}`"
            self.diagnostics.append(YAML_SYNTAX.at(span, message, help=help_text))
            self._add(Scalar(None, span, written))
            return
        node, size = known
        self._expanded += size
        self._count += size - 1  # _add counts one
        if self._expanded > MOST_EXPANDED:
            message = f"the aliases of this file stand for more than {MOST_EXPANDED:,} values"
            self.diagnostics.append(TOO_LARGE.at(span, message, help="write the values out, or leave them out"))
            raise StopError
        self._add(node)

    def _document(self, event: _Event) -> None:
        self._documents += 1
        if self._documents > 1:
            message = "a second document starts here; one file holds one"
            help_text = "remove this line and what follows it, or quote the dashes"
            self.diagnostics.append(UNSUPPORTED_YAML.at(self._span(event), message, help=help_text))
            raise StopError

    def _add(self, node: Node) -> None:
        """Put a complete node where it belongs."""
        self._count += 1
        if not self._stack:
            self.root = None if type(node) is Scalar and node.value is None else node
            return
        top = self._stack[-1]
        if top.names is None:
            top.items.append(node)
        elif top.broken:
            top.broken = False
        elif top.key is None:
            self._take_key(top, top.names, node)
        else:
            top.entries.append((top.key, node))
            top.key = None

    def _take_key(self, top: _Open, names: dict[str, Scalar], node: Node) -> None:
        """Accept a key, or say why not and drop its value too."""
        if isinstance(node, Scalar):
            problem = self._key_problem(names, node)
        elif isinstance(node, Mapping) and self.source.text.startswith("{", node.span.start - 1):
            problem = self._braces(top, node)
        else:
            problem = UNSUPPORTED_YAML.at(node.span, "a key must be a text", help="quote it if it is one")
        if problem is not None:
            top.broken = True
            self.diagnostics.append(problem)
        elif isinstance(node, Scalar):
            top.key = names[node.raw] = node if type(node.value) is str else Scalar(node.raw, node.span, node.raw)

    def _braces(self, top: _Open, inner: Mapping) -> Diagnostic:
        """Explain `{{ name }}`, which other tools write in texts."""
        begin = inner.span.start - 1
        stop = self.source.text.find("}}", begin) + 2
        top.written = self.source.text[begin : max(stop, inner.span.end)]
        place = self.source.span(begin, begin + len(top.written))
        message = "`{{` starts a mapping in YAML; a text with braces must be quoted"
        return UNSUPPORTED_YAML.at(place, message, help=f"quote it: `{quoted(top.written)}`")

    def _key_problem(self, names: dict[str, Scalar], node: Scalar) -> Diagnostic | None:
        if node.raw in names:
            related = [("first given here", names[node.raw].span)]
            message = f"the key `{node.raw}` is given twice"
            return DUPLICATE_KEY.at(node.span, message, help="remove one of them", related=related)
        if node.raw == "<<" and self.source.text.startswith("<<", node.span.start):
            help_text = "write the keys out; an alias can stand as a whole value"
            return UNSUPPORTED_YAML.at(node.span, "YAML 1.2 has no merge key `<<`", help=help_text)
        return None
