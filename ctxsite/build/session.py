"""A resident builder: builds a site again and again, and keeps in memory what the last build learnt.

It reads the site's files and writes nothing. What it returns equals a build from nothing of the same files, byte for
byte; what is kept only saves work.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from ctxsite.build.artifacts import Compiled
from ctxsite.build.codec import UnreadableError
from ctxsite.build.journal import Keeps, patch
from ctxsite.build.load import shipped_theme, shipped_theme_folder
from ctxsite.build.memory import DamagedError, Memory, blobs
from ctxsite.build.pipeline import compile_site
from ctxsite.build.quick import adjusted
from ctxsite.build.quick_rules import Rules
from ctxsite.build.recall import Recalled, UncertainError
from ctxsite.build.remember import kept_of
from ctxsite.build.store import settled
from ctxsite.build.survey import Request
from ctxsite.build.unchanged import Asked, Seen, look
from ctxsite.build.workers import default_jobs
from ctxsite.content.assemble import Moment
from ctxsite.diagnostics import Severity
from ctxsite.frozen import dataclass
from ctxsite.model.artifact import Artifact, Stamp
from ctxsite.model.page import Page, PageKey, SiteMap

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Built:
    """One build of a session."""

    compiled: Compiled
    files: Mapping[str, Artifact]
    """Every file of the output by path, with its bytes or `copy_of`; empty if there is an error."""
    digests: Mapping[str, str]
    """SHA-256 (hexadecimal) of the files, by path."""
    ok: bool
    """Whether no diagnostic is an error."""
    watched: tuple[Path, ...]
    """Folders outside the site's own that were read: shipped themes."""


class Session:
    """Builds one site; see the module's text. The options are those of `ctxsite build`."""

    def __init__(
        self,
        root: Path,
        *,
        drafts: bool = False,
        future: bool = False,
        expired: bool = False,
        base_url: str | None = None,
        jobs: int | None = None,
    ) -> None:
        self._root = root
        self._shown = (drafts, future, expired)
        self._base_url = base_url
        self._jobs = jobs
        self._kept = _Kept()
        self._last: Built | None = None
        self._recalled: Recalled | None = None

    def build(self, now: dt.datetime) -> Built:
        """Build the site as it is now on disk, by the clock `now`. A mistake in the site is a diagnostic."""
        asked = Asked(now, *self._shown, None, self._base_url)
        seen = look(self._kept, self._root, asked, output_stands=True)
        if self._last is not None and seen.unchanged:
            return self._last
        built = None if self._last is None or not seen.changed else self._quickly(self._last, asked, seen)
        return built or self._whole(asked, seen)

    def _quickly(self, last: Built, asked: Asked, seen: Seen) -> Built | None:
        """Build what has changed where it is little; None where the whole site is to be looked at."""
        assert seen.present is not None, "it was compared"  # noqa: S101
        try:
            recalled = self._recalled or Recalled(self._kept, asked.now)
            self._recalled = None
            recalled.frame = replace(recalled.frame, site=replace(recalled.frame.site, now=asked.now))
            before = (lambda path: last.files[path].data, last.compiled.diagnostics)
            tools = Rules(Moment(asked.now, *self._shown))
            jobs = self._jobs or default_jobs()
            made = adjusted(recalled, self._root, seen.changed or (), before, tools, jobs)
            made.summarize()
        except (UncertainError, DamagedError, UnreadableError):
            return None
        present = settled({path: seen.present[path] for path in seen.changed or ()}, seen.taken)
        outputs = {path: (0, 0, digest) for path, digest in made.digests.items()}
        self._kept.save(made.blobs, made.sections, {**made.patches, "stamps": present, "outputs": outputs})
        self._recalled = recalled
        files, digests = {**last.files, **made.artifacts}, {**last.digests, **made.digests}
        compiled = replace(
            last.compiled,
            sitemap=_with_pages(last.compiled.sitemap, {page.key: page for page in made.pages}),
            artifacts=tuple(files.values()),
            digests=digests,
            reasons={},
            absent=tuple(recalled.changed.get(document.path, document) for document in last.compiled.absent),
        )
        self._last = replace(last, compiled=compiled, files=files, digests=digests)
        return self._last

    def _whole(self, asked: Asked, seen: Seen) -> Built:
        files = self._last.files if self._last else {}
        memory = _Resident(self._kept, self._root, seen.present or {}, files)
        moment = Moment(asked.now, *self._shown)
        request = Request(self._root, moment, base_url=self._base_url, jobs=self._jobs, memory=memory)
        compiled = compile_site(request)
        ok = not any(found.severity is Severity.ERROR for found in compiled.diagnostics)
        labels = (layer.label for layer in compiled.theme.layers)
        watched = tuple(shipped_theme_folder(name) for label in labels if (name := shipped_theme(label)))
        if not ok:  # what the last good build has learnt stays known
            return Built(compiled, {}, {}, ok, watched)
        files = {
            artifact.path: files[artifact.path] if artifact.path in compiled.right else artifact
            for artifact in compiled.artifacts
        }
        stamps = settled(seen.present or {}, seen.taken)
        kept = dict(kept_of(self._root, asked, compiled, stamps if seen.present is not None else None))
        kept["outputs"] = {path: (0, 0, digest) for path, digest in compiled.digests.items()}
        self._kept.save({**memory.gone(compiled.learnt), **dict(blobs(compiled.learnt))}, kept)
        self._recalled = None
        self._last = Built(compiled, files, compiled.digests, ok, watched)
        return self._last


