"""First contentful paint of a page with variants against the same page without, in Chromium; in milliseconds.

    python benchmarks/first_paint.py [PAIRS]

Pairs of loads take turns, so that what else the machine does hits both alike; the medians of both and of the pairs'
differences are printed. Then the time until the default is painted where the engine is blocked.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import BrowserContext, sync_playwright  # noqa: E402

from tests.browser.chromium import ARGUMENTS, executable  # noqa: E402
from tests.browser.pages import OBSERVER, STYLE, page, policy  # noqa: E402
from tests.browser.server import serving  # noqa: E402
from tests.browser.visits import BODY, BUSINESS, DECISIONS, OFFER, OFFER_BODY, PAGE, SITE  # noqa: E402

TEXT = "<p>Text of a page that people read.</p>" * 60
PAINT = """new Promise((done) => new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name == 'first-contentful-paint') done(entry.startTime);
}).observe({ type: 'paint', buffered: true }))"""


def paint(context: BrowserContext, url: str) -> float:
    tab = context.new_page()
    context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    tab.goto(url)
    time = float(tab.evaluate(PAINT))
    tab.close()
    return time


def main(pairs: int) -> None:
    decisions = [*DECISIONS, OFFER]
    with serving() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        plain = (
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Plain</title>'
            f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{STYLE}</style>'
            f"<script>{OBSERVER}</script></head><body>{BUSINESS}<p>We are there.</p><p>Welcome</p>{TEXT}</body></html>"
        )
        without = server.add("/plain/", plain)
        body = BODY + OFFER_BODY + TEXT
        variants = server.add("/", page(body, decisions, SITE)) + "?segment=business"
        blocked = server.add("/blocked/", page(body, decisions, SITE), content_security_policy=policy([PAGE], SITE))
        with browser.new_context() as context:
            found = [(paint(context, without), paint(context, variants)) for _ in range(pairs + 1)][1:]
            killed = [paint(context, blocked + "?segment=business") for _ in range(5)]
        browser.close()
    print(f"{pairs} pairs, processor throttled to a quarter")
    print(f"without variants  {median(one for one, _ in found):6.1f} ms")
    print(f"with variants     {median(other for _, other in found):6.1f} ms")
    print(f"difference        {median(other - one for one, other in found):6.1f} ms")
    print(f"engine blocked    {max(killed):6.1f} ms until the default is painted, at most")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
