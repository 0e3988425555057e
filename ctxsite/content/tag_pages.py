"""Pages for tags: one for each in each language that uses it, and one of all, written or made.

`content/tags/heating.md` is the page of the tag `heating`, as any page: with a title, a text, a slug, translations. A
tag without a file gets a page that has its name. Tags whose names make the same id are one: `Heat pumps`, `heat-pumps`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ctxsite.content.groups import Group
from ctxsite.content.paths import Place
from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_addresses import SAME_TAG_PAGE
from ctxsite.model.body import EMPTY
from ctxsite.model.document import Document
from ctxsite.model.meta import FrontMatter, Meta
from ctxsite.model.page import Kind, Page, PageKey
from ctxsite.model.slug import TAGS_ID, tag_id
from ctxsite.source import SourceText

_Used = dict[PageKey, dict[str, list[Group]]]
"""Pages of tags, with the spellings of each and the pages that have them."""


def add_tag_pages(found: dict[PageKey, Group], titles: Mapping[str, str]) -> list[Diagnostic]:
    """Add what no file is: a page for each tag that pages of a language have, and one of all its tags.

    `titles` are those of the pages of all tags, by language. A file in `content/tags/` that has the `translation_key`
    of a tag in the default language (`heating`, or `tags/heating`) becomes its translation, file there or not.
    """
    used = _used(found)
    for key in list(found):
        joined = _joined(found[key], used)
        if joined is not None and joined not in found:
            found[joined] = replace(found.pop(key), key=joined)
    used = _used(found)
    for key, spellings in used.items():
        index = PageKey(TAGS_ID, key.language)
        if index not in found:
            found[index] = _made(index, titles.get(key.language, "Tags"), "_index")
        if key not in found:
            found[key] = _made(key, max(sorted(spellings), key=lambda tag: len(spellings[tag])), "index")
    return [told for key, spellings in used.items() for told in _mixed(key, spellings)]


def kind_of(id_: str) -> Kind | None:
    """Return what a page is by its id, if it is one for tags."""
    if id_ == TAGS_ID:
        return Kind.TAGS
    return Kind.TAG if id_.startswith(f"{TAGS_ID}/") and id_.count("/") == 1 else None


def other_names(found: Mapping[PageKey, Group], pages: Mapping[PageKey, Page]) -> dict[PageKey, Page]:
    """Return the pages of tags that have another id than their name in that language makes, by the latter."""
    return {
        PageKey(item.place.id, key.language): pages[key]
        for key, item in found.items()
        if kind_of(key.id) is Kind.TAG and item.place.id != key.id and key in pages
    }


def _used(found: Mapping[PageKey, Group]) -> _Used:
    named = {
        PageKey(item.place.id, key.language): key for key, item in found.items() if kind_of(item.place.id) is Kind.TAG
    }
    used: _Used = {}
    for key in sorted(found):
        item = found[key]
        for tag in item.document.front.meta.tags:
            spot = PageKey(tag_id(tag), key.language)
            if not spot.id:
                continue
            used.setdefault(named.get(spot, spot), {}).setdefault(tag, []).append(item)
    return used


def _joined(item: Group, used: _Used) -> PageKey | None:
    """Return the key under which a tag's file is the translation of a tag that need not have one."""
    name = item.document.front.meta.translation_key
    if name is None or kind_of(item.place.id) is not Kind.TAG or item.key.id != item.place.id:
        return None
    id_ = tag_id(name.removeprefix(f"{TAGS_ID}/"))
    known = any(key.id == id_ and key.language != item.key.language for key in used)
    return PageKey(id_, item.key.language) if known and id_ not in {"", item.key.id} else None


def _made(key: PageKey, title: str, index: str) -> Group:
    path = f"content/{key.id}/"
    front = FrontMatter(Meta(title=title), None, (), {})
    document = Document(path, "", front, EMPTY, SourceText(path, "").span(0, 1))
    return Group(key, Place(path, key.id, key.language, None, index), document)


def _mixed(key: PageKey, spellings: Mapping[str, list[Group]]) -> list[Diagnostic]:
    """Report tags of one page that differ in more than letter case, blanks and hyphens: `C++` and `C#`."""
    first, *others = sorted(spellings)
    told = []
    for tag in others:
        if _same(tag) != _same(first):
            document, other = spellings[tag][0].document, spellings[first][0].document
            at = document.front.given.get("tags", document.start)
            related = [(f"`{first}` stands here", other.front.given.get("tags", other.start))]
            message = f"the tags `{first}` and `{tag}` have one page, `{key.id}`"
            hint = "write one of them in words, as `c-sharp` for `C#`"
            told.append(SAME_TAG_PAGE.at(at, message, help=hint, related=related))
    return told


def _same(tag: str) -> str:
    return re.sub(r"[\s-]+", " ", tag).strip().casefold()
