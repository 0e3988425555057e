"""Hypothesis strategies for rules and contexts, as JSON data."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.rules import generate
from tests.rules.generate import Json

_draws = st.randoms(use_true_random=False)

conditions: st.SearchStrategy[Json] = _draws.map(generate.make_condition)
variants: st.SearchStrategy[list[tuple[str, Json]]] = _draws.map(generate.make_variants)
contexts: st.SearchStrategy[Json] = _draws.map(generate.make_context)

json_values: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)

_KEYS = (
    "now", "zone", "languages", "segments", "country", "campaign", "referrer", "device", "visit", "scheme", "signals",
)  # fmt: skip

_OWN = st.dictionaries(st.sampled_from(("weather", "orders", "member", "tags", "plan", "country")), json_values)

malformed_contexts: st.SearchStrategy[Json] = json_values | st.dictionaries(
    st.sampled_from(_KEYS), json_values | _OWN | st.sampled_from(("2026-02-30T12:00Z", "Europe/Nowhere", ["x" * 9]))
)
"""Contexts with anything at all in the places that evaluators look at."""
