"""What front matter says about a page, typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field

from ctxsite.frozen import dataclass
from ctxsite.rules.ast import Condition
from ctxsite.source import Span

DEFAULT = "default"
"""The reserved name of what is shown when no variant's condition holds."""

IDENTITY_KEYS = frozenset({
    "slug", "url", "aliases", "date", "updated", "publish_date", "expiry_date", "draft",
    "translation_key", "variants", "expect", "weight", "tags", "missing_translations",
})  # fmt: skip
"""Front-matter keys that a variant cannot override: they say which page this is, not how it looks."""


@dataclass(frozen=True, slots=True)
class Meta:
    """The front matter of one document, without its variants.

    Dates are instants with an offset (a date without a time is midnight UTC). `params` is the free part.
    """

    title: str = ""
    description: str = ""
    date: dt.datetime | None = None
    updated: dt.datetime | None = None
    publish_date: dt.datetime | None = None
    expiry_date: dt.datetime | None = None
    draft: bool = False
    slug: str | None = None
    url: str | None = None
    aliases: tuple[str, ...] = ()
    weight: int | None = None
    summary: str | None = None
    tags: tuple[str, ...] = ()
    template: str | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    translation_key: str | None = None
    missing_translations: str | None = None
    source_digest: str | None = None


@dataclass(frozen=True, slots=True)
class VariantRule:
    """One entry of `variants:`: a name, its condition, and the presentational keys it overrides."""

    name: str
    when: Condition
    overrides: Mapping[str, object]
    span: Span


@dataclass(frozen=True, slots=True)
class Expectation:
    """One entry of `expect:`: for this context (JSON data), this variant and these blocks' branches."""

    context: Mapping[str, object]
    variant: str | None
    blocks: Mapping[str, str]
    span: Span


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """All that a document's front matter says. `given` maps each key that was written to its place."""

    meta: Meta
    variants: tuple[VariantRule, ...] | None
    expect: tuple[Expectation, ...]
    given: Mapping[str, Span]
    lost: bool = False
    """Whether something was written that cannot be read: it may have said anything."""

    def overrides(self) -> dict[str, object]:
        """Return the presentational keys that were written, by name, with their typed values."""
        others = IDENTITY_KEYS | {"source_digest"}  # which a variant's file may have, about that file
        names = [name for name in Meta.__dataclass_fields__ if name in self.given and name not in others]
        return {name: getattr(self.meta, name) for name in names}
