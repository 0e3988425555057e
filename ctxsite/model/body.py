"""A body after the Markdown engine: pieces of HTML with holes that only the whole site can fill.

Bodies are compiled knowing nothing but their own text, so a compiled body can be kept as long as its text
stays the same. What depends on the site (addresses, data, components, decisions) is left as a piece.
"""

from __future__ import annotations

from collections.abc import Mapping

from ctxsite.frozen import dataclass
from ctxsite.rules.ast import Condition
from ctxsite.source import Span


@dataclass(frozen=True, slots=True)
class Html:
    """Ready HTML."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A site-internal destination inside an attribute, as its author wrote it (`../tariffs.md#fees`).

    `image` tells a picture's source from a hyperlink. The piece stands for the attribute's value.
    """

    target: str
    image: bool
    span: Span


@dataclass(frozen=True, slots=True)
class DataValue:
    """`[[data: path.to.value]]`; in an attribute or in text, always escaped. `format` is what follows a `|`."""

    path: str
    span: Span
    format: str | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """`::: name "argument" key=value` … `:::`: a call of the theme's `components/name.html`."""

    name: str
    argument: str | None
    params: Mapping[str, str]
    body: tuple[Piece, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Alternative:
    """One branch of a block: `name` is its audience or `when-N`; `when` is the audience's or its own condition."""

    name: str
    when: Condition
    body: tuple[Piece, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Vary:
    """A block or inline decision. `inline` pieces stand inside a paragraph and hold phrasing content only."""

    name: str
    inline: bool
    default: tuple[Piece, ...]
    alternatives: tuple[Alternative, ...]
    span: Span


Piece = Html | Link | DataValue | Component | Vary
Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading for a table of contents: its level (1 to 6), id, and text as HTML without links."""

    level: int
    id: str
    html: str


@dataclass(frozen=True, slots=True)
class Body:
    """A compiled body. `anchors` are all ids in it, every branch included; `blocks` its decisions in order."""

    pieces: tuple[Piece, ...]
    headings: tuple[Heading, ...]
    anchors: frozenset[str]
    blocks: tuple[Vary, ...]
    summary: str
    """The first paragraph of the default, as plain text."""
    text: str = ""
    """The default as plain text, where the site has a search; otherwise empty."""

    def without_pieces(self) -> Body:
        """Return all but the pieces, which are kept elsewhere."""
        return Body((), self.headings, self.anchors, self.blocks, self.summary, self.text)


EMPTY = Body((), (), frozenset(), (), "")
"""The body of a page that nobody wrote."""
