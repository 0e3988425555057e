"""From documents to the map of the site: which pages exist, in which languages and variants, at which addresses."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from html import unescape

from ctxsite.config.settings import Settings
from ctxsite.content.addresses import Addresses, give_way
from ctxsite.content.groups import Group, check_variant_files, group, rules_lost, variant_rules
from ctxsite.content.paths import Place, site_layout, title_from
from ctxsite.content.tag_pages import add_tag_pages, kind_of, other_names
from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_addresses import MISSING_TRANSLATION, MISSING_VARIANT
from ctxsite.frozen import dataclass
from ctxsite.i18n.languages import fallback_chain
from ctxsite.model.body import EMPTY
from ctxsite.model.document import Document
from ctxsite.model.meta import FrontMatter, Meta
from ctxsite.model.page import NOT_FOUND_ID, Kind, Page, PageKey, SiteMap, Variant
from ctxsite.source import SourceText


@dataclass(frozen=True, slots=True)
class Moment:
    """The build's clock, and what of the past and the future it lets through."""

    now: dt.datetime
    drafts: bool = False
    future: bool = False
    expired: bool = False

    def shows(self, meta: Meta) -> bool:
        """Tell whether a page is to be built at this moment."""
        starts = meta.publish_date or meta.date
        return (
            (self.drafts or not meta.draft)
            and (self.future or starts is None or starts <= self.now)
            and (self.expired or meta.expiry_date is None or self.now < meta.expiry_date)
        )

    def next_change(self, metas: Iterable[Meta]) -> dt.datetime | None:
        """Return the first instant to come at which a page is due or ends, or None if there is none."""
        instants: list[dt.datetime | None] = []
        for meta in metas:
            instants.append(None if self.future else meta.publish_date or meta.date)
            instants.append(None if self.expired else meta.expiry_date)
        return min((instant for instant in instants if instant is not None and instant > self.now), default=None)


def assemble(
    documents: Iterable[Document],
    assets: Sequence[str],
    settings: Settings,
    moment: Moment,
    tags_titles: Mapping[str, str] | None = None,
) -> tuple[SiteMap, tuple[Diagnostic, ...]]:
    """Make the site map. `assets` are the files below `content/` that are no pages, as paths from the site's root.

    `tags_titles` are, by language, those of the pages of all tags that no file gives one.
    """
    everything, diagnostics = group(documents, site_layout(settings))
    found = {key: item for key, item in everything.items() if moment.shows(item.document.front.meta)}
    not_found = {key.language: found.pop(key) for key in list(found) if key.id == NOT_FOUND_ID}
    told = add_tag_pages(found, tags_titles or {}) if settings.tag_pages else []
    above = _above(found)
    _add_missing_sections(found, above, settings)
    sections = _sections(found, above)
    addresses = Addresses(found, settings)
    more = [*diagnostics, *told]
    beside = _by_folder(assets)
    pages: dict[PageKey, Page] = {}
    ids = sorted({key.id for key in found})
    for language in settings.languages:
        for id_ in ids:
            page = _page(PageKey(id_, language), found, everything, sections, addresses, settings, beside, more)
            if page is not None:
                pages[page.key] = page
    pages, instead, hidden = give_way(pages, settings.hosts)
    more += hidden
    linked = _with_translations(pages)
    more += addresses.claims(linked)
    by_source = {page.document.path: page for page in linked if not page.fallback}
    for page in linked:
        for variant in page.variants:
            by_source.setdefault(variant.document.path, page)
    missing = tuple(_not_found(code, not_found, settings, beside) for code in settings.languages)
    by_key = {**instead, **{page.key: page for page in linked}}
    by_key |= other_names(found, by_key) if settings.tag_pages else {}
    by_address = {page.address: page for page in linked}
    return SiteMap(tuple(linked), by_key, by_address, by_source, missing), tuple(more)


