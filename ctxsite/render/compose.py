"""From a page's renderings to its documents: the default with what differs in place, and each variant whole.

Slots are compared by name. Where a variant's slot has the default's text around the same inner slots, the
inner slots are compared; otherwise the whole slot is an alternative. A slot that only one of the two has is a
difference of what surrounds it: of the slot around it, or of the page outside every slot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_templates import DIFFERS_OUTSIDE_SLOTS, SLOT_MISPLACED
from ctxsite.model.meta import DEFAULT
from ctxsite.model.page import Page
from ctxsite.render.failures import HERE
from ctxsite.render.head import Head
from ctxsite.render.pieces import wrapped
from ctxsite.render.renderer import Rendering
from ctxsite.render.site import Delivery, ScopedDecision
from ctxsite.render.slots import HEAD, Slot, Tree, encode, flat, parse, unmarked
from ctxsite.rules.ast import Decision
from ctxsite.source import Span

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL | re.IGNORECASE)
_HTML_TAG = re.compile(r"<html(?=[\s>])", re.IGNORECASE)
_HEAD_END = re.compile(r"</head\s*>|<body[\s>]", re.IGNORECASE)
_PREAMBLE = re.compile(r"\s*(?:<!doctype[^>]*>)?\s*(?:<html[^>]*>)?\s*(?:<head[^>]*>)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """A finished document, for an address of the site."""

    address: str
    variant: str
    data: bytes


def compose(
    page: Page, renderings: Sequence[Rendering], delivery: Delivery
) -> tuple[tuple[Document, ...], tuple[Diagnostic, ...]]:
    """Return a page's documents, the default first, then its variants in their order.

    `renderings` are the default's and, in the order of the decision, those of the variants that exist.
    """
    default, *others = renderings
    if not others:
        return (Document(page.address, DEFAULT, _plain(default, delivery)),), ()
    weaver = _Weaver(delivery.slot_line, default.places)
    tree = parse(default.text)
    trees = {other.variant: parse(other.text) for other in others}
    body = weaver.weave(tree, {name: _slots(variant) for name, variant in trees.items()})
    titles = _titles(renderings)
    table = delivery.table(decisions(page, renderings), titles)
    documents = [Document(page.address, DEFAULT, _finish(body, default.head, delivery, table, DEFAULT))]
    addresses = {variant.name: variant.address for variant in page.variants}
    documents += [Document(addresses[other.variant], other.variant, _plain(other, delivery)) for other in others]
    return tuple(documents), (*weaver.diagnostics, *_outside(page, default.template, tree, trees))


def decisions(page: Page, renderings: Sequence[Rendering]) -> tuple[ScopedDecision, ...]:
    """Return what a page decides: the page itself first, then its blocks, with the variants that have each."""
    scopes: dict[Decision, list[str]] = {}
    for rendering in renderings:
        for decision in rendering.decisions:
            scopes.setdefault(decision, []).append(rendering.variant)
    shown = {rendering.variant for rendering in renderings}
    own = Decision("", tuple((variant.name, variant.when) for variant in page.variants if variant.name in shown))
    found: list[ScopedDecision] = [(own, None)] if own.branches else []
    found += [(decision, None if len(scope) == len(renderings) else tuple(scope)) for decision, scope in scopes.items()]
    return tuple(found)


def _plain(rendering: Rendering, delivery: Delivery) -> bytes:
    """Return a rendering by itself: no alternatives for slots, its blocks still decided."""
    text = unmarked(rendering.text)
    if not rendering.decisions:
        name = None if rendering.variant == DEFAULT else rendering.variant
        return _finish(text, rendering.head, delivery, "", name)
    blocks = [(decision, None) for decision in rendering.decisions]
    return _finish(text, rendering.head, delivery, delivery.table(blocks, {}), rendering.variant)


def _finish(text: str, head: Head, delivery: Delivery, table: str, variant: str | None) -> bytes:
    """Put a head, what decisions need (where there is a table), and the variant's name into a text."""
    needed = f"<script>{delivery.offer}</script>\n" if head.translated and delivery.offer else ""
    if table:
        data = table.replace("<", "\\u003c")  # in JSON a `<` stands in strings only, and must not end the element
        needed += (
            f"<style>{delivery.guard_css}</style>\n"
            f'<script type="application/json" id="ctxsite">{data}</script>\n'
            f"<script>{delivery.engine}</script>\n"
        )
    before, mark, after = text.partition(HEAD)
    if mark:
        text = before + (head.html() + needed).rstrip("\n") + after.replace(HEAD, "")
    else:
        place = _HEAD_END.search(text) or _PREAMBLE.match(text)
        at = 0 if place is None else place.end() if place.re is _PREAMBLE else place.start()
        text = text[:at] + head.relations + needed + text[at:]
    if variant is not None:
        text = _HTML_TAG.sub(lambda tag: f'{tag[0]} data-variant="{variant}"', text, count=1)
    return encode(text.strip() + "\n")


