"""Directives in a body as a tree. Everything is a place in the source; nothing has been rendered.

A `Flow` is what stands one after the other: stretches of Markdown and block directives between them.
"""

from __future__ import annotations

from ctxsite.frozen import dataclass
from ctxsite.source import Span


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown between directives: the characters `[start, end)` of the source, with the inline directives in them."""

    start: int
    end: int
    inlines: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """What a body, a component or a branch holds; up to `indent` spaces at each line's start do not belong to it."""

    parts: tuple[Prose | Block, ...]
    indent: int = 0


@dataclass(frozen=True, slots=True)
class ComponentBlock:
    """`::: name "argument" key=value` … `:::`. `span` is its opening line."""

    name: str
    argument: str | None
    params: tuple[tuple[str, str], ...]
    body: Flow
    span: Span


@dataclass(frozen=True, slots=True)
class BranchBlock:
    """`::: when CONDITION` and what follows it. `condition` is the place of what stands behind `when`."""

    condition: Span
    body: Flow
    span: Span


@dataclass(frozen=True, slots=True)
class VaryBlock:
    """`::: vary name` … `:::`."""

    name: str
    default: Flow
    branches: tuple[BranchBlock, ...]
    span: Span


Block = ComponentBlock | VaryBlock


@dataclass(frozen=True, slots=True)
class InlineData:
    """`[[data: path]]` or `[[data: path | format]]`."""

    path: str
    span: Span
    format: str | None = None


@dataclass(frozen=True, slots=True)
class InlineBranch:
    """`audience: text` in an inline decision."""

    audience: Span
    body: Prose


@dataclass(frozen=True, slots=True)
class InlineVary:
    """`[[vary: default | audience: text]]`."""

    default: Prose
    branches: tuple[InlineBranch, ...]
    span: Span


Inline = InlineData | InlineVary
