"""Pages of the last build rendered once more, in several processes if there are many.

It is enough to name them: who renders a page reads it from the store. Whatever is not as it was, but for the pages'
bytes and what they read, ends the quick build.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Container, Generator, Iterator, Sequence
from dataclasses import replace

from ctxsite.build import workers
from ctxsite.build.alike import lacking
from ctxsite.build.codec import dumps, loads
from ctxsite.build.dead_ends import Answers, linkable
from ctxsite.build.facts import Facts
from ctxsite.build.link_reads import READ_BY_LINKS, noted
from ctxsite.build.memory import ANSWERED, KeptLinks, Unresolved, kept_links
from ctxsite.build.page_names import page_name
from ctxsite.build.quick_tools import Tools
from ctxsite.build.recall import Recalled, UncertainError
from ctxsite.build.recall_queries import recalled_queries
from ctxsite.build.rendering import Bodies, PageWork, Resolved, Write
from ctxsite.build.rendering import Known as LinksOf
from ctxsite.build.workers import in_order
from ctxsite.frozen import dataclass
from ctxsite.model.artifact import Artifact
from ctxsite.model.page import Page
from ctxsite.render.reads import Fact, Reads
from ctxsite.render.renderer import Renderer

Again = tuple[Sequence[Artifact], tuple[Fact, ...] | None, KeptLinks]
"""A page's documents; what was read for them, unless it is what was read last time; and links that were resolved."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known without looking. `links_stand` tells that the same links lead to the same places, in all
    documents but those that have changed."""

    bodies: Unresolved
    fact: Callable[[Fact], str | None]
    links_stand: bool


def facts_of(recalled: Recalled, known: Callable[[Fact], str | None]) -> Facts:
    """Return what is so at present on a recalled site; `known` are facts that are certain."""

    def digest(path: str) -> str | None:
        changed = recalled.changed.get(path)
        return changed.digest if changed is not None else recalled.digests.get(path)

    frame = recalled.frame

    def files() -> frozenset[str]:
        return linkable(recalled.outputs)

    return Facts(frame.site, frame.targets, frame.delivery, recalled.way, digest, files, known)


def readers(recalled: Recalled, stale: Container[Fact]) -> Iterator[str]:
    """Yield the names of the pages that read one of these facts."""
    wanted = [array("I", [number]).tobytes() for number, fact in enumerate(recalled.facts) if fact in stale]
    for name, (read, _) in recalled.traces.items():
        for number in wanted:
            if number in read and _among(number, read):
                yield name
                break


def _among(number: bytes, numbers: bytes) -> bool:
    """Tell whether a number is one of these, all as arrays have them."""
    at = numbers.find(number)
    while at >= 0 and at % len(number):
        at = numbers.find(number, at + 1)
    return at >= 0


def rendered_again(
    recalled: Recalled,
    names: Sequence[str],
    known: Known,
    tools: Tools | None,
    jobs: int,
    write: Write | None,
) -> Generator[Again, None, None]:
    """Yield what comes of the pages of these names, in their order. Raises UncertainError.

    With `write`, what has changed is written where it is made; it comes without its bytes.
    """
    frame, delivery = recalled.frame, recalled.frame.delivery
    reads = Reads()
    before = _links(recalled) if known.links_stand else lambda *_: None
    resolved = Bodies(noted(frame.targets, reads), known.bodies, before)
    if tools is not None:
        table, own = tools.tables(recalled)
        delivery = replace(delivery, table=table, tables=own)
    queries = recalled_queries(recalled.answers, known.fact, frame.targets)
    renderer = Renderer(replace(frame.site, bodies=resolved.pieces), delivery, reads=reads, queries=queries)
    answers = Answers(linkable(recalled.outputs), frame.site.settings.hosts)
    work = PageWork(renderer, resolved, answers)
    again = _Again(recalled, work, write, links_stand=known.links_stand)
    if len(names) >= workers.WORTH_IT:
        again.number()
    return in_order(again, names, jobs, before_fork=work.warm)


def _links(recalled: Recalled) -> LinksOf:
    """Return what gives links as they were resolved, of documents that have not changed."""
    kept, changed = recalled.links, recalled.changed

    def links(page: Page, path: str) -> Resolved | None:
        known = kept.get(page_name(page), _NO_LINKS).get(path)
        if known is None or path in changed:
            return None
        urls, said = known
        return urls, loads(said) if said else ()

    return links


_NO_LINKS: KeptLinks = {}


class _Again:
    """Renders one page after another."""

    def __init__(self, recalled: Recalled, work: PageWork, write: Write | None, *, links_stand: bool) -> None:
        self._recalled = recalled
        self._work = work
        self._write = write
        self._facts: tuple[Fact, ...] = ()
        self._unread = READ_BY_LINKS if links_stand else frozenset[str]()
        """Kinds of facts that are still read, though not looked at."""
        self._numbers_unread: frozenset[int] | None = None
        """Those facts, as traces have them, once the work's reads have the same numbers."""

    def number(self) -> None:
        """Have what is read numbered as in the traces: then nearly always only numbers are compared."""
        facts = self._recalled.facts
        self._work.reads.number(facts)
        self._numbers_unread = frozenset(number for number, fact in enumerate(facts) if fact[0] in self._unread)

    def __call__(self, name: str) -> Again:
        page = self._recalled.passing(name)
        if page is None:
            raise UncertainError
        made, read, said, _, links = self._work.numbered(page)
        before, paths = self._recalled.traces[name]
        if tuple([artifact.path for artifact, _ in made]) != paths:
            raise UncertainError
        if tuple([(artifact.path, ends) for artifact, ends in made if ends]) != self._recalled.ends.get(name, ()):
            raise UncertainError
        if (dumps(said) if said else None) != self._recalled.said.get(name):
            raise UncertainError
        if name in self._recalled.ends:
            self._work.reads.note(*ANSWERED)
            read += self._work.reads.taken()
        return (
            [self._written(artifact) for artifact, _ in made],
            self._read_otherwise(read, before),
            kept_links(links) if links else {},
        )

    def _read_otherwise(self, read: tuple[int, ...], before: bytes) -> tuple[Fact, ...] | None:
        """Return what is read of a page, links' facts with it; None where it is what was read before."""
        if self._numbers_unread is not None:
            numbers = array("I", read).tobytes()
            if before.startswith(numbers) and self._numbers_unread.issuperset(array("I", before[len(numbers) :])):
                return None  # nearly always, of many pages
        facts = self._work.reads.facts(read)
        self._facts = self._facts or tuple(self._recalled.facts)
        known = {self._facts[number] for number in array("I", before)}
        unread = [fact for fact in known.difference(facts) if fact[0] in self._unread]
        return None if known == {*facts, *unread} else (*facts, *unread)

    def _written(self, artifact: Artifact) -> Artifact:
        """Write an artifact, if that is to be done here; return it as it is to be handed on."""
        if self._write is None:
            return artifact
        known = self._recalled.outputs.get(artifact.path)
        if known is None:
            raise UncertainError
        stamp = self._write(artifact) if artifact.digest != known[2] else None
        return Artifact(artifact.path, digest=artifact.digest, stamp=stamp)


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
