"""What a browser makes of a composed page: a model in a few lines of what the slot line and the engine do.

Every tag of our own pages is closed, so a page is a tree of texts and elements as they were written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>")
_ATTRIBUTE = re.compile(r'([a-z-]+)(?:="([^"]*)")?')


@dataclass
class Element:
    """An element with its tags as written."""

    name: str
    attributes: dict[str, str]
    start: str = ""
    end: str = ""
    children: list[str | Element] = field(default_factory=list)


def read(html: str) -> Element:
    """Read balanced HTML."""
    root = Element("", {})
    open_elements = [root]
    position = 0
    for tag in _TAG.finditer(html):
        open_elements[-1].children.append(html[position : tag.start()])
        position = tag.end()
        if tag[1]:
            closed = open_elements.pop()
            assert closed.name == tag[2], f"<{closed.name}> is closed by {tag[0]}"
            closed.end = tag[0]
        else:
            element = Element(tag[2], dict(_ATTRIBUTE.findall(tag[3])), tag[0])
            open_elements[-1].children.append(element)
            open_elements.append(element)
    root.children.append(html[position:])
    assert open_elements == [root]
    return root


def show(html: str, variant: str) -> str:
    """Return the HTML that a visitor of a page variant has before them, wrappers of slots left out."""
    return _written(read(html), variant)


def _written(element: Element, variant: str) -> str:
    if "data-slot" not in element.attributes:
        inner = "".join(child if isinstance(child, str) else _written(child, variant) for child in element.children)
        return element.start + inner + element.end
    parts = [child for child in element.children if isinstance(child, Element)]
    *templates, line, default = parts
    assert [part.name for part in templates] == ["template"] * len(templates)
    assert (line.name, line.children) == ("script", ["place()"])
    assert "data-default" in default.attributes
    chosen = next((part for part in templates if variant in part.attributes["data-v"].split()), default)
    return "".join(child if isinstance(child, str) else _written(child, variant) for child in chosen.children)
