"""Slots: the `{% slot %}` tag, the marks it leaves in a rendered page, and the page read back as a tree.

The marks are lone surrogates. No text that was read from UTF-8 contains one, so content cannot forge them;
should one get in by an escape in a data file, it is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

from ctxsite.diagnostics.codes_templates import SLOT_INVALID, SLOT_REPEATED
from ctxsite.render.errors import TemplateUseError
from ctxsite.render.markup import safe
from ctxsite.render.places import word_in_line
from ctxsite.source import SourceText, Span

DIV, SPAN = "div", "span"
TAGS = (DIV, SPAN)
"""Elements that a slot can become. Others have rules about what stands in them that a wrapper would break."""

EAGER, LAZY = "eager", "lazy"
LOADING = (EAGER, LAZY)
"""What a slot may say of large alternatives: that they are always within the page, or that they may be loaded."""

OPEN_SLOT = "_open_slot"
"""The name, in a template's context, of the function that a slot calls where it begins."""

HEAD = "\udc00"
"""The place of what `head()` stands for."""

_OPEN, _TAG, _BEGIN, _CLOSE = "\udc01", "\udc02", "\udc03", "\udc04"
_MARK = re.compile(f"{_OPEN}([^{_OPEN}-{_CLOSE}]*){_TAG}([a-z]*) ?([a-z]*){_BEGIN}|{_CLOSE}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Slot:
    """A slot as rendered; `children` are texts and the slots inside."""

    name: str
    tag: str
    loading: str = ""
    children: list[str | Slot] = field(default_factory=list)


Tree = list[str | Slot]


def parse(text: str) -> Tree:
    """Read a rendered page's marks. Texts keep the mark of `head()`; a mark without its partner is dropped."""
    root: Tree = []
    open_slots: list[Slot] = []
    children = root
    position = 0
    for mark in _MARK.finditer(text):
        if mark.start() > position:
            children.append(text[position : mark.start()])
        position = mark.end()
        if mark[1] is not None:
            slot = Slot(mark[1], mark[2], mark[3])
            children.append(slot)
            open_slots.append(slot)
            children = slot.children
        elif open_slots:
            open_slots.pop()
            children = open_slots[-1].children if open_slots else root
    if position < len(text):
        children.append(text[position:])
    return root


def flat(tree: Tree) -> str:
    """Return a tree as text, without marks of slots."""
    return "".join(_texts(tree))


def _texts(tree: Tree) -> Iterator[str]:
    for part in tree:
        if isinstance(part, str):
            yield part
        else:
            yield from _texts(part.children)


def unmarked(text: str) -> str:
    """Return a rendered text without the marks of slots; that of `head()` stays."""
    if _CLOSE not in text and _OPEN not in text and _TAG not in text and _BEGIN not in text:
        return text
    first, *rest = text.split(_OPEN)
    bodies = (part.partition(_BEGIN) for part in rest)
    joined = first + "".join(body if mark else lead for lead, mark, body in bodies)
    return joined.replace(_CLOSE, "").replace(_TAG, "").replace(_BEGIN, "")


def encode(text: str) -> bytes:
    """Return a page's text as UTF-8, stray surrogates replaced."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text).encode()


class SlotPlaces:
    """The slots that a rendering has come by, and where the templates have them."""

    def __init__(self) -> None:
        self._places: dict[str, tuple[str, int]] = {}

    def open(self, name: object, tag: object, loading: object, template: str, line: int) -> Markup:
        """Begin a slot. Raises TemplateUseError for a wrong or repeated name, a wrong tag or loading."""
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            message = f"`{name}` is not a slot's name" if name else "a slot needs a name"
            raise TemplateUseError(message, str(name), code=SLOT_INVALID)
        if tag not in TAGS:
            advice = "use `div`, or `span` inside a heading or paragraph"
            raise TemplateUseError(f"a slot cannot become `<{tag}>`", str(tag), advice=advice, code=SLOT_INVALID)
        if loading not in ("", *LOADING):
            message = f"a slot is loaded `eager` or `lazy`, not `{loading}`"
            raise TemplateUseError(message, str(loading), code=SLOT_INVALID)
        if name in self._places:
            raise TemplateUseError(f"the slot `{name}` is on this page twice", name, code=SLOT_REPEATED)
        self._places[name] = (template, line)
        return safe(f"{_OPEN}{name}{_TAG}{tag} {loading}{_BEGIN}")

    def spans(self, find: Callable[[str], SourceText | None]) -> dict[str, Span]:
        """Return where each slot begins; `find` gives a template's text."""
        found = {}
        for name, (template, line) in self._places.items():
            source = find(template)
            if source is not None:
                found[name] = word_in_line(source, line, name)
        return found


class SlotExtension(Extension):
    """`{% slot "hero" %}…{% endslot %}`: a region that may differ between variants.

    The name may be any expression; `tag="span"` says which element it becomes where it does differ, `loading="lazy"`
    or `"eager"` whether large alternatives may be loaded later.
    """

    tags = {"slot"}  # noqa: RUF012  (the base class declares it so)

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """Turn the tag into its body between two marks: no scope of its own, so `{% set %}` works as outside."""
        line = next(parser.stream).lineno
        name = parser.parse_expression()
        given: dict[str, nodes.Expr] = {"tag": nodes.Const(DIV), "loading": nodes.Const("")}
        while parser.stream.skip_if("comma"):
            key = parser.stream.expect("name").value
            if key not in given:
                parser.fail(f"a slot has no `{key}`, only `tag` and `loading`", line)
            parser.stream.expect("assign")
            given[key] = parser.parse_expression()
        body = parser.parse_statements(("name:endslot",), drop_needle=True)
        place = [nodes.Const(parser.name), nodes.Const(line)]
        begin = nodes.Call(nodes.Name(OPEN_SLOT, "load"), [name, *given.values(), *place], [], None, None)
        return [
            nodes.Output([begin]).set_lineno(line),
            *body,
            nodes.Output([nodes.TemplateData(_CLOSE)]).set_lineno(line),
        ]
