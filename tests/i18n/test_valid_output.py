"""What the example site's build writes holds by the standards: feeds, sitemaps, HTML."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import feedparser
import pytest

from tests.i18n.built import SITEMAP, XHTML, build

ROOT = Path(__file__).parents[2]
VALIDATOR = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
INSTALL = "install Java and the Nu validator: npm install"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("example") / "site"
    shutil.copytree(ROOT / "example-site", site, ignore=shutil.ignore_patterns("public"))
    return build(site)


def test_feeds_are_well_formed_and_complete(public: Path) -> None:
    found = sorted(public.rglob("feed.xml"))
    assert len(found) > 1
    for file in found:
        feed = feedparser.parse(file.read_bytes())
        assert not feed.bozo, feed.get("bozo_exception")
        assert feed.version == "atom10"
        assert feed.entries
        for part in (feed.feed, *feed.entries):
            assert part.id.startswith("https://")
            assert part.title
            assert part.link.startswith("https://")
            assert part.updated_parsed
        assert feed.feed.author
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)


def check_location(element: ET.Element) -> None:
    """Hold a `loc` to sitemap.xsd: an absolute URI of 12 to 2,048 characters."""
    text = element.text or ""
    assert 12 <= len(text) <= 2048
    assert urlsplit(text).scheme in {"http", "https"}
    assert re.fullmatch(r"[!-~]+", text), "percent-encoded"


def test_sitemaps_follow_the_schema(public: Path) -> None:
    """Hold what https://www.sitemaps.org/schemas/sitemap/0.9/sitemap.xsd says, and siteindex.xsd beside it."""
    maps = sorted(public.rglob("sitemap.xml"))
    assert len(maps) > 1
    for file in maps:
        root = ET.fromstring(file.read_bytes())
        assert root.tag == f"{SITEMAP}urlset"
        assert 1 <= len(root) <= 50_000
        assert file.stat().st_size < 50_000_000
        for url in root:
            assert url.tag == f"{SITEMAP}url"
            names = [child.tag for child in url]
            own = [name for name in names if name.startswith(SITEMAP)]
            assert own in ([f"{SITEMAP}loc"], [f"{SITEMAP}loc", f"{SITEMAP}lastmod"])
            assert names[: len(own)] == own, "elements of other namespaces come last"
            check_location(url[0])
            if len(own) == 2:
                dt.datetime.fromisoformat(url[1].text or "")
            for link in url[len(own) :]:
                assert link.tag == f"{XHTML}link"
                assert set(link.attrib) == {"rel", "hreflang", "href"}
    index = ET.fromstring((public / "sitemap-index.xml").read_bytes())
    assert index.tag == f"{SITEMAP}sitemapindex"
    for entry in index:
        assert [child.tag for child in entry] == [f"{SITEMAP}loc"]
        check_location(entry[0])
    named = {(entry.findtext(f"{SITEMAP}loc") or "").partition(".example/")[2] for entry in index}
    assert named == {file.relative_to(public).as_posix() for file in maps}


@pytest.mark.nu
def test_html_is_valid(public: Path) -> None:
    if shutil.which("java") is None or not VALIDATOR.exists():
        if os.environ.get("CTXSITE_REQUIRE_NU") == "1":
            pytest.fail(INSTALL)
        pytest.skip(INSTALL)
    command = ["java", "-jar", str(VALIDATOR), "--format", "json", "--errors-only", "--skip-non-html", str(public)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    messages = json.loads(done.stderr)["messages"]
    assert [(message.get("url"), message["message"]) for message in messages] == []
    assert len(list(public.rglob("*.html"))) > 40
