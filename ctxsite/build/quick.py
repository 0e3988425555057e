"""The quick build: only pages' texts, data and files of themes have changed, and not what others can see of the pages.

Then only the pages that read them are rendered, by the same renderer, with a site of which nothing is there but what is
looked at (`recall`). Every question that this cannot answer for certain ends it, and the whole site is built.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from ctxsite.build import workers
from ctxsite.build.alike import about, alike, anchors_of, decisions_of, with_documents
from ctxsite.build.codec import encoded
from ctxsite.build.link_reads import READ_BY_LINKS
from ctxsite.build.load import text_of
from ctxsite.build.memory import Unresolved, joined
from ctxsite.build.page_names import name_of, page_name
from ctxsite.build.publish import SUMMARY
from ctxsite.build.quick_render import Known, Traced, facts_of, readers, rendered_again
from ctxsite.build.quick_targets import adjusted_lines, renewed_feeds, renewed_indexes
from ctxsite.build.quick_theme import OF_THEME, renew_theme
from ctxsite.build.quick_tools import Changes, Tools
from ctxsite.build.recall import Recalled, UncertainError, encoded_frame, encoded_page, encoded_theme, place_in_order
from ctxsite.build.renewal import Stage
from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_languages import UNTRANSLATED_STRING
from ctxsite.model.artifact import Artifact
from ctxsite.model.document import Document
from ctxsite.model.page import NOT_FOUND_ID, Page, PageKey
from ctxsite.render.reads import Fact
from ctxsite.targets.summary_lines import file_lines

_MOST = 200
"""Of more changed documents, workers make shorter work."""


def maybe_data(path: str) -> bool:
    """Tell whether a file of a site may hold data, by its path from the site's root."""
    return path.startswith("data/")


@dataclass(slots=True)
class Adjusted:
    """What a quick build found out: files that differ, and what to keep.

    `summarize` is to be called at last: it adds the site's summary. Raises UncertainError.
    """

    artifacts: dict[str, Artifact] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    blobs: dict[str, bytes | None] = field(default_factory=dict)
    sections: dict[str, object] = field(default_factory=dict)
    patches: dict[str, dict[Any, Any]] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    summarize: Callable[[], None] = field(default=lambda: None)


def adjusted(
    recalled: Recalled,
    root: Path,
    changed: Collection[str],
    last: tuple[Callable[[str], bytes], Sequence[Diagnostic]],
    tools: Tools | None = None,
    jobs: int = 1,
    stage: Stage | None = None,
) -> Adjusted:
    """Build what has changed, where these files of the site are all that may have.

    `last` gives the bytes of the last build's files by path, and what it said. With `stage`, many pages are written
    where they are rendered, and come without their bytes.

    Raises UncertainError where more is to be looked at, be it because `tools` are needed.
    """
    return _Quick(recalled, root, last, tools, jobs, stage).build(sorted(changed))


