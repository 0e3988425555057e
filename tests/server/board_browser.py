"""The board in Chromium: a server in a thread, and a page in which nothing may fail."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page

from ctxsite.build.session import Built, Session
from ctxsite.server.app import make_app
from ctxsite.server.live import Live, Place
from ctxsite.server.running import listening
from tests.server.board_site import clock

BOARD = "/__ctxsite/"
PATIENCE = 60.0


@dataclass(frozen=True)
class Site:
    """A site that is served: `url` has no slash at its end."""

    root: Path
    live: Live
    url: str
    session: Session

    def build(self) -> Built:
        """Build the site as it is now, and serve it."""
        built = self.session.build(clock())
        self.live.publish(built)
        return built


@contextmanager
def served(root: Path, first: Built | None = None) -> Iterator[Site]:
    """Serve a site's first build (or the one given) until the end of the `with`."""
    live = Live(Place(root))
    listener = listening("127.0.0.1", 0)
    site = Site(root, live, f"http://127.0.0.1:{listener.getsockname()[1]}", Session(root, jobs=1))
    app = make_app(live, lambda host: host.startswith("127.0.0.1"))
    config = uvicorn.Config(app, loop="asyncio", http="h11", ws="none", lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    if first is None:
        site.build()
    else:
        live.publish(first)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        live.close()
        server.should_exit = server.force_exit = True
        thread.join(PATIENCE)
        listener.close()


@contextmanager
def opened(browser: Browser, site: Site, where: str = "#/", **person: Any) -> Iterator[Page]:
    """Open the board; at the end of the `with`, nothing may have failed in it or in a frame of it."""
    errors: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(f"{message.text} {message.location}")

    with browser.new_context(locale="en-GB", **person) as context:
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(site.url + BOARD + where)
        page.wait_for_selector("body:not(.loading)")
        yield page
    assert errors == []


def settled(page: Page, script: str, wanted: object) -> None:
    """Wait until a script's value is the one wanted; fail with what it is instead."""
    end = time.monotonic() + PATIENCE
    while (found := page.evaluate(script)) != wanted:
        assert time.monotonic() < end, found
        page.wait_for_timeout(20)


LINES = """() => Object.fromEntries([...document.querySelectorAll('.grid .body [role=row]')].reduce((lines, row) => {
  const [head, ...cells] = row.children;
  const id = head.querySelector('.id')?.textContent;
  const page = id ?? lines.page;
  lines.page = page;
  lines.push([id ? page : `${page}@${head.textContent}`, cells.map((cell) =>
    [...cell.querySelectorAll('.word, .note, .badge')].map((part) => part.textContent).join(' | '))]);
  return lines;
}, []))"""
"""The lines of the overview that are in the document: what their cells say, by page, or page and variant."""
