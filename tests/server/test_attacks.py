"""What strangers may try: each is refused, or harmless."""

from __future__ import annotations

import re
import resource
import socket
import stat
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.server.serving import PATIENCE, Served, serving, until

SECRET = "not for anybody"
PAGE = "---\ntitle: Home\n---\n\nText.\n"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("attacks")
    site = folder / "site"
    for path, text in {
        "ctxsite.yaml": "title: Test\n", "content/index.md": PAGE, "static/a.txt": "A", "static/sub/b.txt": "B",
        ".env": SECRET, "notes.txt": SECRET, "templates/notes.txt": SECRET, "../outside.txt": SECRET,
    }.items():  # fmt: skip
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text)
    editor = folder / "editor"
    editor.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> {folder}/opened\n')
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    with serving(site, "--editor", f"{editor} {{file}} +{{line}} {{column}}") as running:
        yield running


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.0.2.7", "", "evil.example:80"])
def test_a_foreign_host(served: Served, host: str) -> None:
    for path in ("/", "/a.txt", "/__ctxsite/events", "/__ctxsite/client/client.js"):
        answer = served.ask(path, host=host)
        assert answer.status == 403
        assert b"Text." not in answer.body


@pytest.mark.parametrize(
    "path",
    [
        "/../notes.txt", "/../../outside.txt", "/%2e%2e/notes.txt", "/%2e%2e%2fnotes.txt", "/..%2fnotes.txt",
        "/%252e%252e/notes.txt", "/..%5cnotes.txt", "/..\\notes.txt", "/sub/../../notes.txt", "/sub/%2e%2e/%2e%2e/.env",
        "//etc/passwd", "/%2fetc%2fpasswd", "///etc/passwd", "/file:///etc/passwd", "/notes.txt", "/.env",
        "/templates/notes.txt", "/a.txt%00.html", "/%00", "/a.txt/", "/ctxsite.yaml", "/content/index.md", "/%ff%fe",
        "/__ctxsite/client/../../inject.py", "/__ctxsite/client/%2e%2e%2finject.py", "/__ctxsite/..%2fapp.py",
        "/__ctxsite/client/client.js/", "/__ctxsite/%00", "/__ctxsite/nothing",
    ],
)  # fmt: skip
def test_paths_that_lead_out(served: Served, path: str) -> None:
    answer = served.ask(path)
    assert answer.status in {400, 404}
    assert SECRET.encode() not in answer.body
    assert b"root:" not in answer.body
    assert b"from __future__" not in answer.body


@pytest.mark.parametrize("target", ["http://evil.example/notes.txt", "notes.txt", "*", "http://127.0.0.1/../notes.txt"])
def test_targets_that_are_no_paths(served: Served, target: str) -> None:
    assert SECRET.encode() not in served.ask(target).body


def test_folders_are_not_listed(served: Served) -> None:
    answer = served.ask("/sub/")
    assert answer.status == 404
    assert b"b.txt" not in answer.body


def test_a_redirect_never_leads_to_another_host(served: Served) -> None:
    for path in ("//evil.example", "//evil.example/..", "/%2fevil.example", "/\\evil.example"):
        answer = served.ask(path)
        assert answer.status in {400, 404}
        assert "location" not in answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_nothing_can_be_changed(served: Served, method: str) -> None:
    assert served.ask("/", method).status == 405
    assert served.ask("/a.txt", method, b"x").status == 405


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "cors"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors", "sec_fetch_dest": "script"},
        {"sec_fetch_site": "same-site", "origin": "http://localhost:1"},
    ],
)
def test_other_sites_get_nothing_of_the_servers_own(served: Served, headers: dict[str, str]) -> None:
    for path in ("/__ctxsite/events", "/__ctxsite/changes?path=/", "/__ctxsite/client/client.js"):
        answer = served.ask(path, "GET", None, **headers)
        assert answer.status == 403
        assert "access-control-allow-origin" not in answer.headers


def test_nothing_is_shared_across_origins(served: Served) -> None:
    for path in ("/", "/a.txt", "/__ctxsite/client/client.js", "/nothing"):
        headers = served.ask(path).headers
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in headers
        assert "server" not in headers


def test_huge_headers(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port), PATIENCE) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        try:
            for _ in range(100):
                connection.sendall(b"X-Long: " + b"x" * 10_000 + b"\r\n")
            answer = connection.recv(1000)
        except ConnectionError:
            answer = b""
    assert answer == b"" or answer.startswith((b"HTTP/1.1 4", b"HTTP/1.1 5"))
    assert served.ask("/").status == 200


@pytest.mark.parametrize(
    "request_",
    [
        b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x00\xa5\x01\x00",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    ],
)  # fmt: skip
def test_requests_that_are_none(served: Served, request_: bytes) -> None:
    with socket.create_connection(("127.0.0.1", served.port), PATIENCE) as connection:
        connection.sendall(request_)
        connection.shutdown(socket.SHUT_WR)
        assert b"Text." not in connection.recv(100_000)
    assert served.ask("/").status == 200


def test_a_thousand_idle_connections(served: Served) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 1500 if hard == resource.RLIM_INFINITY else min(hard, 1500)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    try:
        with ExitStack() as stack:
            for number in range(1000):
                connection = stack.enter_context(socket.create_connection(("127.0.0.1", served.port), PATIENCE))
                if number % 2:
                    connection.sendall(b"GET / HTTP/1.1\r\nHost: loc")
            assert served.ask("/").status == 200
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert served.ask("/").status == 200


def token(served: Served) -> str:
    found = re.search(r'data-token="(\w+)"', served.ask("/").body.decode())
    assert found is not None
    return found[1]


@pytest.mark.parametrize("given", ["", "0" * 32, "é"])
def test_only_pages_of_this_server_open_files(served: Served, given: str) -> None:
    body = b"content/index.md\n1\n1"
    assert served.ask("/__ctxsite/open", "POST", body, x_ctxsite_token=given).status in {400, 403}
    assert served.ask("/__ctxsite/open", "POST", body).status == 403
    own = token(served)
    for origin in ("https://evil.example", "null"):
        assert served.ask("/__ctxsite/open", "POST", body, x_ctxsite_token=own, origin=origin).status == 403
    assert served.ask("/__ctxsite/open", x_ctxsite_token=own).status in {404, 405}


def test_only_files_of_the_site_are_opened(served: Served, tmp_path_factory: pytest.TempPathFactory) -> None:
    own = token(served)
    opened = tmp_path_factory.getbasetemp() / "attacks0" / "opened"
    for path in (
        "../outside.txt", "/etc/passwd", "content/../../outside.txt", "a\0b", "", ".", "<theme default>/../../x",
        "<theme ../..>/x", "content/$(id).md", "nothing.md",
    ):  # fmt: skip
        body = f"{path}\n1\n1".encode()
        assert served.ask("/__ctxsite/open", "POST", body, x_ctxsite_token=own).status == 404
    assert not opened.exists()
    body = b"content/index.md\n3\n7"
    assert served.ask("/__ctxsite/open", "POST", body, x_ctxsite_token=own).status == 204
    until(opened.exists)
    until(lambda: opened.read_text().endswith("\n7\n"))
    file, line, column = opened.read_text().splitlines()
    assert (Path(file).parts[-2:], line, column) == (("content", "index.md"), "+3", "7")
