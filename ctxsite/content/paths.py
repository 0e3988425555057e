"""From a file's path to what it is: which page, which language, which variant.

`content/tariffs@business.de.md` is the variant `business` of the page `tariffs` in German. With a folder per
language (`content_dir`), the folder says the language and the name carries none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from ctxsite.config.settings import Settings
from ctxsite.frozen import dataclass
from ctxsite.model.assets import INDEX_NAMES

CONTENT = "content"
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_](?:[A-Za-z]{4}|[A-Za-z]{2}|\d{3}))*")
_PLAIN = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9._])?")
_UNSAFE = re.compile(r"[\x00-\x20\x7f\"#%&'*:;<=>?@\[\\\]^`{|}]+")


@dataclass(frozen=True, slots=True)
class Place:
    """What a path says. `id` is language-independent; `index` tells `index.md` and `_index.md` from other names.

    `looks_like` is an ending, or with a folder for each language the first folder, that could be a language tag but
    is none of the site's.
    """

    path: str
    id: str
    language: str
    variant: str | None
    index: str | None
    looks_like: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How a site keeps its languages apart: by suffix (no folders given), or by a folder for each."""

    default: str
    suffixes: Mapping[str, str]
    """Spellings of declared languages, folded (`pt_br` and `pt-BR` are `pt-br`), to their codes."""
    folders: tuple[tuple[str, str], ...] = ()
    """Folders below the site's root with their languages, the longest first."""
    by_folder: bool = False
    """Whether the first folder in `content/` says the language, in one of the spellings above."""


def fold_tag(tag: str) -> str:
    """Return a language tag in the spelling in which tags are compared."""
    return tag.replace("_", "-").lower()


def layout(
    default: str,
    folders: Mapping[str, str | None],
    spellings: Mapping[str, str] | None = None,
    *,
    by_folder: bool = False,
) -> Layout:
    """Make a layout from the languages' codes and their content folders (`content/de`, or None).

    `spellings` are what names of files carry in place of a code, by code.
    """
    suffixes = {fold_tag(code): code for code in folders}
    suffixes |= {fold_tag(spelling): code for code, spelling in (spellings or {}).items()}
    given = [(folder.strip("/"), code) for code, folder in folders.items() if folder is not None]
    longest_first = tuple(sorted(given, key=lambda pair: (-len(pair[0]), pair[0])))
    return Layout(default, suffixes, longest_first, by_folder and not given)


def place(path: str, how: Layout) -> Place:
    """Say what the Markdown file at `path` (from the site's root, `content/…`) is."""
    language, rest = how.default, path.removeprefix(CONTENT + "/")
    for folder, code in how.folders:
        if path.startswith(folder + "/"):
            language, rest = code, path[len(folder) + 1 :]
            break
    looks_like = None
    first, slash, below = rest.partition("/")
    if how.by_folder and slash:
        declared = how.suffixes.get(fold_tag(first))
        if declared is not None:
            language, rest = declared, below
        elif _TAG.fullmatch(first):
            looks_like = first
    *folders, name = rest.removesuffix(".md").split("/")
    stem, dot, ending = name.rpartition(".")
    if dot and stem and not how.folders and not how.by_folder:
        declared = how.suffixes.get(fold_tag(ending))
        if declared is not None:
            language, name = declared, stem
        elif _TAG.fullmatch(ending):
            looks_like = ending
    name, at, variant = name.partition("@")
    index = name if name in INDEX_NAMES else None
    parts = folders if index else [*folders, name]
    return Place(path, "/".join(parts), language, variant if at else None, index, looks_like)


def segment(name: str) -> str:
    """Turn a file's or folder's name into a part of an address: lower case, no spaces, letters of any script kept."""
    if _PLAIN.fullmatch(name):
        return name
    text = unicodedata.normalize("NFC", name).strip().lower()
    return _UNSAFE.sub("-", text).strip("-") or "-"


def address_key(address: str) -> str:
    """Return the form in which two addresses are the same to some file system: case folded, NFC."""
    if address.isascii():
        return address.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", address).casefold())


def title_from(name: str) -> str:
    """Make a title from a folder's name, for a section that has no page of its own."""
    words = re.sub(r"[-_\s]+", " ", name).strip()
    return words[:1].upper() + words[1:]


def site_layout(settings: Settings) -> Layout:
    """Return how the site keeps its languages apart."""
    languages = settings.languages.items()
    return layout(
        settings.default_language,
        {code: language.content_dir for code, language in languages},
        {code: language.suffix for code, language in languages if language.suffix},
        by_folder=settings.language_layout == "folder",
    )