def _with_pages(sitemap: SiteMap, new: Mapping[PageKey, Page]) -> SiteMap:
    """Return a site map with other pages in the places of those of the same keys."""

    def all_of(pages: tuple[Page, ...]) -> tuple[Page, ...]:
        return tuple(new.get(page.key, page) for page in pages)

    def by(pages: Mapping[Key, Page]) -> dict[Key, Page]:
        return {key: new.get(page.key, page) for key, page in pages.items()}

    return SiteMap(
        all_of(sitemap.pages), by(sitemap.by_key), by(sitemap.by_address), by(sitemap.by_source),
        all_of(sitemap.not_found),
    )  # fmt: skip


class _Kept:
    """A store in memory."""

    def __init__(self) -> None:
        self._sections: dict[str, Any] = {}
        self._blobs: dict[str, bytes] = {}

    def load(self, name: str) -> Any:
        """Return a section's value, or None if there is none."""
        return self._sections.get(name)

    def blob(self, name: str) -> bytes | None:
        """Return one of many small sections."""
        return self._blobs.get(name)

    def names(self) -> Iterable[str]:
        """Return the names of all small sections."""
        return self._blobs.keys()

    def save(
        self,
        blobs: Mapping[str, bytes | None],
        sections: Mapping[str, object],
        patches: Mapping[str, Mapping[Any, Any]] | None = None,
    ) -> None:
        """Keep what has changed; None removes."""
        patch(self._blobs, blobs)
        self._sections.update(sections)
        for name, changes in (patches or {}).items():
            patch(self._sections[name], changes)


class _Resident(Memory):
    """What the last build of a session learnt; its output, `files` by their paths, is in memory, too."""

    def __init__(self, kept: Keeps, root: Path, present: Mapping[str, Stamp], files: Mapping[str, Artifact]) -> None:
        super().__init__(kept, root, present)
        self._files = files

    def right(self, output: Path, path: str) -> str | None:  # noqa: ARG002  (the output is no folder here)
        """Return the digest of a file of the last build."""
        known = self._outputs.get(path)
        return known[2] if known is not None else None

    def written(self, output: Path, path: str) -> bytes:  # noqa: ARG002
        """Return a file of the last build."""
        return self._files[path].data
