"""Links between the repository's Markdown pages, and to its files, lead somewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ctxsite.cli.main import COMMANDS
from tests.docs.pages import DOCS, ROOT, anchors, blocks, links, text_of

PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *ROOT.glob("example-site/*.md"), *ROOT.glob("tests/*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links(page: Path) -> None:
    for link in links(text_of(page)):
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), f"{link} leads to nothing"
        if anchor:
            assert anchor in anchors(text_of(target)), f"{link}: no such heading"


def test_every_page_of_the_documentation_is_linked_from_the_readme() -> None:
    assert {f"docs/{page.name}" for page in DOCS.glob("*.md")} <= set(links(text_of(ROOT / "README.md")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_data_in_examples(page: Path) -> None:
    for block in blocks(text_of(page), "json"):
        json.loads(block.text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_in_examples_exist(page: Path) -> None:
    for block in blocks(text_of(page)):
        if block.info in {"sh", "console"}:
            for line in block.text.splitlines():
                if block.info == "console" and not line.startswith("$ "):
                    continue  # it is printed
                words = line.removeprefix("$ ").split()
                if words[:1] == ["ctxsite"] and not words[1].startswith("-"):
                    assert words[1] in COMMANDS, f"{page.name}:{block.line}: {line}"
