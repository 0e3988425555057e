"""What a quick build needs where front matter has changed, or a page has decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ctxsite.build.decisions import prove_site
from ctxsite.build.delivery import tables
from ctxsite.build.memory import Unresolved
from ctxsite.build.page_names import name_of, page_name
from ctxsite.build.quick_tools import Changes
from ctxsite.build.recall import Frame, Recalled, UncertainError
from ctxsite.content.assemble import Moment, assemble
from ctxsite.content.branches import read_branches
from ctxsite.content.finish import BranchReader
from ctxsite.content.frontmatter import read_front_matter
from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_decisions import AUDIENCE_UNUSED
from ctxsite.i18n.collation import sort_key
from ctxsite.model.document import Document
from ctxsite.model.meta import FrontMatter, Meta
from ctxsite.model.page import Kind, Page, PageKey, SiteMap
from ctxsite.render.site import Tables
from ctxsite.source import SourceText
from ctxsite.targets.manifest import page_line

_SHOWN = ("title", "description", "summary", "params", "template", "source_digest")
"""Keys of front matter that say nothing about which pages there are, where, and in which order."""
_KINDS = {Kind.HOME, Kind.SECTION, Kind.PAGE}


class Rules:
    """The `Tools` of a quick build by a clock."""

    def __init__(self, moment: Moment) -> None:
        self._moment = moment

    @property
    def read_branches(self) -> BranchReader:
        """What reads the rules of blocks."""
        return read_branches

    def front(self, source: SourceText, frame: Frame) -> tuple[FrontMatter, int, tuple[Diagnostic, ...]]:
        """Read front matter."""
        settings = frame.site.settings
        return read_front_matter(source, settings.vocabulary, free=settings.unknown_keys == "params")

    def pages(self, recalled: Recalled, old: Sequence[Page], documents: Changes) -> list[Page]:
        """Return the same pages as the changed documents have them.

        They are assembled from their own documents and those of the pages above, once as they were: where that does
        not give the pages that were, more of the site has a say in them.
        """
        for before, after in documents.values():
            if _placed(before.front.meta) != _placed(after.front.meta):
                raise UncertainError
        if any(page.kind not in _KINDS for page in old) or documents.keys() - _paths(old):
            raise UncertainError
        around = _around(recalled, old)
        settings = recalled.frame.site.settings
        before_map, said = assemble(
            {**around, **{p: d for p, (d, _) in documents.items()}}.values(), (), settings, self._moment
        )
        after_map, now_said = assemble(
            {**around, **{p: d for p, (_, d) in documents.items()}}.values(), (), settings, self._moment
        )
        if [(each.code, each.message) for each in said] != [(each.code, each.message) for each in now_said]:
            raise UncertainError
        made: list[Page] = []
        for page in old:
            was, now = before_map.by_key.get(page.key), after_map.by_key.get(page.key)
            if was is None or now is None or _told(was) != _told(page):
                raise UncertainError
            made.append(replace(now, kind=page.kind, assets=page.assets))
            if was.meta.title != now.meta.title and not _keeps_its_place(recalled, page, now.meta.title):
                raise UncertainError
        return made

    def _assembled(
        self, recalled: Recalled, around: Mapping[str, Document], documents: Mapping[str, Document]
    ) -> tuple[SiteMap, tuple[Diagnostic, ...]]:
        return assemble({**around, **documents}.values(), (), recalled.frame.site.settings, self._moment)

    def check(self, recalled: Recalled, pages: Sequence[Page], bodies: Unresolved) -> None:
        """Raise UncertainError if there is anything to say about the rules of the pages."""
        site = recalled.frame.site
        _, said = prove_site(SiteMap(tuple(pages), {}, {}, {}), site.settings, site.now, bodies)
        if any(each.code != AUDIENCE_UNUSED.id for each in said):
            raise UncertainError

    def tables(self, recalled: Recalled) -> tuple[Tables, dict[str, Tables]]:
        """Return what makes pages' tables, and that by host."""
        return tables(recalled.frame.site.settings, recalled.frame.site.now)

    def line(self, recalled: Recalled, page: Page) -> str:
        """Return what the summary says of a page."""
        site = recalled.frame.site
        proofs, _ = prove_site(SiteMap((page,), {}, {}, {}), site.settings, site.now, lambda _: (), whole=False)
        return page_line(page, site.settings, proofs.witnesses)


def _placed(meta: Meta) -> Meta:
    """Return front matter without what is only shown."""
    nothing = Meta()
    return replace(meta, **{key: getattr(nothing, key) for key in _SHOWN})


def _paths(pages: Sequence[Page]) -> set[str]:
    return {path for page in pages for path in (page.document.path, *(each.document.path for each in page.variants))}


def _around(recalled: Recalled, pages: Sequence[Page]) -> dict[str, Document]:
    """Return the documents of pages and of all above them, in every language."""
    ids = {page.key.id for page in pages}
    ids |= {id_[:at] for id_ in ids for at, char in enumerate(id_) if char == "/"} | {""}
    codes = recalled.frame.site.settings.languages
    found = [page for id_ in ids for code in codes if (page := recalled.page(name_of(PageKey(id_, code)))) is not None]
    documents = [each for page in found for each in (page.document, *(variant.document for variant in page.variants))]
    return {document.path: document for document in documents if document.digest}


def _told(page: Page) -> tuple[object, ...]:
    """Return what is to be the same of a page that is assembled from few documents."""
    variants = [(each.name, each.when, each.meta, each.document.path, each.address) for each in page.variants]
    return (
        page.key,
        page.section,
        page.address,
        page.meta,
        page.document.path,
        variants,
        page.shown,
        dict(page.translations),
    )


def _keeps_its_place(recalled: Recalled, page: Page, title: str) -> bool:
    """Tell whether a page stands where it stood in all lists that were asked for, under another title."""
    own, code = page_name(page), page.key.language
    if own not in recalled.order:
        return True
    date, weight, before = recalled.order[own]
    by_title = any(fact[0] == "pages" and fact[1] == code and fact[5] == "=title" for fact in recalled.facts)
    old, new = (sort_key(before, code), page.key.id), (sort_key(title, code), page.key.id)
    for name, (its_date, its_weight, its_title) in recalled.order.items():
        if name == own or not name.startswith(f"{code} ") or not (by_title or (its_date, its_weight) == (date, weight)):
            continue
        its = (sort_key(its_title, code), name[len(code) + 1 :])
        if (its < old) != (its < new):
            return False
    return True
