"""What a page is told when it asks what a change means for it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from tests.server.cold import check
from tests.server.serving import Served, serving, until

PAGE = "---\ntitle: Home\n---\n\n{text}\n"
STATIC = "<!doctype html><title>By hand</title><body>{text}</body>"


def loaded(served: Served, path: str) -> dict[str, str]:
    """Load a page; return what it knows of itself."""
    html = served.ask(path).body.decode()
    return {"path": path, **dict(re.findall(r'data-(state|shape)="(\w*)"', html))}


def told(served: Served, known: dict[str, str]) -> tuple[bool, dict[str, str] | None]:
    """Return whether a page is to be reloaded, and which files have changed."""
    answer = json.loads(served.ask(f"/__ctxsite/changes?{urlencode(known)}").body)
    return answer["page"], None if answer["files"] is None else dict(answer["files"])


def test_changes(make_site: Callable[..., Path]) -> None:
    site = make_site({
        "content/index.md": PAGE.format(text="One."), "content/b.md": PAGE.format(text="B."), "static/x.css": "a{}",
        "static/hand.html": STATIC.format(text="One."),
    })  # fmt: skip
    with serving(site) as served:
        pages = {path: loaded(served, path) for path in ("/", "/b/", "/hand.html", "/nothing/")}
        assert {path: told(served, known) for path, known in pages.items()} == dict.fromkeys(pages, (False, {}))

        (site / "static/x.css").write_text("b{}")
        check(served, site)
        for known in pages.values():
            reload, files = told(served, known)
            assert not reload
            assert files is not None
            assert "/x.css" in files

        (site / "content/index.md").write_text(PAGE.format(text="Two."))
        (site / "static/hand.html").write_text(STATIC.format(text="Two."))
        check(served, site)
        assert [told(served, known)[0] for known in pages.values()] == [True, False, True, False]

        (site / "content/nothing.md").write_text(PAGE.format(text="Now there."))
        (site / "content/b.md").unlink()
        check(served, site)
        assert [told(served, known)[0] for known in pages.values()] == [True, True, True, True]


def test_a_state_of_another_server(make_site: Callable[..., Path]) -> None:
    with serving(make_site({"content/index.md": PAGE.format(text="One.")})) as served:
        assert told(served, {**loaded(served, "/"), "state": "elsewhere"}) == (False, None)
        assert told(served, {"path": "/", "state": "", "shape": ""}) == (True, None)
        assert told(served, {}) == (True, None)


def test_the_stream_says_what_is_wrong(make_site: Callable[..., Path]) -> None:
    site = make_site({"content/index.md": "---\ntitle: [\n---\n"})
    with serving(site) as served:
        assert served.ask("/__ctxsite/events", "HEAD").headers["content-type"].startswith("text/event-stream")
        until(lambda: "error[CTX101]" in served.output)
