"""Small sites with one mistake each in what concerns languages."""

from __future__ import annotations

Files = dict[str, str]

TWO = "title: Test\nlanguages: [en, de]\n"


def page(front: str = "title: Home", body: str = "Hello.") -> str:
    return f"---\n{front}\n---\n{body}\n"


def site(files: Files, config: str = TWO) -> Files:
    return {"ctxsite.yaml": config, "content/index.md": page(), **files}


BAD_LANGUAGES: dict[str, Files] = {
    "undeclared-suffix": site({"content/about.it.md": page("title: Chi siamo"), "content/node.js.md": page()}),
    "undeclared-folder": site(
        {"content/en/about.md": page(), "content/it/about.md": page(), "content/it/more.md": page()},
        TWO + "language_layout: folder\n",
    ),
    "two-files-for-one-translation": site(
        {"content/about.md": page(), "content/about.de.md": page(), "content/about/index.de.md": page()}
    ),
    "two-spellings-of-one-language": site(
        {"content/about.md": page(), "content/about.gr.md": page(), "content/about.el.md": page()},
        "languages: {en, el: {suffix: gr}}\n",
    ),
    "translation-key-twice": site(
        {
            "content/about.md": page("translation_key: us"),
            "content/wir.de.md": page("translation_key: us"),
            "content/ueber-uns.de.md": page("translation_key: us"),
        }
    ),
    "hidden-fallback": site(
        {"content/en/cloud-apps.md": page(), "content/de/cloud apps.md": page("title: Cloud-Anwendungen")},
        TWO + "language_layout: folder\n",
    ),
    "country-for-language": site({}, "languages: [en, gr, dk]\n"),
    "severities": site(
        {},
        "diagnostics:\n  CTX300: off\n  broken-lnk: note\n  CTX301: quiet\n  CTX101: warning\n",
    ),
    "same-alias": site({"content/a.md": page("aliases: [/old]"), "content/b.md": page("aliases: [/old/]")}),
    "unknown-keys-kept": site(
        {"content/a.md": page("status: done"), "content/b.md": page("status: new"), "content/c.md": page("stat: 1")},
        TWO + "unknown_keys: params\n",
    ),
    "untranslated": site(
        {"templates/page.html": "{{ head() }}<p>{{ _('Read on') }} {{ page.content }}</p>", "content/a.md": page()},
        "languages: [en, de, hi, ko, pl, pt-BR, tr, uk, vi]\n",
    ),
    "malformed-catalogue": site({"i18n/de.po": 'msgid "Menu"\nmsgstr "Menü\n'}),
    "plural-forms-missing": site(
        {"i18n/de.po": 'msgid "%(num)s page"\nmsgid_plural "%(num)s pages"\nmsgstr[0] "%(num)s Seite"\n'}
    ),
    "catalogue-of-another-language": site({"i18n/it.po": 'msgid "Menu"\nmsgstr "Menù"\n'}),
    "missing-translation": site(
        {
            "content/news/_index.md": page("missing_translations: error"),
            "content/news/one.md": page(),
            "content/news/old/_index.md": page("missing_translations: omit"),
            "content/news/old/two.md": page(),
        }
    ),
    "unknown-policy": site({"content/index.md": page("missing_translations: fallbak")}),
    "invalid-character": site({"content/a.md": page('title: "A\x1cB"\ndate: 2026-01-01', "One.")}),
    "invalid-character-in-a-body": site({"content/a.md": page("date: 2026-01-01", "One\x1cTwo")}),
    "two-tags-with-one-page": site(
        {"content/a.md": page("tags: [C++, Heat pumps]"), "content/b.md": page('tags: ["C#", heat-pumps]')},
        TWO + "tag_pages: true\n",
    ),
    "files-of-hugo": site(
        {"hugo.toml": "title = 'X'\n", "i18n/de.toml": "[a]\nother = 'A'\n", "i18n/fr.yaml": "- id: a\n"},
    ),
    "feed-without-a-host": site({"content/a.md": page("date: 2026-01-01")}, TWO + "base_url: /preview/\n"),
    "escaped-control-characters": site(
        {
            "data/p.json": '{"name": "Plan\\u0007 B", "more": ["\\b"]}',
            "content/a.md": page(
                'title: "A\\u0007B"\nparams: {hero: {lead: "C\\eD"}}\ntags: ["x\\x02"]', "[[data: p.name]]"
            ),
            "content/b.md": '+++\ntitle = "E\\u001fF"\n+++\nText.\n',
        },
        'title: "T\\u0001st"\nlanguages: [en, de]\n',
    ),
    "unknown-currency": site({"templates/page.html": "{{ head() }}{{ 12|currency('EURO') }}", "content/a.md": page()}),
    "base-url-of-a-language": site({}, "languages:\n  en:\n  de: {base_url: example.de}\n"),
    "data-format": site(
        {
            "data/p.yaml": "basic: 5\n",
            "content/a.md": page(body="[[data: p.basic | curency EUR]] [[data: p.basic | currency EURO]]"),
        }
    ),
    "shortcodes": site({"content/a.md": page(body='{{< figure src="x.png" >}} and `{{% note %}}`\n\n{{% note %}}')}),
}