def _not_found(
    code: str, written: Mapping[str, Group], settings: Settings, beside: Mapping[str, Mapping[str, str]]
) -> Page:
    """Return a language's page for unknown addresses: as written, or one that the theme fills."""
    item = written.get(code) or written.get(settings.default_language)
    document = item.document if item else _empty_document(f"content/{NOT_FOUND_ID}.md")
    prefix = "/" if code == settings.default_language else settings.home(code)  # where every host looks for it
    folder = document.path.rpartition("/")[0]
    return Page(
        PageKey(NOT_FOUND_ID, code), Kind.PAGE, "", f"{prefix}404.html", document.front.meta, document, (),
        item.key.language if item else code, {}, beside.get(folder, {}),
    )  # fmt: skip


def _empty_document(path: str) -> Document:
    return Document(path, "", FrontMatter(Meta(), None, (), {}), EMPTY, SourceText(path, "").span(0, 1))


def _page(
    key: PageKey,
    found: Mapping[PageKey, Group],
    everything: Mapping[PageKey, Group],
    sections: frozenset[str],
    addresses: Addresses,
    settings: Settings,
    beside: Mapping[str, Mapping[str, str]],
    diagnostics: list[Diagnostic],
) -> Page | None:
    item, shown = found.get(key), key.language
    if item is None:
        if key in everything:
            return None  # a draft, or not yet, or no longer: no other language's text in its place
        item = _fallback(key, found, settings)
        policy = "omit" if item is None else _policy(key, found, settings)
        if item is None or policy == "omit":
            return None
        shown = item.key.language
        if policy == "error" and item.place.path.endswith(".md"):
            message = f"`{item.document.path}` has no translation in {settings.languages[key.language].name}"
            hint = "translate it, or set `missing_translations:` to `fallback` or `omit`"
            diagnostics.append(MISSING_TRANSLATION.at(item.document.start, message, help=hint))
            return None
    kind = Kind.HOME if not key.id else Kind.SECTION if key.id in sections else Kind.PAGE
    kind = (kind_of(key.id) if settings.tag_pages else None) or kind
    meta = _titled(item.document.front.meta, item, settings, key.language)
    address = addresses.of(key)
    variants: tuple[Variant, ...] = ()
    if shown == key.language:
        variants = _variants(item, everything, meta, address, settings, diagnostics)
    folder = item.document.path.rpartition("/")[0]
    parent = key.id.rpartition("/")[0] if kind is not Kind.HOME else ""
    own = {shown: address} if shown == key.language else {}
    return Page(key, kind, parent, address, meta, item.document, variants, shown, own, beside.get(folder, {}))


def _fallback(key: PageKey, found: Mapping[PageKey, Group], settings: Settings) -> Group | None:
    chain = fallback_chain(key.language, settings.default_language, tuple(settings.languages))
    return next((found[PageKey(key.id, code)] for code in chain if PageKey(key.id, code) in found), None)


def _policy(key: PageKey, found: Mapping[PageKey, Group], settings: Settings) -> str:
    """Return what to do about a missing translation: as the page says, a section above it, or the site."""
    chain = fallback_chain(key.language, settings.default_language, tuple(settings.languages))
    parts = key.id.split("/") if key.id else []
    for count in range(len(parts), -1, -1):
        for language in (key.language, *chain):
            item = found.get(PageKey("/".join(parts[:count]), language))
            if item is not None and item.document.front.meta.missing_translations is not None:
                return item.document.front.meta.missing_translations
    return settings.missing_translations


def _titled(meta: Meta, item: Group, settings: Settings, language: str) -> Meta:
    if meta.title:
        return meta
    headings = item.document.body.headings
    first = next((_text(heading.html) for heading in headings if heading.level == 1), "")
    name = item.key.id.rpartition("/")[2]
    fallback = title_from(name) if name else settings.languages[language].title or settings.title
    return replace(meta, title=first or fallback)


def _text(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html)).strip()


