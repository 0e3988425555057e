"""Which pages read what: traces as the store has them, and what is kept of a page that is rendered once more."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import product
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctxsite.build.quick_render import _Again, readers
from ctxsite.build.recall import Recalled
from ctxsite.build.rendering import PageWork
from ctxsite.render.reads import Fact, Reads


class FewPages:
    """As much of a recalled site as is asked for here."""

    def __init__(self, facts: Sequence[Fact], traces: dict[str, Sequence[int]]) -> None:
        self.facts = dict.fromkeys(facts, "x")
        self.traces = {name: (array("I", read).tobytes(), ()) for name, read in traces.items()}


def site(facts: Sequence[Fact], traces: dict[str, Sequence[int]]) -> Recalled:
    return cast(Recalled, FewPages(facts, traces))


MANY: list[Fact] = [("string", str(number)) for number in range(66_000)]
NUMBERS = (0, 1, 2, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537)
"""Among which there are many whose bytes, at the border of two, are those of a third."""


def check_readers(traces: dict[str, Sequence[int]], stale: set[int]) -> None:
    found = list(readers(site(MANY, traces), {MANY[number] for number in stale}))
    assert found == [name for name, read in traces.items() if not stale.isdisjoint(read)]


def test_readers_of_one_fact_among_all_pairs() -> None:
    traces: dict[str, Sequence[int]] = {f"{one} {two}": (one, two) for one, two in product(NUMBERS, repeat=2)}
    others: list[Sequence[int]] = [(), (1,), (256, 0, 1), (256, 0, 256, 0), (256, 0, 0), (0, 1, 0)]
    traces |= {f"{read}": read for read in others}
    for number in NUMBERS:
        check_readers(traces, {number})
    check_readers(traces, set())


@given(
    st.dictionaries(st.text("ab", max_size=3), st.lists(st.sampled_from(NUMBERS), unique=True, max_size=8)),
    st.sets(st.sampled_from(NUMBERS), max_size=3),
)
def test_readers(traces: dict[str, Sequence[int]], stale: set[int]) -> None:
    check_readers(traces, stale)


def test_a_number_across_the_border_of_two_is_none() -> None:
    assert array("I", [256]).tobytes()[1:] + b"\0" == array("I", [1]).tobytes(), "as this machine has them"
    assert list(readers(site(MANY[:300], {"a": (256, 0), "b": (256, 0, 1)}), {MANY[1]})) == ["b"]


A, B, C = ("string", "a"), ("string", "b"), ("string", "c")
SOURCE, AT = ("source", "a.md"), ("at", "en", "a")
NEW = ("string", "new")
READ: list[tuple[list[Fact], list[Fact], list[Fact] | None, list[Fact] | None]] = [
    # read before, read now; what is to be kept (None: what was before), where links stand and where they do not
    ([A, B], [A, B], None, None),
    ([A, B], [B, A], None, None),
    ([A, B], [A], [A], [A]),
    ([A], [A, B], [A, B], [A, B]),
    ([], [], None, None),
    ([A], [], [], []),
    ([A, B], [A, C], [A, C], [A, C]),
    ([A, B], [A, NEW], [A, NEW], [A, NEW]),
    ([A, SOURCE, AT], [A], None, [A]),
    ([A, SOURCE, AT], [A, AT], None, [A, AT]),
    ([A, SOURCE, AT], [A, SOURCE, AT], None, None),
    ([A, B, SOURCE], [A], [A, SOURCE], [A]),
    ([A, SOURCE], [B], [B, SOURCE], [B]),
    ([A, SOURCE], [SOURCE, A], None, None),
    ([A, SOURCE], [A, AT], [A, AT, SOURCE], [A, AT]),
    ([SOURCE, AT], [], None, []),
]


class OnlyReads:
    """As much of the work as is asked for here."""

    def __init__(self) -> None:
        self.reads = Reads()


@pytest.mark.parametrize("numbered", [True, False])
@pytest.mark.parametrize("links_stand", [True, False])
@pytest.mark.parametrize(("before", "now", "standing", "otherwise"), READ)
def test_what_is_read_otherwise(
    before: list[Fact],
    now: list[Fact],
    standing: list[Fact] | None,
    otherwise: list[Fact] | None,
    links_stand: bool,
    numbered: bool,
) -> None:
    facts: list[Fact] = [AT, A, SOURCE, B, C]
    work = OnlyReads()
    again = _Again(site(facts, {}), cast(PageWork, work), None, links_stand=links_stand)
    if numbered:
        again.number()
    for fact in now:
        work.reads.note(*fact)
    read = work.reads.taken()
    if numbered:
        assert work.reads.facts(range(len(facts))) == tuple(facts)
        assert [number for number in read if number < len(facts)] == [facts.index(one) for one in now if one in facts]
    found = again._read_otherwise(read, array("I", [facts.index(fact) for fact in before]).tobytes())
    wanted = standing if links_stand else otherwise
    assert (found is None) == (wanted is None)
    if found is not None and wanted is not None:
        assert len(found) == len(wanted)
        assert list(found[: len(now)]) == now
        assert set(found) == set(wanted)
