"""Seeded sites for measurements: `python -m benchmarks.corpus FOLDER --pages 1000 [--variants]`.

Posts of about 3 KB with headings, lists, links and a table, in twenty sections, so that a page's navigation
is as long in a site of any size. The same arguments give the same bytes. With `--variants`, each post comes in three
languages, and in each as the default and two variants: one with a body of its own, one with another title only.
"""

from __future__ import annotations

import argparse
import random
import shutil
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
LISTED = 20
"""Posts in a section's list."""
SEED = 20261122
LANGUAGES = ("de", "fr")
"""Besides English."""

CONFIG = "title: Bench\nbase_url: https://example.org\ntheme: bench\nmarkdown: {engine: ENGINE}\n"
VARIANTS_CONFIG = """languages:
  en: {name: English}
  de: {name: Deutsch}
  fr: {name: Français}
signals:
  segment: {values: [private, business], from: ["query:segment"]}
audiences:
  evening: {time: "18:00-23:00"}
"""
VARIANTS = """variants:
  business: {when: {segment: business}}
  evening: {when: evening, title: Tonight TITLE}
"""
PAGE = (
    '<!doctype html>\n<html lang="{{ page.language }}"><head><meta charset="utf-8">{{ head() }}</head>\n<body>'
    '{{ shared("nav.html") }}\n'
    "<main>BEGIN<h1>{{ page.title }}</h1>\n{{ page.content }}END</main>"
    '{% if page.kind != "page" %}\n<ul>'
    f'{{% for post in site.pages(section=page.id, kind="page", limit={LISTED}) %}}'
    '<li><a href="{{ post.url }}">{{ post.title }}</a></li>{% endfor %}</ul>{% endif %}\n</body></html>\n'
)


NAV = (
    '<nav>{% for section in site.sections() %}<a href="{{ section.url }}">{{ section.title }}</a> {% endfor %}</nav>\n'
)
"""As Hugo's twin has it by `partialCached`."""


def section_of(number: int) -> str:
    return f"section-{number % SECTIONS:02}"


def name_of(number: int) -> str:
    return f"post-{number:06}"


def sentence(rng: random.Random) -> str:
    return " ".join(rng.choices(WORDS, k=rng.randint(7, 16))).capitalize() + "."


def paragraph(rng: random.Random) -> str:
    return " ".join(sentence(rng) for _ in range(rng.randint(3, 6)))


def body(pages: int, rng: random.Random, size: int) -> str:
    lines: list[str] = []
    length = 0
    while length < size:
        other = rng.randrange(pages)
        lines += [f"## {' '.join(rng.choices(WORDS, k=3)).capitalize()}", "", paragraph(rng), ""]
        lines += [f"- {sentence(rng)}" for _ in range(3)] + [""]
        target = f"../{section_of(other)}/{name_of(other)}.md"
        lines += [f"{sentence(rng)} See [another page]({target}) and **{rng.choice(WORDS)}**.", ""]
        length += sum(len(line) + 1 for line in lines[-8:])
    lines += ["| kind | price |", "| --- | --- |", f"| {rng.choice(WORDS)} | {rng.randint(1, 99)} |", ""]
    return "\n".join(lines)


def post(number: int, pages: int, rng: random.Random, size: int, more: str = "") -> str:
    title = f"{' '.join(rng.choices(WORDS, k=4)).capitalize()} {number}"
    day, month = rng.randint(1, 28), rng.randint(1, 12)
    tags = ", ".join(sorted(rng.sample(WORDS, 3)))
    head = (
        f"---\ntitle: {title}\ndescription: {sentence(rng)}\ndate: 2025-{month:02}-{day:02}\n"
        f"tags: [{tags}]\nweight: {number}\n{more.replace('TITLE', str(number))}---\n\n"
    )
    return head + body(pages, rng, size - len(head))


def write(folder: Path, pages: int, *, engine: str = "commonmark", variants: bool = False, size: int = 3000) -> None:
    """Write a site anew. What was in the folder is removed."""
    shutil.rmtree(folder, ignore_errors=True)
    templates = folder / "themes" / "bench" / "templates"
    templates.mkdir(parents=True)
    marks = ('{% slot "main" %}', "{% endslot %}") if variants else ("", "")
    (templates / "page.html").write_text(PAGE.replace("BEGIN", marks[0]).replace("END", marks[1]))
    (templates / "nav.html").write_text(NAV)
    (templates.parent / "theme.yaml").write_text("name: bench\n")
    for number in range(SECTIONS):
        (folder / "content" / section_of(number)).mkdir(parents=True)
    rng = random.Random(SEED)
    for number in range(pages):
        path = folder / "content" / section_of(number) / f"{name_of(number)}.md"
        path.write_text(post(number, pages, rng, size, VARIANTS if variants else ""), "utf-8")
        if not variants:
            continue
        path.with_name(f"{name_of(number)}@business.md").write_text(body(pages, rng, size), "utf-8")
        for code in LANGUAGES:
            text = post(number, pages, rng, size, VARIANTS)
            path.with_name(f"{name_of(number)}.{code}.md").write_text(text, "utf-8")
            path.with_name(f"{name_of(number)}@business.{code}.md").write_text(body(pages, rng, size), "utf-8")
    # Last, as the sign that the site is whole.
    (folder / "ctxsite.yaml").write_text(
        CONFIG.replace("ENGINE", engine) + (VARIANTS_CONFIG if variants else ""), "utf-8"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--variants", action="store_true")
    parser.add_argument("--engine", choices=["commonmark", "python-markdown"], default="commonmark")
    arguments = parser.parse_args()
    write(arguments.folder, arguments.pages, engine=arguments.engine, variants=arguments.variants)


if __name__ == "__main__":
    main()
