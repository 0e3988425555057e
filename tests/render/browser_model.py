"""What a browser makes of a composed page: a model in a few lines of what the slot line and the engine do.

Every tag of our own pages is closed, so a page is a tree of texts and elements as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
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


def show(html: str, variant: str, fragments: Mapping[str, str] | None = None) -> str:
    """Return the HTML that a visitor of a page variant has before them, wrappers of slots left out.

    `fragments` are the documents, by address, that arrive in time.
    """
    return _written(read(html), variant, fragments or {})


def _written(element: Element, variant: str, fragments: Mapping[str, str]) -> str:
    if "data-slot" not in element.attributes:
        return element.start + _inner(element, variant, fragments) + element.end
    parts = [child for child in element.children if isinstance(child, Element)]
    *templates, line, default = parts
    assert [part.name for part in templates] == ["template"] * len(templates)
    assert (line.name, line.children) == ("script", ["place()"])
    assert "data-default" in default.attributes
    for template in templates:
        loaded = fragments.get(template.attributes.get("data-fragment", ""))
        if loaded is not None and variant in template.attributes["data-for"].split():
            text = loaded.partition("<template data-fragment>")[2].rpartition("</template><p></p>")[0]
            return _inner(read(text), variant, fragments)
    chosen = next((part for part in templates if variant in part.attributes["data-v"].split()), default)
    return _inner(chosen, variant, fragments)


def _inner(element: Element, variant: str, fragments: Mapping[str, str]) -> str:
    return "".join(
        child if isinstance(child, str) else _written(child, variant, fragments) for child in element.children
    )
