"""Tables of keys, out of the typed descriptions that also read them and describe them to editors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ctxsite.config.keys import FEED_SHAPE, MARKDOWN_SHAPE, SITE
from ctxsite.config.languages import LANGUAGE
from ctxsite.config.menus import ITEM
from ctxsite.content.frontmatter_keys import EXPECTATION, PAGE, VARIANT
from ctxsite.schema.shape import Field, Shape
from tests.docs.pages import table

SHAPES: Mapping[str, Shape] = {
    "settings": SITE,
    "language": LANGUAGE,
    "menu entry": ITEM,
    "markdown": MARKDOWN_SHAPE,
    "feed": FEED_SHAPE,
    "front matter": PAGE,
    "variant": VARIANT,
    "expectation": EXPECTATION,
}
"""What docs/settings.md has a table of."""

READ_ELSEWHERE = {
    "languages": "a list, or a [mapping](#languages)",
    "zone": "a zone's name",
    "signals": "a [mapping](rules.md#signals-declared)",
    "audiences": "a mapping of names to [conditions](rules.md#conditions)",
    "markdown": "a [mapping](#markdown)",
    "feed": "a [mapping](#feed)",
    "when": "a [condition](rules.md#conditions), or an audience's name",
    "variants": "a [mapping](#variants)",
    "expect": "a [list](#expectations)",
}
"""The types of values that are not read by the description itself, in words."""

READ_DEFAULTS = {
    "default_language": "the first of `languages`",
    "languages": "the default language alone",
    "zone": "`visitor`",
    "markdown": "see there",
    "feed": "see there",
    "name": "the language's own",
    "suffix": "the tag",
    "extensions": "[the usual ones](writing.md#markdown-engines)",
}
"""Defaults that depend on something else."""


def key_table(shape: Shape) -> str:
    """Return the table of a mapping's keys: type, default, meaning."""
    shown = [one for one in shape.fields if one.name not in shape.refused]
    rows = [(f"`{one.name}`", _type(one), _default(one), _meaning(one)) for one in shown]
    return table(("key", "type", "default", "meaning"), rows)


def _type(one: Field[Any]) -> str:
    if one.type.words == "a value":
        return READ_ELSEWHERE[one.name]
    return one.type.words


def _default(one: Field[Any]) -> str:
    if one.required:
        return "required"
    if isinstance(one.default, bool):
        return f"`{str(one.default).lower()}`"
    if one.default or isinstance(one.default, int):
        return f"`{one.default}`"
    return READ_DEFAULTS.get(one.name, "none")


def _meaning(one: Field[Any]) -> str:
    others = ", ".join(f"`{name}`" for name in one.foreign)
    return one.description + (f" (Also understood: {others}.)" if others else "")


def schema_keys(schema: Mapping[str, Any]) -> set[str]:
    """Return all keys that a JSON Schema's own mappings have, deprecated spellings left out."""
    found: set[str] = set()
    pending: list[Any] = [{name: part for name, part in schema.items() if name != "$defs"}]
    while pending:
        part = pending.pop()
        if isinstance(part, Mapping):
            properties = part.get("properties", {})
            found |= {name for name, one in properties.items() if not one.get("deprecated")}
            pending += part.values()
        elif isinstance(part, list):
            pending += part
    return found
