"""What stands beside the pages: sitemaps, feeds, headers, redirects, the summary."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from ctxsite.cli.main import main

FILES = {
    "ctxsite.yaml": """\
title: A & B
base_url: https://example.org/docs
languages: [en, de]
signals: {segment: {values: [business], from: ["query:segment"]}}
""",
    "content/index.md": "---\ntitle: Home\n---\n",
    "content/index.de.md": "---\ntitle: Start\n---\n",
    "content/pricing.md": "---\ntitle: Pricing\nvariants: {b: {when: {segment: business}, title: Other}}\n---\n",
    "content/blog/first.md": (
        "---\ntitle: <First> & best\ndate: 2026-01-02\naliases: [/old, /older.html]\n---\nHello & so.\n"
    ),
    "content/blog/second.md": "---\ntitle: Second\ndate: 2026-03-04T05:06+02:00\nupdated: 2026-04-05\n---\nText.\n",
}
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def public(make_site: Callable[..., Path]) -> Path:
    site = make_site(FILES)
    done = CliRunner().invoke(main, ["build", "-s", str(site), "--now", "2026-11-22T12:00Z"])
    assert done.exit_code == 0, done.output
    return site / "public"


def xml(path: Path) -> ET.Element:
    return ET.fromstring(path.read_text("utf-8"))


def test_sitemaps_hold_real_pages_and_no_variants_or_fallbacks(public: Path) -> None:
    english = [item.text for item in xml(public / "sitemap.xml").iter(f"{SITEMAP}loc")]
    base = "https://example.org/docs"
    assert english == [f"{base}{path}" for path in ("/", "/blog/", "/blog/first/", "/blog/second/", "/pricing/")]
    assert [item.text for item in xml(public / "de" / "sitemap.xml").iter(f"{SITEMAP}loc")] == [f"{base}/de/"]
    robots = (public / "robots.txt").read_text()
    assert f"Sitemap: {base}/sitemap.xml" in robots
    assert f"Sitemap: {base}/de/sitemap.xml" in robots


def test_sitemap_alternates_are_those_of_the_page(public: Path) -> None:
    home = xml(public / "sitemap.xml").find(f"{SITEMAP}url")
    assert home is not None
    links = {link.get("hreflang"): link.get("href") for link in home.iter(f"{XHTML}link")}
    assert links == {
        "en": "https://example.org/docs/", "de": "https://example.org/docs/de/",
        "x-default": "https://example.org/docs/",
    }  # fmt: skip
    html = (public / "index.html").read_text()
    assert all(f'hreflang="{tag}" href="{address}"' in html for tag, address in links.items())


def test_the_feed_has_the_newest_first(public: Path) -> None:
    feed = xml(public / "feed.xml")
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Second", "<First> & best"]
    assert entries[0].findtext(f"{ATOM}published") == "2026-03-04T05:06:00+02:00"
    assert entries[0].findtext(f"{ATOM}updated") == "2026-04-05T00:00:00+00:00"
    assert entries[1].findtext(f"{ATOM}summary") == "Hello & so."
    assert feed.findtext(f"{ATOM}title") == "A & B"
    assert feed.findtext(f"{ATOM}updated") == "2026-04-05T00:00:00+00:00"
    assert not (public / "de" / "feed.xml").exists()


def test_aliases_lead_on(public: Path) -> None:
    assert (public / "_redirects").read_text() == (
        "/docs/old/ /docs/blog/first/ 301\n/docs/older.html /docs/blog/first/ 301\n"
    )
    for name in ("old/index.html", "older.html"):
        assert 'content="0; url=/docs/blog/first/"' in (public / name).read_text()


def test_the_policy_allows_the_inline_scripts_by_their_hashes(public: Path) -> None:
    headers = (public / "_headers").read_text()
    summary = json.loads((public / "ctxsite.json").read_text())
    assert len(summary["csp"]["script-src"]) == 3, "the engine, the line at each slot, the offer of languages"
    assert all(f"'{value}'" in headers for value in summary["csp"]["script-src"] + summary["csp"]["style-src"])
    assert "unsafe-inline" not in headers


def test_the_summary_names_pages_decisions_and_artifacts(public: Path) -> None:
    summary = json.loads((public / "ctxsite.json").read_text())
    pages = {page["address"]: page for page in summary["pages"]}
    assert pages["/pricing/"]["signals"] == ["segment"]
    assert pages["/pricing/"]["variants"] == [
        {"name": "b", "address": "/pricing/~b/", "source": "content/pricing.md", "title": "Other",
         "when": "{segment: business}"}
    ]  # fmt: skip
    assert pages["/de/pricing/"]["shown"] == "en"
    written = {path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_file()}
    assert set(summary["artifacts"]) == written - {"ctxsite.json"}
    for path, digest in summary["artifacts"].items():
        assert hashlib.sha256((public / path).read_bytes()).hexdigest() == digest


def test_a_variant_is_whole_at_its_own_address_and_found_by_nobody(public: Path) -> None:
    html = (public / "pricing" / "~b" / "index.html").read_text()
    assert 'data-variant="b"' in html
    assert '<meta name="robots" content="noindex">' in html
    assert '<link rel="canonical" href="https://example.org/docs/pricing/">' in html
    assert "<title>Other" in html
    assert 'rel="alternate" hreflang' not in html


def test_each_language_has_its_page_for_unknown_addresses(public: Path) -> None:
    for name, language in (("404.html", "en"), ("de/404.html", "de")):
        html = (public / name).read_text()
        assert f'lang="{language}"' in html
        assert '<meta name="robots" content="noindex">' in html


def test_a_site_without_decisions_carries_nothing(make_site: Callable[..., Path]) -> None:
    site = make_site({"content/index.md": "---\ntitle: Home\n---\n"})
    done = CliRunner().invoke(main, ["build", "-s", str(site), "--now", "2026-11-22T12:00Z"])
    assert done.exit_code == 0
    html = (site / "public" / "index.html").read_text()
    assert "<script" not in html
    assert "<style" not in html
    assert "sha256-" not in (site / "public" / "_headers").read_text()


@pytest.mark.parametrize("base_url", ["", "base_url: /docs/\n"])
def test_without_a_host_feeds_and_sitemaps_say_what_they_lack(make_site: Callable[..., Path], base_url: str) -> None:
    site = make_site(
        {**FILES, "ctxsite.yaml": FILES["ctxsite.yaml"].replace("base_url: https://example.org/docs\n", base_url)}
    )
    done = CliRunner().invoke(main, ["build", "-s", str(site), "--now", "2026-11-22T12:00Z"])
    assert done.exit_code == 0
    assert "note[CTX306]" in done.stderr
    assert {path.name for path in (site / "public").rglob("*.xml")} == {"feed.xml", "sitemap.xml", "sitemap-index.xml"}
    assert "Sitemap" not in (site / "public" / "robots.txt").read_text()
    assert "atom+xml" in (site / "public" / "index.html").read_text()


def test_a_language_with_a_host_names_no_address_without_one(make_site: Callable[..., Path]) -> None:
    config = "title: A\nlanguages: {en: , de: {base_url: 'https://a.example/'}}\n"
    site = make_site(
        {"ctxsite.yaml": config, "content/a.md": "Text.", "content/a.de.md": "---\ndate: 2026-01-01\n---\n"}
    )
    done = CliRunner().invoke(main, ["build", "-s", str(site), "--now", "2026-11-22T12:00Z"])
    assert done.exit_code == 0, done.output
    text = (site / "public/de/sitemap.xml").read_text()
    assert "https://a.example/a/" in text
    assert 'href="/' not in text


def test_pages_with_and_without_decisions_are_described_alike(make_site: Callable[..., Path]) -> None:
    odd = "content/odd.md", '---\ntitle: "\\" \\\\ \\t \\u2028 </script> é 😀"\n---\n'
    site = make_site({**FILES, odd[0]: odd[1]})
    assert CliRunner().invoke(main, ["build", "-s", str(site), "--now", "2026-11-22T12:00Z"]).exit_code == 0
    lines = [
        line.removesuffix(",")
        for line in (site / "public" / "ctxsite.json").read_text("utf-8").split("\n")
        if line.startswith('{"address": ')
    ]
    pages = [json.loads(line) for line in lines]
    assert [json.dumps(page, ensure_ascii=False) for page in pages] == lines, "as the standard library writes them"
    assert len({tuple(page) for page in pages}) == 1, "the same keys in the same order"
    assert {bool(page["variants"]) for page in pages} == {False, True}
    assert {page["title"] for page in pages if page["id"] == "odd"} == {'" \\ \t \u2028 </script> é 😀'}