def _titles(renderings: Sequence[Rendering]) -> dict[str, str]:
    """Return the documents' titles of those variants whose title is not the default's."""
    titles = {rendering.variant: _title(rendering) for rendering in renderings}
    return {name: title for name, title in titles.items() if title != titles[DEFAULT]}


def _title(rendering: Rendering) -> str:
    match = _TITLE.search(rendering.text.partition("</head>")[0].replace(HEAD, rendering.head.words))
    return " ".join(unescape(match[1]).split()) if match else ""


def _slots(tree: Tree) -> dict[str, Slot]:
    return {part.name: part for part in tree if isinstance(part, Slot)}


def _skeleton(tree: Tree) -> list[str]:
    """Return what stands in a tree outside its slots, with their names."""
    parts = [""]
    for part in tree:
        if isinstance(part, str):
            parts[-1] += part
        else:
            parts += [part.name, ""]
    return parts


class _Weaver:
    """Writes the default with the alternatives of its slots."""

    def __init__(self, slot_line: str, places: Mapping[str, Span]) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._slot_line = slot_line
        self._places = places
        self._before: list[str] = []

    def weave(self, tree: Tree, others: Mapping[str, Mapping[str, Slot]]) -> str:
        """Return a tree's text; `others` are the slots of each variant that stand at the same place."""
        parts: list[str] = []
        for part in tree:
            if isinstance(part, str):
                self._before.append(part)
                parts.append(part)
            else:
                parts.append(self._slot(part, others))
        return "".join(parts)

    def _slot(self, slot: Slot, others: Mapping[str, Mapping[str, Slot]]) -> str:
        own = _skeleton(slot.children)
        alternatives: list[tuple[str, str]] = []
        deeper: dict[str, Mapping[str, Slot]] = {}
        for variant, slots in others.items():
            other = slots.get(slot.name)
            if other is None:
                continue
            if _skeleton(other.children) == own:
                deeper[variant] = _slots(other.children)
            else:
                alternatives.append((variant, flat(other.children)))
        if alternatives:
            self._check_place(slot)
        default = self.weave(slot.children, deeper)
        return wrapped("slot", slot.name, slot.tag, default, alternatives, self._slot_line) if alternatives else default

    def _check_place(self, slot: Slot) -> None:
        """Report a slot that stands in an attribute or in the head, where no element can be."""
        before = "".join(self._before)
        inside = before.rfind("<") > before.rfind(">")
        in_head = "<head" in before and "</head" not in before and "<body" not in before
        if inside or in_head:
            where = "inside a tag" if inside else "in `<head>`"
            message = f"the slot `{slot.name}` stands {where}, and differs between variants"
            self.diagnostics.append(SLOT_MISPLACED.at(self._places.get(slot.name), message))


def _outside(page: Page, template: Span | None, tree: Tree, others: Mapping[str, Tree]) -> Iterable[Diagnostic]:
    """Report what differs outside every slot: a fault of the template, shown at the first line that differs."""
    own = _outer_lines(tree)
    rules = {rule.name: rule.span for rule in page.document.front.variants or ()}
    for name, other in others.items():
        lines = _outer_lines(other)
        if lines == own:
            continue
        mine, theirs = next((a, b) for a, b in zip([*own, ""], [*lines, ""], strict=False) if a != b)
        yield DIFFERS_OUTSIDE_SLOTS.at(
            template,
            f"variant `{name}` differs from the default outside every slot",
            help=f"put a slot around it; at {page.address} `{_short(mine)}` becomes `{_short(theirs)}`",
            related=[(HERE, rules.get(name, page.document.start))],
        )


def _outer_lines(tree: Tree) -> list[str]:
    parts = [part if isinstance(part, str) else f"{{slot {part.name}}}" for part in tree]
    text = _TITLE.sub("<title></title>", "".join(parts)).replace(HEAD, "")
    return [line.strip() for line in text.split("\n") if line.strip()]


def _short(line: str) -> str:
    return line if len(line) <= 60 else line[:57] + "…"
