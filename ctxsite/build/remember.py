"""After publishing: what this build leaves for the next."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ctxsite.build.load import shipped_theme
from ctxsite.build.memory import Memory, blobs, sections
from ctxsite.build.pipeline import Compiled
from ctxsite.build.recall import site_sections
from ctxsite.build.store import Store, settled, stamps
from ctxsite.build.unchanged import Asked, Seen, Told, Valid, last_build


def remember(store: Store, root: Path, asked: Asked, compiled: Compiled, seen: Seen) -> Told:
    """Save what was learnt, once everything is published; return what there is to say.

    `seen` is how the site's files were before any was read.
    """
    told = told_of(compiled)
    written = stamps(str(compiled.output), compiled.digests)
    outputs = {path: (*stamp, compiled.digests[path]) for path, stamp in written.items()}
    known = settled(seen.present or {}, seen.taken)
    memory = Memory(store, root, known)
    kept = dict(sections(compiled.learnt, known, outputs))
    kept["last"] = None if seen.present is None else last_build(root, asked, told, _valid(asked.now, compiled))
    frame = compiled.frame
    kept |= {"frame": None} if frame is None else dict(site_sections(frame, compiled.learnt.answers))
    store.save({**memory.gone(compiled.learnt), **dict(blobs(compiled.learnt))}, kept)
    return told


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
    elif any(page.variants or page.document.body.blocks for page in compiled.sitemap.pages):
        tomorrow = now.astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=1)
        until = tomorrow if until is None else min(until, tomorrow)
    return Valid(now, until, themes)
