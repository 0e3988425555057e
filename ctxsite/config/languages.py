"""`languages:`, a list of tags or a mapping from tags to what each language says of itself."""

from __future__ import annotations

from collections.abc import Mapping

from ctxsite.config.language_tags import autonym, by_country, direction, registered
from ctxsite.config.menus import MENUS
from ctxsite.config.settings import Language, MenuItem
from ctxsite.config.values import BASE_URL, LANGUAGE_TAG, read_tag, split_base_url
from ctxsite.diagnostics.codes_site import DUPLICATE_KEY, INVALID_PATH, MISSING_KEY, UNREGISTERED_LANGUAGE
from ctxsite.schema.shape import Field, Record, Shape
from ctxsite.schema.types import FREE, TEXT, Say, Type, integer, one_of, wrong_type
from ctxsite.source import Span
from ctxsite.syntax.nodes import Mapping as MappingNode
from ctxsite.syntax.nodes import Node, Scalar, Sequence

CHOOSE = one_of("suggest", "redirect", "off")
CHOOSE_KEY = "choose"
"""The one key among the languages that is none: how a visitor's language is offered."""


def _read_content_dir(node: Node, what: str, say: Say) -> str | None:
    text = TEXT.read(node, what, say)
    if text is None:
        return None
    folder = text.strip("/")
    if ".." in folder.split("/") or "\\" in folder or folder.split("/")[0] != "content":
        help_text = None if ".." in folder else f"write `content/{folder}`"
        say.append(INVALID_PATH.at(node.span, f"{what} must be `content` or a folder in it", help=help_text))
        return None
    return folder


_NAME = Field("name", TEXT, "", "How the language calls itself; known for most.", foreign=("languageName", "label"))
_TITLE: Field[str | None] = Field("title", TEXT, None, "The site's title in this language.")
_DESCRIPTION: Field[str | None] = Field("description", TEXT, None, "The site's description in this language.")
_PARAMS: Field[Mapping[str, object]] = Field("params", FREE, {}, "Values of your own, before the site's `params`.")
_MENUS: Field[Mapping[str, tuple[MenuItem, ...]]] = Field("menus", MENUS, {}, "Menus in this language.", ("menu",))
_CONTENT_DIR: Field[str | None] = Field(
    "content_dir",
    Type("a folder", _read_content_dir, {"type": "string", "pattern": "^/?content(/|$)"}),
    None,
    "The folder of this language's pages, such as `content/de`, where translations do not stand beside each other.",
    foreign=("contentDir",),
)
_SUFFIX: Field[str | None] = Field(
    "suffix",
    TEXT,
    None,
    "What the names of this language's files (or its folder) carry, where that is not its tag: `gr` for Greek, `el`.",
)
_BASE_URL = Field(
    "base_url",
    BASE_URL,
    "",
    "The address of this language where it is not the site's, such as `https://example.de/`; its folder in the output "
    "is that host's root.",
    foreign=("baseURL", "baseUrl"),
)
_WEIGHT: Field[int | None] = Field("weight", integer(), None, "The place in lists of languages: small numbers first.")

LANGUAGE = Shape(
    "a language", (_NAME, _TITLE, _DESCRIPTION, _PARAMS, _MENUS, _CONTENT_DIR, _SUFFIX, _BASE_URL, _WEIGHT)
)
"""What is said of one language."""

SCHEMA: Mapping[str, object] = {
    "anyOf": [
        {"type": "array", "items": LANGUAGE_TAG.schema},
        {
            "type": "object",
            "properties": {CHOOSE_KEY: {"description": "How a visitor's language is offered.", **CHOOSE.schema}},
            "additionalProperties": {"anyOf": [{"type": "null"}, LANGUAGE.json_schema()]},
        },
    ]
}


def read_languages(node: Node, say: Say) -> tuple[dict[str, Language], str | None]:
    """Read `languages:`; return them by code in their order, and `choose` if it is given."""
    if isinstance(node, Sequence):
        pairs: list[tuple[Node, Node | None]] = [(item, None) for item in node.items]
    elif isinstance(node, MappingNode):
        pairs = [(key, value) for key, value in node.entries if key.raw != CHOOSE_KEY]
    else:
        say.append(wrong_type(node, "`languages`", "a list of languages or a mapping of them"))
        return {}, None
    found: dict[str, tuple[Span, Record]] = {}
    for key, value in pairs:
        code = read_tag(key, key.raw, say) if isinstance(key, Scalar) else LANGUAGE_TAG.read(key, "a language", say)
        if code is None:
            continue
        if code in found:
            related = [("first given here", found[code][0])]
            say.append(DUPLICATE_KEY.at(key.span, f"the language `{code}` is given twice", related=related))
            continue
        found[code] = (key.span, LANGUAGE.read(value, say))
        if not registered(code):
            advice = by_country(code)
            hint = f"did you mean `{advice}`? A country's code is no language's" if advice else None
            say.append(UNREGISTERED_LANGUAGE.at(key.span, f"no language has the tag `{code}`", help=hint))
    _check_folders(found, say)
    order = sorted(found, key=lambda code: _rank(found[code][1][_WEIGHT]))
    choose = node.get(CHOOSE_KEY) if isinstance(node, MappingNode) else None
    chosen = None if choose is None else CHOOSE.read(choose, f"`{CHOOSE_KEY}`", say)
    return {code: _language(code, found[code][1]) for code in order}, chosen


def _rank(weight: int | None) -> tuple[bool, int]:
    return weight is None, weight or 0


def _check_folders(found: Mapping[str, tuple[Span, Record]], say: Say) -> None:
    """Languages are kept apart by folders or by suffixes, all of them in one way; only one can lack a folder."""
    taken: dict[str, str] = {}
    for code, (_, record) in found.items():
        folder = record[_CONTENT_DIR]
        if folder is not None and folder in taken:
            place = record.nodes[_CONTENT_DIR.name].span
            say.append(INVALID_PATH.at(place, f"`{folder}` is the folder of `{taken[folder]}` already"))
        elif folder is not None:
            taken[folder] = code
    lacking = [code for code, (_, record) in found.items() if _CONTENT_DIR.name not in record.keys]
    if taken and len(lacking) > 1:
        for code in lacking:
            message = f"the language `{code}` needs a `content_dir`, since another has one"
            say.append(MISSING_KEY.at(found[code][0], message, help=f"write `content_dir: content/{code.lower()}`"))


def _language(code: str, record: Record) -> Language:
    return Language(
        code=code,
        name=record[_NAME] or autonym(code),
        dir=direction(code),
        title=record[_TITLE],
        description=record[_DESCRIPTION],
        params=record[_PARAMS],
        menus=record[_MENUS],
        content_dir=record[_CONTENT_DIR],
        suffix=record[_SUFFIX],
        base_url=split_base_url(record[_BASE_URL])[0],
    )


def plain_language(code: str) -> Language:
    """Return a language of which only the tag is known."""
    return Language(code, autonym(code), direction(code))
