"""A small site that has everything a board can show, each thing once."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from ctxsite.build.artifacts import Compiled
from ctxsite.build.pipeline import compile_site
from ctxsite.build.survey import Request
from ctxsite.content.assemble import Moment
from ctxsite.content.marking import fingerprint

NOW = "2026-11-22T12:00+00:00"
"""The clock of all builds."""

CONFIGURATION = """\
title: States
default_language: en
languages:
  en: {name: English}
  de: {name: Deutsch}
signals:
  segment: {values: [private, business], from: ["query:segment"]}
  usage: {type: number, from: ["query:kwh"]}
audiences:
  business: {segment: business}
"""

HOME = "---\ntitle: Home\n---\n\nWelcome.\n"
TARIFFS = """\
---
title: Tariffs
variants:
  business: {when: business}
  night: {when: {time: "22:00-06:00"}, title: Tariffs at night}
---

Prices include VAT.

::: vary advice
Take the small one.
::: when {usage: "6000.."}
Take the large one.
:::
"""
BUSINESS = """\
Prices exclude VAT.

::: vary advice
Take the small one.
::: when {usage: "6000.."}
Take the large one.
:::

::: vary sites
One site.
::: when {usage: "9.."}
Many sites.
:::
"""
RULES = """\
---
title: Rules
variants:
  christmas: {when: {date: 2020-12-24}, title: Christmas}
  unclocked: {when: {not: {known: time}}, title: No clock}
  everybody: {when: business, title: All}
---

Text.
"""
ERRORS = """\
---
title: Rules
variants:
  nobody: {when: {all: [{segment: business}, {not: {segment: business}}]}, title: Nobody}
  all: {when: business, title: All}
  none: {when: {segment: business}, title: None}
---

Text.

::: vary corner
Text.
::: when {all: [{usage: "..5"}, {usage: "6.."}]}
Other text.
:::
"""
"""Variants and a branch that nobody can get: the build says no, and the board shows them all the same."""


def _mark(text: str) -> str:
    return fingerprint(hashlib.sha256(text.encode()).hexdigest())


FILES: dict[str, str] = {
    "ctxsite.yaml": CONFIGURATION,
    "content/_index.md": HOME,
    "content/_index.de.md": f'---\ntitle: Start\nsource_digest: "{_mark(HOME)}"\n---\n\nWillkommen.\n',
    "content/tariffs.md": TARIFFS,
    "content/tariffs@business.md": BUSINESS,
    "content/tariffs.de.md": f'---\ntitle: Tarife\nsource_digest: "{_mark("older")}"\n---\n\nPreise mit Steuer.\n',
    "content/rules.md": RULES,
    "content/rules.de.md": "---\ntitle: Regeln\n---\n\nText.\n",
    "content/news/draft.md": "---\ntitle: Unfinished\ndraft: true\n---\n\nText.\n",
    "content/news/soon.md": "---\ntitle: Soon\npublish_date: 2027-01-01\n---\n\nText.\n",
    "content/news/old.md": "---\ntitle: Old\nexpiry_date: 2025-01-01\n---\n\nText.\n",
    "content/news/only.md": "---\ntitle: Only in English\n---\n\nText.\n",
    "content/news/now.md": "---\ntitle: Now <i>here</i>\n---\n\nText.\n",
    "content/news/now.de.md": "---\ntitle: Jetzt\n---\n\nText.\n",
}  # fmt: skip


def write(folder: Path, files: dict[str, str] | None = None) -> Path:
    """Write the site."""
    for path, text in (FILES if files is None else files).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def compiled(site: Path) -> Compiled:
    """Build a site by the clock that tests serve it with."""
    return compile_site(Request(site, Moment(clock()), jobs=1))


def many(count: int) -> dict[str, str]:
    """Return a site of so many pages in English, most of them in German, too; every tenth has a variant."""
    files = {"ctxsite.yaml": CONFIGURATION, "content/_index.md": HOME}
    for number in range(count - 1):
        path = f"content/part-{number % 20:02}/page-{number:04}"
        variants = "variants:\n  business: {when: business, title: For companies}\n" if number % 10 == 0 else ""
        files[f"{path}.md"] = f"---\ntitle: Page {number:04}\n{variants}---\n\nText {number}.\n"
        if number % 4:
            files[f"{path}.de.md"] = f"---\ntitle: Seite {number:04}\n{variants}---\n\nText {number}.\n"
    return files


def clock() -> dt.datetime:
    """Return the clock of all builds."""
    return dt.datetime.fromisoformat(NOW)
