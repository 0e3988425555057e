"""A quick build from the last one's store to the output folder, and what it leaves for the next."""

from __future__ import annotations

from pathlib import Path

from ctxsite.build.codec import UnreadableError
from ctxsite.build.load import file_bytes
from ctxsite.build.memory import DamagedError
from ctxsite.build.publish import Published, foreign, publish
from ctxsite.build.quick import adjusted
from ctxsite.build.quick_theme import maybe_template
from ctxsite.build.quick_tools import Tools
from ctxsite.build.recall import Recalled, UncertainError
from ctxsite.build.store import Store, settled, stamps
from ctxsite.build.unchanged import Asked, Seen


def build_quickly(
    store: Store, root: Path, asked: Asked, seen: Seen, tools: Tools | None, jobs: int
) -> Published | None:
    """Build what has changed; None where the whole site is to be looked at, or `tools` are needed.

    Raises OSError when the disk refuses; the previous output is then still servable.
    """
    if seen.told is None or seen.changed is None or seen.present is None:
        return None
    output = seen.told.output
    try:
        others = seen.changed - (store.load("documents") or {}).keys()
        if not all(maybe_template(path) for path in others):
            return None
        recalled = Recalled(store, asked.now)
        last = (lambda path: file_bytes(f"{output}/{path}"), seen.told.diagnostics)
        made = adjusted(recalled, root, seen.changed, last, tools, jobs)
    except (UncertainError, DamagedError, UnreadableError, OSError):
        return None
    artifacts = list(made.artifacts.values())
    known = frozenset(made.artifacts)
    if foreign(artifacts, output, root, known):
        return None
    written = publish(artifacts, output, root, (), known).written if artifacts else 0
    outputs = {path: (*stamp, made.digests[path]) for path, stamp in stamps(str(output), known).items()}
    present = settled({path: seen.present[path] for path in seen.changed}, seen.taken)
    store.save(made.blobs, made.sections, {**made.patches, "outputs": outputs, "stamps": present})
    return Published(written, len(recalled.outputs) - written, 0)
