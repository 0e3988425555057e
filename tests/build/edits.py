"""A small site with a bit of everything, and what people do to it: files written in other versions, or removed."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

CONFIG = """
title: {title}
base_url: https://example.org
languages: {{en: {{name: English}}, de: {{name: Deutsch}}}}
audiences: {{x: {audience}}}
params: {{colour: {colour}, size: {size}}}
menus: {{main: [{{title: {menu}, page: a}}, {{page: blog}}]}}
{more}
"""


def config(**changes: str) -> str:
    usual = {
        "title": "Site", "audience": "{device: phone}", "colour": "red", "size": "1", "menu": "Start", "more": "",
    }  # fmt: skip
    return CONFIG.format(**{**usual, **changes})


BASE = """<!doctype html><html lang="{{ page.language }}"><head><title>{{ page.title }} | {{ site.title }}</title>
{{ head() }}<link rel="stylesheet" href="{{ asset("x.css") }}"></head><body>
{% for item in site.menu("main") %}<a href="{{ item.url }}">{{ item.title }}</a>{% endfor %}{{ shared("nav.html") }}
{% block main %}{% slot "main" %}<h1>{{ page.title }}</h1>{{ page.content }}{% endslot %}{% endblock %}</body></html>
"""
PAGE = """{% extends "base.html" %}{% block main %}{{ super() }}<p>{{ _("Hello") }} {{ site.params.colour }}</p>
{% for t in page.translations %}{{ t.url or "" }} {% endfor %}
{% for tag in page.tags %}{% set there = site.tag(tag) %}{{ there.url if there else tag }}{% endfor %}{% endblock %}
"""
LIST = """{% extends "base.html" %}{% block main %}{{ super() }}
{% for p in site.pages(section=page.id, limit=2) %}<a href="{{ p.url }}">{{ p.title }}</a>{{ MORE }}{% endfor %}
{% endblock %}"""

FILES: Mapping[str, Sequence[str]] = {
    "ctxsite.yaml": [
        config(), config(colour="blue"), config(size="2"), config(menu="Other"), config(title="Changed"),
        config(audience="{weekday: mon}"), config(more="unknown_keys: params"),
        config(more="missing_translations: omit"), config(more="zone: Europe/Berlin"),
        config(more="tag_pages: true"), config(more="search: true"),
        config(more="inline_limit: 1500"),
    ],
    "content/_index.md": ["---\ntitle: Home\n---\n\nWelcome.\n", "---\ntitle: Start\n---\n\nSee [b](b.md#two).\n"],
    "content/a.md": [
        "---\ntitle: A\n---\n\nOne. [B](b.md)\n", "---\ntitle: A\n---\n\nTwo. [[data: prices.low]]\n",
        "---\ntitle: Another\ntags: [t]\n---\n\n::: box\nInside\n:::\n", "---\ntitle: A\nslug: moved\n---\n\nText.\n",
        "---\ntitle: A\ndraft: true\n---\n\nText.\n", "---\ntitle: [\n---\n\nBroken.\n",
    ],
    "content/b.md": [
        "---\ntitle: B\nvariants:\n  x: {when: x}\n---\n\n## Two\n\nText.\n",
        "---\ntitle: B\nvariants:\n  x: {when: {time: '08:00-12:00', zone: Europe/Paris}, title: X}\n---\n\n# Two\n",
        "---\ntitle: B\n---\n\n::: vary hero\nDefault\n::: when x\nOther\n:::\n",
    ],
    "content/tags/t.md": ["---\ntitle: Topic\n---\n", "---\ntitle: Topic\nslug: topic\n---\n"],
    "content/tags/u.de.md": ["---\ntitle: Thema\ntranslation_key: t\n---\n"],
    "content/b.de.md": ["---\ntitle: B auf Deutsch\n---\n\nText.\n", "---\ntitle: B\nslug: anders\n---\n\n## Two\n"],
    "content/b@x.md": ["A variant.\n", "---\ntitle: Very\n---\n\nAnother variant.\n", "Words. " * 300],
    "content/blog/_index.md": ["---\ntitle: Blog\n---\n", "---\ntitle: Journal\n---\n\nAll of it.\n"],
    "content/blog/one.md": [
        "---\ntitle: One\ndate: 2026-01-01\n---\n\nFirst paragraph.\n\nMore.\n",
        "---\ntitle: One\ndate: 2026-01-01\n---\n\nFirst paragraph.\n\nOther.\n",
        "---\ntitle: One\ndate: 2026-03-01\n---\n\nChanged paragraph.\n",
        "---\ntitle: Uno\ndate: 2026-01-01\n---\n\nX.\n",
        "---\ntitle: One\ndate: 2027-01-01\n---\n\nNot yet.\n", "---\ntitle: One\n---\n\n[Nowhere](nowhere.md)\n",
    ],
    "content/blog/two.md": [
        "---\ntitle: Two\ndate: 2026-02-01\n---\n\nTwo. [one](one.md)\n", "---\ntitle: Two\n---\n\nX\n",
    ],
    "content/blog/three.md": ["---\ntitle: Three\nexpiry_date: 2026-06-01\n---\n\nThree.\n"],
    "content/blog/picture.svg": ["<svg/>", "<svg></svg>"],
    "templates/base.html": [
        BASE, BASE.replace("<body>", "<body><hr>"), BASE.replace("</html>", "{{ oops }}</html>"),
        BASE.replace('"main" %}<h1>', '"main", loading="lazy" %}<h1>'),
    ],
    "templates/nav.html": [
        "<nav>{% for s in site.sections() %}{{ s.title }}{% endfor %}</nav>", '<nav>{{ _("Hello") }}</nav>',
        '<nav>{% for item in site.menu("main") %}<a href="{{ item.url }}">{{ item.title }}</a>{% endfor %}</nav>',
        "<nav>{% for p in site.pages(limit=2) %}{{ p.title }} {{ p.content }}{% endfor %}</nav>",
        "<nav>{{ site.params.colour }} {{ site.data.prices.low }}</nav>", "<nav>{{ page.title }}</nav>",
    ],
    "templates/page.html": [
        PAGE, PAGE.replace("colour", "size"),
        PAGE.replace("</p>", "{{ page.words }} {{ page.prev.title if page.prev }}</p>"),
        PAGE.replace("</p>", "{{ site.now.year }}{% for h in page.toc %}{{ h.id }}{% endfor %}</p>"),
        PAGE.replace("</p>", "{{ site.params|length }}{{ site.data.prices.low }}{{ site.tags()|length }}</p>"),
        PAGE.replace("</p>", "{% for s in site.sections() %}{{ s.title }}{% endfor %}</p>"),
    ],
    "templates/section.html": [LIST.replace("MORE", "p.summary"), LIST.replace("MORE", "p.content")],
    "templates/components/box.html": ["<div>{{ body }}</div>", '<aside title="{{ _("Hello") }}">{{ body }}</aside>'],
    "data/prices.yaml": ["low: 1\nhigh: 2\n", "low: 3\nhigh: 2\n", "low: 1\nhigh: 9\n", "high: 2\n"],
    "data/other.json": ["[1]", "[2]"],
    "i18n/de.po": ['msgid "Hello"\nmsgstr "Hallo"\n', 'msgid "Hello"\nmsgstr "Moin"\n', 'msgid "Unused"\nmsgstr "X"\n'],
    "static/x.css": ["a{}", "b{}"],
}  # fmt: skip
TAILS = [
    "", "\nMore of it.\n", "\n## Two\n\nText.\n", "\n# First\n", "\nSee [two](/b/#two) and ![it](/blog/picture.svg).\n",
    "\n[Gone](/nowhere/#at-all)\n", "\n::: box\n[[data: prices.low]] and [[vary: this | x: that]]\n:::\n",
    "\n::: vary more\nDefault\n::: when x\nOther\n:::\n", "\n[A page](/b/) and ![a picture](/blog/picture.svg)\n",
]  # fmt: skip
"""What stands at the end of a text: most edits change nothing else."""
TAILED = 100
"""A version is the number of a text, and the number of its tail in hundreds."""
PATHS = sorted(FILES)
TEXTS = [path for path in PATHS if path.endswith(".md")]
REMOVED = -1

Edit = tuple[str, int]
"""A file, and the version that it gets, or `REMOVED`."""


class Site:
    """A site on disk that is being edited. Each edit gives its file a time of its own, long ago."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._clock = 1_000_000_000_123_456_789
        for path in PATHS:
            self.edit(path, 0)

    def edit(self, path: str, version: int) -> None:
        """Write a version of a file, or remove it."""
        target = self.root / path
        if version == REMOVED:
            target.unlink(missing_ok=True)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        text = FILES[path][version % TAILED % len(FILES[path])]
        target.write_text(text + TAILS[version // TAILED], "utf-8")
        self._clock += 7_000_000_001
        os.utime(target, ns=(self._clock, self._clock))
