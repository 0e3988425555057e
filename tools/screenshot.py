"""Make docs/screenshot.png: the example site's start page in the evening, in both languages, light and dark.

    python tools/screenshot.py

Needs the development dependencies and an installed Chromium.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from click.testing import CliRunner  # noqa: E402

from ctxsite.cli.main import main  # noqa: E402
from tests.browser.chromium import Visitor, launched  # noqa: E402
from tests.browser.published import served  # noqa: E402

NOW = "2026-11-22T12:00Z"
SHOTS = [("/", "en-GB", "light"), ("/de/", "de-DE", "dark")]
BOTH = """<style>body{{margin:0;display:flex;gap:16px;padding:16px;background:#8a94a0}}
img{{width:calc(50% - 8px);border-radius:8px;box-shadow:0 4px 24px #0006}}</style><img src="{0}"><img src="{1}">"""


def run() -> None:
    """Build the example site, look at it as two visitors, put both pictures side by side."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        built = CliRunner().invoke(
            main,
            ["build", "-s", str(ROOT / "example-site"), "-d", str(folder / "public"), "--now", "2026-11-22T12:00Z"],
        )
        if built.exit_code:
            sys.exit(built.output)
        with launched() as browser, served(folder / "public") as url:
            for number, (path, language, scheme) in enumerate(SHOTS):
                visitor = Visitor(now="2026-12-05T20:00+01:00", language=language, scheme=scheme, width=1100)
                with visitor.page(browser) as page:
                    page.goto(url + path)
                    page.screenshot(path=folder / f"{number}.png")
            (folder / "both.html").write_text(BOTH.format("0.png", "1.png"))
            with browser.new_context(viewport={"width": 1400, "height": 600}) as context:
                page = context.new_page()
                page.goto((folder / "both.html").as_uri())
                page.wait_for_load_state("load")
                page.screenshot(path=ROOT / "docs" / "screenshot.png")


if __name__ == "__main__":
    run()
