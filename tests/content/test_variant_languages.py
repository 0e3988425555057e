"""A variant is always in the language that its page is in: the document's `lang` and `dir` never have to follow it."""

from __future__ import annotations

from itertools import product

from ctxsite.content.paths import place, site_layout
from tests.content.test_assemble import CONFIG, front, settings, site

LANGUAGES = ("en", "de", "de-AT")
FILES = [
    f"p{variant}{'' if language == 'en' else '.' + language}.md" for language in LANGUAGES for variant in ("", "@v")
]
OWN = front("title: P", "variants: {v: {when: {segment: business}, title: V}}")


def test_whatever_is_translated() -> None:
    layout = site_layout(settings())
    shown: set[tuple[str, str]] = set()
    for present in product((False, True), repeat=len(FILES)):
        for declared in ("p.md", "p.de.md", "p.de-AT.md"):
            texts = {
                name: OWN + "Text" if name == declared else front("title: T") + "Text"
                for name, there in zip(FILES, present, strict=True)
                if there
            }
            if declared not in texts:
                continue
            found, _ = site(texts, CONFIG)
            for page in found.pages:
                assert not (page.fallback and page.variants), "a page in another language's text has no variants"
                for variant in page.variants:
                    language = place(variant.document.path, layout).language
                    assert language == page.key.language == page.shown
                    shown.add((page.key.language, variant.document.path))
    assert {language for language, _ in shown} == set(LANGUAGES)
    assert {path.removeprefix("content/") for _, path in shown} == set(FILES)
