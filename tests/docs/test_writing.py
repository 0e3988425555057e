"""docs/writing.md says what a build does."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from ctxsite.cli.main import main
from ctxsite.content.frontmatter_keys import PAGE as FRONT_MATTER
from ctxsite.content.markdown import commonmark, python_markdown
from ctxsite.content.markdown.engine import ENGINES
from tests.docs.features import FEATURES
from tests.docs.pages import DOCS, ROOT, blocks, text_of

PAGE = text_of(DOCS / "writing.md")
CONFIG = """\
title: Test
languages: [en, de]
signals: {segment: {values: [private, business]}}
audiences: {evening: {time: "18:00-23:00"}, office-hours: {time: "09:00-17:00"}}
"""
BARE = "<html><head>{{ head() }}</head><body>\n{{ page.title }}|{{ page.summary }}|\n{{ page.content }}</body></html>"


def built(make_site: Callable[..., Path], files: dict[str, str], *options: str, config: str = "") -> Path:
    root = make_site(
        {"ctxsite.yaml": CONFIG + config, "templates/page.html": BARE, "templates/home.html": BARE, **files}
    )
    result = CliRunner().invoke(main, ["build", "-s", str(root), "-j", "1", "--now", "2026-12-24", "--json", *options])
    assert result.exit_code == 0, result.output
    return root / "public"


def body(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition("<body>")[2]


def rows(head: str) -> list[list[str]]:
    """Return the rows of the table with this head, cell by cell."""
    lines = PAGE.partition(f"| {head} ")[2].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def test_files_and_addresses(make_site: Callable[..., Path]) -> None:
    files = {"content/blog/second/map.png": "x", "content/.hidden.md": "x", "content/.well-known/id": "x"}
    variants = "---\ntitle: T\nvariants: {business: {when: {segment: business}}}\n---\n"
    for name, _, _ in rows("file"):
        path = re.findall("`([^`]+)`", name)[0]
        files[path] = variants if path == "content/tariffs.md" else "A text.\n"
    assert len(files) == 12
    public = built(make_site, files)
    for _, _, address in rows("file"):
        shown = re.findall("`([^`]+)`", address)[0]
        assert (public / shown.strip("/") / ("" if shown.endswith(".html") else "index.html")).is_file(), shown
    assert (public / "blog/second/map.png").is_file()
    assert (public / ".well-known/id").is_file()
    assert not (public / "hidden").exists()


def test_no_dead_ends(make_site: Callable[..., Path]) -> None:
    public = built(make_site, {"content/a/b/c.md": "C"})
    assert all((public / path / "index.html").is_file() for path in ("", "a", "a/b", "a/b/c"))


def test_a_folder_for_each_language(make_site: Callable[..., Path]) -> None:
    config = CONFIG.replace("[en, de]", "{en: {content_dir: content/en}, de: {content_dir: content/de}}")
    public = built(make_site, {"ctxsite.yaml": config, "content/en/a.md": "English", "content/de/a.md": "Deutsch"})
    assert "Deutsch" in body(public / "de/a/index.html")
    assert "English" in body(public / "a/index.html")


def test_front_matter_keys() -> None:
    named = {key for row in rows("key") for key in re.findall("`([a-z_]+)`", row[0])}
    assert named == {one.name for one in FRONT_MATTER.fields}
    hinted = PAGE.partition(" and some more are understood")[0].rpartition("\n\n")[2]
    foreign = {name for one in FRONT_MATTER.fields for name in one.foreign}
    assert set(re.findall("`(\\w+)`", hinted)) <= foreign


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("# Heading\n\nFirst.\n\nSecond.", "Heading|First.|"),
        ("Just a text.", "Page|Just a text.|"),
        ("---\ndescription: D\n---\nA text.", "Page|D|"),
        ("---\ndescription: D\nsummary: S\ntitle: T\n---\nA text.", "T|S|"),
        ("---\ntitle: no\n...\nA text.", "no|A text.|"),
        ('+++\ntitle = "T"\n+++\nA text.', "T|A text.|"),
        ("{{ this }} {% stays %}", "{{ this }} {% stays %}"),
    ],
)
def test_titles_and_summaries(source: str, shown: str, make_site: Callable[..., Path]) -> None:
    assert shown in body(built(make_site, {"content/page.md": source}) / "page/index.html")


def test_drafts(make_site: Callable[..., Path]) -> None:
    files = {"content/a.md": "---\ndraft: true\n---\nA"}
    assert not (built(make_site, files) / "a").exists()
    assert (built(make_site, files, "-D") / "a").exists()


@pytest.mark.parametrize("engine", ENGINES)
def test_directives(engine: str, make_site: Callable[..., Path]) -> None:
    (example,) = (block.text for block in blocks(PAGE) if block.text.startswith("::: vary"))
    texts = [
        example,
        "[[vary: *a* \\| b | evening: c]]",
        "[link](https://example.org/[[data: prices.basic.unit]])",
        ":::: note\n::: tip\nInner\n:::\n::::",
        "`[[data: prices]]`\n\n```\n::: note\n```\n\n<!--\n::: note\n-->\n\n\\::: note\n\n\\[[data: prices]]",
    ]
    data = {"data/prices.yaml": "basic: {unit: 31, list: [a, b]}\n"}
    config = f"markdown: {{engine: {engine}}}\n"
    pages = {f"content/p{number}.md": text for number, text in enumerate(texts)}
    public = built(make_site, {**data, **pages}, "--strict", config=config)
    first, second, third, fourth, fifth = (body(public / f"p{number}/index.html") for number in range(5))
    assert all(f'data-v="{name}"' in first for name in ("evening", "when-2", "office-hours"))
    assert "costs 31 cents" in first
    assert "<em>Markdown</em>, of course." in first
    assert "<em>a</em> | b" in second
    assert 'href="https://example.org/31"' in third
    assert re.search("callout note.*callout tip.*<p>Inner", fourth, re.DOTALL)
    assert "callout" not in fifth
    assert fifth.partition("|\n")[2].count("[[data: prices]]") == 2


def test_components() -> None:
    shipped = sorted(path.stem for path in (ROOT / "themes/default/templates/components").glob("*.html"))
    assert sorted(path.stem for path in (ROOT / "themes/plain/templates/components").glob("*.html")) == shipped
    assert f"theme has {', '.join(f'`{name}`' for name in shipped)}." in PAGE.replace("\n  theme", " theme")


@pytest.mark.parametrize("engine", ENGINES)
def test_links(engine: str, make_site: Callable[..., Path]) -> None:
    links = re.findall(r"`(!?\[[^`]*\]\([^`]*\))`", PAGE.partition("## Links")[2])
    assert len(links) == 2
    text = "\n\n".join([*links, "[a](/tariffs/)", "[b](/terms.pdf)"])
    files = {"content/blog/a.md": text, "content/blog/house.jpg": "x", "static/terms.pdf": "x"}
    files |= {"content/tariffs.md": "## Fees", "content/tariffs.de.md": "---\nslug: tarife\n---\n## Fees"}
    public = built(make_site, files, config=f"base_url: https://example.org/x\nmarkdown: {{engine: {engine}}}\n")
    assert re.findall('(?:href|src)="([^"]*)"', body(public / "de/blog/a/index.html")) == [
        "/x/de/tarife/#fees", "/x/de/blog/house.jpg", "/x/de/tarife/", "/x/terms.pdf",
    ]  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_features(engine: str, make_site: Callable[..., Path]) -> None:
    table = rows("feature")
    documented = {re.split(":| \\(", row[0])[0]: row[1 + ENGINES.index(engine)] for row in table}
    assert set(documented) == set(FEATURES)
    pages = {f"content/p{number}.md": text for number, (text, _) in enumerate(FEATURES.values())}
    public = built(make_site, pages, config=f"markdown: {{engine: {engine}, highlight: false}}\n")
    found = {
        name: "yes" if mark in body(public / f"p{number}/index.html") else "no"
        for number, (name, (_, mark)) in enumerate(FEATURES.items())
    }
    assert found == documented


@pytest.mark.parametrize("engine", ENGINES)
def test_the_same_in_both(engine: str, make_site: Callable[..., Path]) -> None:
    text = '## Größe, "Übung"!\n\n## Fees {#money}\n\n```python\nx = 1\n```\n\n|a|\n|-:|\n|1|\n\n'
    text += 'A[^1] -- "b"\n\n[^1]: Note.\n'
    files = {"content/a.md": text}
    html = body(built(make_site, files, config=f"markdown: {{engine: {engine}, smart: true}}\n") / "a/index.html")
    for part in (
        'id="größe-übung"', 'id="money"', '<pre class="highlight"', 'class="align-right"', 'role="doc-backlink"',
    ):  # fmt: skip
        assert part in html
    assert "“b”" in unescape(html)
    plain = f"markdown: {{engine: {engine}, highlight: false}}\n"
    assert "highlight" not in body(built(make_site, files, config=plain) / "a/index.html")


def test_extensions() -> None:
    ours, theirs = PAGE.partition("- `commonmark` has")[2].split("- `python-markdown` takes")
    own, usual = ours.split("Usual are all but ")
    assert re.findall("`([^`]+)`", own) == sorted(commonmark.EXTENSIONS)
    assert set(re.findall("`([^`]+)`", usual)) == set(commonmark.EXTENSIONS) - set(commonmark.USUAL)
    assert (
        tuple(re.findall("`([^`]+)`", theirs.partition("Usual are")[2].partition(". Options")[0]))
        == python_markdown.USUAL
    )
