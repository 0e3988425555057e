"""Documents sorted into pages: by page, language and variant, with what does not fit reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from ctxsite.content.paths import Layout, Place, fold_tag, place
from ctxsite.diagnostics import Diagnostic, did_you_mean
from ctxsite.diagnostics.codes_addresses import (
    BAD_VARIANT_NAME,
    IDENTITY_IN_VARIANT,
    SAME_PAGE,
    SAME_TRANSLATION_KEY,
    UNDECLARED_FOLDER,
    UNDECLARED_LANGUAGE,
    UNKNOWN_VARIANT,
    VARIANT_WITHOUT_PAGE,
)
from ctxsite.frozen import dataclass
from ctxsite.model.document import Document
from ctxsite.model.meta import DEFAULT, IDENTITY_KEYS, VariantRule
from ctxsite.model.page import PageKey

_VARIANT_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Group:
    """One page in one language, as files: the page's own document and those of its variants."""

    key: PageKey
    place: Place
    document: Document
    variants: dict[str, Document] = field(default_factory=dict)


def group(documents: Iterable[Document], how: Layout) -> tuple[dict[PageKey, Group], tuple[Diagnostic, ...]]:
    """Sort documents into groups by page and language, in the order of their paths."""
    diagnostics: list[Diagnostic] = []
    pages: dict[PageKey, Group] = {}
    alternatives: list[tuple[Place, Document]] = []
    for document in sorted(documents, key=lambda document: document.path):
        where = place(document.path, how)
        if where.looks_like is not None and _is_language(where.looks_like):
            diagnostics.append(_undeclared(document, where.looks_like, how))
            if not how.by_folder:
                continue
        if where.variant is not None:
            alternatives.append((where, document))
            continue
        key = PageKey(where.id, where.language)
        if key in pages:
            first = pages[key].document
            diagnostics.append(
                SAME_PAGE.at(
                    document.start, f"`{document.path}` and `{first.path}` are the same page",
                    help="keep one of them", related=[("the other is here", first.start)],
                )
            )  # fmt: skip
            continue
        pages[key] = Group(key, where, document)
    pages = _by_translation_key(pages, how.default, diagnostics)
    _attach(alternatives, pages, diagnostics)
    return pages, tuple(diagnostics)


def _is_language(tag: str) -> bool:
    from babel.core import Locale  # noqa: PLC0415  (only for names that look like a tag: the import is slow)
    from babel.localedata import exists  # noqa: PLC0415

    language, *rest = fold_tag(tag).split("-")
    english = Locale("en")
    known = {*english.scripts, *english.territories}  # `it-tips` has the form of a tag, and is none
    return bool(exists(language)) and all(part.title() in known or part.upper() in known for part in rest)


def _undeclared(document: Document, tag: str, how: Layout) -> Diagnostic:
    if how.by_folder:
        message = f"the folder `content/{tag}` is named like a language, but `{tag}` is not declared"
        return UNDECLARED_FOLDER.at(document.start, message, help=f"add `{tag}` to `languages:`, or rename the folder")
    return UNDECLARED_LANGUAGE.at(
        document.start,
        f"`{document.path}` looks like a translation, but the language `{tag}` is not declared",
        help=did_you_mean(tag, how.suffixes.values()) if len(tag) > 3 else f"add `{tag}` to `languages:`",
    )


def _by_translation_key(
    pages: Mapping[PageKey, Group], default: str, diagnostics: list[Diagnostic]
) -> dict[PageKey, Group]:
    """Give translations that name their page by `translation_key` the id of the page in the default language."""
    owners: dict[tuple[str, str], Group] = {}
    for found in pages.values():
        name = found.document.front.meta.translation_key
        if name is None:
            continue
        first = owners.setdefault((name, found.key.language), found)
        if first is not found:
            at = found.document.front.given.get("translation_key", found.document.start)
            diagnostics.append(
                SAME_TRANSLATION_KEY.at(
                    at, f"`{found.document.path}` and `{first.document.path}` have one `translation_key`, `{name}`",
                    help="give each page its own key",
                    related=[("first used here", first.document.front.given.get("translation_key", at))],
                )
            )  # fmt: skip
    if not owners:
        return dict(pages)
    result: dict[PageKey, Group] = {}
    for key, found in pages.items():
        name = found.document.front.meta.translation_key
        owner = owners.get((name, default)) if name is not None else None
        if name is not None and owner is None and PageKey(name, default) in pages:
            owner = pages[PageKey(name, default)]
        if owner is None or key.language == default or PageKey(owner.key.id, key.language) in pages:
            result[key] = found
        else:
            moved = PageKey(owner.key.id, key.language)
            result[moved] = Group(moved, found.place, found.document)
    return result


def _attach(
    alternatives: Sequence[tuple[Place, Document]], pages: Mapping[PageKey, Group], diagnostics: list[Diagnostic]
) -> None:
    """Put each variant's document to its page."""
    if not alternatives:
        return
    by_place = {(found.place.id, found.place.language): found for found in pages.values()}
    for where, document in alternatives:
        name = where.variant or ""
        if name == DEFAULT or not _VARIANT_NAME.fullmatch(name):
            message = f"`{name}` is not a variant's name" if name != DEFAULT else "`default` is the page itself"
            hint = "use lower-case letters, digits and hyphens" if name != DEFAULT else "put this text into the page"
            diagnostics.append(BAD_VARIANT_NAME.at(document.start, message, help=hint))
            continue
        owner = by_place.get((where.id, where.language))
        if owner is None:
            page = document.path.replace("@" + name, "")
            message = f"the page of this variant, `{page}`, does not exist"
            diagnostics.append(VARIANT_WITHOUT_PAGE.at(document.start, message, help="write the default first"))
            continue
        for key, span in document.front.given.items():
            if key in IDENTITY_KEYS:
                message = f"a variant cannot set `{key}`: it says which page this is"
                diagnostics.append(IDENTITY_IN_VARIANT.at(span, message, help=f"set it in `{owner.document.path}`"))
        owner.variants[name] = document


def variant_rules(found: Group, pages: Mapping[PageKey, Group], default: str) -> tuple[tuple[VariantRule, ...], bool]:
    """Return the rules that hold for a page, and whether they are its own (else the default language's)."""
    own = found.document.front.variants
    if own is not None or found.key.language == default:
        return own or (), True
    source = pages.get(PageKey(found.key.id, default))
    return (source.document.front.variants or () if source else ()), False


def rules_lost(found: Group, pages: Mapping[PageKey, Group], default: str) -> bool:
    """Tell whether the front matter that may declare a page's variants cannot be read, which has been reported."""
    own = found.document.front
    source = pages.get(PageKey(found.key.id, default))
    return own.lost or (own.variants is None and source is not None and source.document.front.lost)


def check_variant_files(found: Group, rules: Iterable[VariantRule]) -> list[Diagnostic]:
    """Report variants' files whose name no rule declares."""
    known = [rule.name for rule in rules]
    return [
        UNKNOWN_VARIANT.at(
            document.start, f"`{found.document.path}` declares no variant `{name}`",
            help=did_you_mean(name, known) or f"add `{name}:` with a `when:` to its `variants:`",
        )
        for name, document in found.variants.items()
        if name not in known
    ]  # fmt: skip
