"""The command in a process of its own: what it answers, says, survives, and how it ends."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.server.cold import check
from tests.server.serving import PATIENCE, serving, until

PAGE = "---\ntitle: Home\n---\n\n{text}\n"
FILES = {"content/index.md": PAGE.format(text="First."), "static/x.css": "a { color: red }\n"}
Make = Callable[..., Path]


def files_of(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(folder.rglob("*"))}


def test_everything_that_a_build_makes_and_nothing_written(make_site: Make) -> None:
    example = Path(__file__).resolve().parent.parent.parent / "example-site"
    site = make_site({})
    shutil.copytree(example, site, dirs_exist_ok=True, ignore=shutil.ignore_patterns("public", ".ctxsite"))
    before = files_of(site)
    with serving(site) as served:
        check(served, site)
        assert "problem" not in served.output
    assert files_of(site) == before


def test_methods_tags_and_headers(make_site: Make) -> None:
    with serving(make_site(FILES)) as served:
        whole = served.ask("/x.css")
        assert whole.body == b"a { color: red }\n"
        head = served.ask("/x.css", "HEAD")
        assert head.body == b""
        assert {k: v for k, v in head.headers.items() if k != "date"} == {
            k: v for k, v in whole.headers.items() if k != "date"
        }
        assert served.ask("/x.css", if_none_match=whole.headers["etag"]).status == 304
        assert served.ask("/x.css", range="bytes=4-8").body == b"color"
        page = served.ask("/")
        published = dict(
            line.strip().split(": ", 1) for line in served.text("/_headers").splitlines() if line.startswith("  ")
        )
        assert {name.lower(): value for name, value in published.items()}.items() <= page.headers.items()
        assert page.headers["cache-control"] == "no-cache"
        assert served.ask("/", if_none_match=page.headers["etag"]).status == 304
        assert b"ctxsite-client" in page.body
        assert b"ctxsite-client" not in served.ask("/", sec_fetch_dest="empty").body
        missing = served.ask("/nothing/")
        assert missing.status == 404
        assert b"ctxsite-client" in missing.body


def test_the_next_port_if_one_is_taken(make_site: Make) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with serving(make_site(FILES), "-p", str(port)) as served:
            assert served.port > port
            assert f"port {port} is taken: using {served.port}" in served.output


def test_it_listens_on_this_machine_only(make_site: Make) -> None:
    with serving(make_site(FILES)) as served:
        listening = subprocess.run(
            ["ss", "-Hltn", f"sport = :{served.port}"], check=False, capture_output=True, text=True
        )
        if listening.returncode:
            pytest.skip("ss is not installed: apt-get install -y iproute2")
        assert [line.split()[3] for line in listening.stdout.splitlines()] == [f"127.0.0.1:{served.port}"]


def test_in_the_network_where_that_is_wanted(make_site: Make) -> None:
    with serving(make_site(FILES), "--lan") as served:
        until(lambda: "built in" in served.output)
        assert "Network: http://" in served.output
        assert "Site:    http://127.0.0.1:" in served.output
        assert "▀" in served.output or "█" in served.output
        assert served.ask("/", host="192.0.2.7").status == 200
        assert served.ask("/", host="evil.example").status == 403


@pytest.mark.parametrize("address", ["example.org", "1.2.3", ""])
def test_a_wrong_address_is_wrong_usage(make_site: Make, address: str) -> None:
    command = [sys.executable, "-m", "ctxsite", "serve", "-s", str(make_site(FILES)), "--bind", address]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 2
    assert "no IP address" in done.stderr


@pytest.mark.parametrize("options", [(), ("--poll",)], ids=["events", "poll"])
def test_changes_show(make_site: Make, options: tuple[str, ...]) -> None:
    site = make_site(FILES)
    page = site / "content/index.md"
    with serving(site, *options) as served:
        page.write_text(PAGE.format(text="Second."))
        check(served, site)
        (site / "content/sub").mkdir()
        (site / "content/sub/new.md").write_text(PAGE.format(text="New."))
        (site / "data").mkdir()
        (site / "data/x.yaml").write_text("a: 1\n")
        check(served, site)
        (site / "content/sub/new.md").write_text(PAGE.format(text="[[data: x.a]]"))
        check(served, site)
        (site / "data/x.yaml").write_text("a: 7654\n")
        check(served, site)
        assert "7654" in served.text("/sub/new/")
        shutil.rmtree(site / "content/sub")
        check(served, site, gone=("sub/new/index.html",))
        assert served.interrupt() == 0


def vim(path: Path, text: str) -> None:
    """Save as vim does with `backup`: the old file becomes the backup, a new one is written, the backup goes."""
    backup = path.with_name(path.name + "~")
    path.rename(backup)
    path.write_text(text)
    backup.unlink()


def renamed(path: Path, text: str) -> None:
    """Save as many editors do: beside it, then over it."""
    other = path.with_name(f".{path.name}.kate-swp")
    with other.open("w") as file:
        file.write(text)
        os.fsync(file.fileno())
    other.replace(path)


def in_place(path: Path, text: str) -> None:
    """Save in pieces."""
    with path.open("w") as file:
        for line in text.splitlines(True):
            file.write(line)
            file.flush()


def moved_in(path: Path, text: str) -> None:
    """Save from a folder that nobody watches."""
    other = path.parent.parent.parent / "elsewhere"
    other.write_text(text)
    other.replace(path)


@pytest.mark.parametrize("save", [vim, renamed, in_place, moved_in])
def test_the_ways_in_which_editors_save(make_site: Make, save: Callable[[Path, str], None]) -> None:
    site = make_site(FILES)
    with serving(site) as served:
        for number in range(5):
            save(site / "content/index.md", PAGE.format(text=f"Number {number}."))
            check(served, site)
        assert "error" not in served.output


def test_links_are_followed_once(make_site: Make) -> None:
    site = make_site({**FILES, "shared/one.md": PAGE.format(text="One."), "content/loop": Path()})
    (site / "content/linked").symlink_to(Path("../shared"))
    with serving(site) as served:
        check(served, site)
        (site / "shared/one.md").write_text(PAGE.format(text="Other."))
        check(served, site)
        assert "Other." in served.text("/linked/one/")


def test_the_sites_folder_may_be_missing_and_appear(make_site: Make, tmp_path: Path) -> None:
    other = make_site(FILES, "other")
    site = tmp_path / "late"
    with serving(site) as served:
        answer = served.ask("/")
        assert answer.status == 503
        assert b"ctxsite-client" in answer.body
        other.rename(site)
        until(lambda: served.ask("/").status == 200)
        check(served, site)
        site.rename(other)
        until(lambda: "last good pages stay" in served.output)
        assert served.ask("/").status == 200
        (other / "content/index.md").write_text(PAGE.format(text="Back."))
        other.rename(site)
        check(served, site)
        (site / "content/index.md").write_text(PAGE.format(text="And watched."))
        check(served, site)


def test_a_configuration_that_is_broken_at_the_start(make_site: Make) -> None:
    site = make_site({**FILES, "ctxsite.yaml": "title: [\n"})
    with serving(site) as served:
        assert served.ask("/anything/").status == 503
        until(lambda: "error[CTX101]" in served.output)
        (site / "ctxsite.yaml").write_text("title: Mended\n")
        check(served, site)
        assert "Mended" in served.text("/")


def test_an_error_keeps_the_last_good_pages(make_site: Make) -> None:
    site = make_site(FILES)
    page = site / "content/index.md"
    with serving(site) as served:
        before = served.ask("/").body
        page.write_text("---\ntitle: [\n---\n")
        until(lambda: "last good pages stay" in served.output)
        assert served.ask("/").body == before
        page.write_text(PAGE.format(text="Mended."))
        check(served, site)
        until(lambda: "mended" in served.output)


@pytest.mark.parametrize("streams", [0, 5])
def test_ctrl_c_ends_it_although_streams_are_open(make_site: Make, streams: int) -> None:
    with serving(make_site(FILES)) as served:
        opened = []
        for _ in range(streams):
            connection = socket.create_connection(("127.0.0.1", served.port), PATIENCE)
            connection.sendall(b"GET /__ctxsite/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert b"text/event-stream" in connection.recv(1000)
            opened.append(connection)
        assert served.interrupt() == 0
        for connection in opened:
            while connection.recv(1000):
                pass
            connection.close()
        assert "Traceback" not in served.output
