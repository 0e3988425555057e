"""A quick build from the last one's store to the output folder, and what it leaves for the next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ctxsite.build.codec import UnreadableError
from ctxsite.build.load import file_bytes
from ctxsite.build.memory import DamagedError
from ctxsite.build.publish import Published, foreign
from ctxsite.build.quick import adjusted, maybe_data
from ctxsite.build.quick_theme import maybe_of_theme
from ctxsite.build.quick_tools import Tools
from ctxsite.build.recall import Recalled, UncertainError
from ctxsite.build.rendering import Write
from ctxsite.build.renewal import Renewal
from ctxsite.build.store import Store, settled
from ctxsite.build.unchanged import Asked, Seen
from ctxsite.model.artifact import Artifact, Stamp


def build_quickly(
    store: Store, root: Path, asked: Asked, seen: Seen, tools: Tools | None, jobs: int
) -> Published | None:
    """Build what has changed; None where the whole site is to be looked at, or `tools` are needed.

    Raises OSError when the disk refuses; the previous output is then still servable.
    """
    if seen.told is None or seen.changed is None or seen.present is None:
        return None
    output = seen.told.output
    renewal = Renewal(output, root)

    def write(artifact: Artifact) -> Stamp:
        if renewal.linked(artifact.path):
            raise UncertainError
        return renewal.write(artifact)

    def stage(paths: Sequence[str]) -> Write:
        renewal.begin(paths)
        return write

    try:
        others = seen.changed - (store.load("documents") or {}).keys()
        if not all(maybe_of_theme(path) or maybe_data(path) for path in others):
            return None
        recalled = Recalled(store, asked.now)
        last = (lambda path: file_bytes(f"{output}/{path}"), seen.told.diagnostics)
        made = adjusted(recalled, root, seen.changed, last, tools, jobs, stage)
        pages = list(made.artifacts.values())
        known = frozenset(made.artifacts)
        if foreign([artifact for artifact in pages if artifact.stamp is None], output, root, known):
            raise UncertainError
    except (UncertainError, DamagedError, UnreadableError, OSError):
        renewal.drop()
        return None
    try:
        written = renewal.place(pages, jobs, made.summarize)
    except UncertainError:
        renewal.drop()
        return None
    artifacts = list(made.artifacts.values())
    written |= renewal.place(artifacts[len(pages) :])
    renewal.end()
    outputs = {path: (*stamp, made.digests[path]) for path, stamp in written.items()}
    present = settled({path: seen.present[path] for path in seen.changed}, seen.taken)
    store.save(made.blobs, made.sections, {**made.patches, "outputs": outputs, "stamps": present})
    return Published(len(artifacts), len(recalled.outputs) - len(artifacts), 0)
