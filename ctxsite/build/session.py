"""A resident builder: builds a site again and again, and keeps in memory what the last build learnt.

It reads the site's files and writes nothing. What it returns equals a build from nothing of the same files, byte for
byte; what is kept only saves work.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ctxsite.build.journal import patch
from ctxsite.build.load import shipped_theme, shipped_theme_folder, snapshot
from ctxsite.build.memory import Memory, blobs, sections
from ctxsite.build.pipeline import Compiled, Request, compile_site
from ctxsite.build.store import Stamp, settled
from ctxsite.content.assemble import Moment
from ctxsite.diagnostics import Severity
from ctxsite.model.artifact import Artifact


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
        self._artifacts: dict[str, Artifact] = {}
        self._digests: Mapping[str, str] = {}

    def build(self, now: dt.datetime) -> Built:
        """Build the site as it is now on disk, by the clock `now`. A mistake in the site is a diagnostic."""
        taken = time.time_ns()
        present = snapshot(self._root) or {}
        memory = _Resident(self._kept, self._root, present, self._digests)
        moment = Moment(now, *self._shown)
        request = Request(self._root, moment, base_url=self._base_url, jobs=self._jobs, memory=memory)
        compiled = compile_site(request)
        ok = not any(found.severity is Severity.ERROR for found in compiled.diagnostics)
        labels = (layer.label for layer in compiled.theme.layers)
        watched = tuple(shipped_theme_folder(name) for label in labels if (name := shipped_theme(label)))
        if not ok:  # what the last good build has learnt stays known
            return Built(compiled, {}, {}, ok, watched)
        self._artifacts = {
            artifact.path: self._artifacts[artifact.path] if artifact.path in compiled.right else artifact
            for artifact in compiled.artifacts
        }
        self._digests = compiled.digests
        known = settled(present, taken)
        kept = dict(sections(compiled.learnt, known, {}))
        kept["outputs"] = {path: (0, 0, digest) for path, digest in compiled.digests.items()}
        self._kept.save({**memory.gone(compiled.learnt), **dict(blobs(compiled.learnt))}, kept)
        return Built(compiled, self._artifacts, self._digests, ok, watched)


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

    def save(self, blobs: Mapping[str, bytes | None], sections: Mapping[str, object]) -> None:
        """Keep what has changed; None removes."""
        patch(self._blobs, blobs)
        self._sections.update(sections)


class _Resident(Memory):
    """What the last build of a session learnt; its output is in memory, too."""

    def __init__(self, kept: _Kept, root: Path, present: Mapping[str, Stamp], digests: Mapping[str, str]) -> None:
        super().__init__(kept, root, present)
        self._digests = digests

    def right(self, output: Path, path: str) -> str | None:  # noqa: ARG002  (the output is no folder here)
        """Return the digest of a file of the last build."""
        return self._digests.get(path)
