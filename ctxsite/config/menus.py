"""`menus:`, of the site and of each language."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping

from ctxsite.config.settings import MenuItem
from ctxsite.diagnostics.codes_site import INVALID_VALUE, MISSING_KEY
from ctxsite.schema.shape import Field, Shape
from ctxsite.schema.types import TEXT, Say, Type, integer, list_of, mapping_of
from ctxsite.syntax.nodes import Mapping, Node, Scalar

_TITLE = Field("title", TEXT, "", "What the entry says; without it, the page's title.", foreign=("name",))
_PAGE: Field[str | None] = Field(
    "page", TEXT, None, "The page it leads to, by its path below `content/`: `blog/first`.", foreign=("pageRef",)
)
_URL: Field[str | None] = Field("url", TEXT, None, "Or an address, here or elsewhere.")
_WEIGHT: Field[int | None] = Field("weight", integer(), None, "Its place in the menu: small numbers come first.")


def _read_item(node: Node, what: str, say: Say) -> MenuItem | None:
    if isinstance(node, Scalar):
        page = TEXT.read(node, what, say)
        return None if page is None else MenuItem("", page.strip("/"), span=node.span)
    record = ITEM.read(node, say)
    page, url, children = record[_PAGE], record[_URL], record[_CHILDREN]
    if page is not None and url is not None:
        message = "an entry leads to `page` or to `url`, not to both"
        say.append(INVALID_VALUE.at(record.keys[_URL.name], message, help="remove one of them"))
        url = None
    if not isinstance(node, Mapping):
        return None
    if not record.keys.keys() & {_PAGE.name, _URL.name, _CHILDREN.name}:
        start = node.span.source.span(node.span.start)
        say.append(MISSING_KEY.at(start, "a menu's entry needs a key `page` or `url`"))
        return None
    place = record.nodes.get(_PAGE.name) or record.nodes.get(_URL.name) or node
    page = None if page is None else page.strip("/")
    return MenuItem(record[_TITLE], page, url, record[_WEIGHT], children, place.span)


def _read_items(node: Node, what: str, say: Say) -> tuple[MenuItem, ...] | None:
    items = _LIST.read(node, what, say)
    if items is None:
        return None
    return tuple(sorted(items, key=lambda item: (item.weight is None, item.weight or 0)))


_CHILDREN: Field[tuple[MenuItem, ...]] = Field(
    "children", Type("a list of entries", _read_items, {"type": "array"}), (), "Entries below this one."
)
ITEM = Shape("a menu's entry", (_TITLE, _PAGE, _URL, _WEIGHT, _CHILDREN))
"""One entry of a menu."""

_LIST = list_of(Type("an entry", _read_item, {"anyOf": [{"type": "string"}, ITEM.json_schema()]}), single=False)
MENUS: Type[AnyMapping[str, tuple[MenuItem, ...]]] = mapping_of(Type(_LIST.words, _read_items, _LIST.schema))
"""Menus by name."""
