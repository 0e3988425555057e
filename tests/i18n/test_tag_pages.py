"""Pages of tags: which there are, where, what they list, and how translations of a tag find each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from ctxsite.cli.main import main
from tests.i18n.built import build, feed_entries, pages, sitemap_entries

CONFIG = "title: T\nbase_url: https://example.org/\nlanguages: [en, de, de-AT, ar]\ntag_pages: true\n"


def page(title: str, *keys: str) -> str:
    return "---\n" + "\n".join([f"title: {title}", *keys]) + "\n---\nText.\n"


FILES = {
    "ctxsite.yaml": CONFIG,
    "content/blog/one.md": page("One", "tags: [Heat pumps, advice]", "date: 2026-01-01"),
    "content/blog/one.de.md": page("Eins", "tags: [W\u00e4rmepumpen, advice]", "date: 2026-01-01"),
    "content/blog/two.md": page("Two", "tags: [heat-pumps, '', '+++']"),
    "content/blog/draft.md": page("Draft", "tags: [secret]", "draft: true"),
    "content/tags/w\u00e4rmepumpen.de.md": page("W\u00e4rmepumpen", "translation_key: heat-pumps"),
    "content/tags/_index.de.md": page("Themen", "slug: themen"),
    "content/tags/advice.md": page("Advice", "description: What we think."),
}
BASE = "https://example.org"


def listed(public: Path, path: str) -> list[str]:
    """Return where a tag's page leads, in order."""
    text = (public / path / "index.html").read_text("utf-8")
    return re.findall(r'<h2[^>]*><a href="([^"]*)"', text)


@pytest.fixture
def public(make_site: Callable[..., Path]) -> Path:
    return build(make_site(FILES))


def test_each_tag_has_a_page_in_each_language_that_uses_it(public: Path) -> None:
    found = pages(public, {"": f"{BASE}/"})
    own = {url for url, seen in found.items() if seen.canonical == [url] and ("/tags/" in url or "/themen/" in url)}
    assert own == {
        f"{BASE}/tags/", f"{BASE}/tags/advice/", f"{BASE}/tags/heat-pumps/", f"{BASE}/de/themen/",
        f"{BASE}/de/themen/advice/", f"{BASE}/de/themen/w%C3%A4rmepumpen/",
    }  # fmt: skip
    assert own <= sitemap_entries(public).keys()
    assert not own & feed_entries(public).keys()
    assert not list(public.rglob("secret")), "a draft's tag is nobody's"


def test_they_list_the_pages_with_the_tag_whatever_its_spelling(public: Path) -> None:
    assert listed(public, "tags/heat-pumps") == ["/blog/one/", "/blog/two/"]
    assert listed(public, "de/themen/w\u00e4rmepumpen") == ["/de/blog/one/", "/de/blog/two/"], "untranslated ones, too"
    assert listed(public, "de-at/tags/heat-pumps") == ["/de-at/blog/one/", "/de-at/blog/two/"]
    assert "What we think." in (public / "tags/advice/index.html").read_text()


def test_translations_of_a_tag_are_joined_by_its_key(public: Path) -> None:
    found = pages(public, {"": f"{BASE}/"})
    assert found[f"{BASE}/tags/heat-pumps/"].alternates == {
        "en": f"{BASE}/tags/heat-pumps/", "de": f"{BASE}/de/themen/w%C3%A4rmepumpen/",
        "x-default": f"{BASE}/tags/heat-pumps/",
    }  # fmt: skip
    assert found[f"{BASE}/tags/advice/"].alternates.keys() == {"en", "de", "x-default"}
    assert found[f"{BASE}/ar/tags/advice/"].canonical == [f"{BASE}/tags/advice/"], "a fallback, as any page"


def test_pages_link_their_tags_in_their_language(public: Path) -> None:
    def tags(path: str) -> list[tuple[str, str]]:
        text = (public / path / "index.html").read_text("utf-8")
        return re.findall(r'<a href="([^"]*)" rel="tag"[^>]*>([^<]*)', text)

    assert "<li>+++</li></ul>" in (public / "blog/two/index.html").read_text(), "no page, and no empty tag"
    assert tags("blog/one") == [("/tags/heat-pumps/", "Heat pumps"), ("/tags/advice/", "Advice")]
    assert tags("de/blog/two") == [("/de/themen/w%C3%A4rmepumpen/", "W\u00e4rmepumpen")]
    assert tags("de-at/blog/one")[0][0] == "/de-at/tags/heat-pumps/"
    assert tags("tags") == [("/tags/advice/", "Advice"), ("/tags/heat-pumps/", "Heat pumps")]


def test_without_the_setting_tags_are_words(make_site: Callable[..., Path]) -> None:
    public = build(make_site({**FILES, "ctxsite.yaml": CONFIG.replace("tag_pages: true", "tag_pages: false")}))
    assert 'rel="tag"' not in (public / "blog/one/index.html").read_text()
    assert not (public / "tags/heat-pumps").exists()


def test_omitted_translations_leave_no_links_to_nothing(make_site: Callable[..., Path]) -> None:
    files = {**FILES, "ctxsite.yaml": CONFIG + "missing_translations: omit\n"}
    files["content/blog/_index.md"] = page("Blog", "missing_translations: fallback")
    public = build(make_site(files))
    text = (public / "ar/blog/two/index.html").read_text()
    assert "<li>heat-pumps</li>" in text
    assert not (public / "ar/tags").exists()


def test_an_address_that_a_page_has_is_no_tag_s(make_site: Callable[..., Path]) -> None:
    site = make_site({**FILES, "content/x.md": page("X", "url: /tags/heat-pumps/")})
    done = CliRunner().invoke(main, ["check", "-s", str(site)])
    assert done.exit_code == 1
    assert "error[CTX320]: two sources claim the address `/tags/heat-pumps/`" in done.stderr


def test_a_theme_without_templates_for_tags_lists_them(make_site: Callable[..., Path]) -> None:
    public = build(make_site({**FILES, "ctxsite.yaml": CONFIG + "theme: plain\n"}))
    assert '<li><a href="/blog/two/">Two</a></li>' in (public / "tags/heat-pumps/index.html").read_text()
    assert '<li><a href="/tags/advice/">Advice</a></li>' in (public / "tags/index.html").read_text()
