"""Pages as a build writes them, by hand: the engine, a table, slots and blocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from ctxsite.render.fragments import Part, lay_out
from ctxsite.render.regions import Alternative
from ctxsite.rules.ast import Decision
from ctxsite.rules.signals import Vocabulary
from ctxsite.targets.browser import compile_page, site_engine
from ctxsite.targets.engine import GUARD_CSS, SLOT_LINE, TABLE_ID, csp_hash
from ctxsite.targets.loader import WAITING_CSS, loader

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)

OBSERVER = """\
window.seen = {shift: 0, painted: [], decided: [], violations: []};
addEventListener('securitypolicyviolation', (event) => seen.violations.push(event.violatedDirective));
document.addEventListener('ctxsite:decided', (event) => seen.decided.push(event.detail.page));
for (const type of ['layout-shift', 'element'])
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (type == 'element') seen.painted.push(entry.identifier);
      else seen.shift += entry.value;
  }).observe({ type, buffered: true });"""
"""Notes layout shifts, which elements with `elementtiming` were painted, and what else a test may ask for."""

STYLE = "body{margin:0;font:16px/1.5 sans-serif}h1{margin:0;font-size:40px}section{padding:1rem}.tall{height:3000px}"


def region(
    name: str,
    alternatives: Mapping[str, str],
    default: str,
    *,
    kind: str = "slot",
    tag: str = "div",
    more: str = "",
) -> str:
    """Return a slot or a block (`vary`); alternatives by the names that share them (`"evening morning"`).

    `more` are further templates.
    """
    templates = "".join(f'<template data-v="{names}">{html}</template>' for names, html in alternatives.items()) + more
    return (
        f'<{tag} data-{kind}="{name}" data-shown="default">{templates}<script>{SLOT_LINE}</script>'
        f"<{tag} data-default>{default}</{tag}></{tag}>"
    )


def loaded(html: str, names: str = "business") -> tuple[str, str, str]:
    """Return the template that stands for an alternative, and its fragment: path and document."""
    layout = lay_out([Part(Alternative(names, html + "<!--" + "-" * 1_000 + "-->"), "lazy")], (), 0, str)
    (fragment,) = layout.fragments
    return layout.text, fragment.path, fragment.data.decode()


def page(
    body: str,
    decisions: Sequence[Decision],
    known: Vocabulary,
    *,
    titles: Mapping[str, str] | None = None,
    consent_required: bool = False,
    head: str = "",
    loads: str = "",
) -> str:
    """Return a whole page with the observer; `loads` is the script that loads fragments, if it does."""
    engine = site_engine(decisions, known, NOW, consent_required=consent_required)
    table = compile_page([(decision, None) for decision in decisions], known, NOW, titles=titles).text
    return (
        '<!doctype html>\n<html lang="en" data-variant="default"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>Default title</title>{head}<style>{STYLE}</style><script>{OBSERVER}</script>"
        f"<style>{GUARD_CSS}</style>"
        f'<script type="application/json" id="{TABLE_ID}">{table}</script><script>{engine}</script>'
        f"{loads and f'<style>{WAITING_CSS}</style><script>{loads}</script>'}"
        f"</head><body>{body}</body></html>\n"
    )


def stopped_clock(now: str) -> str:
    """Return a script that stops the page's clock at an instant (ISO 8601, with an offset)."""
    return (
        f"{{ const at = Date.parse('{now}'); "
        "self.Date = class extends Date { constructor(...given) { super(...given.length ? given : [at]); } "
        "static now() { return at; } }; }"
    )


def policy(decisions: Sequence[Decision], known: Vocabulary, *more: str) -> str:
    """Return a strict policy for such a page: the engine, the slot line, the observer, `more` scripts, nothing else."""
    allowed = (site_engine(decisions, known, NOW), SLOT_LINE, OBSERVER, loader(), *more)
    scripts = " ".join(f"'{csp_hash(text)}'" for text in allowed)
    styles = " ".join(f"'{csp_hash(text)}'" for text in (GUARD_CSS, STYLE, WAITING_CSS))
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; img-src 'self'; connect-src 'self'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
