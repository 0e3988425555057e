"""Footnotes as a list at the text's end, with links back, out of pulldown-cmark's, which stay where they were written.

Notes are numbered by their first reference; one that nothing refers to is left out. Ids come from the numbers
and so need no escaping.
"""

from __future__ import annotations

import re

from ctxsite.content.markdown.engine import Labels

_REFERENCE = re.compile(r'<sup class="footnote-reference"><a href="#[^"]*">(\d+)</a></sup>')
_DEFINITION = re.compile(
    r'<div class="footnote-definition" id="[^"]*"><sup class="footnote-definition-label">(\d+)</sup>\n?'
)
_DIV = re.compile(r"<(/?)div\b[^>]*>", re.IGNORECASE)


def with_footnotes(html: str, prefix: str, labels: Labels) -> str:
    """Move the footnotes of `html` (pulldown-cmark's) to its end; `prefix` goes into their ids."""
    main, notes = _split(html)
    order = _order(main, notes)
    seen: dict[str, int] = {}

    def refer(match: re.Match[str]) -> str:
        number = order.get(match[1])
        if number is None:
            return match[0]
        seen[match[1]] = count = seen.get(match[1], 0) + 1
        id_ = _reference_id(prefix, number, count)
        return (
            f'<sup class="footnote-ref" id="{id_}"><a href="#fn-{prefix}{number}" role="doc-noteref">{number}</a></sup>'
        )

    main = _REFERENCE.sub(refer, main)
    texts = {key: _REFERENCE.sub(refer, notes[key]) for key in order}
    if not order:
        return main
    items = "".join(
        f'<li id="fn-{prefix}{number}">\n{_with_back_links(texts[key], prefix, number, seen[key], labels)}</li>\n'
        for key, number in order.items()
    )
    opening = f'<section class="footnotes" role="doc-endnotes" aria-label="{labels.footnotes}">'
    return f"{main}{opening}\n<ol>\n{items}</ol>\n</section>\n"


def _split(html: str) -> tuple[str, dict[str, str]]:
    """Cut the definitions out; return the rest, and each definition's HTML by the number it was given."""
    rest: list[str] = []
    notes: dict[str, str] = {}
    position = 0
    while match := _DEFINITION.search(html, position):
        rest.append(html[position : match.start()])
        depth, end, position = 1, len(html), len(html)
        for div in _DIV.finditer(html, match.end()):
            depth += -1 if div[1] else 1
            if depth == 0:
                end, position = div.start(), div.end()
                break
        notes.setdefault(match[1], html[match.end() : end])
        if html.startswith("\n", position):
            position += 1
    rest.append(html[position:])
    return "".join(rest), notes


def _order(main: str, notes: dict[str, str]) -> dict[str, int]:
    """Number the notes by their first reference, those in the text before those in other notes."""
    order: dict[str, int] = {}
    pending = [main]
    while pending:
        for key in _REFERENCE.findall(pending.pop(0)):
            if key in notes and key not in order:
                order[key] = len(order) + 1
                pending.append(notes[key])
    return order


def _reference_id(prefix: str, number: int, count: int) -> str:
    return f"fnref-{prefix}{number}" + (f"-{count}" if count > 1 else "")


def _with_back_links(html: str, prefix: str, number: int, count: int, labels: Labels) -> str:
    links = "".join(
        f' <a href="#{_reference_id(prefix, number, nth)}" class="footnote-backref" role="doc-backlink" '
        f'aria-label="{labels.back}">↩</a>'
        for nth in range(1, count + 1)
    )
    body = html.rstrip("\n")
    if body.endswith("</p>"):
        return f"{body[:-4]}{links}</p>\n"
    return f"{body}\n<p>{links.lstrip()}</p>\n"
