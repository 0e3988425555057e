"""The shortest build: nothing has changed, so the last build's words are said again.

This module needs neither templates nor Markdown, and imports neither. It answers only where it is certain: every
file that a build may read and every file that it wrote has the size and time it had, the same was asked for, and the
clock has passed nothing that a page waits for.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ctxsite.build.beside import asked_beside
from ctxsite.build.journal import Keeps
from ctxsite.build.load import snapshot, snapshot_of_themes
from ctxsite.build.publish import UNFINISHED
from ctxsite.build.store import all_stand
from ctxsite.diagnostics.model import Diagnostic, Related, Severity
from ctxsite.frozen import dataclass
from ctxsite.model.artifact import Stamp
from ctxsite.source import Location

Written = Mapping[str, tuple[int, int, str]]
"""Files of an output by path: their stamps, with their digests."""

_MANY = 1000
"""To look at so many files takes longer than to start a process that does."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a build says of itself when it is done."""

    output: Path
    pages: int
    variants: int
    languages: int
    paths: tuple[str, ...]
    """All files of the output."""
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What decides what a build does, besides the site's files."""

    now: dt.datetime
    drafts: bool
    future: bool
    expired: bool
    output: Path | None
    base_url: str | None

    def key(self, root: Path) -> str:
        """Return it as a text, but for the clock; places are seen from the site's folder."""
        output = "" if self.output is None else os.path.relpath(self.output, root)
        return f"{self.drafts} {self.future} {self.expired} {output!r} {self.base_url!r}"


@dataclass(frozen=True, slots=True)
class Valid:
    """From when and until when a build says the same, and the shipped themes it read."""

    since: dt.datetime
    until: dt.datetime | None
    themes: tuple[str, ...]

    def holds(self, now: dt.datetime) -> bool:
        """Tell whether the clock makes no difference."""
        return now == self.since or (self.since < now and (self.until is None or now < self.until))


@dataclass(frozen=True, slots=True)
class Seen:
    """What there is to see before anything is read.

    `present` are the stamps of the site's files (None: there are links, which need a closer look) at the instant
    `taken` (nanoseconds). `changed` are the files that have other stamps than they had, where nothing else is
    different and the output stands; None where one has to look closer. `told` is what the last build said.
    """

    taken: int
    present: Mapping[str, Stamp] | None
    told: Told | None = None
    changed: frozenset[str] | None = None

    @property
    def unchanged(self) -> bool:
        """Tell whether a build would do and say what the last one did."""
        return self.changed is not None and not self.changed


def look(store: Keeps, root: Path, asked: Asked, jobs: int = 1, *, output_stands: bool = False) -> Seen:
    """Compare a site with what the last build saw. `output_stands` tells that its output need not be looked at."""
    taken = time.time_ns()
    last: Mapping[str, Any] | None = store.load("last")
    if last is None or last["asked"] != asked.key(root):
        return Seen(taken, snapshot(root))
    output = asked.output if asked.output is not None else root / last["output"]
    pages, variants, languages = last["counts"]

    def standing() -> bool:
        written: Written = store.load("outputs") or {}
        return not os.path.lexists(f"{output}/{UNFINISHED}") and all_stand(str(output), written)

    many = jobs > 1 and pages + variants > _MANY and not output_stands
    answer = asked_beside(standing) if many else standing
    present = snapshot(root)
    before: Mapping[str, Stamp] = store.load("stamps") or {}
    written: Written = store.load("outputs") or {}  # once more, if a copy has done so: it is at work meanwhile
    stands = output_stands or answer()
    if present is None or not written or not stands:
        return Seen(taken, present)
    since, until, themes = last["valid"]
    valid = Valid(_instant(since), None if until is None else _instant(until), themes)
    if not valid.holds(asked.now) or present.keys() != before.keys() or snapshot_of_themes(themes) != last["themes"]:
        return Seen(taken, present)
    said = tuple(_diagnostic(*fields) for fields in last["said"])
    told = Told(output, pages, variants, languages, tuple(written), said)
    changed = frozenset() if present == before else frozenset(dict(present.items() - before.items()))
    return Seen(taken, present, told, changed)


def last_build(root: Path, asked: Asked, told: Told, valid: Valid) -> dict[str, object]:
    """Return the section that `look` reads."""
    until = None if valid.until is None else valid.until.isoformat()
    return {
        "asked": asked.key(root),
        "valid": (valid.since.isoformat(), until, valid.themes),
        "themes": snapshot_of_themes(valid.themes),
        "output": os.path.relpath(told.output, root),
        "counts": (told.pages, told.variants, told.languages),
        "said": [_fields(diagnostic) for diagnostic in told.diagnostics],
    }


def _instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _fields(said: Diagnostic) -> tuple[object, ...]:
    related = [(each.message, _place(each.location)) for each in said.related]
    return said.code, str(said.severity), said.message, _place(said.location), said.help, related


def _place(at: Location | None) -> tuple[object, ...] | None:
    return None if at is None else (at.path, at.line, at.column, at.end_column, at.excerpt)


def _diagnostic(
    code: str, severity: str, message: str, at: Sequence[Any] | None, advice: str | None, related: Sequence[Any]
) -> Diagnostic:
    others = tuple(Related(text, Location(*place)) for text, place in related)
    return Diagnostic(code, Severity(severity), message, None if at is None else Location(*at), advice, others)
