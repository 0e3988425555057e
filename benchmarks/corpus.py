"""A seeded site of N pages for measurements: `python benchmarks/corpus.py FOLDER --pages 1000`.

Posts of about 3 KB with headings, lists, links and a table, in twenty sections, so that a page's navigation
is as long in a site of any size. The same arguments give the same bytes.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

WORDS = [
    "energy",
    "meter",
    "tariff",
    "supply",
    "grid",
    "customer",
    "contract",
    "price",
    "month",
    "winter",
    "summer",
    "heating",
    "solar",
    "roof",
    "storage",
    "pump",
    "green",
    "power",
    "region",
    "service",
    "invoice",
    "reading",
    "advice",
    "saving",
    "household",
    "company",
    "usage",
    "peak",
    "night",
    "day",
    "notice",
    "change",
    "moving",
    "form",
    "answer",
    "question",
    "team",
    "local",
    "water",
    "gas",
    "heat",
    "network",
    "station",
    "charging",
    "car",
    "bus",
    "train",
    "city",
    "village",
]
SECTIONS = 20


def sentence(rng: random.Random) -> str:
    words = [rng.choice(WORDS) for _ in range(rng.randint(7, 16))]
    return " ".join(words).capitalize() + "."


def paragraph(rng: random.Random) -> str:
    return " ".join(sentence(rng) for _ in range(rng.randint(3, 6)))


def post(number: int, pages: int, rng: random.Random, size: int) -> str:
    day, month = rng.randint(1, 28), rng.randint(1, 12)
    tags = ", ".join(sorted(rng.sample(WORDS, 3)))
    lines = [
        "---",
        f"title: {' '.join(rng.choice(WORDS) for _ in range(4)).capitalize()} {number}",
        f"description: {sentence(rng)}",
        f"date: 2025-{month:02}-{day:02}",
        f"tags: [{tags}]",
        f"weight: {number}",
        "---",
        "",
    ]
    while sum(len(line) + 1 for line in lines) < size:
        lines += [f"## {' '.join(rng.choice(WORDS) for _ in range(3)).capitalize()}", "", paragraph(rng), ""]
        lines += [f"- {sentence(rng)}" for _ in range(3)] + [""]
        other = rng.randrange(pages)
        target = f"../section-{other % SECTIONS:02}/post-{other:06}.md"
        lines += [f"{sentence(rng)} See [another page]({target}) and **{rng.choice(WORDS)}**.", ""]
    lines += ["| kind | price |", "| --- | --- |", f"| {rng.choice(WORDS)} | {rng.randint(1, 99)} |", ""]
    return "\n".join(lines)


def write(folder: Path, pages: int, engine: str, size: int = 3000) -> None:
    rng = random.Random(20261122)
    content = folder / "content"
    content.mkdir(parents=True, exist_ok=True)
    config = f"title: Bench\nbase_url: https://example.org\ntheme: bench\nmarkdown: {{engine: {engine}}}\n"
    (folder / "ctxsite.yaml").write_text(config)
    templates = folder / "themes" / "bench" / "templates"
    templates.mkdir(parents=True, exist_ok=True)
    (templates / "page.html").write_text(
        '<!doctype html>\n<html lang="{{ page.language }}"><head><meta charset="utf-8">{{ head() }}</head>\n<body>'
        '{{ shared("nav.html") }}\n'
        '<main><h1>{{ page.title }}</h1>\n{{ page.content }}</main>{% if page.kind != "page" %}\n<ul>'
        '{% for post in site.pages(section=page.id, kind="page", limit=100) %}'
        '<li><a href="{{ post.url }}">{{ post.title }}</a></li>{% endfor %}</ul>{% endif %}\n</body></html>\n'
    )
    (templates / "nav.html").write_text(
        "<nav>{% for section in site.sections() %}"
        '<a href="{{ section.url }}">{{ section.title }}</a> {% endfor %}</nav>\n'
    )
    (templates.parent / "theme.yaml").write_text("name: bench\n")
    for number in range(pages):
        section = content / f"section-{number % SECTIONS:02}"
        section.mkdir(exist_ok=True)
        (section / f"post-{number:06}.md").write_text(post(number, pages, rng, size))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--engine", choices=["commonmark", "python-markdown"], default="commonmark")
    arguments = parser.parse_args()
    write(arguments.folder, arguments.pages, arguments.engine)


if __name__ == "__main__":
    main()
