"""One file of `content/`, read and compiled, knowing nothing of the others."""

from __future__ import annotations

from ctxsite.frozen import dataclass
from ctxsite.model.body import Body
from ctxsite.model.meta import FrontMatter
from ctxsite.source import Span


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file. `path` is relative to the site's root; `digest` that of its bytes (SHA-256, hex).

    `start` is the first character of the file, for diagnostics about the file as a whole.
    """

    path: str
    digest: str
    front: FrontMatter
    body: Body
    start: Span

    @property
    def has_blocks(self) -> bool:
        """Tell whether blocks of its body differ by visitor."""
        return bool(self.body.blocks)
