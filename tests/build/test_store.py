"""The store gives back what it was given, in whatever order that is asked for, though it reads ahead."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from ctxsite.build import store
from ctxsite.build.store import Store

SIZES = (0, 1, 3, 63, 64, 65, 127, 128, 129, 500, 7, 0, 0, 1000, 2, 64, 5, 5, 5, 5, 5, 5, 5, 200, 1, 1, 1)
CHANCE = random.Random(7)
BLOBS = {f"body {number}": CHANCE.randbytes(size) for number, size in enumerate(SIZES)}
NAMES = list(BLOBS)
ORDERS = {
    "in order": NAMES,
    "in reverse": NAMES[::-1],
    "every third": NAMES[::3],
    "twice each": [name for name in NAMES for _ in range(2)],
    "again from the start": NAMES[10:] + NAMES,
    **{f"random {number}": random.Random(number).choices(NAMES, k=200) for number in range(10)},
}


def no_wait() -> None:
    pytest.fail("nobody else has it")


@pytest.fixture(autouse=True)
def _reads_little_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_AHEAD", 64)


def saved(root: Path) -> Path:
    with Store(root, no_wait) as kept:
        kept.save(dict(BLOBS), {"way": "x"})
    return root / ".ctxsite/store"


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS.keys())
def test_blobs_in_any_order(order: Sequence[str], tmp_path: Path) -> None:
    saved(tmp_path)
    with Store(tmp_path, no_wait) as kept:
        assert [kept.blob(name) for name in order] == [BLOBS[name] for name in order]


@pytest.mark.parametrize("changed", [1, len(NAMES)], ids=["one", "all"])
def test_blobs_after_more_was_saved(changed: int, tmp_path: Path) -> None:
    saved(tmp_path)
    more = {f"body {number + 1000}": bytes([number]) * number for number in range(70)}
    more |= {name: BLOBS[name] + b"!" for name in NAMES[:changed]}
    with Store(tmp_path, no_wait) as kept:
        assert [kept.blob(name) for name in NAMES[:9]] == [BLOBS[name] for name in NAMES[:9]]
        kept.save(dict(more), {})
        assert [kept.blob(name) for name in NAMES] == list(BLOBS.values()), "this is what the store was when opened"
    with Store(tmp_path, no_wait) as kept:
        now = {**BLOBS, **more}
        assert {name: kept.blob(name) for name in kept.names()} == now
        assert [kept.blob(name) for name in reversed(now)] == list(reversed(now.values()))


def test_fewer_reads_where_pieces_are_asked_for_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(tmp_path, no_wait) as kept:
        kept.save({f"body {number}": bytes([number]) for number in range(100)}, {})
    with Store(tmp_path, no_wait) as kept:
        assert kept.load("gone") is None
        assert len(list(kept.names())) == 100
        reads, pread = list[int](), os.pread

        def counted(handle: int, length: int, start: int) -> bytes:
            reads.append(length)
            return pread(handle, length, start)

        monkeypatch.setattr(os, "pread", counted)
        assert [kept.blob(f"body {number}") for number in range(100)] == [bytes([number]) for number in range(100)]
    assert len(reads) <= 4


@pytest.mark.parametrize("spoilt", [name for name in NAMES if BLOBS[name]])
def test_damage_in_one_piece_spoils_that_one_only(spoilt: str, tmp_path: Path) -> None:
    file = saved(tmp_path)
    with Store(tmp_path, no_wait) as kept:
        start, length, _ = kept.load("blobs")[spoilt]
    raw = bytearray(file.read_bytes())
    raw[start + length // 2] ^= 1
    file.write_bytes(raw)
    for order in (NAMES, NAMES[::-1]):
        with Store(tmp_path, no_wait) as kept:
            assert [name for name in order if kept.blob(name) != BLOBS[name]] == [spoilt]
            assert kept.blob(spoilt) is None
