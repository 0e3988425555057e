"""A built site as visitors and search engines find it: URLs, what answers there, and what each page says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as ET

from click.testing import CliRunner

from ctxsite.cli.main import main

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass
class Seen(HTMLParser):
    """What a page's head says, and the languages of its elements."""

    text: str
    language: str = ""
    direction: str = ""
    canonical: list[str] = field(default_factory=list)
    alternates: dict[str, str] = field(default_factory=dict)
    robots: str = ""
    links: list[str] = field(default_factory=list)
    languages: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language, self.direction = given.get("lang", ""), given.get("dir", "")
        if "lang" in given:
            self.languages.add(given["lang"])
        if tag == "link" and given.get("rel") == "canonical":
            self.canonical.append(given["href"])
        if tag == "link" and given.get("rel") == "alternate" and "hreflang" in given:
            assert given["hreflang"] not in self.alternates, "each language once"
            self.alternates[given["hreflang"]] = given["href"]
        if tag == "meta" and given.get("name") == "robots":
            self.robots = given["content"]
        if tag == "a" and "href" in given:
            self.links.append(given["href"])


def build(site: Path) -> Path:
    """Build a site; return its output."""
    done = CliRunner().invoke(main, ["build", "-s", str(site), "--now", "2026-11-22T12:00Z", "-j", "1"])
    assert done.exit_code == 0, done.output
    return site / "public"


def pages(public: Path, hosts: Mapping[str, str]) -> dict[str, Seen]:
    """Return all pages with a canonical URL, by the URL at which they answer. `hosts` are base URLs by folder."""
    found = {}
    for file in sorted(public.rglob("index.html")):
        path = file.relative_to(public).as_posix().removesuffix("index.html")
        folder = max((folder for folder in hosts if path.startswith(folder)), key=len)
        found[hosts[folder] + quote(path[len(folder) :])] = Seen(file.read_text("utf-8"))
    return found


def sitemap_entries(public: Path) -> dict[str, dict[str, str]]:
    """Return the addresses of all sitemaps with their alternates."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(public.rglob("sitemap.xml")):
        for url in ET.fromstring(file.read_text("utf-8")).iter(f"{SITEMAP}url"):
            address = url.findtext(f"{SITEMAP}loc") or ""
            assert address not in found, "each address in one sitemap"
            links = url.findall(f"{XHTML}link")
            found[address] = {link.get("hreflang", ""): link.get("href", "") for link in links}
    return found


def feed_entries(public: Path) -> dict[str, str]:
    """Return the addresses of all feeds' entries with the feed's language."""
    found: dict[str, str] = {}
    for file in sorted(public.rglob("feed.xml")):
        feed = ET.fromstring(file.read_text("utf-8"))
        language = feed.get("{http://www.w3.org/XML/1998/namespace}lang", "")
        found.update((entry.findtext(f"{ATOM}id") or "", language) for entry in feed.iter(f"{ATOM}entry"))
    return found
