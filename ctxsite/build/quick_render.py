"""Pages of the last build rendered once more, in several processes if there are many.

It is enough to name them: who renders a page reads it from the store. Whatever is not as it was, but for the pages'
bytes and what they read, ends the quick build.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ctxsite.build.alike import lacking
from ctxsite.build.dead_ends import Answers, linkable
from ctxsite.build.facts import Facts
from ctxsite.build.link_reads import noted
from ctxsite.build.memory import Unresolved
from ctxsite.build.quick_tools import Tools
from ctxsite.build.recall import Recalled, UncertainError
from ctxsite.build.recall_queries import recalled_queries
from ctxsite.build.rendering import Bodies, PageWork
from ctxsite.build.workers import in_order
from ctxsite.model.artifact import Artifact
from ctxsite.render.reads import Fact, Reads
from ctxsite.render.renderer import Renderer

Again = tuple[Sequence[Artifact], tuple[Fact, ...] | None]
"""A page's documents; and what was read for them, unless it is what was read last time."""

Known = Callable[[Fact], str | None]


def facts_of(recalled: Recalled, known: Known) -> Facts:
    """Return what is so at present on a recalled site; `known` are facts that are certain."""

    def digest(path: str) -> str | None:
        changed = recalled.changed.get(path)
        return changed.digest if changed is not None else recalled.digests.get(path)

    frame = recalled.frame
    return Facts(frame.site, frame.targets, frame.delivery, recalled.way, digest, known)


def rendered_again(
    recalled: Recalled, names: Sequence[str], bodies: Unresolved, known: Known, tools: Tools | None, jobs: int
) -> Iterator[Again]:
    """Yield what comes of the pages of these names, in their order. Raises UncertainError."""
    frame, delivery = recalled.frame, recalled.frame.delivery
    reads = Reads()
    resolved = Bodies(noted(frame.targets, reads), bodies)
    if tools is not None:
        table, own = tools.tables(recalled)
        delivery = replace(delivery, table=table, tables=own)
    queries = recalled_queries(recalled.answers, known, frame.targets)
    renderer = Renderer(replace(frame.site, bodies=resolved.pieces), delivery, reads=reads, queries=queries)
    answers = Answers(linkable(recalled.outputs), frame.site.settings.hosts)
    work = _Again(recalled, PageWork(renderer, resolved, answers))
    return in_order(work, names, jobs, before_fork=renderer.warm)


class _Again:
    """Renders one page after another."""

    def __init__(self, recalled: Recalled, work: PageWork) -> None:
        self._recalled = recalled
        self._work = work
        self._numbers = {fact: number for number, fact in enumerate(recalled.facts)}

    def __call__(self, name: str) -> Again:
        page = self._recalled.page(name)
        if page is None:
            raise UncertainError
        made, read, said, _ = self._work(page)
        before, paths = self._recalled.traces[name]
        if said or any(ends for _, ends in made) or tuple(artifact.path for artifact, _ in made) != paths:
            raise UncertainError
        number = self._numbers.get
        same = {number(fact) for fact in read} == set(array("I", before))
        return [artifact for artifact, _ in made], None if same else read


class Traced:
    """What pages read, as the next build is to find it: changes of the sections `traces` and `facts`."""

    def __init__(self, recalled: Recalled, facts: Facts) -> None:
        self.traces: dict[str, tuple[bytes, tuple[str, ...]]] = {}
        self.facts: dict[Fact, str] = {}
        self._recalled = recalled
        self._facts = facts
        self._known = list(recalled.facts)
        self._numbers: dict[Fact, int] = {}

    def note(self, name: str, read: Sequence[Fact]) -> None:
        """Note what a page reads now. Raises UncertainError where that is more than its own affair."""
        recalled = self._recalled
        before, paths = recalled.traces[name]
        was = {self._known[number] for number in array("I", before)}
        if lacking(was, recalled.facts.get) != lacking(read, self._facts):
            raise UncertainError
        self.traces[name] = (self._numbered(read), paths)

    def _numbered(self, read: Sequence[Fact]) -> bytes:
        """Return the numbers of facts, as traces have them; new ones come behind those that are known."""
        numbers = self._numbers = self._numbers or {fact: number for number, fact in enumerate(self._known)}
        for fact in read:
            if fact not in numbers:
                if fact == ("now",):
                    raise UncertainError  # from now on the clock decides how long this build stands
                numbers[fact] = len(numbers)
                self.facts[fact] = self._facts(fact)
        return array("I", (numbers[fact] for fact in read)).tobytes()
