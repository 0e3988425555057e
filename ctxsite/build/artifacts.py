"""The second half of a build: from the map of a site to all its artifacts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import field
from functools import partial
from pathlib import Path

from ctxsite.build.data import read_all_data
from ctxsite.build.dead_ends import Answers, dead_ends, told_already
from ctxsite.build.decisions import Proofs, prove_site
from ctxsite.build.delivery import site_delivery, with_loader
from ctxsite.build.expectations import hold
from ctxsite.build.facts import Facts, digests_of_documents
from ctxsite.build.link_reads import noted
from ctxsite.build.load import text_of
from ctxsite.build.memory import Learnt, Unresolved
from ctxsite.build.outputs import claimed_once, copied_files, digests
from ctxsite.build.page_names import page_name
from ctxsite.build.recall import Frame, recallable
from ctxsite.build.rendering import Bodies, render_pages
from ctxsite.build.severities import settled
from ctxsite.build.survey import Request, Surveyed
from ctxsite.build.traces import gather, standing
from ctxsite.build.workers import default_jobs
from ctxsite.config.settings import Settings
from ctxsite.content.targets import link_targets
from ctxsite.diagnostics import Diagnostic, Severity
from ctxsite.frozen import dataclass
from ctxsite.model.address import FRAGMENTS, file_of
from ctxsite.model.artifact import Artifact
from ctxsite.model.document import Document
from ctxsite.model.page import SiteMap
from ctxsite.render.environment import ThemeEnvironment
from ctxsite.render.reads import Reads, Unheeded
from ctxsite.render.renderer import Renderer, site_environment
from ctxsite.render.site import Site
from ctxsite.render.site_view import check_menus
from ctxsite.render.theme import Theme
from ctxsite.render.timed import TimedEnvironment
from ctxsite.targets.feed import feeds, hostless
from ctxsite.targets.headers import headers, redirects
from ctxsite.targets.manifest import manifest
from ctxsite.targets.search import search_indexes
from ctxsite.targets.sitemap import robots, site_index, sitemaps


@dataclass(frozen=True, slots=True)
class Compiled:
    """A whole site, ready to be published if no diagnostic is an error."""

    settings: Settings
    sitemap: SiteMap
    artifacts: tuple[Artifact, ...]
    output: Path
    now: dt.datetime
    """The build's clock."""
    diagnostics: tuple[Diagnostic, ...] = field(default=())
    theme: Theme = field(default=Theme(()))
    learnt: Learnt = field(default_factory=Learnt)
    digests: Mapping[str, str] = field(default_factory=dict)
    """Of all artifacts (SHA-256, hexadecimal), by path."""
    right: frozenset[str] = frozenset()
    """Artifacts that are in the output already: they come without their bytes."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why pages were rendered, by address, where there was something to compare with."""
    proofs: Proofs = field(default=Proofs({}))
    absent: tuple[Document, ...] = ()
    """Documents that this build leaves out."""
    frame: Frame | None = None
    """What single pages can be rendered with later, where something is to be remembered."""


def make_environment(request: Request, settings: Settings, theme: Theme) -> ThemeEnvironment:
    """Return what the templates of a site are compiled in; none is yet."""
    kind = TimedEnvironment if request.profile else ThemeEnvironment
    return site_environment(kind, theme, settings, Reads() if request.memory else Unheeded())


