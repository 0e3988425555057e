"""Conditional requests and parts of files (RFC 9110)."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers
from starlette.responses import Response

from ctxsite.server.answers import answer, content_type

DATA = b"0123456789"


def ask(status: int = 200, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return answer(DATA, Headers(named), {"content-type": "text/plain"}, tag="t", status=status)


def test_everything() -> None:
    response = ask()
    assert (response.status_code, response.body, response.headers["etag"]) == (200, DATA, '"t"')
    assert response.headers["content-length"] == "10"
    assert response.headers["accept-ranges"] == "bytes"


@pytest.mark.parametrize("known", ['"t"', 'W/"t"', '"x", "t"', "*"])
def test_what_is_known_is_not_sent(known: str) -> None:
    response = ask(if_none_match=known, range="bytes=0-1")
    assert (response.status_code, response.body) == (304, b"")
    assert "content-type" not in response.headers


def test_what_is_not_known_is_sent() -> None:
    assert ask(if_none_match='"x"').status_code == 200
    assert ask(404, if_none_match='"t"').status_code == 404


@pytest.mark.parametrize(
    ("wanted", "body", "shown"),
    [
        ("bytes=0-3", b"0123", "bytes 0-3/10"),
        ("bytes=8-", b"89", "bytes 8-9/10"),
        ("bytes=8-99", b"89", "bytes 8-9/10"),
        ("bytes=-3", b"789", "bytes 7-9/10"),
        ("bytes=-99", DATA, "bytes 0-9/10"),
    ],
)
def test_parts(wanted: str, body: bytes, shown: str) -> None:
    response = ask(range=wanted)
    assert (response.status_code, response.body, response.headers["content-range"]) == (206, body, shown)


@pytest.mark.parametrize("wanted", ["bytes=10-", "bytes=-0", "bytes=5-4"])
def test_parts_that_are_not_there(wanted: str) -> None:
    response = ask(range=wanted)
    assert (response.status_code, response.headers["content-range"]) == (416, "bytes */10")


@pytest.mark.parametrize("wanted", ["bytes=-", "bytes=0-1,3-4", "lines=1-2", "nonsense", "bytes=" + "9" * 5000 + "-"])
def test_what_is_not_understood_is_ignored(wanted: str) -> None:
    assert ask(range=wanted).status_code == 200


def test_a_part_of_another_file_is_not_sent() -> None:
    assert ask(range="bytes=0-1", if_range='"t"').status_code == 206
    assert ask(range="bytes=0-1", if_range='"x"').status_code == 200


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("a/x.css", "text/css; charset=utf-8"),
        ("x.JS", "text/javascript; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("x.svg", "image/svg+xml; charset=utf-8"),
        ("x.woff2", "font/woff2"),
        ("x.png", "image/png"),
        ("_headers", "text/plain; charset=utf-8"),
        ("a.b/c", "text/plain; charset=utf-8"),
        ("x.unheard-of", "application/octet-stream"),
    ],
)
def test_content_types(file: str, kind: str) -> None:
    assert content_type(file) == kind
