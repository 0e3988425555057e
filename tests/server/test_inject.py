"""The client is put into pages, and taken out again exactly."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ctxsite.server.inject import bare, injected, shape

TOKEN = "0123456789abcdef" * 2
PARTS = ["<!doctype html>", "<head>", '<HEAD class="a">', "<header>", "</body>", "</html>", "text", "<!--", "-->", "\n"]


def put(html: bytes) -> bytes:
    return injected(html, TOKEN, {"state": 'a"b', "shape": "<>"}, ["/__ctxsite/e.js"], ["/__ctxsite/a.js", "/x.js"])


@given(st.lists(st.sampled_from(PARTS), max_size=12).map(lambda parts: "".join(parts).encode()))
@example(b"<!--ctxsite:feed-->is a mark of somebody else<!--/ctxsite:feed-->")
def test_taking_out_is_the_inverse(html: bytes) -> None:
    assert bare(put(html)) == html
    assert put(html) != html


def test_places() -> None:
    html = put(b'<!doctype html><html><head lang="x"><title>T</title></head><body><p>One</p></body></html>')
    before, early, late = html.partition(b"<title>")[0], html.find(b"e.js"), html.find(b"a.js")
    assert before.endswith(b'<script src="/__ctxsite/e.js"></script><!--/ctxsite:' + TOKEN.encode() + b"-->")
    assert early < html.find(b"<title>") < html.find(b"</p>") < late < html.find(b"</body>")
    assert b'data-state="a&quot;b"' in html
    assert html.count(b"id=ctxsite-client") == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("<link href='/a.css?v=0123456789'>", "<link href='/a.css?v=abcdef0123'>", True),
        ("<img src='/a.webp?v=0123456789'>", "<img src='/a.webp?v=abcdef0123'>", True),
        ("<script src='/a.js?v=0123456789'>", "<script src='/a.js?v=abcdef0123'>", False),
        ("<link href='/a.css?v=0123456789'>", "<link href='/b.css?v=0123456789'>", False),
        ("One", "Two", False),
    ],
)
def test_a_page_has_another_shape_unless_only_versions_of_what_can_be_swapped_differ(
    one: str, other: str, same: bool
) -> None:
    assert (shape(one.encode()) == shape(other.encode())) is same
