"""What renderings in several processes read: numbered alike."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from ctxsite.build.ledger import Ledger
from ctxsite.build.link_reads import READ_BY_LINKS
from ctxsite.render.reads import Fact, Reads, Told

FACTS: list[Fact] = [
    ("page", "en", "a"), ("source", "a.md"), ("template", "page.html"), ("at", "en", "a"), ("settings",),
    ("anchors", "en", "a"), ("file", "x.css"), ("document", "a.md"), ("answered",),
]  # fmt: skip


def read_by(reads: Reads, facts: Sequence[Fact]) -> Told:
    for fact in facts:
        reads.note(*fact)
    return reads.told(reads.taken())


def shown(trace: bytes, facts: Sequence[Fact]) -> list[Fact]:
    return [facts[number] for number in array("I", trace)]


def links_last(facts: Sequence[Fact]) -> list[Fact]:
    return sorted(dict.fromkeys(facts), key=lambda fact: fact[0] in READ_BY_LINKS)


@given(
    st.lists(st.sampled_from(FACTS), unique=True),
    st.lists(st.tuples(st.integers(0, 2), st.lists(st.sampled_from(FACTS)), st.booleans())),
)
def test_who_reads_makes_no_difference(known: list[Fact], pages: list[tuple[int, list[Fact], bool]]) -> None:
    processes = [Reads() for _ in range(3)]
    for reads in processes:
        reads.number(known)
        reads.note("forgotten")
        reads.taken()  # as a page does that is not told of
    ledger = Ledger(known)
    more: list[Fact] = [("answered",)]
    traces: list[bytes] = []
    for process, facts, ends in pages:
        _, numbers, news = read_by(processes[process], facts)
        traces.append(ledger.enter((process, numbers, news), *(more if ends and more[0] not in facts else [])))
    wanted = [links_last([*facts, *(more if ends else [])]) for _, facts, ends in pages]
    assert [shown(trace, ledger.facts) for trace in traces] == wanted
    kept, renumbered = ledger.read_in(traces)
    assert set(kept) == {fact for facts in wanted for fact in facts}
    assert len(kept) == len(set(kept))
    assert [shown(renumbered(trace), kept) for trace in traces] == wanted


def test_a_fact_is_told_once() -> None:
    reads = Reads()
    reads.number([("settings",)])
    assert read_by(reads, [("settings",), ("page", "en", "a")])[2] == (("page", "en", "a"),)
    process, numbers, news = read_by(reads, [("page", "en", "a"), ("settings",)])
    assert (list(array("I", numbers)), news) == ([1, 0], ())
    assert process == Reads().told(())[0]


def test_numbers_stand_where_all_is_read() -> None:
    ledger = Ledger(FACTS)
    trace = array("I", range(len(FACTS))).tobytes()
    kept, renumbered = ledger.read_in([trace])
    assert kept == FACTS
    assert renumbered(trace) == trace
