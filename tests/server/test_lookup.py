"""From a host and a path to a file, as a static host would find it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from ctxsite.build.session import Built, Session
from ctxsite.server.lookup import Found, find
from ctxsite.server.published import Redirect, headers_for, read_redirects

PAGE = "---\ntitle: T\n---\n\nText.\n"
FILES = {
    "ctxsite.yaml": "title: T\nbase_url: https://example.org/docs\nlanguages: {en: {}, de: {}}\n",
    "content/index.md": PAGE,
    "content/a b.md": "---\ntitle: T\naliases: [/old, /gone.html]\n---\n\nText.\n",
    "content/index.de.md": PAGE,
    "static/x.css": "a{}",
    "static/ü.txt": "ü",
}


@pytest.fixture
def built(make_site: Callable[..., Path]) -> Built:
    return Session(make_site(FILES)).build(dt.datetime(2026, 11, 22, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    ("path", "file", "status"),
    [
        ("/docs/", "index.html", 200),
        ("/docs/a-b/", "a-b/index.html", 200),
        ("/docs/a-b/index.html", "a-b/index.html", 200),
        ("/docs/de/", "de/index.html", 200),
        ("/docs/x.css", "x.css", 200),
        ("/docs/ü.txt", "ü.txt", 200),
        ("/docs/nothing/", "404.html", 404),
        ("/docs/de/nothing/", "de/404.html", 404),
        ("/docs/de/a/b/c", "de/404.html", 404),
        ("/docs/a-b/nothing.png", "404.html", 404),
        ("/elsewhere/", "404.html", 404),
        ("/docs/x.css/", "404.html", 404),
        ("/docs/../ctxsite.yaml", "404.html", 404),
        ("/docs//etc/passwd", "404.html", 404),
        ("/docs/%2e%2e/ctxsite.yaml", "404.html", 404),
        ("/docs/..\\ctxsite.yaml", "404.html", 404),
        ("/docs/\0", "404.html", 404),
        ("/docs/static", "404.html", 404),
    ],
)
def test_files(built: Built, path: str, file: str, status: int) -> None:
    found = find(built, "127.0.0.1", path)
    assert isinstance(found, Found)
    assert (found.file, found.status) == (file, status)


@pytest.mark.parametrize(
    ("path", "target", "status"),
    [
        ("/", "/docs/", 302),
        ("/docs", "/docs/", 302),
        ("/docs/a-b", "/docs/a-b/", 301),
        ("/docs/de", "/docs/de/", 301),
        ("/docs/old/", "/docs/a-b/", 301),
        ("/docs/gone.html", "/docs/a-b/", 301),
    ],
)
def test_redirects(built: Built, path: str, target: str, status: int) -> None:
    assert find(built, "127.0.0.1", path) == Redirect(target, status)


def test_the_published_headers(built: Built) -> None:
    found = find(built, "localhost", "/docs/x.css")
    assert isinstance(found, Found)
    assert {"content-security-policy", "x-content-type-options", "referrer-policy"} == {
        name for name, _ in found.headers
    }


def test_a_language_on_a_host_of_its_own(make_site: Callable[..., Path]) -> None:
    config = "base_url: https://example.org\nlanguages: {en: {}, de: {base_url: 'https://beispiel.de/x'}}\n"
    files = {**FILES, "ctxsite.yaml": "title: T\n" + config}
    built = Session(make_site(files)).build(dt.datetime(2026, 11, 22, tzinfo=dt.UTC))
    found = find(built, "beispiel.de.localhost", "/x/")
    assert isinstance(found, Found)
    assert found.file == "de/index.html"
    assert find(built, "beispiel.de.localhost", "/") == Redirect("/x/", 302)
    other = find(built, "localhost", "/")
    assert isinstance(other, Found)
    assert other.file == "index.html"
    missing = find(built, "beispiel.de.localhost", "/x/nothing/")
    assert isinstance(missing, Found)
    assert missing.file == "de/404.html"


def test_headers_as_hosts_read_them() -> None:
    text = b"# A comment\n/*\n  X-One: 1\n/a/*\n  X-Two: a: b\n\n/q?[x]\n  X-Three: 3\n"
    assert headers_for(text, "/a/b") == (("x-one", "1"), ("x-two", "a: b"))
    assert headers_for(text, "/q?[x]") == (("x-one", "1"), ("x-three", "3"))
    assert headers_for(text, "/qx") == (("x-one", "1"),)


def test_redirects_as_hosts_read_them() -> None:
    assert read_redirects("/a%20b /ü/ 301\n# c\nnonsense\n".encode()) == {"/a b": Redirect("/ü/", 301)}