def _variants(
    item: Group,
    everything: Mapping[PageKey, Group],
    meta: Meta,
    address: str,
    settings: Settings,
    diagnostics: list[Diagnostic],
) -> tuple[Variant, ...]:
    rules, own = variant_rules(item, everything, settings.default_language)
    if not (rules or item.variants) or rules_lost(item, everything, settings.default_language):
        return ()
    diagnostics += check_variant_files(item, rules)
    variants: list[Variant] = []
    for rule in rules:
        document = item.variants.get(rule.name)
        if document is None and not own:
            stem = item.document.path.removesuffix(".md").removesuffix("." + item.key.language)
            tail = item.document.path[len(stem) :]
            message = f"variant `{rule.name}` of `{item.document.path}` has no version in this language"
            hint = f"add `{stem}@{rule.name}{tail}`, or declare `variants:` in this file"
            diagnostics.append(MISSING_VARIANT.at(item.document.start, message, help=hint))
            continue
        changes = dict(rule.overrides) if own else {}
        if document is not None:
            changes |= document.front.overrides()
        shown = _override(meta, changes)
        variants.append(Variant(rule.name, rule.when, shown, document or item.document, f"{address}~{rule.name}/"))
    return tuple(variants)


def _override(meta: Meta, changes: Mapping[str, object]) -> Meta:
    """Apply a variant's keys; `params` are merged, so that a variant names only what differs."""
    values = dict(changes)
    if isinstance(own := values.get("params"), Mapping):
        values["params"] = {**meta.params, **own}
    return replace(meta, **values)  # type: ignore[arg-type]  # keys and types come from the same description as Meta


def _above(keys: Iterable[PageKey]) -> set[PageKey]:
    """Return what is above pages, there or not: their sections and start pages."""
    above: set[PageKey] = set()
    for id_, language in keys:
        parent = id_.rpartition("/")[0]
        while (parent, language) not in above:
            above.add(PageKey(parent, language))
            parent = parent.rpartition("/")[0]
    return above


def _sections(found: Mapping[PageKey, Group], above: Iterable[PageKey]) -> frozenset[str]:
    """Return the ids that have pages below them, or whose file is `_index.md`."""
    indexes = {key.id for key, item in found.items() if item.place.index == "_index"}
    return frozenset(indexes | {key.id for key in above if key.id})


def _add_missing_sections(found: dict[PageKey, Group], above: set[PageKey], settings: Settings) -> None:
    """Give folders without an index, and a site without a start page, a page: no address is a dead end."""
    for key in sorted((above | {PageKey("", settings.default_language)}) - found.keys()):
        if _fallback(key, found, settings) is None or _policy(key, found, settings) == "omit":
            path = f"content/{key.id}/".replace("//", "/")
            place = Place(path, key.id, key.language, None, "_index")
            found[key] = Group(key, place, _empty_document(path))


def _by_folder(assets: Sequence[str]) -> dict[str, dict[str, str]]:
    """For each folder with files beside or below it: their paths, by their names as seen from that folder."""
    beside: dict[str, dict[str, str]] = {}
    for path in assets:
        folder = path.rpartition("/")[0]
        while folder:
            beside.setdefault(folder, {})[path[len(folder) + 1 :]] = path
            folder = folder.rpartition("/")[0]
    return beside


def _with_translations(pages: Mapping[PageKey, Page]) -> list[Page]:
    """Tell each page the addresses of its real translations, itself included."""
    real: dict[str, dict[str, str]] = {}
    for page in pages.values():
        if not page.fallback:
            real.setdefault(page.key.id, {})[page.key.language] = page.address
    return [
        page
        if len(there := real.get(page.key.id, {})) == 1 and page.translations
        else Page(  # `replace` would take three times as long
            page.key, page.kind, page.section, page.address, page.meta, page.document, page.variants, page.shown,
            there, page.assets,
        )
        for page in pages.values()
    ]  # fmt: skip
