"""From a page's renderings to its documents: the default with what differs in place, and each variant whole.

Alternatives that outweigh a document become documents of their own (`render.fragments`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import unescape

from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_templates import ALTERNATIVES_HEAVY, DIFFERS_OUTSIDE_SLOTS
from ctxsite.frozen import dataclass
from ctxsite.model.meta import DEFAULT
from ctxsite.model.page import Page
from ctxsite.render.failures import HERE
from ctxsite.render.fragments import Layout, Part, lay_out, weight
from ctxsite.render.head import Head
from ctxsite.render.renderer import Rendering
from ctxsite.render.site import Delivery, ScopedDecision
from ctxsite.render.slots import HEAD, Tree, encode, parse, unmarked
from ctxsite.render.weave import Weaver, slots_of
from ctxsite.rules.ast import Decision
from ctxsite.source import Span

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL | re.IGNORECASE)
_HTML_TAG = re.compile(r"<html(?=[\s>])", re.IGNORECASE)
_HEAD_END = re.compile(r"</head\s*>|<body[\s>]", re.IGNORECASE)
_PREAMBLE = re.compile(r"\s*(?:<!doctype[^>]*>)?\s*(?:<html[^>]*>)?\s*(?:<head[^>]*>)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """A finished document, for an address of the site.

    `within` is empty, or the address of the document that loads this one: a fragment, whose links are that document's.
    """

    address: str
    variant: str
    data: bytes
    within: str = ""


def compose(
    page: Page, renderings: Sequence[Rendering], delivery: Delivery
) -> tuple[tuple[Document, ...], tuple[Diagnostic, ...]]:
    """Return a page's documents, the default first, then its variants in their order, then all their fragments.

    `renderings` are the default's and, in the order of the decision, those of the variants that exist.
    """
    default, *others = renderings
    if not (others or default.decisions or default.alternatives):  # nearly always
        data = _finish(Layout(unmarked(default.text)), default.head, delivery, "", None)
        return (Document(page.address, default.variant, data),), ()
    made = _Documents(page, delivery)
    if not others:
        made.add_alone(page.address, default)
        return made.all(), made.diagnostics(default)
    weaver = Weaver(delivery.slot_line, default.places)
    tree = parse(default.text)
    trees = {other.variant: parse(other.text) for other in others}
    weaver.weave(tree, {name: slots_of(variant) for name, variant in trees.items()})
    made.add(page.address, default, weaver.parts, delivery.table(decisions(page, renderings), _titles(renderings)))
    addresses = {variant.name: variant.address for variant in page.variants}
    for other in others:
        made.add_alone(addresses[other.variant], other)
    outside = _outside(page, default.template, tree, trees)
    return made.all(), (*weaver.diagnostics, *outside, *made.diagnostics(default))


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


class _Documents:
    """A page's documents as they are made, and the fragments that they load."""

    def __init__(self, page: Page, delivery: Delivery) -> None:
        self._page = page
        self._delivery = delivery
        self._whole: list[Document] = []
        self._fragments: dict[str, Document] = {}
        self._carried = 0

    def all(self) -> tuple[Document, ...]:
        return (*self._whole, *self._fragments.values())

    def add_alone(self, address: str, rendering: Rendering) -> None:
        """Add a rendering by itself: no alternatives for slots, its blocks still decided."""
        delivery = self._delivery
        parts = [Part(unmarked(rendering.text))]
        if weight(rendering.alternatives) > delivery.inline_limit:
            weaver = Weaver(delivery.slot_line, rendering.places)
            weaver.weave(parse(rendering.text), {})
            parts = weaver.parts
        blocks = [(decision, None) for decision in rendering.decisions]
        self.add(address, rendering, parts, delivery.table(blocks, {}) if blocks else "")

    def add(self, address: str, rendering: Rendering, parts: Sequence[Part], table: str) -> None:
        """Add the document that consists of these parts."""
        delivery = self._delivery

        def url(path: str) -> str:
            return delivery.hosts.url(delivery.hosts.placed(path, address), address)

        layout = lay_out(parts, rendering.alternatives, delivery.inline_limit, url)
        variant = rendering.variant if table or rendering.variant != DEFAULT else None
        data = _finish(layout, rendering.head, delivery, table, variant)
        self._whole.append(Document(address, rendering.variant, data))
        self._carried = max(self._carried, layout.carried)
        for fragment in layout.fragments:
            place = delivery.hosts.placed(fragment.path, address)
            self._fragments.setdefault(place, Document(place, rendering.variant, fragment.data, address))

    def diagnostics(self, default: Rendering) -> tuple[Diagnostic, ...]:
        """Report alternatives that stay within the page, though there are too many."""
        limit = self._delivery.inline_limit
        if self._carried <= limit:
            return ()
        found = ALTERNATIVES_HEAVY.at(
            default.template,
            f"alternatives of more than `inline_limit` ({limit} bytes) stay within the page",
            help=f'say `loading="lazy"` at slots that are out of sight at first, or raise `inline_limit`; '
            f"{self._page.address} carries {self._carried} bytes",
            related=[(HERE, self._page.document.start)],
        )
        return (found,)


def _finish(layout: Layout, head: Head, delivery: Delivery, table: str, variant: str | None) -> bytes:
    """Put a head, what decisions need (where there is a table), and the variant's name into a document."""
    text = layout.text
    needed = ""
    if table:
        data = table.replace("<", "\\u003c")  # in JSON a `<` stands in strings only, and must not end the element
        needed += (
            f"<style>{delivery.guard_css}</style>\n"
            f'<script type="application/json" id="ctxsite">{data}</script>\n'
            f"<script>{delivery.engine}</script>\n"
        )
    if layout.fragments:
        needed += f"<style>{delivery.waiting_css}</style>\n<script>{delivery.loader}</script>\n"
    if head.translated and delivery.offer:
        needed += f"<script>{delivery.offer}</script>\n"
    before, mark, after = text.partition(HEAD)
    if mark:
        parts = before.lstrip(), (head.html() + needed).rstrip("\n"), after.replace(HEAD, "").rstrip()
        if variant is None:  # each by itself: what has no letter beyond ASCII is encoded in no time
            return b"".join((*map(encode, parts), b"\n"))
        text = "".join(parts)
    else:
        place = _HEAD_END.search(text) or _PREAMBLE.match(text)
        at = 0 if place is None else place.end() if place.re is _PREAMBLE else place.start()
        text = text[:at] + head.relations + needed + text[at:]
    if variant is not None:
        text = _HTML_TAG.sub(lambda tag: f'{tag[0]} data-variant="{variant}"', text, count=1)
    return encode(text.strip() + "\n")


def _titles(renderings: Sequence[Rendering]) -> dict[str, str]:
    """Return the documents' titles by variant, if they are not all the same."""
    titles = {rendering.variant: _title(rendering) for rendering in renderings}
    return titles if len(set(titles.values())) > 1 else {}


def _title(rendering: Rendering) -> str:
    match = _TITLE.search(rendering.text.partition("</head>")[0].replace(HEAD, rendering.head.words))
    return " ".join(unescape(match[1]).split()) if match else ""


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
