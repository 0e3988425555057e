"""Pages in their languages and variants: the map of the whole site, with final addresses."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from ctxsite.frozen import dataclass
from ctxsite.model.document import Document
from ctxsite.model.meta import DEFAULT, Meta
from ctxsite.rules.ast import Condition, Decision


class Kind(StrEnum):
    """What a page is: the start page, a section with pages below it, a page; that of all tags, or of one."""

    HOME = "home"
    SECTION = "section"
    PAGE = "page"
    TAGS = "tags"
    TAG = "tag"


class PageKey(NamedTuple):
    """Which page, in which language. `id` is the path below `content/` without language, variant and ending.

    A section's id is its folder (`blog`), a page's its path (`blog/first-post`), the start page's is empty. Keys are
    hashed and compared more often than anything else of a site, which tuples do without running any Python.
    """

    id: str
    language: str


@dataclass(frozen=True, slots=True)
class Variant:
    """A page variant as it exists in one language.

    `meta` has the overrides applied. `document` carries the body (the default's where the variant has none).
    """

    name: str
    when: Condition
    meta: Meta
    document: Document
    address: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page in one language.

    `address` starts and ends with a slash and does not contain the base path (`/de/tarife/`). `shown` is the
    language of the text, which differs from `key.language` where a translation is missing and the policy is
    to fall back. `assets` maps names of the bundle's files (relative to the page's folder) to their paths below
    the site's root. `variants` are in the order of the decision.
    """

    key: PageKey
    kind: Kind
    section: str
    address: str
    meta: Meta
    document: Document
    variants: tuple[Variant, ...]
    shown: str
    translations: Mapping[str, str]
    assets: Mapping[str, str]

    @property
    def fallback(self) -> bool:
        """Tell whether this page shows another language's text."""
        return self.shown != self.key.language

    @property
    def has_decisions(self) -> bool:
        """Tell whether anything of this page differs by visitor."""
        return bool(self.variants or self.document.has_blocks)

    def decision(self) -> Decision | None:
        """Return the page's own decision, or None where it has no variants."""
        branches = tuple((variant.name, variant.when) for variant in self.variants)
        return Decision("", branches) if branches else None


@dataclass(frozen=True, slots=True)
class BlockDecision:
    """The decision of a block, and in which of its page's variants (`default` included) the block occurs."""

    decision: Decision
    variants: tuple[str, ...]


def block_decisions(page: Page) -> tuple[BlockDecision, ...]:
    """Return the decisions of all blocks, those of the default's body first.

    A variant's own body may have a block of the same name with other rules: that is another decision.
    """
    if not page.has_decisions:
        return ()
    bodies = [(DEFAULT, page.document), *((variant.name, variant.document) for variant in page.variants)]
    found: dict[tuple[str, tuple[tuple[str, Condition], ...]], list[str]] = {}
    for name, document in bodies:
        for block in document.body.blocks:
            branches = tuple((branch.name, branch.when) for branch in block.alternatives)
            found.setdefault((block.name, branches), []).append(name)
    return tuple(BlockDecision(Decision(*key), tuple(names)) for key, names in found.items())


NOT_FOUND_ID = "404"
"""The id of the page for unknown addresses: `content/404.md`, or one without a body."""


@dataclass(frozen=True, slots=True)
class SiteMap:
    """All pages, in a fixed order (by language as configured, then by id), and who claims which address."""

    pages: tuple[Page, ...]
    by_key: Mapping[PageKey, Page]
    by_address: Mapping[str, Page]
    by_source: Mapping[str, Page]
    """Pages by the path of the document that is theirs (not of one they fall back to)."""
    not_found: tuple[Page, ...] = ()
    """For each language the page that a server shows for an unknown address; in no list, feed or sitemap."""
