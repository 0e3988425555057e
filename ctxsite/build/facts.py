"""What is so at present: for each fact that a rendering can read, a short text that changes when it does.

The same function speaks when a page is rendered and when the next build asks whether the rendering still stands, so
nothing can be forgotten in one of the two. Facts about many things at once (`addresses`, `settings`) are worked out
once a build.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from ctxsite.build.compact import WITHOUT_REFERENCES, flat_meta
from ctxsite.content.targets import Targets
from ctxsite.i18n.catalogues import Translations
from ctxsite.model.page import NOT_FOUND_ID, Page, PageKey, SiteMap
from ctxsite.render.environment import ThemeEnvironment
from ctxsite.render.queries import Queries
from ctxsite.render.reads import Fact
from ctxsite.render.site import Delivery, Site
from ctxsite.rules.signals import Vocabulary

ABSENT = ""


def digest(*parts: str) -> str:
    """Return a short text that stands for long ones."""
    return _short("\0".join(parts).encode("utf-8", "surrogatepass"))


def _short(raw: bytes) -> str:
    return hashlib.blake2b(raw, digest_size=12).hexdigest()


Answer = tuple[Any, ...]
"""The ids of the pages that a question was answered with; of tags, each with the number of its pages."""


def digests_of_documents(sitemap: SiteMap) -> dict[str, str]:
    """Return the digest of each document that a page shows, by its path."""
    return {
        document.path: document.digest
        for page in (*sitemap.pages, *sitemap.not_found)
        for document in (page.document, *(variant.document for variant in page.variants))
    }


class Facts:
    """Answers for one build. `compiled` says how documents become bodies; it is part of what each of them is.

    `document` gives the digest of a document that a page shows, by its path. `known` are facts that are certain.
    `files` gives the paths of the output that something may lead to.
    """

    def __init__(
        self,
        site: Site,
        targets: Targets,
        delivery: Delivery,
        compiled: str,
        document: Callable[[str], str | None],
        files: Callable[[], Iterable[str]],
        known: Callable[[Fact], str | None] = lambda _: None,
        queries: Callable[[str], Queries] | None = None,
    ) -> None:
        self._site = site
        self._targets = targets
        self._delivery = delivery
        self._compiled = compiled
        self._environment = ThemeEnvironment(site.theme)
        self._queries: dict[str, Queries] = {}
        self._ask = queries or self._asking
        self._known: dict[Fact, str] = {}
        self._certain = known
        self.answers: dict[Fact, Answer] = {}
        """What questions about lists were answered with."""
        self._not_found = {page.key: page for page in site.sitemap.not_found}
        self._ways: dict[str, Callable[..., str]] = {
            "absent": lambda path: path if path in targets.absent else ABSENT,
            "address": lambda address: _there(site.sitemap.by_address.get(address)),
            "addresses": self._addresses,
            "anchors": self._anchors,
            "asset": lambda name: site.assets.get(name, ABSENT),
            "answered": lambda: digest(*sorted(files())),
            "at": lambda code, id_: _there(site.sitemap.by_key.get(PageKey(id_, code))),
            "beside": lambda path: repr(targets.assets.get(path, ABSENT)),
            "data": lambda *key: self._value(site.data, *key),
            "decisions": self._decisions,
            "document": lambda path: f"{document(path) or ABSENT} {compiled}",
            "file": lambda path: path if path in targets.files else ABSENT,
            "menu": self._menu,
            "neighbour": self._neighbour,
            "now": site.now.isoformat,
            "page": self._page,
            "pages": self._pages,
            "param": self._param,
            "parent": self._parent,
            "plural": self._plural,
            "sections": self._sections,
            "settings": self._settings,
            "source": lambda path: _there(site.sitemap.by_source.get(path)),
            "string": self._string,
            "summary": self._summary,
            "tags": self._tags,
            "template": self._template,
            "templates": lambda: digest(*site.theme.template_names()),
            "word": lambda code, message: self._string(code, "", message),
        }

    def __call__(self, fact: Fact) -> str:
        """Return what a fact is at present; an empty text for what does not exist."""
        known = self._known.get(fact)
        if known is None:
            known = self._certain(fact)
            if known is None:
                known = self._ways[fact[0]](*fact[1:])
            self._known[fact] = known
        return known

    def _asking(self, code: str) -> Queries:
        return Queries(self._site.sitemap, code, self._site.settings.default_language)

    def _asked(self, code: str) -> Queries:
        found = self._queries.get(code)
        if found is None:
            found = self._queries[code] = self._ask(code)
        return found

    def _found(self, code: str, id_: str) -> Page | None:
        key = PageKey(id_, code)
        return self._not_found.get(key) if id_ == NOT_FOUND_ID else self._site.sitemap.by_key.get(key)

    def _page(self, code: str, id_: str) -> str:
        """All that is known of a page besides its text."""
        page = self._found(code, id_)
        if page is None:
            return ABSENT
        variants = [
            (variant.name, repr(variant.when), flat_meta(variant.meta), variant.address, variant.document.path)
            for variant in page.variants
        ]
        place = (str(page.kind), page.section, page.address, page.shown, page.document.path)
        about = (place, flat_meta(page.meta), variants, dict(page.translations), dict(page.assets))
        try:
            return _short(marshal.dumps(about, WITHOUT_REFERENCES))  # in half of the time
        except ValueError:  # there is a date among its `params`
            return digest(repr(about))

    def _summary(self, code: str, id_: str) -> str:
        page = self._found(code, id_)
        return digest(page.document.body.summary) if page else ABSENT

    def _answered(self, fact: Fact, ids: Answer) -> str:
        self.answers[fact] = ids
        return digest(*ids)

    def _sections(self, code: str) -> str:
        return self._answered(("sections", code), tuple(page.key.id for page in self._asked(code).sections()))

    def _tags(self, code: str) -> str:
        counts = self._asked(code).tags()
        self.answers["tags", code] = tuple(counts)
        return digest(repr(counts))

    def _pages(self, code: str, *asked: str) -> str:
        section, kind, tag, sort, reverse, limit = (text[1:] if text else None for text in asked)
        most = None if limit is None else int(limit)
        found = self._asked(code).chosen(section, kind, tag, sort or "date", reverse == "True", most)
        return self._answered(("pages", code, *asked), tuple(page.key.id for page in found))

    def _neighbour(self, code: str, id_: str, step: str) -> str:
        page = self._found(code, id_)
        beside = self._asked(code).neighbour(page, int(step)) if page else None
        return f"={beside.key.id}" if beside else ABSENT

    def _template(self, name: str) -> str:
        source = self._environment.source(name)
        return digest(source.path, source.text) if source else ABSENT

    def _parent(self, name: str, wanted: str) -> str:
        found = self._environment.below(name, wanted)
        return found or ABSENT

    def _strings(self, code: str) -> Translations:
        return self._site.translations.get(code) or Translations(code)

    def _string(self, code: str, context: str, message: str) -> str:
        strings, within = self._strings(code), context[1:] if context else None
        return f"={strings.text(message, within)}" if strings.has(within, message) else ABSENT

    def _plural(self, code: str, context: str, singular: str, plural: str, count: str) -> str:
        strings, within = self._strings(code), context[1:] if context else None
        if not strings.has(within, singular):
            return ABSENT
        return f"={strings.plural_text(singular, plural, int(count), within)}"

    def lacking(self, fact: Fact) -> tuple[str, str] | None:
        """Return language and message of a string without a translation; None for every other fact."""
        return (fact[1], fact[3]) if fact[0] in {"string", "plural"} and self(fact) == ABSENT else None

    def _param(self, code: str, *key: str) -> str:
        settings = self._site.settings
        return self._value({**settings.params, **settings.languages[code].params}, *key)

    @staticmethod
    def _value(values: Mapping[str, object], *key: str) -> str:
        if key:
            return digest(repr(values[key[0]])) if key[0] in values else ABSENT
        return digest(repr(dict(values)))

    def _menu(self, code: str, name: str) -> str:
        settings = self._site.settings
        items = settings.languages[code].menus.get(name)
        return digest(repr(settings.menus.get(name, ()) if items is None else items))

    def _settings(self) -> str:
        """All settings that any page may read, but those that are facts of their own."""
        settings = self._site.settings
        languages = {
            code: replace(language, params={}, menus={}) for code, language in settings.languages.items()
        }  # fmt: skip
        rest = replace(
            settings, languages=languages, params={}, menus={}, vocabulary=Vocabulary(), output_dir="", severities={}
        )  # fmt: skip
        languages_of_pages = repr(sorted(self._targets.languages))
        found = (repr(dict(self._site.feeds)), repr(dict(self._site.searches)), languages_of_pages)
        return digest(repr(rest), *found, self._delivery.offer)

    def _decisions(self) -> str:
        settings, delivery = self._site.settings, self._delivery
        places = (settings.places.get(key) for key in ("signals", "audiences", "zone"))
        texts = (delivery.engine, delivery.guard_css, delivery.slot_line, delivery.loader, delivery.waiting_css)
        rules = repr([place.text() if place else None for place in places])
        return digest(rules, *texts, self._site.now.strftime("%Y-%m"))

    def _addresses(self) -> str:
        """Every place that a link can lead to: what is suggested instead of a broken one may be any of them."""
        sitemap, targets = self._site.sitemap, self._targets
        pages = [
            f"{page.key.language} {page.key.id} {page.shown} {page.address} {page.document.path} "
            + " ".join(f"{variant.name} {variant.document.path}" for variant in page.variants)
            for page in sitemap.pages
        ]
        return digest(*pages, "", *sorted(targets.files), "", *sorted(targets.absent), repr(sorted(targets.assets)))

    def _anchors(self, code: str, id_: str) -> str:
        """The places within a page that a link can lead to."""
        page = self._found(code, id_)
        bodies = [page.document.body, *(variant.document.body for variant in page.variants)] if page else []
        return digest(*(" ".join(sorted(body.anchors)) for body in bodies))


def _there(page: Page | None) -> str:
    """What a link needs to know of a page that it may lead to."""
    if page is None:
        return ABSENT
    variants = [(variant.name, variant.address, variant.document.path) for variant in page.variants]
    return digest(repr((page.key.language, page.key.id, page.address, page.document.path, variants)))
