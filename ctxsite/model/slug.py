"""A text as a name in addresses and ids: of a heading, of a tag."""

from __future__ import annotations

import re
import string
import unicodedata

_KEPT = f"{string.ascii_letters}{string.digits}_-".encode()
_LOWER = bytes.maketrans(string.ascii_uppercase.encode() + b"-", string.ascii_lowercase.encode() + b" ")
_DROPPED = bytes(set(range(128)) - set(_KEPT + string.whitespace.encode() + b"\x1c\x1d\x1e\x1f"))
_GAPS = re.compile(r"[ -]+")
_EMPTY = "section"


def slug(text: str) -> str:
    """Return `text` as an id: lower case, letters and digits of any script kept, spaces to `-`, punctuation dropped."""
    if text.isascii():
        return "-".join(text.encode().translate(_LOWER, _DROPPED).decode().split()) or _EMPTY
    text = " ".join(text.lower().split())
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
