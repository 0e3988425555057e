"""Time the proofs of 1,000 decisions of realistic size, and deciding a ten-rule page: `python -m benchmarks.proofs`."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections import Counter
from random import Random
from typing import Any

from ctxsite.rules.check import Prover
from ctxsite.rules.context import read_context
from ctxsite.rules.evaluate import Visit
from tests.rules.reading import VOCABULARY, decision

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
CONTEXT = {
    "now": "2026-12-24T20:15+01:00", "zone": "Europe/Vienna", "languages": ["de-AT", "en"], "segments": ["private"],
    "country": "AT", "campaign": "x", "device": "phone", "visit": "new", "signals": {"weather": "sun", "orders": 4},
}  # fmt: skip
TEN: list[tuple[str, Any]] = [
    ("business", {"segment": "business"}), ("press", {"segment": "press", "language": ["de", "en"]}),
    ("evening", {"time": "21:00-23:00", "language": ["de", "fr-CH"]}),
    ("office", {"weekday": "mon-fri", "time": "08:00-17:00"}), ("turn", {"date": "12-27..01-06"}),
    ("sale", {"moment": "2026-11-27T18:00..2026-11-30T09:00"}), ("mail", {"campaign": ["winter", "bf-2026"]}),
    ("back", {"visit": "returning", "device": "phone"}), ("night", "night-in-dach"),
    ("rain", {"weather": "rain", "orders": "3.."}),
]  # fmt: skip


def realistic(draw: Random) -> list[tuple[str, Any]]:
    pool: list[Any] = [
        {"segment": draw.choice(("business", "private", "press"))},
        {"time": f"{draw.randint(0, 11):02}:{draw.choice(('00', '30'))}-{draw.randint(12, 23):02}:00"},
        {"time": f"{draw.randint(17, 21):02}:00-{draw.randint(22, 24):02}:00", "language": draw.choice(("de", "fr"))},
        {"date": f"2026-{draw.randint(1, 11):02}-01..2026-12-{draw.randint(10, 28)}"},
        {"date": f"{draw.randint(9, 12):02}-{draw.randint(10, 28)}..01-06"},
        {"weekday": draw.choice(("mon-fri", "sat-sun")), "time": f"08:00-{draw.randint(16, 20)}:00"},
        {"campaign": f"c{draw.randint(1, 9)}"}, {"visit": "returning"}, {"language": draw.choice(("de", "en", "fr"))},
        {"country": draw.choice((["DE", "AT", "CH"], "US"))}, draw.choice(("night", "dach", "night-in-dach", "quiet")),
        {"not": "quiet"}, {"device": "phone", "orders": "3.."},
        {"any": ["dach", {"segment": "business", "member": True}]},
        {"moment": f"2026-12-{draw.randint(10, 20)}T18:00..2027-01-0{draw.randint(1, 9)}T09:00"},
    ]  # fmt: skip
    return [(f"v{number}", draw.choice(pool)) for number in range(draw.choice((1, 1, 2, 2, 3, 3, 4, 6)))]


def main() -> None:
    draw = Random(5)
    decisions = [decision([list(branch) for branch in realistic(draw)]) for _ in range(1000)]
    prover = Prover(VOCABULARY, NOW, ("de", "en"))
    start = time.perf_counter()
    proofs = [prover.prove(rules) for rules in decisions]
    seconds = time.perf_counter() - start
    verdicts = Counter(str(branch.verdict) for proof in proofs for branch in (*proof.branches, proof.default))
    print(f"proofs of {len(decisions)} decisions: {seconds:.2f} s, {dict(verdicts)}")
    ten, line = decision([list(branch) for branch in TEN]), json.dumps(CONTEXT)
    start = time.perf_counter()
    for _ in range(20_000):
        Visit(read_context(json.loads(line)), VOCABULARY).decide(ten)
    print(f"ten-rule decisions: {20_000 / (time.perf_counter() - start):,.0f} a second, reading the context included")


if __name__ == "__main__":
    main()
