"""More small sites with one mistake each: rarer ones, so that every code is met; and what is only warned of."""

from __future__ import annotations

from tests.diagnostics.bad_sites import CONFIG, Files, page, site

BUSINESS = "title: Home\nvariants:\n  b: {when: {segment: business}, title: For companies}"
BARE = "<!doctype html>\n<html><head>{{ head() }}</head>\n<body><h1>{{ page.title }}</h1></body></html>\n"
"""A template without a slot."""
SLOTTED = BARE.replace("<h1>", "{% slot 'title' %}<h1>").replace("</h1>", "</h1>{% endslot %}")


def themed(config: str | None, template: str | None = SLOTTED, **others: str) -> Files:
    """Return a site with a theme of its own, of these files: `theme.yaml`, `page.html`, and others."""
    files: Files = {"ctxsite.yaml": CONFIG + "theme: own\n", "content/index.md": page(BUSINESS)}
    given = {"themes/own/theme.yaml": config, "themes/own/templates/page.html": template, **others}
    return files | {path: text for path, text in given.items() if text is not None}


def settings(*lines: str) -> Files:
    return site({"ctxsite.yaml": CONFIG + "".join(line + "\n" for line in lines)})


MORE_BAD_SITES: dict[str, Files] = {
    "front-matter-of-a-page-with-variants": site(
        {
            "content/index.md": "---\n" + BUSINESS.replace("title: Home", "title: [Home") + "\n---\nText.\n",
            "content/index@b.md": page("title: For companies"),
            "content/index.de.md": page("title: Heim"),
            "content/index@b.de.md": page("title: Für Firmen"),
        }
    ),
    "markdown-extension": settings("markdown:", "  extensions: [tables, footnote]"),
    "markdown-option": settings(
        "markdown:",
        "  engine: python-markdown",
        "  extensions: [toc]",
        "  extension_configs: {toc: {permalnk: true}}",
    ),
    "zone-unused": site(
        {"content/index.md": page("title: Home\nvariants:\n  b: {when: {segment: business, zone: Europe/Berlin}}")}
    ),
    "link-outside": site({"content/index.md": page(body="[Up](../../../etc/passwd)")}),
    "link-to-a-draft": site(
        {
            "content/index.md": page(body="[News](news.md)"),
            "content/news.md": page("title: News\ndraft: true"),
        }
    ),
    "link-without-slash": site(
        {
            "content/index.md": page(body="[Tariffs](/tariffs)"),
            "content/tariffs.md": page("title: Tariffs"),
        }
    ),
    "variant-without-page": site({"content/tariffs@business.md": page("title: Tariffs")}),
    "identity-in-a-variant's-file": site(
        {
            "content/index.md": page(BUSINESS),
            "content/index@b.md": page("title: For companies\ntags: [a]"),
        }
    ),
    "reserved-address": site({"content/~drafts/a.md": page("title: A")}),
    "variant-name-in-a-file's-name": site({"content/index@Business.md": page("title: For companies")}),
    "differs-outside-slots": themed(None, BARE),
    "slot-in-the-head": themed(
        None, "<html><head>\n{% slot 'meta' %}<meta name='x' content='{{ page.variant }}'>{% endslot %}</head></html>\n"
    ),
    "alternatives-heavy": themed(None, **{"ctxsite.yaml": CONFIG + "theme: own\ninline_limit: 20\n"}),
    "unknown-key-of-a-theme": themed("titel: Own\n"),
    "unknown-parent": themed("parent: plane\n"),
    "themes-in-a-circle": themed("parent: other\n", **{"themes/other/theme.yaml": "parent: own\n"}),
    "theme-without-page": themed("name: own\n", template=None),
    "menu-of-a-missing-page": settings("menus: {main: [tarifs]}") | {"content/tariffs.md": page()},
    "catalogue-of-another-language": site({"i18n/fr.po": 'msgid "Menu"\nmsgstr "Menu"\n'}),
    "variant-not-translated": site(
        {
            "content/index.md": page(BUSINESS),
            "content/index@b.md": page("title: For companies"),
            "content/index.de.md": page("title: Start"),
        }
    ),
    "missing-translation": settings("missing_translations: error"),
    "same-translation-key": site(
        {
            "content/a.md": page("title: A\ntranslation_key: x"),
            "content/b.md": page("title: B\ntranslation_key: x"),
        }
    ),
}
"""Each case's site by its name."""
