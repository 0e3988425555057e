"""The repository's Markdown pages as the tests see them: generated parts, code blocks, links, anchors.

A generated part stands between `<!-- generated: NAME -->` and `<!-- /generated -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

_PART = re.compile(r"(?P<open><!-- generated: (?P<name>[^\n]+) -->\n)(?P<text>.*?)(?=<!-- /generated -->)", re.DOTALL)
_BLOCK = re.compile(r"^(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=fence)[ ]*$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} (.+?)\s*$", re.MULTILINE)
_LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced code block: what follows the fence, the text inside, and the number of its first line."""

    info: str
    text: str
    line: int


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def parts(page: str) -> dict[str, str]:
    """Return the generated parts of a page's text by name."""
    return {found["name"]: found["text"] for found in _PART.finditer(page)}


def with_part(page: str, name: str, text: str) -> str:
    """Return a page's text with one part written anew."""
    return _PART.sub(lambda found: found["open"] + text if found["name"] == name else found[0], page)


def blocks(page: str, info: str | None = None) -> list[Block]:
    """Return the code blocks of a page's text, or those with this word after the fence."""
    found = (
        Block(match["info"].strip(), match["text"], page.count("\n", 0, match.start("text")) + 1)
        for match in _BLOCK.finditer(page)
    )
    return [block for block in found if info is None or block.info == info]


def prose(page: str) -> str:
    """Return a page's text without code blocks and code spans."""
    return re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "", _BLOCK.sub("", page), flags=re.DOTALL)


def links(page: str) -> Iterator[str]:
    """Yield the destinations of links and pictures, those to elsewhere left out."""
    return (link for link in _LINK.findall(prose(page)) if not re.match(r"[a-z]+:", link))


def anchors(page: str) -> set[str]:
    """Return the ids that code hosts give to a page's headings."""
    found: set[str] = set()
    for heading in _HEADING.findall(_BLOCK.sub("", page)):
        text = re.sub(r"[`*]|<[^>]*>", "", heading).lower()
        id_ = re.sub(r"[^\w\- ]", "", text).replace(" ", "-")
        number = 1
        unique = id_
        while unique in found:
            unique, number = f"{id_}-{number}", number + 1
        found.add(unique)
    return found


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Return a Markdown table, bars in cells escaped."""
    lines = [head, ("---",) * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)
