"""Who sees what on a page: its decisions as tables that have a row for everybody."""

from __future__ import annotations

import datetime as dt

from ctxsite.config.settings import Settings
from ctxsite.model.page import Page, block_decisions
from ctxsite.rules.ast import Decision
from ctxsite.rules.matrix import Matrix, matrix


def decisions_of(page: Page) -> list[Decision]:
    """Return a page's own decision, if it has one, and those of all its blocks."""
    own = page.decision()
    return [*([own] if own else []), *(block.decision for block in block_decisions(page))]


def who_sees_what(page: Page, settings: Settings, now: dt.datetime) -> list[Matrix]:
    """Return a table for each decision of a page. `now` is the build's clock."""
    languages = list(settings.languages)
    return [matrix(found, settings.vocabulary, now=now, languages=languages) for found in decisions_of(page)]
