"""Which renderings still stand: those whose reads are all as they were, and whose files are in the output."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from ctxsite.build.codec import dumps, loads
from ctxsite.build.dead_ends import Answers, linkable
from ctxsite.build.facts import Facts
from ctxsite.build.ledger import Ledger
from ctxsite.build.memory import ANSWERED, DeadEnds, KeptLinks, Learnt, Memory, Trace, kept_links
from ctxsite.build.page_names import page_name
from ctxsite.build.rendering import Rendered
from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_output import (
    BROKEN_IMAGE,
    BROKEN_LINK,
    LINK_OUTSIDE,
    LINK_UNPUBLISHED,
    LINK_WITHOUT_SLASH,
    MISSING_ANCHOR,
)
from ctxsite.diagnostics.codes_templates import (
    ALTERNATIVES_HEAVY,
    DIFFERS_OUTSIDE_SLOTS,
    SLOT_MISPLACED,
    UNKNOWN_COMPONENT,
    UNKNOWN_TEMPLATE,
)
from ctxsite.frozen import dataclass
from ctxsite.model.address import FRAGMENTS
from ctxsite.model.artifact import Artifact
from ctxsite.model.page import Page
from ctxsite.render.failures import merge
from ctxsite.render.reads import Fact
from ctxsite.render.site import Site
from ctxsite.render.untranslated import untranslated

NEW = "it is new, or its last rendering had something to report that may depend on anything"
VANISHED = "an address has vanished that it may lead to"
LOST = "a file of its output is not as it was written"


LASTING = frozenset(
    code.id
    for code in (
        ALTERNATIVES_HEAVY, BROKEN_IMAGE, BROKEN_LINK, DIFFERS_OUTSIDE_SLOTS,
        LINK_OUTSIDE, LINK_UNPUBLISHED, LINK_WITHOUT_SLASH, MISSING_ANCHOR, SLOT_MISPLACED, UNKNOWN_COMPONENT,
        UNKNOWN_TEMPLATE,
    )
)  # fmt: skip
"""Codes of what is said of a page in words that follow from what was read for it: they stand as long as it does."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The pages that need no rendering: their traces, what is said of them, dead ends on them, and their links; by
    address of each other page why it does."""

    traces: Mapping[str, Trace]
    reasons: Mapping[str, str]
    facts: Sequence[Fact] = ()
    """What traces have numbers of."""
    said: Mapping[str, bytes] = field(default_factory=dict)
    ends: Mapping[str, DeadEnds] = field(default_factory=dict)
    links: Mapping[str, KeptLinks] = field(default_factory=dict)

    def outputs(self) -> frozenset[str]:
        """Return the paths of what stands."""
        return frozenset(path for _, outputs in self.traces.values() for path, _ in outputs)


def standing(memory: Memory | None, facts: Facts, pages: Sequence[Page], output: Path, answers: Answers) -> Standing:
    """Ask for each page whether what it was made of has changed. Without a memory, nothing stands.

    `answers` tells where something may lead to. If a place has vanished, all files of the output are searched for what
    leads there: templates note nothing of the links that they write.
    """
    if memory is None:
        return Standing({}, {})
    vanished = not answers.all_of(linkable(memory.output_paths()))
    ends = memory.ends()
    known, traces = list(memory.facts().items()), memory.traces()
    changed = {number for number, (fact, value) in enumerate(known) if facts(fact) != value}
    kept: dict[str, Trace] = {}
    reasons: dict[str, str] = {}
    for page in pages:
        name = page_name(page)
        read, paths = traces.get(name, (b"", ()))
        if not read:
            reasons[page.address] = NEW
            continue
        if changed and not changed.isdisjoint(numbers := array("I", read)):
            fact, value = known[next(number for number in numbers if number in changed)]
            reasons[page.address] = told(fact, value, facts(fact))
            continue
        made = [(path, memory.right(output, path)) for path in paths]
        outputs = tuple([(path, digest) for path, digest in made if digest is not None])
        if len(outputs) < len(made):
            reasons[page.address] = LOST
        elif vanished and _dead_ends(memory, output, paths, answers) != ends.get(name, ()):
            reasons[page.address] = VANISHED
        else:
            kept[name] = (read, outputs)
    return Standing(kept, reasons, [fact for fact, _ in known], memory.said(), ends, memory.links())


def _dead_ends(memory: Memory, output: Path, paths: Sequence[str], answers: Answers) -> DeadEnds | None:
    """Return the dead ends of a page whose files are in the output; None where the files alone do not tell."""
    if any(f"{FRAGMENTS}/" in path for path in paths):
        return None  # what a fragment points at, the document points at that loads it
    try:
        found = [(path, answers.missing(path, memory.written(output, path))) for path in paths]
    except OSError:
        return None
    return tuple([(path, wanted) for path, wanted in found if wanted])


def gather(
    pages: Iterable[Page], rendered: Iterator[Rendered], stands: Standing, facts: Facts, site: Site, learnt: Learnt
) -> tuple[list[Artifact], list[tuple[str, tuple[str, ...]]], tuple[Diagnostic, ...]]:
    """Return all pages' documents in the pages' order, their dead ends by path, and what is wrong with pages.

    Documents that still stand come without their bytes. What was read goes into `learnt`, unless there is something
    to report that may depend on anything: such a page is rendered again.
    """
    artifacts: list[Artifact] = []
    missing: list[tuple[str, tuple[str, ...]]] = []
    ends: DeadEnds
    diagnostics: list[Diagnostic] = []
    lacking = {(code, message) for code, strings in site.translations.items() for message in strings.missing}
    ledger = Ledger(stands.facts)
    words = {number: found for number, fact in enumerate(stands.facts) if (found := facts.lacking(fact)) is not None}
    for page in pages:
        name = page_name(page)
        trace = stands.traces.get(name)
        if trace is None:
            made, noted, problems, untold, links = next(rendered)
            lacking |= untold
            diagnostics += problems
            artifacts += [artifact for artifact, _ in made]
            ends = tuple((artifact.path, wanted) for artifact, wanted in made if wanted)
            missing += ends
            read = ledger.enter(noted, *([ANSWERED] if ends else []))
            if not made or not LASTING.issuperset(each.code for each in problems):
                continue
            trace = (read, tuple([(artifact.path, artifact.digest or "") for artifact, _ in made]))
            said: bytes | None = dumps(problems) if problems else None
            kept: KeptLinks | None = kept_links(links)
        else:
            said, ends, kept = stands.said.get(name), stands.ends.get(name, ()), stands.links.get(name)
            missing += ends
            diagnostics += loads(said) if said else ()
            artifacts += [Artifact(path, digest=digest) for path, digest in trace[1]]
            if words:
                lacking.update(words[number] for number in array("I", trace[0]) if number in words)
        learnt.traces[name] = trace
        if said:
            learnt.said[name] = said
        if ends:
            learnt.ends[name] = ends
        if kept:
            learnt.links[name] = kept
    next(rendered, None)  # there is no more: this ends the workers
    read_at_all, renumbered = ledger.read_in(read for read, _ in learnt.traces.values())
    learnt.traces = {name: (renumbered(read), made) for name, (read, made) in learnt.traces.items()}
    learnt.facts = {fact: facts(fact) for fact in read_at_all}
    return artifacts, missing, (*merge(diagnostics), *untranslated(lacking, site))


_SAID = {
    "absent": "whether `{0}` is published",
    "address": "what is at the address `{0}`",
    "addresses": "the site's addresses",
    "answered": "which files and pages there are to lead to",
    "anchors": "the headings of the page `{1}` in {0}",
    "asset": "the static file `{0}`",
    "at": "the address of the page `{1}` in {0}",
    "beside": "the address of the file `{0}`",
    "data": "the data `{0}`",
    "decisions": "the rules, signals or audiences of the settings",
    "document": "the text of `{0}`",
    "file": "whether there is a file `{0}`",
    "menu": "the menu `{1}`",
    "neighbour": "the page beside `{1}`",
    "now": "the build's clock",
    "page": "the front matter or address of the page `{1}` in {0}",
    "pages": "a list of pages",
    "param": "the setting `params.{1}`",
    "parent": "the template `{1}` of a parent theme",
    "plural": "the string `{2}` in {0}",
    "sections": "the list of sections",
    "settings": "the settings",
    "source": "the address of `{0}`",
    "string": "the string `{2}` in {0}",
    "summary": "the summary of the page `{1}`",
    "tags": "the list of tags",
    "template": "the template `{0}`",
    "templates": "which templates there are",
    "word": "the string `{1}` in {0}",
}


def told(fact: Fact, before: str, after: str) -> str:
    """Say for people which read has changed."""
    about = (*fact[1:], "", "", "")
    if fact[0] == "document" and before.partition(" ")[0] == after.partition(" ")[0]:
        return f"how `{fact[1]}` is read: rules, signals or Markdown settings changed"
    return f"{_SAID[fact[0]].format(*about)} changed"
