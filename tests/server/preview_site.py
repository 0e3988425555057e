"""Sites served as `ctxsite serve` serves them, for tests of the preview, and what the rules say of their pages."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from playwright.sync_api import Page as Tab

from ctxsite.build.session import Built, Session
from ctxsite.model.meta import DEFAULT
from ctxsite.model.page import Page, block_decisions
from ctxsite.rules.context import read_context
from ctxsite.rules.evaluate import Visit
from ctxsite.rules.signals import Vocabulary
from ctxsite.server.app import make_app
from ctxsite.server.live import Live, Place
from ctxsite.server.preview_context import context_from
from ctxsite.server.running import listening

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Served:
    """A site that is being served at `url` (without a slash at its end)."""

    url: str
    built: Built

    @property
    def vocabulary(self) -> Vocabulary:
        return self.built.compiled.settings.vocabulary


@contextmanager
def serving(root: Path) -> Iterator[Served]:
    """Build a site and serve it on a free port."""
    built = Session(root, jobs=1).build(NOW)
    assert built.ok, built.compiled.diagnostics
    live = Live(Place(root))
    live.publish(built)
    config = uvicorn.Config(make_app(live, lambda _: True), log_config=None, lifespan="off", ws="none")
    server = uvicorn.Server(config)
    socket = listening("127.0.0.1", 0)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{socket.getsockname()[1]}", built)
    finally:
        live.close()
        server.should_exit = True
        thread.join()


Shown = tuple[str, dict[str, str]]
"""A page's variant, and the branch of each of its blocks."""


def expected(page: Page, context: Mapping[str, object], vocabulary: Vocabulary) -> Shown:
    """Return what a context gets, by the definition; `ctxsite explain` says the same."""
    visit = Visit(read_context(context), vocabulary)
    own = page.decision()
    variant = visit.decide(own) if own else DEFAULT
    blocks = [block.decision for block in block_decisions(page) if variant in block.variants]
    return variant, {block.name: visit.decide(block) for block in blocks}


def expected_of_text(page: Page, text: str, vocabulary: Vocabulary) -> Shown:
    """Return what the context of a link gets."""
    return expected(page, context_from(text, vocabulary), vocabulary)


SHOWN = """() => [
    document.documentElement.dataset.variant ?? 'default',
    Object.fromEntries(
        [...document.querySelectorAll('[data-vary]')].map(({ dataset }) => [dataset.vary, dataset.shown])),
]"""


def shown(tab: Tab) -> Shown:
    """Return what a page shows, as its marks say."""
    variant, blocks = tab.evaluate(SHOWN)
    return variant, blocks


PANEL = "ctxsite-preview .root[data-ready]"


def ready(tab: Tab) -> None:
    """Wait until the panel knows the page."""
    tab.locator(PANEL).wait_for(state="attached")
