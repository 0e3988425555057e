"""How decisions reach the browser on this site: one engine for all its pages, and a table for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial

from ctxsite.config.settings import Settings
from ctxsite.model.page import SiteMap, block_decisions
from ctxsite.render.site import Delivery, ScopedDecision, Tables
from ctxsite.rules.ast import Decision
from ctxsite.rules.table import lower
from ctxsite.targets.browser import compile_page, site_engine, zones_good_until
from ctxsite.targets.engine import GUARD_CSS, SLOT_LINE, csp_hash
from ctxsite.targets.headers import Hashes
from ctxsite.targets.loader import WAITING_CSS, loader
from ctxsite.targets.offer import offer_script


def site_delivery(
    sitemap: SiteMap, settings: Settings, now: dt.datetime
) -> tuple[Delivery, Hashes, dt.datetime | None]:
    """Return the texts that every page with a decision carries, their hashes for the policy, and until when they serve.

    Zones named by rules travel as tables, which end; None where there are none.
    """
    consent_required = settings.consent == "required"
    decisions = _all_decisions(sitemap)
    engine = site_engine(decisions, settings.vocabulary, now, consent_required=consent_required)

    table, own = tables(settings, now)
    offer = offer_script(sitemap, settings)
    scripts = tuple(csp_hash(text) for text in (engine, engine and SLOT_LINE, offer) if text)
    styles = (csp_hash(GUARD_CSS),) if engine else ()
    good_until = zones_good_until(now) if lower(decisions, settings.vocabulary).zones else None
    delivery = Delivery(
        SLOT_LINE, GUARD_CSS, engine, table, offer,
        loader=loader() if engine else "", waiting_css=WAITING_CSS if engine else "",
        inline_limit=settings.inline_limit, hosts=settings.hosts, tables=own,
    )  # fmt: skip
    return delivery, Hashes(scripts, styles), good_until


def tables(settings: Settings, now: dt.datetime) -> tuple[Tables, dict[str, Tables]]:
    """Return what makes pages' tables, and that of hosts with another base path, by their prefix."""

    def table(
        decisions: Sequence[ScopedDecision], titles: Mapping[str, str], base_path: str = settings.base_path
    ) -> str:
        return compile_page(decisions, settings.vocabulary, now, titles=titles, base_path=base_path).text

    own: dict[str, Tables] = {
        host.prefix: partial(table, base_path=host.base_path)
        for host in settings.hosts.own
        if host.base_path != settings.base_path
    }
    return table, own


def with_loader(hashes: Hashes, delivery: Delivery) -> Hashes:
    """Return the hashes of a site whose pages load fragments."""
    loader, style = csp_hash(delivery.loader), csp_hash(delivery.waiting_css)
    return Hashes((*hashes.scripts, loader), (*hashes.styles, style))


def _all_decisions(sitemap: SiteMap) -> list[Decision]:
    found: dict[Decision, None] = {}
    for page in (*sitemap.pages, *sitemap.not_found):
        if not page.has_decisions:
            continue
        own = page.decision()
        if own is not None:
            found[own] = None
        found.update(dict.fromkeys(block.decision for block in block_decisions(page)))
    return list(found)
