"""After publishing: what this build leaves for the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

from ctxsite.build.artifacts import Compiled
from ctxsite.build.load import shipped_theme
from ctxsite.build.memory import Memory, blobs, sections
from ctxsite.build.recall import site_sections
from ctxsite.build.store import Store, settled, stamps
from ctxsite.build.unchanged import Asked, Seen, Told, Valid, last_build
from ctxsite.model.artifact import Stamp


def remember(store: Store, memory: Memory, root: Path, asked: Asked, compiled: Compiled, seen: Seen) -> Told:
    """Save what was learnt, once everything is published; return what there is to say.

    `memory` is what this build knew of the last, `seen` how the site's files were before any was read.
    """
    known = settled(seen.present or {}, seen.taken)
    kept = dict(kept_of(root, asked, compiled, None if seen.present is None else known))
    written = {artifact.path: artifact.stamp for artifact in compiled.artifacts if artifact.stamp is not None}
    if compiled.right:
        found = memory.found(compiled.output)  # as they were when they turned out to be right
        written |= {path: found[path] for path in compiled.right}
    written |= stamps(str(compiled.output), compiled.digests.keys() - written.keys())
    kept["outputs"] = {path: (*stamp, compiled.digests[path]) for path, stamp in written.items()}
    store.save({**memory.gone(compiled.learnt), **dict(blobs(compiled.learnt))}, kept)
    return told_of(compiled)


def kept_of(
    root: Path, asked: Asked, compiled: Compiled, present: Mapping[str, Stamp] | None
) -> Iterator[tuple[str, object]]:
    """Yield what a store is to keep of a build, but its output and documents. `present` are the site's stamps."""
    yield from sections(compiled.learnt, present or {})
    yield "frame", None
    if compiled.frame is not None:
        yield from site_sections(compiled.frame, compiled.learnt.answers)
    told, valid = told_of(compiled), _valid(asked.now, compiled)
    yield "last", None if present is None else last_build(root, asked, told, valid)


def told_of(compiled: Compiled) -> Told:
    """Return what there is to say of a build."""
    pages = compiled.sitemap.pages
    return Told(
        compiled.output,
        len(pages),
        sum(len(page.variants) for page in pages),
        len(compiled.settings.languages),
        tuple(artifact.path for artifact in compiled.artifacts),
        compiled.diagnostics,
    )


def _valid(now: dt.datetime, compiled: Compiled) -> Valid:
    """Return how long this build stands: until a page is due or ends, or the day of the examples of rules is over."""
    labels = (layer.label for layer in compiled.theme.layers)
    themes = tuple(name for label in labels if (name := shipped_theme(label)))
    until = compiled.learnt.until
    if ("now",) in compiled.learnt.facts:
        until = now
    elif any(page.has_decisions for page in compiled.sitemap.pages):
        tomorrow = now.astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=1)
        until = tomorrow if until is None else min(until, tomorrow)
    return Valid(now, until, themes)
