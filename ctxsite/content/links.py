"""Links of a body resolved: checked against the site, and turned into URLs.

Paths are seen from the document they are written in, wherever its text is shown. What is not found there is looked
for as a browser would, from the page's address.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from html import escape
from posixpath import basename, dirname, join, normpath, relpath
from urllib.parse import quote, unquote

from ctxsite.config.settings import Settings
from ctxsite.content.targets import Target, Targets, is_internal, link_targets
from ctxsite.diagnostics import Diagnostic, in_order, suggest
from ctxsite.diagnostics.codes_output import (
    BROKEN_IMAGE,
    BROKEN_LINK,
    LINK_OUTSIDE,
    LINK_UNPUBLISHED,
    LINK_WITHOUT_SLASH,
    MISSING_ANCHOR,
)
from ctxsite.model.body import Component, Html, Link, Piece, Vary
from ctxsite.model.document import Document
from ctxsite.model.page import Page, PageKey, SiteMap
from ctxsite.source import Span

LINK_PARAMS = frozenset({"href", "image", "link", "poster", "src", "url"})
"""Parameters of components that are destinations: they are checked and resolved like links in the text."""

_SAFE = "/~-._!$&'()*+,;=:@?%"
_ALWAYS = frozenset({"", "top"})
"""Fragments that every page has (HTML, 7.4.6.3)."""
_MOST = 2000
"""Among how many paths a suggestion is looked for; more would take seconds."""
_KEPT = 64


class Resolver:
    """Resolves the links of a site's pages. `files` are the paths in the output of everything that is not a page.

    `absent` are paths of documents that this build leaves out. Results of the last pages are kept, because a page's
    diagnostics and its pieces are asked for apart.
    """

    def __init__(
        self, sitemap: SiteMap, settings: Settings, files: Collection[str], absent: Collection[str] = ()
    ) -> None:
        self._targets = link_targets(
            sitemap,
            hosts=settings.hosts,
            default_home=settings.home(settings.default_language),
            default_language=settings.default_language,
            files=files,
            absent=absent,
        )
        self._known: dict[tuple[PageKey, str], tuple[tuple[Piece, ...], tuple[Diagnostic, ...]]] = {}

    def pieces(self, page: Page, document: Document) -> tuple[Piece, ...]:
        """Return a document's pieces as they stand on a page."""
        return self._resolved(page, document)[0]

    def diagnostics(self, page: Page) -> tuple[Diagnostic, ...]:
        """Return what is wrong with the links of a page and its variants, once for each document."""
        documents = {document.path: document for document in (page.document, *(v.document for v in page.variants))}
        return tuple(found for document in documents.values() for found in self._resolved(page, document)[1])

    def _resolved(self, page: Page, document: Document) -> tuple[tuple[Piece, ...], tuple[Diagnostic, ...]]:
        key = (page.key, document.path)
        if key not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[key] = resolve(document.body.pieces, page, self._targets)
        return self._known[key]


def resolve(
    pieces: Sequence[Piece], page: Page, targets: Targets, urls: list[str] | None = None
) -> tuple[tuple[Piece, ...], tuple[Diagnostic, ...]]:
    """Return a body's pieces as they stand on `page`, links replaced by their URLs, and what is wrong with links.

    A broken link keeps what its author wrote. The same document on several pages gives equal diagnostics. All links'
    URLs are added to `urls`, escaped, in their order.
    """
    links = _OnPage(page, targets, urls)
    return links.pieces(pieces), in_order(links.diagnostics)


