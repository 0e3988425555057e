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
        config(more="diagnostics: {broken-link: warning, missing-anchor: note, link-unpublished: note}"),
        config(more="diagnostics: {differs-outside-slots: error, broken-link: note}"),
        config(more="theme: plain"),
        config(more="inline_limit: 1500"),
    ],
    "content/_index.md": ["---\ntitle: Home\n---\n\nWelcome.\n", "---\ntitle: Start\n---\n\nSee [b](b.md#two).\n"],
    "content/a.md": [
        "---\ntitle: A\n---\n\nOne. [B](b.md)\n", "---\ntitle: A\n---\n\nTwo. [[data: prices.low]]\n",
        "---\ntitle: Another\ntags: [t]\n---\n\n::: box\nInside\n:::\n", "---\ntitle: A\nslug: moved\n---\n\nText.\n",
        "---\ntitle: A\ndraft: true\n---\n\nText.\n", "---\ntitle: [\n---\n\nBroken.\n",
        "---\ntitle: A\ntemplate: special\n---\n\nText.\n", "---\ntitle: A\n---\n\n::: note\nText.\n:::\n",
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
    "content/blog/picture.svg": ["<svg/>", "<svg></svg>", "<svg><g/></svg>"],
    "templates/base.html": [
        BASE, BASE.replace("<body>", "<body><hr>"), BASE.replace("</html>", "{{ oops }}</html>"),
        BASE.replace("</body>", '{% include "parts/foot.html" ignore missing %}</body>'),
        BASE.replace("<body>", '<body>{% from "parts/macros.html" import button %}{{ button(page) }}'),
        BASE.replace("</body>", "{% for p in site.pages(limit=3) %}{{ p.title }}{{ p.summary }}{% endfor %}</body>"),
        BASE.replace("</body>", '<a href="/blog/three/">{{ _("Bye") }}</a></body>'),
        BASE.replace("</body>", "{% if page.title == 'Two' %}{{ oops }}{% endif %}</body>"),
        BASE.replace("x.css", "y.css"), BASE.replace("{% endblock %}", ""),
        BASE.replace('"main" %}<h1>', '"main", loading="lazy" %}<h1>'),
    ],
    "templates/nav.html": [
        "<nav>{% for s in site.sections() %}{{ s.title }}{% endfor %}</nav>", '<nav>{{ _("Hello") }}</nav>',
        '<nav>{% for item in site.menu("main") %}<a href="{{ item.url }}">{{ item.title }}</a>{% endfor %}</nav>',
        "<nav>{% for p in site.pages(limit=2) %}{{ p.title }} {{ p.content }}{% endfor %}</nav>",
        "<nav>{{ site.params.colour }} {{ site.data.prices.low }}</nav>", "<nav>{{ page.title }}</nav>",
        '<nav><a href="/b/">B</a> <a href="/de/b/">B</a></nav>',
    ],
    "templates/page.html": [
        PAGE, PAGE.replace("colour", "size"),
        PAGE.replace("</p>", "{{ page.words }} {{ page.prev.title if page.prev }}</p>"),
        PAGE.replace("</p>", "{{ site.now.year }}{% for h in page.toc %}{{ h.id }}{% endfor %}</p>"),
        PAGE.replace("</p>", "{{ site.params|length }}{{ site.data.prices.low }}{{ site.tags()|length }}</p>"),
        PAGE.replace("</p>", "{% for s in site.sections() %}{{ s.title }}{% endfor %}</p>"),
        PAGE.replace("base.html", "parent:base.html"), PAGE.replace("</p>", "</p>{% if %}"),
        PAGE.replace("</p>", "</p><p>{{ page.content|length }} {{ page.url }} {{ (site.tag('t') or page).title }}</p>"),
    ],
    "templates/section.html": [
        LIST.replace("MORE", "p.summary"), LIST.replace("MORE", "p.content"),
        LIST.replace("limit=2", "limit=1").replace("MORE", "p.tags|length"), '{% extends "nowhere.html" %}',
    ],
    "templates/components/box.html": [
        "<div>{{ body }}</div>", '<aside title="{{ _("Hello") }}">{{ body }}</aside>',
        "<p>{% for p in site.pages(limit=1) %}{{ p.title }}{% endfor %}{{ page.title }}</p>", "{{ oops }}", "{% if %}",
    ],
    "data/prices.yaml": ["low: 1\nhigh: 2\n", "low: 3\nhigh: 2\n", "low: 1\nhigh: 9\n", "high: 2\n"],
    "data/other.json": ["[1]", "[2]"],
    "i18n/de.po": ['msgid "Hello"\nmsgstr "Hallo"\n', 'msgid "Hello"\nmsgstr "Moin"\n', 'msgid "Unused"\nmsgstr "X"\n'],
    "static/x.css": ["a{}", "b{}", "a{b:c}"],
}  # fmt: skip
ABSENT: Mapping[str, Sequence[str]] = {
    "content/c.md": ["Text. [b](b.md)\n", "---\ntitle: C\ndate: 2026-04-01\ntags: [t]\n---\n\nText.\n"],
    "content/blog/four.md": ["---\ntitle: Four\ndate: 2026-04-01\n---\n\n::: note\nText.\n:::\n"],
    "content/b@x.de.md": ["Anders.\n"],
    "static/y.css": ["c{}", "d{}"],
    "static/not/read.txt": ["One", "Two"],
    "templates/home.html": [
        '{% extends "base.html" %}', '{% extends "section.html" %}{% block main %}{{ super() }}!{% endblock %}',
    ],
    "templates/404.html": ['{% extends "base.html" %}', '{% extends "page.html" %}'],
    "templates/tag.html": ['{% extends "base.html" %}'],
    "templates/special.html": ['{% extends "page.html" %}', '{% extends "base.html" %}'],
    "templates/blog/page.html": [
        '{% extends "page.html" %}{% block main %}{{ super() }}<i>{{ page.date }}</i>{% endblock %}',
        '{% extends "parent:page.html" %}', '{% extends "parent:blog/page.html" %}', "{% if %}",
    ],
    "templates/blog/section.html": ["{{ page.title }}", LIST.replace("MORE", "p.date")],
    "templates/parts/foot.html": [
        "<footer></footer>", '<footer>{{ page.title }} {{ _("Bye") }}</footer>', "{{ oops }}", "{% if %}",
    ],
    "templates/parts/macros.html": [
        "{% macro button(p) %}<b>{{ p.title }}</b>{% endmacro %}",
        '{% macro button(p) %}<b>{{ _("Hello") }} {{ site.params.size }} {{ page.title }}</b>{% endmacro %}',
        "{% macro other() %}{% endmacro %}",
    ],
    "templates/components/note.html": ["<div>{{ body }}</div>", '{% include "parent:components/note.html" %}'],
}  # fmt: skip
"""What is not there at first."""
VERSIONS = {**FILES, **ABSENT}
TAILS = [
    "", "\nMore of it.\n", "\n## Two\n\nText.\n", "\n# First\n", "\nSee [two](/b/#two) and ![it](/blog/picture.svg).\n",
    "\n[Gone](/nowhere/#at-all)\n", "\n::: box\n[[data: prices.low]] and [[vary: this | x: that]]\n:::\n",
    "\n::: vary more\nDefault\n::: when x\nOther\n:::\n", "\n[A page](/b/) and ![a picture](/blog/picture.svg)\n",
    "\n[Without a slash](/b)\n", "\n## Twice {#two}\n\n<p id=\"two\">Twice</p>\n", "\nNot [[vary: this | x: closed\n",
    "\nOther words of it.\n", "\nSee [[data: prices.high]].\n", "\n::: box\n*More*\n:::\n",
    '\n<a href="/a/">A</a>\n',
]  # fmt: skip
"""What stands at the end of a text: most edits change nothing else."""
HARMLESS = [0, 1, 2, 8, 12, 13, 14]
"""Tails about which there is nothing to say wherever they stand, and which only their own page shows."""
TAILED = 100
"""A version is the number of a text, and the number of its tail in hundreds."""
PATHS = sorted(FILES)
ALL_PATHS = sorted(VERSIONS)
COPIED = ["content/blog/picture.svg", *(path for path in ALL_PATHS if path.startswith("static/"))]
TEMPLATES = [path for path in ALL_PATHS if path.startswith("templates/")]
LENIENT = next(number for number, text in enumerate(FILES["ctxsite.yaml"]) if "broken-link: warning" in text)
"""The settings under which what is wrong with a link is no error: the page is built, and there is a warning."""
TEXTS = [path for path in PATHS if path.endswith(".md")]
REMOVED = -1

Edit = tuple[str, int]
"""A file, and the version that it gets, or `REMOVED`."""


class Site:
    """A site on disk that is being edited. Each edit gives its file a time of its own, long ago."""

    def __init__(self, root: Path, *, written: bool = False) -> None:
        """`written` says that a site as it is at first is there already."""
        self.root = root
        self.state: dict[str, int] = {}
        """The version of each file that is there."""
        self._clock = 1_000_000_000_123_456_789
        for path in PATHS:
            self.edit(path, 0, written=written)

    def edit(self, path: str, version: int, *, written: bool = False) -> None:
        """Write a version of a file, or remove it."""
        target = self.root / path
        if version == REMOVED:
            self.state.pop(path, None)
            target.unlink(missing_ok=True)
            return
        self.state[path] = version
        self._clock += 7_000_000_001
        if written:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        text = VERSIONS[path][version % TAILED % len(VERSIONS[path])]
        target.write_text(text + TAILS[version // TAILED], "utf-8")
        os.utime(target, ns=(self._clock, self._clock))
