"""What in an engine's HTML is of interest: tags, attributes, destinations, our tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from ctxsite.content.drafts import CLOSE, OPEN

_ATTRIBUTES = r"(?:\shref=\"([^\"\s]*)\"(?=>)|(?:[^>\"']++|\"[^\"]*\"|'[^']*')*+)"
_COMMENT = r"!--.*?(?:-->|\Z)"
_NAMES = (
    'a(?!\\shref="https?:)|area|audio|embed|h[1-6]|iframe|img|input|link|pre|script|source|style|textarea|track|video'
)
SOME_TAGS = re.compile(rf"<(?!/)(?:({_NAMES})(?=[\s/>]){_ATTRIBUTES}>|{_COMMENT})", re.DOTALL)
"""What engines write that matters to every body, and comments: group 1 is the name, 2 the only attribute, `href`.

Nearly all links are so. Of any tag, `attributes` are what stands behind its name.
"""
CAPITAL_TAG = re.compile(r"<[A-Z]")
"""A tag that an author wrote in capitals, which `SOME_TAGS` does not find."""
ALL_TAGS = re.compile(rf"<(?:([a-zA-Z][^\s/>]*){_ATTRIBUTES}>|{_COMMENT})|{OPEN}(\d+){CLOSE}", re.DOTALL)
"""Any start tag, comments, and tokens (group 3)."""

ATTRIBUTE = re.compile(r"([^\s=>\"'/]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")
BLOCK_TOKEN = re.compile(rf"<!--{OPEN}(\d+){CLOSE}-->")
HIDDEN_TOKEN = re.compile(rf"(?:&lt;!--|<!--)?(?:{OPEN}|%EF%B7%90)(\d+)(?:{CLOSE}|%EF%B7%91)(?:--&gt;|-->)?")
"""A token where it cannot be filled: in code (escaped), in an attribute (percent-encoded)."""
ID = re.compile(r"""\sid\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)

_MAYBE_ID = re.compile(r"=(?<=[dD\s]=)")
"""What every id has, from its rarest character on: most texts have none, and a search for white space takes long."""
_HYPERLINKS = {"a": ("href",), "area": ("href",), "link": ("href",), "iframe": ("src",), "script": ("src",)}
_PICTURES = {
    "audio": ("src",), "embed": ("src",), "img": ("src", "srcset"), "input": ("src",), "source": ("src", "srcset"),
    "track": ("src",), "video": ("src", "poster"),
}  # fmt: skip
DESTINATIONS = {**_HYPERLINKS, **_PICTURES}
"""Attributes that hold destinations, by tag."""
_DEFINITION = "]: "
_LEADS = ("](", "](<", '="', "='", "=", _DEFINITION, "]: <", "")
_BEHIND = frozenset(("", *") \t\r\n\"'>,"))
"""What may stand behind a destination, so that `a` is not found in `ab`."""


def is_picture(tag: str) -> bool:
    """Tell whether a tag's destination is a file that is shown, not a place to go to."""
    return tag in _PICTURES


def attributes(tag: re.Match[str]) -> str:
    """Return what stands behind the name of a tag that was found."""
    return tag.string[tag.end(1) : tag.end() - 1]


def ids_in(html: str) -> Iterator[str]:
    """Yield the ids that tags in `html` have."""
    if not _MAYBE_ID.search(html):
        return
    for tag in ALL_TAGS.finditer(html):
        if tag[1] and (match := ID.search(attributes(tag))):
            yield next(value for value in match.groups() if value is not None)


class Places:
    """Finds where in the source a destination was written; each search starts where the last one ended."""

    __slots__ = ("_position", "_start", "_text")

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._start = self._position = start

    def find(self, known: Iterable[str], leads: Iterable[str] = _LEADS) -> tuple[int, int]:
        """Return the place of one of the spellings, behind one of `leads`; the body's start if it is nowhere."""
        for lead in leads:
            for spelling in known:
                for begin in (self._position, self._start):
                    start = self._search(lead, spelling, begin)
                    if start >= 0:
                        end = start + len(spelling)
                        if begin == self._position and lead != _DEFINITION:
                            self._position = end
                        return start, end
        return self._start, self._start + 1

    def twice(self, id_: str) -> tuple[tuple[int, int], tuple[int, int]]:
        """Return the first two places where an id may have been given (twice the only one, if it is one)."""
        given = re.compile(rf"""(?<=[#"'=]){re.escape(id_)}(?=[\s}}"'>/]|$)""", re.MULTILINE)
        places = [match.span() for match in given.finditer(self._text, self._start)]
        if not places:
            return (self._start, self._start + 1), (self._start, self._start + 1)
        return places[0], places[min(1, len(places) - 1)]

    def _search(self, lead: str, spelling: str, begin: int) -> int:
        wanted = lead + spelling
        found = self._text.find(wanted, begin)
        while found >= 0 and lead and self._text[found + len(wanted) : found + len(wanted) + 1] not in _BEHIND:
            found = self._text.find(wanted, found + 1)
        return found + len(lead) if found >= 0 else -1


def spellings(value: str) -> tuple[str, ...]:
    """Return how an author may have written a destination that an engine percent-encoded."""
    return (value, unquote(value)) if "%" in value else (value,)
