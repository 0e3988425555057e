"""What a page more costs, from 1,000 to 100,000 pages: `python -m benchmarks.growth`.

The sizes take turns, so that a machine that is slower for a while is so for all of them. Outputs are on a memory file
system. The report goes into `benchmarks/reports/`, and into the one of all sizes there.
"""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

from benchmarks import peers, report, tools
from benchmarks.plan import MEMORY, Step
from benchmarks.run import FAST, REPORTS, Bench, commit

SIZES = [1_000, 10_000, 100_000]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="in pages (default: 1000 10000 100000)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cache", type=Path, default=peers.CACHE, help=f"default: {peers.CACHE}")
    parser.add_argument("--fast", type=Path, default=FAST, help=f"a memory file system (default: {FAST})")
    parser.add_argument("--reports", type=Path, default=REPORTS, help="default: benchmarks/reports")
    arguments = parser.parse_args()
    bench = Bench(max(arguments.sizes), arguments.cache.resolve(), {MEMORY: arguments.fast / "ctxsite-benchmarks"}, 1)
    bench.used = (tools.CTXSITE,)
    for pages in arguments.sizes:
        bench.run(tools.CTXSITE, pages, MEMORY)
    bench.warm_up()
    load = os.getloadavg()[0]
    for number in range(1, arguments.rounds + 1):
        for pages in arguments.sizes:
            step = Step("growth", (tools.CTXSITE,), MEMORY, number, 0)
            bench.build(step, tools.CTXSITE, tools.COLD, pages, report.of_size(pages))
            shutil.rmtree(bench.run(tools.CTXSITE, pages, MEMORY).target, ignore_errors=True)
    result = {
        **report.circumstances(bench.media, []), "commit": commit(), "load_before": round(load, 2),
        "sizes": arguments.sizes, "records": bench.records,
    }  # fmt: skip
    print(report.save_growth(result, arguments.reports))


if __name__ == "__main__":
    main()