class _Quick:
    def __init__(
        self,
        recalled: Recalled,
        root: Path,
        last: tuple[Callable[[str], bytes], Sequence[Diagnostic]],
        tools: Tools | None,
        jobs: int,
        stage: Stage | None,
    ) -> None:
        self._recalled = recalled
        self._frame = recalled.frame
        self._root = root
        self._output, self._said = last
        self._tools = tools
        self._jobs = jobs
        self._stage = stage
        self._made = Adjusted()
        self._bodies: dict[str, bytes] = {}
        self._lines: dict[str, str] = {}
        self._stale: set[Fact] = set()

    def build(self, changed: Sequence[str]) -> Adjusted:
        recalled = self._recalled
        if not recalled.complete:
            raise UncertainError
        texts = [path for path in changed if path in recalled.digests]
        if len(texts) > _MOST:
            raise UncertainError
        others = set(changed).difference(texts)
        if others and self._tools is None and self._frame.delivery.engine:
            raise UncertainError  # pages with decisions will need them
        data = set(filter(maybe_data, others))
        templates = self._renew_theme(others - data) if others - data else set()
        if data:
            self._renew_data(data)
        documents = dict(self._documents(texts))
        moved = {*documents, *templates, *data}  # what is said of a place in them may be over, or stand elsewhere
        if any(about(said, moved) or (templates and said.code == UNTRANSLATED_STRING.id) for said in self._said):
            raise UncertainError
        old = self._shown(documents)
        self._renew(old, documents)
        self._render(sorted(readers(recalled, self._stale)))
        now = [(old[page_name(page)], page) for page in self._made.pages]
        for artifact in (*renewed_feeds(recalled, old), *renewed_indexes(self._frame, now, self._output)):
            self._write(artifact)
        self._made.summarize = self._summarize
        return self._made

    def _renew_theme(self, changed: Collection[str]) -> set[str]:
        """Have templates and static files as they are, and note what is read otherwise. Return the templates."""
        stale, copied, templates = renew_theme(self._recalled, self._root, changed)
        self._frame = self._recalled.frame
        self._stale |= stale
        for artifact in copied:
            self._write(artifact)
            self._patch("assets")[artifact.path] = artifact.digest
        if templates:
            self._made.sections["theme"] = encoded_theme(self._frame.site.theme)
        return templates

    def _renew_data(self, changed: Collection[str]) -> None:
        """Have data as it is, and note what is read otherwise."""
        renew: Callable[..., set[Fact]] = import_module("ctxsite.build.quick_data").renew_data  # it imports YAML
        self._stale |= renew(self._recalled, self._root, changed)
        self._frame = self._recalled.frame
        self._made.sections["frame"] = encoded_frame(self._frame)

    def _documents(self, changed: Sequence[str]) -> Iterator[tuple[str, tuple[Document, Document]]]:
        """Compile what has changed; yield the documents as they were and as they are."""
        if not changed:
            return
        texts = import_module("ctxsite.build.quick_texts")  # what compiles is not needed where none has changed
        for before, after, body in texts.compiled_again(self._recalled, self._root, changed, self._tools):
            path = after.path
            digest, head, said = encoded(after, ())
            self._bodies[path] = body
            self._made.blobs |= {f"head {path}": joined(head, said), f"body {path}": body}
            self._patch("documents")[path] = digest
            self._stale.add(("document", path))
            yield path, (before, after)

    def _shown(self, documents: Changes) -> dict[str, Page]:
        """Return the pages that show one of the documents, as they were, by name."""
        recalled, found = self._recalled, dict[str, Page]()
        sitemap, codes = self._frame.site.sitemap, self._frame.site.settings.languages
        for path in documents:
            own = sitemap.by_source.get(path)
            ids = {own.key.id} if own is not None else {NOT_FOUND_ID}
            for page in (recalled.page(name_of(PageKey(id_, code))) for id_ in ids for code in codes):
                if page is not None and path in {page.document.path, *(v.document.path for v in page.variants)}:
                    found[page_name(page)] = page
        if not found.keys().isdisjoint(self._frame.special.values()):
            raise UncertainError
        return found

    def _renew(self, old: Mapping[str, Page], documents: Changes) -> None:
        """Have the pages as the documents make them, and note what that changes."""
        recalled = self._recalled
        new = {path: after for path, (_, after) in documents.items()}
        if all(alike(before, after) for before, after in documents.values()):
            pages = [with_documents(page, new) for page in old.values()]
        elif self._tools is not None:
            pages = self._tools.pages(recalled, list(old.values()), documents)
        else:
            raise UncertainError
        ruled = [page for page in pages if page.has_decisions or old[page_name(page)].has_decisions]
        if ruled:
            if self._tools is None:
                raise UncertainError
            for page in ruled:
                if decisions_of(page) != decisions_of(old[page_name(page)]):
                    raise UncertainError
            self._tools.check(recalled, ruled, self._unresolved())
        recalled.changed |= new
        for page in pages:
            self._note_changes(old[page_name(page)], page)
            recalled.renew(page)
        self._made.pages = pages

    def _note_changes(self, before: Page, after: Page) -> None:
        key = (after.key.language, after.key.id)
        if before.document.body.summary != after.document.body.summary:
            self._stale.add(("summary", *key))
        if anchors_of(before) != anchors_of(after):
            self._stale.add(("anchors", *key))
        if before.meta == after.meta and [v.meta for v in before.variants] == [v.meta for v in after.variants]:
            return
        if self._tools is None:
            raise UncertainError
        self._stale.add(("page", *key))
        self._patch("pages")[page_name(after)] = encoded_page(after)
        if page_name(after) in self._recalled.order:
            self._patch("order")[page_name(after)] = place_in_order(after)
        if after.key.id != NOT_FOUND_ID:
            self._lines[self._tools.line(self._recalled, before)] = self._tools.line(self._recalled, after)

    def _render(self, names: Sequence[str]) -> None:
        """Render pages, and keep what they read where that is not what they read before."""
        recalled = self._recalled
        facts = facts_of(recalled, self._remembered)
        traced = Traced(recalled, facts)
        # where only texts have changed, few pages are rendered: reading where all links led takes longer
        kinds = {fact[0] for fact in self._stale}
        stand = not kinds.isdisjoint({*OF_THEME, "data"}) and kinds.isdisjoint(READ_BY_LINKS)
        stage = self._stage if len(names) >= workers.WORTH_IT else None
        write = stage([path for name in names for path in recalled.traces[name][1]]) if stage else None
        known = Known(self._unresolved(), self._remembered, links_stand=stand)
        with closing(rendered_again(recalled, names, known, self._tools, self._jobs, write)) as again:
            for name, (artifacts, read, links) in zip(names, again, strict=True):
                for artifact in artifacts:
                    self._write(artifact)
                if read is not None:
                    traced.note(name, read)
                if links:
                    self._patch("links")[name] = {**recalled.links.get(name, {}), **links} if stand else links
        stale = {fact: facts(fact) for fact in self._stale if fact in recalled.facts}
        self._made.patches |= {"traces": dict(traced.traces), "facts": {**stale, **traced.facts}}

    def _unresolved(self) -> Unresolved:
        known = self._recalled.kept.blob
        return Unresolved(self._bodies, lambda path: known(f"body {path}"), partial(text_of, self._root))

    def _patch(self, section: str) -> dict[Any, Any]:
        return self._made.patches.setdefault(section, {})

    def _write(self, artifact: Artifact) -> None:
        digest = artifact.digest or hashlib.sha256(artifact.data).hexdigest()
        known = self._recalled.outputs.get(artifact.path)
        if known is None:
            raise UncertainError
        if known[2] != digest:
            self._made.artifacts[artifact.path] = artifact
            self._made.digests[artifact.path] = digest

    def _remembered(self, fact: Fact) -> str | None:
        return None if fact in self._stale else self._recalled.facts.get(fact)

    def _summarize(self) -> None:
        """Adjust the summary: lines of files and pages."""
        known = self._recalled.outputs
        self._lines.update(file_lines(path, known[path][2], new) for path, new in self._made.digests.items())
        if self._lines:
            try:
                written = self._output(SUMMARY)
            except OSError:
                raise UncertainError from None
            self._write(Artifact(SUMMARY, adjusted_lines(written, self._lines)))
