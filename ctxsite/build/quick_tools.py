"""What a quick build may need besides: what takes long to import, so that it is lent where it is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from ctxsite.build.memory import Unresolved
from ctxsite.build.recall import Frame, Recalled
from ctxsite.diagnostics import Diagnostic
from ctxsite.model.document import Document
from ctxsite.model.meta import FrontMatter
from ctxsite.model.page import Page
from ctxsite.render.site import Tables
from ctxsite.source import SourceText

if TYPE_CHECKING:
    from ctxsite.content.finish import BranchReader

Changes = Mapping[str, tuple[Document, Document]]
"""Documents by path, as they were and as they are."""


class Tools(Protocol):
    """What takes long to import, and is not needed where only the text below the front matter has changed."""

    @property
    def read_branches(self) -> BranchReader:
        """What reads the rules of blocks."""

    def front(self, source: SourceText, frame: Frame) -> tuple[FrontMatter, int, tuple[Diagnostic, ...]]:
        """Read front matter."""

    def pages(self, recalled: Recalled, old: Sequence[Page], documents: Changes) -> list[Page]:
        """Return the same pages as the changed documents have them."""

    def check(self, recalled: Recalled, pages: Sequence[Page], bodies: Unresolved) -> None:
        """Raise UncertainError if there is anything to say about the rules of the pages."""

    def tables(self, recalled: Recalled) -> tuple[Tables, dict[str, Tables]]:
        """Return what makes pages' tables, and that by host."""

    def line(self, recalled: Recalled, page: Page) -> str:
        """Return what the summary says of a page."""
