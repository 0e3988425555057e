"""A text as a name in addresses and ids: of a heading, of a tag."""

from __future__ import annotations

import re
import unicodedata

_DROPPED = re.compile(r"[^a-z0-9_\- ]+")
_GAPS = re.compile(r"[ -]+")
_EMPTY = "section"


def slug(text: str) -> str:
    """Return `text` as an id: lower case, letters and digits of any script kept, spaces to `-`, punctuation dropped."""
    text = " ".join(text.lower().split())
    if text.isascii():
        kept = _DROPPED.sub("", text)
    else:
        kept = "".join(char for char in unicodedata.normalize("NFC", text) if _stays(char))
    return _GAPS.sub("-", kept).strip("-") or _EMPTY


def _stays(char: str) -> bool:
    return char in " -_" or unicodedata.category(char)[0] in "LMN"


TAGS_ID = "tags"
"""The id of the page of all tags; those of single tags are below it."""


def tag_id(tag: str) -> str:
    """Return the id of a tag's page: `Heat pumps` is `tags/heat-pumps`, and so is `heat pumps`.

    A tag without a letter or digit (`+++`) has no page, and no id: the text is empty.
    """
    return f"{TAGS_ID}/{slug(tag)}" if any(char.isalnum() for char in tag) else ""