class _OnPage:
    __slots__ = ("diagnostics", "page", "targets", "urls")

    def __init__(self, page: Page, targets: Targets, urls: list[str] | None) -> None:
        self.page = page
        self.targets = targets
        self.urls = urls
        self.diagnostics: list[Diagnostic] = []

    def pieces(self, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
        done: list[Piece] = []
        texts: list[str] = []
        for piece in pieces:
            if type(piece) is Html:
                texts.append(piece.text)
            elif type(piece) is Link:
                url = self._to_a_page(piece) or escape(self.url(piece.target, piece.span, image=piece.image))
                texts.append(url)
                if self.urls is not None:
                    self.urls.append(url)
            else:
                if texts:
                    done.append(Html("".join(texts)))
                    texts.clear()
                done.append(self._inside(piece))
        if texts:
            done.append(Html("".join(texts)))
        return tuple(done)

    def _inside(self, piece: Piece) -> Piece:
        if isinstance(piece, Component):
            return replace(piece, params=self._params(piece), body=self.pieces(piece.body))
        if isinstance(piece, Vary):
            alternatives = tuple(replace(branch, body=self.pieces(branch.body)) for branch in piece.alternatives)
            return replace(piece, default=self.pieces(piece.default), alternatives=alternatives)
        return piece

    def _params(self, component: Component) -> dict[str, str]:
        params = dict(component.params)
        for key in component.params:
            if key in LINK_PARAMS and is_internal(params[key]):
                at = component.span.text().find(params[key])
                start = component.span.start + max(at, 0)
                span = Span(component.span.source, start, start + len(params[key])) if at >= 0 else component.span
                params[key] = self.url(params[key], span, image=key in {"image", "poster", "src"})
        return params

    def _to_a_page(self, link: Link) -> str | None:
        """Return the escaped URL of a link that is a plain path to a page's file, as nearly all are; else None."""
        document, path = link.span.source.path, link.target
        there = normpath(f"{document.rpartition('/')[0]}/{path}")
        found = self.targets.sitemap.by_source.get(there)
        if found is None or found.document.path != there or path.startswith("/"):
            return None
        if "#" in path or "?" in path or "%" in path:  # they mean more in a destination than in a path
            return None
        page = self.targets.translated(found, self.page, document)
        return escape(self.targets.hosts.url(page.address, self.page.address))

    def url(self, written: str, span: Span, *, image: bool) -> str:
        """Return the URL of a destination; as it was written if it leads nowhere."""
        rest, hash_, fragment = written.partition("#")
        path, question, query = rest.partition("?")
        tail = quote(question + query, safe=_SAFE) + (hash_ + quote(fragment, safe=_SAFE) if hash_ else "")
        if not path:
            self._check_anchor(self.page, fragment, span)
            return tail
        target = self._find(unquote(path), span, image)
        if target is None:
            return written
        if target.completed:
            message = f"`{path}` has no slash at its end"
            self.diagnostics.append(LINK_WITHOUT_SLASH.at(span, message, help=f"write `{path}/`"))
        if target.page is not None and hash_:
            self._check_anchor(target.page, fragment, span)
        return self.targets.url(target, self.page) + tail

    def _find(self, path: str, span: Span, image: bool) -> Target | None:
        """Return where a decoded path leads, or None with a diagnostic."""
        document = span.source.path
        if path.startswith("/"):
            target = self.targets.by_address(path, self.page, document)
            if target is None:
                self._broken(path, path, span, image)
            return target
        there = normpath(join(dirname(document), path))
        if there.startswith(".."):
            self.diagnostics.append(LINK_OUTSIDE.at(span, f"`{path}` leads out of the site"))
            return None
        target = self.targets.by_path(there, self.page, document)
        if target is None and not there.endswith(".md"):
            seen = normpath(join(self.page.address, path)) + ("/" if path.endswith(("/", ".", "..")) else "")
            target = self.targets.by_address(seen.replace("//", "/"), self.page, document)
        if target is None:
            self._broken(path, there, span, image)
        return target

    def _broken(self, path: str, there: str, span: Span, image: bool) -> None:
        if there in self.targets.absent:
            message = f"`{path}` is not part of this build"
            self.diagnostics.append(
                LINK_UNPUBLISHED.at(span, message, help="it is a draft, not yet published or expired")
            )
            return
        base_path = self.targets.base_path
        if base_path and path.startswith(base_path + "/"):
            without = path[len(base_path) :]
            if self.targets.by_address(without, self.page, span.source.path):
                message = f"`{path}` contains the base path, which is added by itself"
                self.diagnostics.append(BROKEN_LINK.at(span, message, help=f"write `{without}`"))
                return
        near = self._nearest(path, there, dirname(span.source.path), image)
        code = BROKEN_IMAGE if image else BROKEN_LINK
        message = f"there is no file `{path}`" if image else f"`{path}` leads to no page and no file"
        self.diagnostics.append(code.at(span, message, help=f"did you mean `{near}`?" if near else None))

    def _nearest(self, path: str, there: str, folder: str, image: bool) -> str | None:
        """Return what the author may have meant, as it would be written here."""
        targets = self.targets
        if path.startswith("/"):
            known = ["/" + file for file in sorted(targets.files)]
            return suggest(path, known if image else [*targets.sitemap.by_address, *known][:_MOST])
        sources = sorted(targets.assets) if image or not there.endswith(".md") else sorted(targets.sitemap.by_source)
        beside = {_stem(source): source for source in sources if dirname(source) == dirname(there)}
        if near := suggest(_stem(there), beside):
            return relpath(beside[near], folder)
        if same := [source for source in sources if basename(source) == basename(there)]:
            return relpath(same[0], folder)
        anywhere = {_stem(source): source for source in sources[:_MOST]}
        near = suggest(_stem(there), anywhere)
        return relpath(anywhere[near], folder) if near else None

    def _check_anchor(self, page: Page, fragment: str, span: Span) -> None:
        anchor = unquote(fragment)
        if anchor in _ALWAYS or anchor.startswith(":~:"):
            return
        self.targets.read_anchors(page)
        bodies = [page.document.body, *(variant.document.body for variant in page.variants)]
        if any(anchor in body.anchors for body in bodies):
            return
        known = sorted({found for body in bodies for found in body.anchors if not found.startswith(("fn-", "fnref"))})
        near = suggest(anchor, known)
        where = "on this page" if page is self.page else f"in `{page.document.path}`"
        help_text = f"did you mean `#{near}`?" if near else _listed(known)
        self.diagnostics.append(MISSING_ANCHOR.at(span, f"there is no `#{anchor}` {where}", help=help_text))


def _stem(path: str) -> str:
    """Return a file's name without folders and `.md`, which would make all of them look alike."""
    return basename(path).removesuffix(".md")


def _listed(anchors: Sequence[str]) -> str:
    if not anchors:
        return "it has no headings"
    return "it has " + ", ".join(f"`#{anchor}`" for anchor in anchors[:8]) + (", …" if len(anchors) > 8 else "")
