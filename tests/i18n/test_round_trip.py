"""Extract, translate, build, status: with catalogues as Babel's own tools make and read them, and a real git."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from click.testing import CliRunner

from ctxsite.cli.main import main
from ctxsite.content.marking import marked

CONFIG = """\
title: My Site
languages: [en, de, pl]
signals: {segment: {values: [business], from: ["query:segment"]}}
"""
PAGE = """\
{% extends "parent:page.html" %}
{% block main %}{% slot "x" %}<p>{{ _("Read on") }} {{ ngettext("%(num)s page", "%(num)s pages", 3) }}
{{ pgettext("verb", "Open") }} {% trans %}Hello{% endtrans %}</p>{% endslot %}{{ page.content }}{% endblock %}
"""
FILES = {
    "ctxsite.yaml": CONFIG,
    "templates/page.html": PAGE,
    "content/index.md": "---\ntitle: Home\n---\nWelcome.\n",
    "content/index.de.md": "---\ntitle: Start\n---\nWillkommen.\n",
    "content/blog/one.md": "---\ntitle: One\nvariants: {business: {when: {segment: business}}}\n---\nOne.\n\nTwo.\n",
    "content/blog/one@business.md": "Offers.\n",
    "content/blog/one.de.md": "---\ntitle: Eins\n---\nEins.\n\nZwei.\n",
    "content/blog/one@business.de.md": "Angebote.\n",
    "content/blog/two.md": "---\ntitle: Two\n---\n",
}
OURS = {(None, "Read on"), (None, "%(num)s page"), ("verb", "Open"), (None, "Hello")}


def run(*arguments: str) -> str:
    done = CliRunner().invoke(main, [*arguments, "--now", "2026-11-22T12:00Z"])
    assert done.exit_code == 0, done.output
    return done.stdout


def status(site: Path) -> dict[str, dict[str, dict[str, int]]]:
    """Return the tallies of pages by language and section."""
    data = json.loads(run("i18n", "status", "-s", str(site), "--json"))
    return {code: language["sections"] for code, language in data["languages"].items()}


def catalogue(path: Path, locale: str | None = None) -> Catalog:
    return read_po(io.BytesIO(path.read_bytes()), locale=locale, abort_invalid=True)


def entry(found: Catalog, text: str, context: str | None = None) -> Message:
    message = found.get(text, context)
    assert message is not None
    return message


def messages(found: Catalog) -> set[tuple[str | None, str]]:
    ids = [(one.context, one.id if isinstance(one.id, str) else one.id[0]) for one in found]
    return {(context, str(text)) for context, text in ids if text}


def test_strings(make_site: Callable[..., Path]) -> None:
    site = make_site(FILES)
    run("i18n", "extract", "-s", str(site))
    template = catalogue(site / "i18n" / "messages.pot")
    assert messages(template) > OURS, "the theme has no Polish, so its messages are for this site to translate"
    assert entry(template, "Read on").locations == [("templates/page.html", 2)]

    run("i18n", "update", "-s", str(site))
    german = catalogue(site / "i18n" / "de.po", "de")
    assert messages(german) == OURS, "the theme has German"
    assert messages(catalogue(site / "i18n" / "pl.po", "pl")) == messages(template)
    assert not (site / "i18n" / "en.po").exists()

    entry(german, "Read on").string = "Weiterlesen"
    entry(german, "%(num)s page").string = ("%(num)s Seite", "%(num)s Seiten")
    entry(german, "Open", "verb").string = "Öffnen"
    out = io.BytesIO()
    write_po(out, german)
    (site / "i18n" / "de.po").write_bytes(out.getvalue())
    text = run("build", "-s", str(site), "--json")
    said = json.loads(text)["diagnostics"]
    html = (site / "public" / "de" / "blog" / "one" / "index.html").read_text("utf-8")
    assert "<p>Weiterlesen 3 Seiten\nÖffnen Hello</p>" in html
    missing = [item for item in said if item["code"] == "CTX505"]
    assert [item["message"] for item in missing if "(de)" in item["message"]] == [
        "`Hello` has no translation in Deutsch (de)"
    ]
    assert [item["location"]["path"] for item in missing if "(de)" in item["message"]] == ["templates/page.html"]

    (site / "templates" / "page.html").write_text(PAGE.replace("Read on", "Read on.").replace("Hello", "Good day"))
    run("i18n", "update", "-s", str(site), "de")
    german = catalogue(site / "i18n" / "de.po", "de")
    assert entry(german, "Read on.").fuzzy, "a near message is a guess"
    assert entry(german, "Open", "verb").string == "Öffnen"
    assert "Weiterlesen" not in _built(site), "and a guess is not shown"
    before = (site / "i18n" / "de.po").read_text()
    run("i18n", "update", "-s", str(site))
    assert (site / "i18n" / "de.po").read_text() == before, "nothing changes where no message does"


def _built(site: Path) -> str:
    run("build", "-s", str(site))
    return (site / "public" / "de" / "blog" / "one" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_each_missing_string_is_told_once(make_site: Callable[..., Path], jobs: str) -> None:
    pages = {f"content/p{number}.md": f"---\ntitle: P{number}\n---\n" for number in range(320)}
    template = "{{ head() }}{{ _('Later') }}{{ _('Other') }}{{ ngettext('a day', 'days', 2) }}"
    po = 'msgid "Other"\nmsgstr "Anderes"\n'
    site = make_site({
        "ctxsite.yaml": "languages: [en, de, tlh]\n", "templates/page.html": template,
        "templates/home.html": template, "templates/404.html": template, "i18n/de.po": po, **pages,
    })  # fmt: skip
    said = json.loads(run("build", "-s", str(site), "--json", "-j", jobs))["diagnostics"]
    found = [item["message"] for item in said]
    assert found == [
        "`Later` has no translation in Deutsch (de)",
        "`a day` has no translation in Deutsch (de)",
        "there is no catalogue for tlh (tlh): their pages show 3 strings in English",
    ]
    assert {item["severity"] for item in said} == {"note"}


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_pages(make_site: Callable[..., Path]) -> None:
    site = make_site(FILES)

    def git(*arguments: str) -> None:
        who = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
        subprocess.run(["git", "-C", str(site), *who, *arguments], check=True, capture_output=True)

    git("init", "-q")
    none = {"total": 3, "translated": 0, "missing": 3, "outdated": 0, "unmarked": 0}
    assert status(site)["pl"] == {"": {**none, "total": 1, "missing": 1}, "blog": none}
    assert status(site)["de"]["blog"] == {"total": 3, "translated": 2, "missing": 1, "outdated": 0, "unmarked": 2}
    run("i18n", "done", "content/blog/one.de.md", "content/blog/one@business.de.md", "-s", str(site))
    git("add", ".")
    git("commit", "-qm", "One")
    assert status(site)["de"]["blog"] == {"total": 3, "translated": 2, "missing": 1, "outdated": 0, "unmarked": 0}

    source = site / "content" / "blog" / "one.md"
    source.write_text(source.read_text().replace("Two.", "Three."))
    git("commit", "-qam", "Two")
    assert status(site)["de"]["blog"] == {"total": 3, "translated": 1, "missing": 1, "outdated": 1, "unmarked": 0}
    shown = run("i18n", "status", "--diff", "-s", str(site))
    assert "outdated: content/blog/one.de.md (source: content/blog/one.md)\n" in shown
    assert "\n-Two.\n+Three.\n" in shown
    assert "\n-One." not in shown

    (site / "content" / "blog" / "one@business.md").write_text("Better offers.\n")
    found = json.loads(run("i18n", "status", "--diff", "-s", str(site), "--json"))["translations"]
    outdated = {one["path"]: one for one in found if one["state"] == "outdated"}
    assert outdated.keys() == {"content/blog/one.de.md", "content/blog/one@business.de.md"}
    assert "-Offers.\n+Better offers." in outdated["content/blog/one@business.de.md"]["diff"]
    assert outdated["content/blog/one@business.de.md"]["variant"] == "business"
    run("i18n", "done", *outdated, "-s", str(site))
    assert status(site)["de"]["blog"]["outdated"] == 0
    assert run("check", "-s", str(site))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Text.\n", '---\nsource_digest: "m"\n---\nText.\n'),
        ("---\ntitle: x\n---\nText\n---\n", '---\ntitle: x\nsource_digest: "m"\n---\nText\n---\n'),
        ("---\nsource_digest: old\ntitle: x\n---\n", '---\nsource_digest: "m"\ntitle: x\n---\n'),
        ("+++\ntitle = 'x'\n[params]\na = 1\n+++\n", "+++\nsource_digest = \"m\"\ntitle = 'x'\n[params]\na = 1\n+++\n"),
        ("---\nparams:\n  a: 1\n...\n", '---\nparams:\n  a: 1\nsource_digest: "m"\n...\n'),
        ("---\ntitle: x\n", "---\ntitle: x\n"),
    ],
)
def test_the_mark_changes_nothing_else(before: str, after: str) -> None:
    assert marked(before, "m") == after
    assert marked(after, "m") == after
