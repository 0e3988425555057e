"""Where a site's files are, and that what happens to them is seen."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ctxsite.build.places import folders, stamps
from ctxsite.server.quiet import Changes
from ctxsite.server.watch import EventWatcher, PollingWatcher, Watching
from tests.server.serving import until

Make = Callable[..., Path]


def listened(root: Path, *others: Path) -> dict[str, bool]:
    found = {
        os.path.relpath(folder, os.path.realpath(root)): deep for folder, (deep, _) in folders(root, others).items()
    }
    return dict(sorted(found.items()))


def test_a_sites_folders(make_site: Make, tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    theme.mkdir()
    site = make_site(
        {"content/a/b/c.md": "", "static/x": "", "public/index.html": "", "node_modules/x/y": "", ".git/x": ""}
    )
    assert listened(site, theme) == {".": False, "../theme": True, "content": True, "static": True}


def test_links_to_elsewhere_in_the_site(make_site: Make) -> None:
    site = make_site({
        "content/a.md": "", "shared/x/a.md": "", "one/file.md": "", "content/loop": Path(),
        "content/gone": Path("nothing"), "content/static": Path("../static"), "static/x": "",
    })  # fmt: skip
    (site / "content/linked").symlink_to(Path("../shared"))
    (site / "content/file.md").symlink_to(Path("../one/file.md"))
    (site / "content/out").symlink_to(site.parent)
    assert listened(site) == {".": False, "content": True, "one": False, "shared": True, "static": True}
    names = {os.path.relpath(path, site) for path in stamps(site, ())}
    assert {"content/a.md", "content/linked/x/a.md", "content/file.md", "ctxsite.yaml"} <= names
    assert not [name for name in names if "loop/loop" in name]


def test_a_folder_that_is_missing(make_site: Make, tmp_path: Path) -> None:
    assert listened(tmp_path / "a/b/c") == {"../../..": False}
    site = make_site({})
    assert listened(site) == {".": False}


@pytest.mark.parametrize("kind", [EventWatcher, PollingWatcher])
def test_what_is_seen(make_site: Make, kind: type[EventWatcher] | type[PollingWatcher]) -> None:
    site = make_site({"content/a.md": "1", "content/b.md": "1", "notes.txt": "1", "public/x": "1"})
    changes = Changes()
    watcher = kind(site, changes)
    seen: set[str] = set()

    def told(*names: str) -> None:
        def all_seen() -> bool:
            batch = changes.take(0)
            seen.update(os.path.relpath(path, os.path.realpath(site)) for path in (batch.paths if batch else ()))
            return seen >= set(names)

        until(all_seen)

    try:
        watcher.watch(())
        for ignored in ("notes.txt", "public/x", "content/.a.md.swp", "content/a.md~", "content/.hidden"):
            (site / ignored).write_text("22")
        (site / "content/a.md").write_text("22")
        (site / "ctxsite.yaml").write_text("title: Other\n")
        told("content/a.md", "ctxsite.yaml")
        (site / "content/b.md").unlink()
        (site / "content/a.md").rename(site / "content/c.md")
        told("content/b.md", "content/c.md")
        assert not seen & {"notes.txt", "public/x", "content/.a.md.swp", "content/a.md~", "content/.hidden", "public"}
        (site / "data").mkdir()
        if kind is EventWatcher:
            told("data")
        watcher.watch(())
        (site / "data/x.yaml").write_text("a: 1\n")
        told("data/x.yaml")
        assert not watcher.stale()
    finally:
        watcher.close()


def test_a_folder_that_was_replaced_is_noticed(make_site: Make) -> None:
    site = make_site({"content/a.md": "1"})
    watcher = EventWatcher(site, Changes())
    try:
        watcher.watch(())
        assert not watcher.stale()
        site.rename(site.with_name("other"))
        site.mkdir()
        assert watcher.stale()
        watcher.watch(())
        assert not watcher.stale()
    finally:
        watcher.close()


def test_without_events_it_looks(make_site: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_more(self: EventWatcher, others: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(EventWatcher, "watch", no_more)
    site = make_site({"content/a.md": "1"})
    changes = Changes()
    told: list[str] = []
    watching = Watching(site, changes, poll=False, tell=told.append)
    try:
        watching.watch(())
        assert "inotify watch limit reached" in told[0]
        (site / "content/a.md").write_text("22")
        until(lambda: changes.waiting)
        assert not watching.stale()
    finally:
        watching.close()
