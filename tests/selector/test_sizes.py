"""Byte budgets of what every visitor loads (the documentation's page on output: "What the selector promises")."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Callable

import brotli
import pytest

from ctxsite.config.settings import Settings
from ctxsite.rules.ast import Decision
from ctxsite.targets.browser import compile_page, site_engine
from ctxsite.targets.engine import GUARD_CSS, SLOT_LINE, compose_engine, parts
from ctxsite.targets.loader import WAITING_CSS, loader
from ctxsite.targets.offer import offer_script
from tests.render.small_sites import page, sitemap
from tests.rules.reading import clean_vocabulary, decision

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)

TEN_RULES = clean_vocabulary(
    'signals:\n  segment: {values: [private, business, press], from: ["query:segment", "storage:segment"]}\n'
)
"""What the budgets are measured with: time, weekday, date, language, segment, campaign, device and one zone."""


def ten_rules() -> Decision:
    return decision(
        [
            ["morning", {"time": "05:00-12:00"}],
            ["evening", {"time": "18:00-23:00"}],
            ["german", {"language": "de"}],
            ["business", {"segment": "business"}],
            ["press", {"segment": "press"}],
            ["winter", {"campaign": "winter"}],
            ["phone", {"device": "phone"}],
            ["sale", {"date": "2026-11-27..2026-11-30"}],
            ["weekend", {"weekday": "sat-sun"}],
            ["office", {"time": "08:00-18:00", "zone": "Europe/Berlin"}],
        ],
        TEN_RULES,
    )


def ten_rule_engine() -> str:
    return site_engine([ten_rules()], TEN_RULES, NOW)


def ten_rule_table() -> str:
    return compile_page([(ten_rules(), None)], TEN_RULES, NOW).text


TRANSLATED = sitemap([page("a", translations={"en": "/a/", "de": "/de/a/"})])


def everything() -> str:
    return compose_engine([part.name for part in parts()], {"m": {}, "c": 1})


SIZES: dict[str, tuple[Callable[[], str], int, int]] = {
    "engine for ten rules": (ten_rule_engine, 1_000, 1_200),
    "engine and table for ten rules": (lambda: ten_rule_table() + ten_rule_engine(), 1_200, 1_400),
    "engine with every part": (everything, 2_400, 2_700),
    "offer of languages": (lambda: offer_script(TRANSLATED, Settings()), 860, 1_000),
    "guard rule": (lambda: GUARD_CSS, 120, 140),
    "slot line": (lambda: SLOT_LINE, 25, 40),
    "loading of fragments": (loader, 480, 590),
    "rule for what is being loaded": (lambda: WAITING_CSS, 100, 140),
}


@pytest.mark.parametrize("what", SIZES)
def test_within_its_budget(what: str) -> None:
    text, brotli_limit, gzip_limit = SIZES[what]
    data = text().encode()
    sizes = len(brotli.compress(data, quality=11)), len(gzip.compress(data, compresslevel=9, mtime=0))
    assert data.isascii()
    within = [size <= limit for size, limit in zip(sizes, (brotli_limit, gzip_limit), strict=True)]
    assert all(within), f"{what}: {len(data)} bytes, {sizes} compressed by brotli and gzip"
