"""A context as text: what is written is read again as it was, and anything else is read as unknown."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctxsite.rules.context import read_context, value_of
from ctxsite.server.preview_context import NOBODY, context_from, context_text, link_query
from tests.rules.reading import VOCABULARY, clean_vocabulary
from tests.rules.strategies import contexts, malformed_contexts

CLASHING = clean_vocabulary("signals: {now: {type: text}, segments: {type: number}, languages: {type: boolean}}")


def meaning(context: Any) -> Any:
    """Return what any rule can find out about a context."""
    read = read_context(context)
    known = {name: value_of(read, signal) for name, signal in VOCABULARY.signals.items()}
    return read.instant, read.zone, None if read.zone else read.offset, known


WRITTEN: dict[str, Any] = {
    "-": {},
    "now:2026-12-24T20:15+01:00;zone:Europe/Vienna;languages:de-AT,en;segments:business": {
        "now": "2026-12-24T19:15Z", "zone": "Europe/Vienna", "languages": ["de-AT", "en"], "segments": ["business"],
    },
    "now:2026-12-24T20:15:30-03:30": {"now": "2026-12-24T20:15:30-03:30"},
    "segments:;country:AT;device:phone": {"segments": [], "country": "AT", "device": "phone"},
    "campaign:a%3Bb%2Bc%20d%25;plan:Ä:b": {"campaign": "a;b+c d%", "signals": {"plan": "Ä:b"}},
    "orders:0.00001;member:true;tags:a,b": {"signals": {"orders": 1e-05, "member": True, "tags": ["a", "b"]}},
}  # fmt: skip


@pytest.mark.parametrize("text", WRITTEN)
def test_what_is_written(text: str) -> None:
    context = WRITTEN[text]
    assert context_text(context, VOCABULARY) == text
    assert meaning(context_from(text, VOCABULARY)) == meaning(context)


def test_a_link_is_short_and_can_be_read() -> None:
    context = {"now": "2026-12-24T20:15+01:00", "zone": "Europe/Vienna", "signals": {"plan": "a b"}}
    assert link_query(context, VOCABULARY) == "?ctx=now:2026-12-24T20:15+01:00;zone:Europe/Vienna;plan:a%2520b"


@given(contexts)
def test_reading_what_was_written(context: Any) -> None:
    assert meaning(context_from(context_text(context, VOCABULARY), VOCABULARY)) == meaning(context)


@given(contexts)
def test_a_link_survives_a_query(context: Any) -> None:
    (text,) = parse_qs(link_query(context, VOCABULARY).removeprefix("?"))["ctx"]
    assert meaning(context_from(text, VOCABULARY)) == meaning(context)


@given(malformed_contexts)
def test_anything_is_written(context: Any) -> None:
    data = context if isinstance(context, dict) else {}
    text = context_text(data, VOCABULARY)
    assert isinstance(link_query(data, VOCABULARY), str)
    context_from(text, VOCABULARY)


@given(st.text())
def test_anything_is_read(text: str) -> None:
    found = context_from(text, VOCABULARY)
    assert context_text(found, VOCABULARY)
    read_context(found)


def test_signals_that_are_named_like_keys_of_a_context() -> None:
    context = {"signals": {"now": "x", "segments": 3, "languages": False}}
    text = context_text(context, CLASHING)
    assert text == ".now:x;.segments:3;.languages:false"
    assert context_from(text, CLASHING) == context


def test_nobody() -> None:
    assert context_from(NOBODY, VOCABULARY) == context_from("", VOCABULARY) == {}
