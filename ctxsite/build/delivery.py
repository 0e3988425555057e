"""How decisions reach the browser on this site: one engine for all its pages, and a table for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from ctxsite.config.settings import Settings
from ctxsite.model.page import SiteMap, block_decisions
from ctxsite.render.site import Delivery, ScopedDecision
from ctxsite.rules.ast import Decision
from ctxsite.targets.browser import compile_page, site_engine
from ctxsite.targets.engine import GUARD_CSS, SLOT_LINE, csp_hash
from ctxsite.targets.headers import Hashes


def site_delivery(sitemap: SiteMap, settings: Settings, now: dt.datetime) -> tuple[Delivery, Hashes]:
    """Return the texts that every page with a decision carries, and their hashes for the policy."""
    consent_required = settings.consent == "required"
    engine = site_engine(_all_decisions(sitemap), settings.vocabulary, now, consent_required=consent_required)

    def table(decisions: Sequence[ScopedDecision], titles: Mapping[str, str]) -> str:
        base_path = settings.base_path
        return compile_page(decisions, settings.vocabulary, now, titles=titles, base_path=base_path).text

    scripts = (csp_hash(engine), csp_hash(SLOT_LINE)) if engine else ()
    styles = (csp_hash(GUARD_CSS),) if engine else ()
    return Delivery(SLOT_LINE, GUARD_CSS, engine, table), Hashes(scripts, styles)


def _all_decisions(sitemap: SiteMap) -> list[Decision]:
    found: dict[Decision, None] = {}
    for page in (*sitemap.pages, *sitemap.not_found):
        own = page.decision()
        if own is not None:
            found[own] = None
        found.update(dict.fromkeys(block.decision for block in block_decisions(page)))
    return list(found)
