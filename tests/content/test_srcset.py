"""`srcset`: where its addresses are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctxsite.content.srcset import candidates

PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACw="


@pytest.mark.parametrize(
    ("srcset", "found"),
    [
        ("", []), (" ", []), (",", []), (" , ,, ", []),
        ("a.png", ["a.png"]), (" a.png ", ["a.png"]), ("a.png,", ["a.png"]), ("a.png,,", ["a.png"]),
        ("a.png 1x, b.png 2x", ["a.png", "b.png"]), ("a.png 100w,b.png 200w", ["a.png", "b.png"]),
        ("a.png, b.png 2x", ["a.png", "b.png"]), ("a.png\n2x ,\tb.png", ["a.png", "b.png"]),
        (", a.png 1x", ["a.png"]), (",a.png", ["a.png"]),
        ("a,b.png 2x", ["a,b.png"]), ("a.png,b.png", ["a.png,b.png"]), ("?w=1,h=2 2x, c.png", ["?w=1,h=2", "c.png"]),
        (f"{PIXEL} 1x, b.png 2x", [PIXEL, "b.png"]), (f"b.png 2x,{PIXEL}", ["b.png", PIXEL]),
        ("a.png (1,2) 2x, b.png", ["a.png", "b.png"]), ("a.png (1, b.png", ["a.png"]),
        ("a.png )x, b.png", ["a.png", "b.png"]),
        ("a.png f(1,(2), b.png", ["a.png", "b.png"]), ("a(b,c.png 2x, d.png", ["a(b,c.png", "d.png"]),
        ("a\u00a0b.png 2x", ["a\u00a0b.png"]),
    ],
)  # fmt: skip
def test_addresses(srcset: str, found: list[str]) -> None:
    assert [srcset[begin:end] for begin, end in candidates(srcset)] == found


@given(st.text("ab, \t(),\n", max_size=30))
def test_whatever_is_written(srcset: str) -> None:
    last = 0
    for begin, end in candidates(srcset):
        assert last <= begin < end <= len(srcset)
        assert not set(srcset[begin:end]) & set("\t\n\f\r ")
        assert srcset[begin] != "," != srcset[end - 1]
        last = end


@given(
    st.lists(st.tuples(st.from_regex(r"[a-z,]{0,5}[a-z]", fullmatch=True), st.sampled_from(["1x", "200w", "(a,b) 2x"])))
)
def test_what_is_well_formed_comes_back(written: list[tuple[str, str]]) -> None:
    srcset = ", ".join(f"{address} {descriptor}" for address, descriptor in written)
    assert [srcset[begin:end] for begin, end in candidates(srcset)] == [address.lstrip(",") for address, _ in written]
