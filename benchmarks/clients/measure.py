"""Measure what visitors of other suites load and wait for, beside ours; write REPORT.md.

    npm install --prefix benchmarks/clients --ignore-scripts
    python benchmarks/clients/measure.py

Each client is bundled by esbuild for browsers, minified, as small as it gets for "start, and decide once".
"""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import brotli

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))

from tests.selector.test_sizes import ten_rule_engine, ten_rule_table  # noqa: E402

ESBUILD = ROOT / "node_modules" / ".bin" / "esbuild"
CLIENTS = {
    "growthbook": ("@growthbook/growthbook", "in the browser"),
    "uniform": ("@uniformdev/context", "in the browser"),
    "ninetailed": ("@ninetailed/experience.js", "chosen among audiences that a server gave"),
    "unleash": ("unleash-proxy-client", "looked up among toggles that a server gave"),
}
TITLE = """\
# What a visitor loads, and how long a decision takes

Made by `benchmarks/clients/measure.py`, {versions}, on {cores} cores.

Bytes of JavaScript, bundled for browsers by esbuild and minified, with ten rules; ours with its table. Without images,
styles and requests: the others ask a server for rules or for audiences at run time, ours has them in the page.

A decision is the fastest of many runs in Node (other programs on the machine only ever make it slower): for the others
ten simple comparisons of signals that are given; for ours clocks (one in another time zone), languages, address and
screen, with these known, and read anew.

| client | version | raw | gzip | brotli | one decision | decided |
| --- | --- | ---: | ---: | ---: | ---: | --- |
"""


def sizes(data: bytes) -> list[str]:
    found = len(data), len(gzip.compress(data, compresslevel=9, mtime=0)), len(brotli.compress(data, quality=11))
    return [f"{size:,}" for size in found]


def run(*command: object) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, cwd=HERE)
    if done.returncode:
        sys.exit(done.stderr + done.stdout)
    return done.stdout


def client(name: str, folder: Path) -> list[str]:
    package, where = CLIENTS[name]
    entry, bundle, timed = HERE / f"{name}.mjs", folder / f"{name}.js", folder / f"{name}.mjs"
    common = [ESBUILD, entry, "--bundle", "--minify", "--format=esm", "--log-level=error"]
    common.append('--define:process.env.NODE_ENV="production"')
    run(*common, "--platform=browser", "--target=es2022", f"--outfile={bundle}")
    banner = "import { createRequire } from 'module'; const require = createRequire(import.meta.url);"
    run(*common, "--platform=node", f"--banner:js={banner}", f"--outfile={timed}")
    time: dict[str, Any] = json.loads(run(shutil.which("node"), HERE / "time.mjs", timed).splitlines()[-1])
    if time["decided"] != "weekend":
        sys.exit(f"{package} decided {time['decided']}")
    version = json.loads((HERE / "node_modules" / package / "package.json").read_text(encoding="utf-8"))["version"]
    return [f"`{package}`", version, *sizes(bundle.read_bytes()), f"{time['nanoseconds'] / 1000:.2f} µs", where]


def ours(folder: Path) -> list[str]:
    engine, table = ten_rule_engine(), ten_rule_table()
    (folder / "engine.js").write_text(engine, encoding="utf-8")
    now = int(dt.datetime(2026, 11, 22, 13, tzinfo=dt.UTC).timestamp() * 1000)  # a Sunday
    visit = {"table": table, "now": now, "offset": 60, "languages": ["en"], "width": 1280}
    (folder / "visits.jsonl").write_text(json.dumps(visit) + "\n", encoding="utf-8")
    command = [shutil.which("node"), ROOT / "tests/selector/harness.mjs", folder / "engine.js", folder / "visits.jsonl"]
    decided = json.loads(run(*command))["page"]
    if decided != "weekend":
        sys.exit(f"ctxsite decided {decided}")
    runs = [json.loads(run(*command, "--time", 20_000)) for _ in range(20)]
    known, read = (min(found[what] for found in runs) / 1000 for what in ("signals_known", "signals_read"))
    time = f"{known:.2f} µs; signals read anew: {read:.2f} µs"
    return ["ctxsite, engine and table", "", *sizes((table + engine).encode()), time, "in the browser"]


def main() -> None:
    if not (HERE / "node_modules").exists():
        sys.exit("npm install --prefix benchmarks/clients --ignore-scripts")
    node = run(shutil.which("node"), "--version").strip()
    versions = f"Node {node}, esbuild {run(ESBUILD, '--version').strip()}"
    with tempfile.TemporaryDirectory() as name:
        rows = [ours(Path(name)), *(client(one, Path(name)) for one in CLIENTS)]
    cores = len(os.sched_getaffinity(0))
    text = TITLE.format(versions=versions, cores=cores) + "".join(f"| {' | '.join(row)} |\n" for row in rows)
    (HERE / "REPORT.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
