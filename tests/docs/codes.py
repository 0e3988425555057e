"""The reference of diagnostics, out of the registry of codes and of golden files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from ctxsite.diagnostics import Code
from ctxsite.diagnostics.codes import REGISTRY
from tests.conftest import GOLDEN
from tests.docs.pages import text_of

AREAS = {
    "10": "YAML, TOML and data",
    "11": "Keys and values",
    "12": "Front matter",
    "13": "Settings",
    "14": "Files",
    "15": "Directives",
    "16": "Inline directives",
    "17": "Markdown",
    "20": "Conditions: shape and time",
    "21": "Conditions: signals and names",
    "22": "Conditions: depth",
    "23": "Declarations",
    "25": "What is proved of rules",
    "26": "What is proved of rules",
    "29": "Expectations",
    "30": "Links",
    "32": "Addresses and files",
    "33": "Tags",
    "40": "Templates",
    "41": "Components and data",
    "42": "Slots",
    "43": "Themes",
    "44": "Menus",
    "50": "Catalogues",
    "51": "Translations",
}
"""Headings by the first two digits of codes; what is new stands under its hundred's."""
HUNDREDS = {"1": "The site's files", "2": "Rules", "3": "Links and output", "4": "Templates", "5": "Languages"}

_FOLDERS = ("bad_input", "more_bad_input", "decisions", "site", "rules", "content", "render", "i18n")
"""Golden files in which an example is looked for, in this order: whole sites first."""

_DIAGNOSTIC = re.compile(r"^(?:error|warning|note)\[(CTX\d+)\]: .*\n(?:  .*\n)*", re.MULTILINE)


def examples() -> dict[str, str]:
    """Return an example for each code that is in a golden file."""
    found: dict[str, str] = {}
    for folder in _FOLDERS:
        for path in _golden(folder):
            for match in _DIAGNOSTIC.finditer(text_of(path)):
                found.setdefault(match[1], match[0])
    return found


def _golden(folder: str) -> Iterable[Path]:
    return sorted((GOLDEN / folder).rglob("*.txt"))


def reference() -> str:
    """Return the list of all codes: a heading for each, its severity, its explanation, an example."""
    shown = examples()
    parts: list[str] = []
    area = ""
    for code in REGISTRY.values():
        heading = AREAS.get(code.id[3:5]) or HUNDREDS[code.id[3]]
        if heading != area:
            parts.append(f"## {heading}\n")
            area = heading
        parts.append(_entry(code, shown.get(code.id)))
    return "\n".join(parts)


def _entry(code: Code, example: str | None) -> str:
    severity = str(code.severity).capitalize() + (", may be lowered" if code.lenient else "")
    text = f"### {code.id} {code.name}\n\n*{severity}.* {code.explanation}\n"
    return text if example is None else f"{text}\n```text\n{example}```\n"
