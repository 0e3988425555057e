"""All that rendering needs, given once for each build: values only, and two functions that the build lends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace

from ctxsite.config.settings import Settings
from ctxsite.frozen import dataclass
from ctxsite.i18n.catalogues import Translations
from ctxsite.model.address import Hosts
from ctxsite.model.body import Piece
from ctxsite.model.document import Document
from ctxsite.model.page import Page, SiteMap
from ctxsite.render.theme import Theme
from ctxsite.rules.ast import Decision

Bodies = Callable[[Page, Document], Sequence[Piece]]
"""Gives a document's pieces as they stand on a page: links resolved for that page's language and place."""


ScopedDecision = tuple[Decision, tuple[str, ...] | None]
"""A decision on a page, and the page variants (`default` among them) that have it; None is all of them."""

Tables = Callable[[Sequence[ScopedDecision], Mapping[str, str]], str]
"""Makes a page's table, JSON text, from its decisions and the titles of its variants, if they differ."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How decisions reach the browser: constant texts, and what makes each page's table.

    `slot_line`, `engine` and `offer` (which offers translations; empty for none) are JavaScript, `guard_css` CSS; none
    holds its element's end tag. `loader` and `waiting_css` are for documents with more than `inline_limit` bytes of
    alternatives, which are on the page's own host.
    """

    slot_line: str
    guard_css: str
    engine: str
    table: Tables
    offer: str = ""
    loader: str = ""
    waiting_css: str = ""
    inline_limit: int = 50_000
    hosts: Hosts = field(default_factory=Hosts)
    tables: Mapping[str, Tables] = field(default_factory=dict)
    """What makes tables on hosts with another base path, by the prefix of their addresses."""

    def at(self, address: str) -> Delivery:
        """Return how decisions reach the browser on the host that an address is on."""
        table = next((table for prefix, table in self.tables.items() if address.startswith(prefix)), None)
        return self if table is None else replace(self, table=table, tables={})


@dataclass(frozen=True, slots=True)
class Site:
    """What is rendered, and with what.

    `data` is what `data/` holds, nested by path. `translations` are by language, for all languages of the site.
    `assets` are digests of static files by their path in the output, `feeds` and `searches` addresses of feeds and
    of search indexes by language. `now` is the build's clock.
    """

    settings: Settings
    sitemap: SiteMap
    theme: Theme
    now: dt.datetime
    bodies: Bodies
    data: Mapping[str, object] = field(default_factory=dict)
    translations: Mapping[str, Translations] = field(default_factory=dict)
    assets: Mapping[str, str] = field(default_factory=dict)
    feeds: Mapping[str, str] = field(default_factory=dict)
    searches: Mapping[str, str] = field(default_factory=dict)
