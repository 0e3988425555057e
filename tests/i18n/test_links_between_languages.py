"""The laws of links between languages, for random trees of translations: HTML, sitemaps and feeds agree.

They hold with and without a prefix for the default language, and with languages on hosts of their own.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin, urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.i18n.built import build, feed_entries, pages, sitemap_entries

LANGUAGES = ["en", "de", "de-AT", "ar"]
IDS = ["index", "about", "blog/_index", "blog/one", "blog/deep/two", "tips/three"]
TAG = {"de": "Eigene"}
SLUG = {"about": {"de": "ueber-uns", "ar": "من-نحن"}, "blog/_index": {"de": "magazin"}}

translations = st.fixed_dictionaries({id_: st.sets(st.sampled_from(LANGUAGES)) for id_ in IDS})
policies = st.sampled_from(["fallback", "omit"])
shapes = st.fixed_dictionaries(
    {
        "policy": policies,
        "section": st.none() | policies,
        "prefix": st.booleans(),
        "own host": st.sampled_from([None, "de", "ar"]),
        "key": st.booleans(),
        "tags": st.booleans(),
    }
)


def write(root: Path, tree: dict[str, set[str]], shape: dict[str, object]) -> dict[str, str]:
    """Write a site; return the base URLs by folder."""
    own = shape["own host"]
    languages = "".join(
        f"  {code}:" + (f" {{base_url: 'https://{code}.example'}}\n" if code == own else "\n") for code in LANGUAGES
    )
    (root / "ctxsite.yaml").write_text(
        f"title: Test\nbase_url: https://example.org/site\ndefault_language_prefix: {str(shape['prefix']).lower()}\n"
        f"missing_translations: {shape['policy']}\ntag_pages: {str(shape['tags']).lower()}\nlanguages:\n{languages}",
        "utf-8",
    )
    for id_, codes in tree.items():
        for code in sorted(codes):
            name = "other-name" if shape["key"] and id_ == "blog/one" and code == "de" else id_.rpartition("/")[2]
            folder = root / "content" / id_.rpartition("/")[0]
            folder.mkdir(parents=True, exist_ok=True)
            keys = [f"title: {id_} {code}", "date: 2026-01-02", f"tags: [all, {code}, {TAG.get(code, 'own')}]"]
            if shape["key"] and id_ == "blog/one":
                keys.append("translation_key: one")
            if slug := SLUG.get(id_, {}).get(code):
                keys.append(f"slug: {slug}")
            if shape["section"] and id_ == "blog/_index":
                keys.append(f"missing_translations: {shape['section']}")
            suffix = "" if code == "en" else f".{code}"
            (folder / f"{name}{suffix}.md").write_text("---\n" + "\n".join(keys) + "\n---\nText.\n", "utf-8")
    if shape["tags"]:
        folder = root / "content" / "tags"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "eigene.de.md").write_text("---\ntranslation_key: own\n---\n", "utf-8")
    main = "https://example.org/site/"
    return {"": main} | ({f"{own}/": f"https://{own}.example/"} if own else {})


@settings(max_examples=25, deadline=None)
@given(translations, shapes)
def test_links_between_languages(tree: dict[str, set[str]], shape: dict[str, object]) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        hosts = write(root, tree, shape)
        public = build(root)
        found = pages(public, hosts)
        entries = sitemap_entries(public)
        feeds = feed_entries(public)
    listed = {url: page for url, page in found.items() if not page.robots}
    originals = {url: page for url, page in listed.items() if page.canonical == [url]}

    assert all(len(page.canonical) == 1 for page in found.values()), "one canonical each"
    for url, page in listed.items():
        assert page.canonical[0] in originals, f"{url} has its canonical at a page of its own text"
        assert urlsplit(url).scheme == "https"
        if url not in originals:
            assert not page.alternates, "who shows another language's text says nothing of translations"
            assert originals[page.canonical[0]].language in page.languages, "the text says its language"
    for url, page in originals.items():
        if not page.alternates:
            continue
        tags = page.alternates.keys() - {"x-default"}
        assert len(tags) > 1
        assert page.alternates[page.language] == url, "a page is among its own alternates"
        for tag in tags:
            other = originals[page.alternates[tag]]  # exists, and is no fallback
            assert other.language == tag
            assert other.alternates == page.alternates, "reciprocal"
        default = "en" if "en" in tags else min(tags, key=LANGUAGES.index)
        assert page.alternates["x-default"] == page.alternates[default]
    assert entries.keys() == originals.keys(), "sitemaps hold all pages, and no fallback"
    assert {url: page.alternates for url, page in originals.items()} == entries
    assert all(originals[url].language == language for url, language in feeds.items())

    for url, page in found.items():
        for link in page.links:
            target = urljoin(url, link.partition("#")[0])
            assert target in found or not target.startswith(tuple(hosts.values())), f"{url} links {target}"


def test_every_combination_of_prefix_and_host_is_tried(tmp_path: Path) -> None:
    tree = {id_: set(LANGUAGES[: 1 + number % 4]) for number, id_ in enumerate(IDS)} | {"index": set(LANGUAGES)}
    for number, (prefix, own) in enumerate(itertools.product([False, True], [None, "de", "ar"])):
        root = tmp_path / str(number)
        root.mkdir()
        hosts = write(
            root,
            tree,
            {
                "policy": "fallback",
                "section": None,
                "prefix": prefix,
                "own host": own,
                "key": 0,
                "tags": bool(number % 2),
            },
        )
        public = build(root)
        assert (public / "en" / "index.html").exists() == prefix
        assert (public / "index.html").exists()
        if own:
            for name in ("robots.txt", "_headers", "404.html", "theme.css", "sitemap.xml"):
                assert (public / own / name).exists()
            home = (public / own / "index.html").read_text("utf-8")
            assert f'<link rel="canonical" href="{hosts[f"{own}/"]}">' in home
            assert 'href="/theme.css?v=' in home
            assert f"Sitemap: {hosts[f'{own}/']}sitemap.xml\n" in (public / own / "robots.txt").read_text()
        index = (public / "sitemap-index.xml").read_text("utf-8")
        assert index.count("<sitemap>") == len(LANGUAGES) - bool(own)