def make_artifacts(request: Request, surveyed: Surveyed, environment: ThemeEnvironment | None = None) -> Compiled:
    """Make all artifacts of a site, and all diagnostics. Nothing is written but what `request.first` takes.

    `environment` is one that `make_environment` has made for this request, where it is there already.
    """
    settings, sitemap, files = surveyed.settings, surveyed.sitemap, surveyed.files
    output = request.output if request.output is not None else request.root / settings.output_dir
    request.begin("rules")
    diagnostics = [*surveyed.diagnostics, *hold(sitemap, settings.vocabulary)]
    whole = not _failed(diagnostics)
    bodies = Unresolved(
        surveyed.learnt.pieces, request.memory.body if request.memory else None, partial(text_of, files.root)
    )
    proofs, found = prove_site(sitemap, settings, request.moment.now, bodies, whole=whole)
    diagnostics += found
    if not surveyed.theme.layers:
        said = settled(diagnostics, settings.severities)
        return Compiled(settings, sitemap, (), output, request.moment.now, said, proofs=proofs, absent=surveyed.absent)

    request.begin("other files")
    data, faults = read_all_data(files.root, files.data)
    copied, copied_digests = copied_files(files, surveyed.theme, sitemap, settings.hosts)
    made_feeds, indexes = feeds(sitemap, settings), search_indexes(sitemap, settings)
    delivery, hashes, good_until = site_delivery(sitemap, settings, request.moment.now)
    maps = sitemaps(sitemap, settings)
    linked = [
        *copied, *made_feeds.values(), *indexes.values(), *maps, *site_index(maps, settings), *robots(maps, settings)
    ]  # fmt: skip
    targets = link_targets(
        sitemap, hosts=settings.hosts, default_language=settings.default_language,
        default_home=settings.home(settings.default_language),
        files={artifact.path for artifact in linked}, absent=frozenset(document.path for document in surveyed.absent),
    )  # fmt: skip
    environment = environment or make_environment(request, settings, surveyed.theme)
    reads = environment.reads
    resolved = Bodies(noted(targets, reads), bodies, lambda *_: None) if request.memory else Bodies(targets, bodies)
    site = Site(
        settings, sitemap, surveyed.theme, request.moment.now, resolved.pieces, data, surveyed.strings, copied_digests,
        {code: f"/{feed.path}" for code, feed in made_feeds.items()},
        {code: f"/{index.path}" for code, index in indexes.items()},
    )  # fmt: skip
    diagnostics += (*faults, *check_menus(site))
    others = [*linked, *redirects(sitemap, settings)]
    answered = _addressed(sitemap) | {artifact.path for artifact in others}
    answers = Answers(answered, settings.hosts)
    pages = [*sitemap.pages, *sitemap.not_found]
    request.begin("what has changed")
    facts = Facts(site, targets, delivery, surveyed.learnt.way, digests_of_documents(sitemap).get, lambda: answered)
    stands = standing(request.memory, facts, pages, output, answers)
    request.begin("rendering")
    pending = [page for page in pages if page_name(page) not in stands.traces]
    first = request.first if whole and request.first is not None and request.first.begin(output) else None
    with closing(render_pages(
        pending, Renderer(site, delivery, environment), resolved, answers, request.jobs or default_jobs(),
        request.tell("rendering"), stands.facts, first, request.profile,
    )) as rendered:  # fmt: skip
        made, missing, found = gather(pages, rendered, stands, facts, site, surveyed.learnt)
    diagnostics += found
    surveyed.learnt.answers = facts.answers

    request.begin("summary")
    loads = any(f"{FRAGMENTS}/" in artifact.path for artifact in made)
    hashes = with_loader(hashes, delivery) if loads else hashes
    artifacts, found = claimed_once([*made, *others, *headers(hashes, settings, fragments=loads)], sitemap)
    diagnostics += found
    said = settled(diagnostics, settings.severities)
    if not _failed(said):
        last = (*dead_ends(missing, told_already(diagnostics)), *hostless(sitemap, settings))
        said += settled(last, settings.severities)
    summed = digests(artifacts, copied_digests)
    summary = manifest(sitemap, settings, summed, hashes, proofs.witnesses, good_until)
    summed |= digests([summary], {})
    return Compiled(
        settings, sitemap, (*artifacts, summary), output, request.moment.now, said,
        surveyed.theme, surveyed.learnt, summed, stands.outputs(), stands.reasons, proofs, surveyed.absent,
        recallable(site, targets, delivery) if request.memory else None,
    )  # fmt: skip


def _failed(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in diagnostics)


def _addressed(sitemap: SiteMap) -> frozenset[str]:
    """Return the output paths of all pages and variants."""
    pages = (*sitemap.pages, *sitemap.not_found)
    own = (file_of(page.address) for page in pages)
    return frozenset((*own, *(file_of(variant.address) for page in pages for variant in page.variants)))
