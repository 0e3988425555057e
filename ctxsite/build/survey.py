"""The first half of a build: from a folder to the map of its site, with everything but the pages' HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ctxsite.build.documents import read_documents
from ctxsite.build.labels import labels_in, said_in
from ctxsite.build.load import Loaded, read_config, scan
from ctxsite.build.memory import Learnt, Memory
from ctxsite.build.severities import settled
from ctxsite.build.themes import read_theme
from ctxsite.build.workers import default_jobs
from ctxsite.config.read import read_settings, with_base_url
from ctxsite.config.settings import Settings
from ctxsite.content.assemble import Moment, assemble
from ctxsite.diagnostics import Diagnostic
from ctxsite.frozen import dataclass
from ctxsite.i18n.catalogues import Translations, read_translations
from ctxsite.model.document import Document
from ctxsite.model.page import SiteMap
from ctxsite.render.theme import Theme

if TYPE_CHECKING:
    from ctxsite.build.first_output import FirstOutput
    from ctxsite.build.profile import Profile

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What to build, and how. `output` and `base_url` take precedence over the settings."""

    root: Path
    moment: Moment
    output: Path | None = None
    base_url: str | None = None
    jobs: int | None = None
    progress: Progress | None = None
    memory: Memory | None = None
    """What the last build has learnt; without it, everything is done anew."""

    profile: Profile | None = None
    """Where to take down what the build spends its time on."""

    first: FirstOutput | None = None
    """Where pages may be written as they are made, if there is no output yet."""

    def begin(self, stage: str) -> None:
        """Take down that a stage begins."""
        if self.profile is not None:
            self.profile.stage(stage)

    def tell(self, stage: str) -> Callable[[int, int], None]:
        """Return how far a stage is told."""
        return lambda done, total: self.progress(stage, done, total) if self.progress else None


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A site as far as its map: which pages there are, with everything but their HTML."""

    settings: Settings
    files: Loaded
    theme: Theme
    strings: Mapping[str, Translations]
    sitemap: SiteMap
    absent: tuple[Document, ...]
    """Documents that this build leaves out: drafts, those of the future, those that have expired."""
    learnt: Learnt
    """The documents' bodies, and what else the next build may ask for."""
    diagnostics: tuple[Diagnostic, ...]


def survey(request: Request) -> Surveyed:
    """Read a site and find out which pages it has, in which languages and variants, at which addresses."""
    surveyed = map_site(request)
    return replace(surveyed, diagnostics=settled(surveyed.diagnostics, surveyed.settings.severities))


def map_site(request: Request, meanwhile: Callable[[Settings, Theme], None] | None = None) -> Surveyed:
    """Do the same for a build, which has more to find before severities are settled.

    Where there are enough documents for copies of this process, it calls `meanwhile` as soon as they are at work, with
    what is known by then.
    """
    request.begin("settings")
    config, problems = read_config(request.root)
    settings = None
    if config is not None:
        settings, problems = read_settings(config)
        problems = tuple(problems)
    if settings is None:
        return _nothing(request, problems)
    diagnostics = list(problems)
    if request.base_url is not None:
        settings, found = with_base_url(settings, request.base_url)
        diagnostics += found
    request.begin("files")
    files, found = scan(request.root)
    diagnostics += found
    theme, found = read_theme(files, settings, settings.places.get("theme"))
    diagnostics += found
    if theme is None or theme.template("page.html") is None:
        theme = Theme(())  # nothing is rendered: what a broken theme would say of every page is not worth telling
    strings, found = read_translations(list(settings.languages), theme.catalogues())
    diagnostics += found
    labels = {code: labels_in(translated) for code, translated in strings.items()}
    jobs = request.jobs or default_jobs()

    def beside() -> None:
        if meanwhile is not None:
            meanwhile(settings, theme)
            request.begin("documents")

    request.begin("documents")
    documents, learnt, found = read_documents(
        request.root, files.content, settings, labels, jobs, request.tell("reading"), beside, request.memory,
        request.profile,
    )  # fmt: skip
    diagnostics += found
    request.begin("site map")
    learnt.until = request.moment.next_change(document.front.meta for document in documents)
    topics = {code: said_in(translated, "Topics") for code, translated in strings.items()}
    sitemap, found = assemble(documents, files.assets, settings, request.moment, topics)
    shown = {page.document.path for page in sitemap.pages} | set(sitemap.by_source)
    absent = tuple(document for document in documents if document.path not in shown)
    return Surveyed(settings, files, theme, strings, sitemap, absent, learnt, (*diagnostics, *found))


def _nothing(request: Request, problems: tuple[Diagnostic, ...]) -> Surveyed:
    empty = Loaded(request.root, (), (), (), (), (), ())
    return Surveyed(Settings(), empty, Theme(()), {}, SiteMap((), {}, {}, {}), (), Learnt(), problems)
