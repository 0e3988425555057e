"""Ask Lighthouse about pages of the example site, as it is published; fail where a score is below what is promised.

    npm install --prefix benchmarks/lighthouse
    python benchmarks/lighthouse/measure.py [PATH …]

Without a path: the start page. Lighthouse's own settings for mobile devices, with the headers that the site publishes
in `_headers`. Its figure for performance depends on what else the machine does; the others do not.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.chromium import ARGUMENTS, executable  # noqa: E402
from tests.browser.published import served  # noqa: E402

PROMISED = {"performance": 0.98, "accessibility": 1.0, "best-practices": 1.0, "seo": 1.0}
SAID = (
    "first-contentful-paint",
    "largest-contentful-paint",
    "cumulative-layout-shift",
    "total-blocking-time",
    "speed-index",
)


def main(paths: list[str]) -> int:
    program = HERE / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        sys.exit("install it: npm install --prefix benchmarks/lighthouse")
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "public")
        build = [sys.executable, "-m", "ctxsite", "build", "-s", str(ROOT / "example-site"), "-d", str(out)]
        subprocess.run(build, check=True, stdout=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": str(ROOT)})
        with served(out) as url:
            for path in paths or ["/"]:
                failed = not measured(program, url + path, Path(folder)) or failed
    return int(failed)


def measured(program: Path, url: str, folder: Path) -> bool:
    """Print what Lighthouse says about a page; tell whether it is what is promised."""
    report = folder / "report.json"
    flags = " ".join(["--headless=new", *ARGUMENTS])
    command = [program, url, "--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={flags}"]
    environment = os.environ | {"CHROME_PATH": executable(), "HOME": str(folder)}
    subprocess.run(command, check=True, env=environment, stderr=subprocess.DEVNULL)
    found = json.loads(report.read_text("utf-8"))
    scores = {name: found["categories"][name]["score"] or 0 for name in PROMISED}
    print(f"Lighthouse {found['lighthouseVersion']}, mobile, {found['finalDisplayedUrl']}")
    for name, least in PROMISED.items():
        print(f"  {name:<16}{scores[name]:.2f}{'' if scores[name] >= least else f'  (below {least})'}")
    for name in SAID:
        audit = found["audits"][name]
        print(f"  {audit['title']:<26}{audit['displayValue']}")
    for category in found["categories"].values():
        for audit in (found["audits"][entry["id"]] for entry in category["auditRefs"] if entry["weight"]):
            if audit["score"] is not None and audit["score"] < 1 and category["id"] != "performance":
                print(f"  not met: {audit['title']}")
    return all(scores[name] >= least for name, least in PROMISED.items())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
