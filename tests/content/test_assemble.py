"""From documents to the site map: pages, translations, variants, addresses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from ctxsite.config.read import read_settings
from ctxsite.config.settings import Settings
from ctxsite.content.assemble import Moment, assemble
from ctxsite.content.compile import compile_body
from ctxsite.content.frontmatter import read_front_matter
from ctxsite.content.markdown.engine import make_engine
from ctxsite.diagnostics import Diagnostic
from ctxsite.model.document import Document
from ctxsite.model.page import PageKey, SiteMap
from ctxsite.source import SourceText

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
CONFIG = """\
title: Test
languages: [en, de, de-AT]
signals: {segment: {values: [business], from: ["query:segment"]}}
audiences: {evening: {time: "18:00-23:00"}}
"""


def settings(text: str = CONFIG) -> Settings:
    found, problems = read_settings(SourceText("ctxsite.yaml", text))
    assert found is not None
    assert problems == ()
    return found


def document(path: str, text: str, known: Settings) -> Document:
    source = SourceText(path, text)
    front, start, problems = read_front_matter(source, known.vocabulary)
    engine, _ = make_engine()
    body, found = compile_body(source, start, engine, known.vocabulary)
    assert (*problems, *found) == ()
    return Document(path, "", front, body, source.span(0, 3))


def site(
    files: Mapping[str, str], config: str = CONFIG, moment: Moment | None = None, assets: tuple[str, ...] = ()
) -> tuple[SiteMap, tuple[Diagnostic, ...]]:
    known = settings(config)
    documents = [document(f"content/{path}", text, known) for path, text in files.items()]
    return assemble(documents, assets, known, moment or Moment(NOW))


def front(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", ""])


def addresses(found: SiteMap, language: str) -> dict[str, str]:
    return {page.key.id: page.address for page in found.pages if page.key.language == language}


def test_addresses_of_pages_sections_and_translations() -> None:
    found, problems = site(
        {
            "_index.md": front("title: Home"),
            "_index.de.md": front("title: Start"),
            "blog/_index.md": front("title: Blog"),
            "blog/_index.de.md": front("title: Neues", "slug: neues"),
            "blog/First Post.md": front("title: First"),
            "blog/First Post.de.md": front("title: Erster", "slug: erster"),
            "blog/trip/index.md": front("title: Trip"),
            "exact.md": front("title: Exact", "url: /other/place"),
        }
    )
    assert problems == ()
    assert addresses(found, "en") == {
        "": "/", "blog": "/blog/", "blog/First Post": "/blog/first-post/", "blog/trip": "/blog/trip/",
        "exact": "/other/place/",
    }  # fmt: skip
    assert addresses(found, "de") == {
        "": "/de/", "blog": "/de/neues/", "blog/First Post": "/de/neues/erster/", "blog/trip": "/de/neues/trip/",
        "exact": "/de/exact/",
    }  # fmt: skip


def test_a_missing_translation_falls_back_along_the_chain() -> None:
    found, _ = site({"a.md": front("title: A"), "a.de.md": front("title: Ah"), "b.md": front("title: B")})
    shown = {page.key: (page.shown, page.meta.title) for page in found.pages if page.key.id}
    assert shown[PageKey("a", "de-AT")] == ("de", "Ah")
    assert shown[PageKey("b", "de-AT")] == ("en", "B")
    assert shown[PageKey("b", "de")] == ("en", "B")


def test_only_real_translations_are_linked() -> None:
    found, _ = site({"a.md": front("title: A"), "a.de.md": front("title: Ah")})
    page = found.by_key[PageKey("a", "de-AT")]
    assert page.fallback
    assert page.translations == {"en": "/a/", "de": "/de/a/"}


@pytest.mark.parametrize(
    ("policy", "count", "codes"), [("fallback", 3, []), ("omit", 1, []), ("error", 1, ["CTX511"] * 2)]
)
def test_the_policy_for_missing_translations(policy: str, count: int, codes: list[str]) -> None:
    found, problems = site({"a.md": front("title: A")}, CONFIG + f"missing_translations: {policy}\n")
    assert len([page for page in found.pages if page.key.id == "a"]) == count
    assert [problem.code for problem in problems] == codes


def test_folders_without_an_index_get_a_section() -> None:
    found, problems = site({"press_room/2026/a.md": front("title: A")})
    assert problems == ()
    titles = {page.key.id: page.meta.title for page in found.pages if page.key.language == "en"}
    assert titles == {"": "Test", "press_room": "Press room", "press_room/2026": "2026", "press_room/2026/a": "A"}


def test_no_language_has_a_dead_end_above_its_pages() -> None:
    config = CONFIG + "missing_translations: omit\n"
    found, _ = site({"_index.md": front("title: Home"), "blog/a.de.md": front("title: A")}, config)
    assert addresses(found, "de") == {"": "/de/", "blog": "/de/blog/", "blog/a": "/de/blog/a/"}
    assert addresses(found, "en") == {"": "/"}


def test_a_page_without_a_title_takes_its_first_heading() -> None:
    found, _ = site({"a.md": "# Fish *&* chips\n\n## No\n", "b.md": "Text.\n"})
    assert found.by_key[PageKey("a", "en")].meta.title == "Fish & chips"
    assert found.by_key[PageKey("b", "en")].meta.title == "B"


VARIANTS = front(
    "title: Pricing", "params: {a: 1, b: 2}", "variants:", "  business:", "    when: {segment: business}",
    "    title: For companies", "    params: {b: 3}", "  late: {when: evening}",
)  # fmt: skip


def test_variants_take_what_they_do_not_override_from_the_page() -> None:
    found, problems = site({"p.md": VARIANTS, "p@late.md": front("summary: Late") + "Late.\n"})
    assert problems == ()
    business, late = found.by_key[PageKey("p", "en")].variants
    assert (business.name, business.meta.title, business.meta.params) == ("business", "For companies", {"a": 1, "b": 3})
    assert (business.address, business.document.path) == ("/p/~business/", "content/p.md")
    assert (late.meta.title, late.meta.summary, late.document.path) == ("Pricing", "Late", "content/p@late.md")


def test_language_comes_before_variant() -> None:
    files = {"p.md": VARIANTS, "p.de.md": front("title: Preise"), "p@late.de.md": "Spät.\n"}
    found, problems = site(files)
    german = found.by_key[PageKey("p", "de")]
    assert [variant.name for variant in german.variants] == ["late"], "taken over, if there is a version"
    assert german.variants[0].when == found.by_key[PageKey("p", "en")].variants[1].when
    assert [(problem.code, problem.location.path if problem.location else "") for problem in problems] == [
        ("CTX510", "content/p.de.md")
    ]
    assert found.by_key[PageKey("p", "de-AT")].variants == (), "a fallback page has no variants in its language"


def test_a_translation_may_declare_its_own_variants() -> None:
    own = front("title: Preise", "variants:", "  abend: {when: evening, title: Abends}")
    found, problems = site({"p.md": VARIANTS, "p.de.md": own})
    assert problems == ()
    assert [(v.name, v.meta.title) for v in found.by_key[PageKey("p", "de")].variants] == [("abend", "Abends")]


def test_translation_key_joins_files_of_different_names() -> None:
    found, problems = site(
        {
            "about.md": front("title: About", "translation_key: us"),
            "ueber-uns.de.md": front("title: Über uns", "translation_key: us"),
        }
    )
    assert problems == ()
    assert found.by_key[PageKey("about", "de")].meta.title == "Über uns"
    assert found.by_key[PageKey("about", "en")].translations["de"] == "/de/ueber-uns/"


DATED = {
    "draft.md": front("title: D", "draft: true"),
    "future.md": front("title: F", "date: 2026-11-23"),
    "later.md": front("title: L", "date: 2026-01-01", "publish_date: 2026-12-01"),
    "over.md": front("title: O", "expiry_date: 2026-11-22T12:00:00Z"),
    "now.md": front("title: N", "date: 2026-11-22T12:00:00Z"),
}


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (Moment(NOW), {"now"}),
        (Moment(NOW, drafts=True), {"now", "draft"}),
        (Moment(NOW, future=True), {"now", "future", "later"}),
        (Moment(NOW, expired=True), {"now", "over"}),
    ],
)
def test_what_the_moment_lets_through(moment: Moment, expected: set[str]) -> None:
    found, _ = site(DATED, "title: T\n", moment)
    assert {page.key.id for page in found.pages if page.key.id} == expected


def test_a_draft_translation_is_not_replaced_by_another_language() -> None:
    found, _ = site({"a.md": front("title: A"), "a.de.md": front("title: Ah", "draft: true")})
    assert PageKey("a", "de") not in found.by_key


def test_files_beside_pages_are_known_by_their_names() -> None:
    found, _ = site({"blog/trip/index.md": front("title: T")}, assets=("content/blog/trip/map.png", "content/a.png"))
    assert found.by_key[PageKey("blog/trip", "en")].assets == {"map.png": "content/blog/trip/map.png"}


def test_languages_in_folders() -> None:
    config = "title: T\nlanguages: {en: {content_dir: content/en}, de: {content_dir: content/de}}\n"
    found, problems = site({"en/a.md": front("title: A"), "de/a.md": front("title: Ah", "slug: ah")}, config)
    assert problems == ()
    assert (addresses(found, "en")["a"], addresses(found, "de")["a"]) == ("/a/", "/de/ah/")


def test_the_page_for_unknown_addresses_is_in_no_list() -> None:
    found, _ = site({"404.de.md": front("title: Nicht da"), "a.md": front("title: A")})
    assert [(page.key.language, page.address, page.meta.title) for page in found.not_found] == [
        ("en", "/404.html", ""), ("de", "/de/404.html", "Nicht da"), ("de-AT", "/de-at/404.html", ""),
    ]  # fmt: skip
    assert all(page.key.id != "404" for page in found.pages)


def test_two_pages_with_one_translation_key() -> None:
    files = {"a.md": front("title: A", "translation_key: x"), "b.md": front("title: B", "translation_key: x")}
    assert [problem.code for problem in site(files)[1]] == ["CTX513"]


def test_order_is_by_language_as_configured_then_by_id() -> None:
    found, _ = site({"b.md": front("title: B"), "a.md": front("title: A")}, "title: T\nlanguages: [de, en]\n")
    assert [page.key for page in found.pages] == [
        PageKey(id_, code) for code in ("de", "en") for id_ in ("", "a", "b")
    ]  # fmt: skip
