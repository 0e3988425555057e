"""The JSON Schema for editors agrees with the parser about forms and names."""

from __future__ import annotations

import re
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctxsite.rules import times, values
from ctxsite.rules.schema import PATTERNS, audiences, definitions, signals
from ctxsite.rules.signals import CLOCK_KEYS, COMBINING_KEYS
from tests.rules import generate
from tests.rules.reading import VOCABULARY

READERS = {
    "time": times.read_time,
    "weekday": times.read_weekday,
    "date": times.read_date,
    "moment": times.read_moment,
    "language": values.read_language,
}


def test_every_key_is_described() -> None:
    known: Any = definitions(VOCABULARY)
    assert set(known["condition"]["properties"]) == {*CLOCK_KEYS, *COMBINING_KEYS, *VOCABULARY.signals}
    assert known["condition"]["additionalProperties"] is False
    free: Any = definitions()
    assert free["condition"]["additionalProperties"] == {}
    assert known["condition"]["properties"]["segment"]["anyOf"][0] == {
        "enum": ["private", "business", "partner", "press"]
    }
    assert signals()["additionalProperties"] == {"$ref": "#/$defs/signal"}
    assert audiences()["additionalProperties"] == {"$ref": "#/$defs/when"}


@pytest.mark.parametrize("key", READERS)
@given(draw=st.randoms(use_true_random=False))
def test_what_the_parser_reads_the_schema_allows(key: str, draw: Random) -> None:
    text = generate.value(draw, key)
    assert re.search(PATTERNS[key], text)
    assert not isinstance(READERS[key](text), times.Fault)


@pytest.mark.parametrize("key", READERS)
@given(text=st.text(alphabet="0123456789-.:Tmonfrisude*", max_size=12))
def test_what_has_another_form_the_parser_refuses(key: str, text: str) -> None:
    if not re.search(PATTERNS[key], text):
        assert isinstance(READERS[key](text), times.Fault)
