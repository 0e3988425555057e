"""The corpus as other generators want it, with templates that make the same page of it.

The same posts at the same addresses, the same navigation of twenty sections, lists of as many posts; no search index,
no highlighting, no tags' pages. Links between posts are addresses already, because most peers do not resolve paths.
Where a peer has something of the sort, it is set up as its documentation says is fastest.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from benchmarks.corpus import LISTED, SECTIONS, section_of

HEAD = '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>%s – Bench</title>\n%s</head>\n<body>'

_LINK = re.compile(r"\(\.\./(section-\d+)/(post-\d+)\.md\)")


def _copied(site: Path, folder: Path, change: Callable[[str], str]) -> None:
    for section in sorted((site / "content").iterdir()):
        target = folder / section.name
        target.mkdir(parents=True)
        for post in section.iterdir():
            (target / post.name).write_text(change(post.read_text("utf-8")), "utf-8")


def _addressed(text: str) -> str:
    return _LINK.sub(r"(/\1/\2/)", text)


def ctxsite(site: Path, twin: Path) -> None:
    shutil.copytree(site, twin)


def ctxsite_python_markdown(site: Path, twin: Path) -> None:
    shutil.copytree(site, twin)
    config = twin / "ctxsite.yaml"
    config.write_text(config.read_text().replace("engine: commonmark", "engine: python-markdown"))


def hugo(site: Path, twin: Path) -> None:
    """One list of the sections for all pages (`partialCached`), no highlighting, no taxonomies; else as Hugo comes."""
    layouts = twin / "layouts"
    (layouts / "_default").mkdir(parents=True)
    (layouts / "partials").mkdir()
    (layouts / "partials" / "nav.html").write_text(
        '<nav>{{ range .Site.Sections }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</nav>'
    )
    description = '<meta name="description" content="{{ .Description }}"><link rel="canonical" href="{{ .Permalink }}">'
    (layouts / "_default" / "baseof.html").write_text(
        HEAD % ("{{ .Title }}", description) + '{{ partialCached "nav.html" . }}\n<main><h1>{{ .Title }}</h1>\n'
        '{{ .Content }}</main>{{ block "list" . }}{{ end }}\n</body></html>\n'
    )
    (layouts / "_default" / "single.html").write_text('{{ define "unused" }}{{ end }}')
    (layouts / "_default" / "list.html").write_text(
        f'{{{{ define "list" }}}}<ul>{{{{ range first {LISTED} .RegularPagesRecursive }}}}'
        '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}'
    )
    _copied(site, twin / "content", _addressed)
    (twin / "hugo.toml").write_text(
        'baseURL = "https://example.org/"\ntitle = "Bench"\ndisableKinds = ["taxonomy", "term"]\n'
        "[markup.highlight]\ncodeFences = false\n"
    )


def hugo_one_feed(site: Path, twin: Path) -> None:
    """As above, but without the feeds of sections, and with a feed of the newest twenty posts, as ctxsite writes it."""
    hugo(site, twin)
    with (twin / "hugo.toml").open("a") as config:
        config.write('[outputs]\nhome = ["html", "rss"]\nsection = ["html"]\n[services.rss]\nlimit = 20\n')


def eleventy(site: Path, twin: Path) -> None:
    layouts = twin / "content" / "_includes"
    layouts.mkdir(parents=True)
    description = '<meta name="description" content="{{ description }}">'
    (layouts / "page.njk").write_text(
        HEAD % ("{{ title }}", description) + "<nav>{% for section in sections %}"
        '<a href="/{{ section }}/">{{ section }}</a> {% endfor %}</nav>\n<main><h1>{{ title }}</h1>\n'
        "{{ content | safe }}</main></body></html>\n"
    )
    items = '<li><a href="{{ post.url }}">{{ post.data.title }}</a></li>'
    (twin / "content" / "sections.njk").write_text(
        "---\npagination: {data: sections, size: 1, alias: section}\n"
        'permalink: "/{{ section }}/index.html"\nlayout: page.njk\ntags: []\n---\n'
        "<ul>{% for post in collections[section] %}" + items + "{% endfor %}</ul>\n"
    )
    (twin / "content" / "index.njk").write_text(
        '---\npermalink: "/index.html"\nlayout: page.njk\ntitle: Bench\n---\n'
        "<ul>{% for post in collections.newest %}" + items + "{% endfor %}</ul>\n"
    )
    _copied(site, twin / "content", lambda text: re.sub(r"^tags: .*\n", "", _addressed(text), flags=re.MULTILINE))
    names = [section_of(number) for number in range(SECTIONS)]
    (twin / "eleventy.config.cjs").write_text(
        f"const sections = {names};\n"
        "module.exports = function (config) {\n"
        "  config.addGlobalData('sections', sections);\n"
        "  for (const name of sections)\n"
        "    config.addCollection(name, (all) =>\n"
        f"      all.getFilteredByGlob(`content/${{name}}/*.md`).slice(0, {LISTED}));\n"
        f"  config.addCollection('newest', (all) => all.getFilteredByGlob('content/*/*.md').slice(0, {LISTED}));\n"
        "  config.addGlobalData('layout', 'page.njk');\n"
        "  return { dir: { input: 'content' }, markdownTemplateEngine: false };\n"
        "};\n"
    )


def mkdocs(site: Path, twin: Path) -> None:
    """Lists of posts are pages that were written beforehand: MkDocs has none."""
    (twin / "theme").mkdir(parents=True)
    (twin / "theme" / "main.html").write_text(
        HEAD
        % ("{{ page.title }}", '<link rel="canonical" href="{{ page.canonical_url }}">')
        + "<nav>{% for section in config.extra.sections %}"
        '<a href="{{ section|url }}">{{ section }}</a> {% endfor %}</nav>\n<main><h1>{{ page.title }}</h1>\n'
        "{{ page.content }}</main></body></html>\n"
    )
    shutil.copytree(site / "content", twin / "docs")
    sections = [section_of(number) for number in range(SECTIONS)]
    for name in sections:
        posts = sorted((twin / "docs" / name).iterdir())[:LISTED]
        lines = "\n".join(f"- [{_title(post)}]({post.name})" for post in posts)
        (twin / "docs" / name / "index.md").write_text(f"---\ntitle: {name}\n---\n\n{lines}\n")
    (twin / "docs" / "index.md").write_text("---\ntitle: Bench\n---\n\nWelcome.\n")
    listed = ", ".join(f"{name}/" for name in sections)
    (twin / "mkdocs.yml").write_text(
        "site_name: Bench\nsite_url: https://example.org\nplugins: []\nextra:\n"
        f"  sections: [{listed}]\n"
        "theme: {name: null, custom_dir: theme}\nmarkdown_extensions: [extra, toc]\n"
    )


def pelican(site: Path, twin: Path) -> None:
    templates = twin / "theme" / "templates"
    templates.mkdir(parents=True)
    (twin / "theme" / "static").mkdir()
    nav = (
        '<nav>{% for category, _ in categories %}<a href="/{{ category.slug }}/">{{ category }}</a> {% endfor %}</nav>'
    )
    begin = HEAD % ("TITLE", "META") + nav + "\n<main><h1>TITLE</h1>\n"
    listed = (
        f"<ul>{{% for post in articles[:{LISTED}] %}}"
        '<li><a href="/{{ post.url }}">{{ post.title }}</a></li>{% endfor %}</ul>'
    )
    meta = '<meta name="description" content="{{ article.description }}">'
    article = begin.replace("TITLE", "{{ article.title }}").replace("META", meta)
    (templates / "article.html").write_text(article + "{{ article.content }}</main></body></html>\n")
    category = begin.replace("TITLE", "{{ category }}").replace("META", "")
    (templates / "category.html").write_text(category + listed + "</main></body></html>\n")
    (templates / "index.html").write_text(
        begin.replace("TITLE", "Bench").replace("META", "") + listed + "</main></body></html>\n"
    )
    _copied(site, twin / "content", _meta_lines)
    (twin / "pelicanconf.py").write_text(
        "SITENAME = AUTHOR = 'Bench'\nSITEURL = ''\nTIMEZONE = 'UTC'\nTHEME = 'theme'\nPATH = 'content'\nPLUGINS = []\n"
        "USE_FOLDER_AS_CATEGORY = True\nSLUGIFY_SOURCE = 'basename'\nDEFAULT_PAGINATION = False\n"
        "ARTICLE_URL = '{category}/{slug}/'\nARTICLE_SAVE_AS = '{category}/{slug}/index.html'\n"
        "CATEGORY_URL = '{slug}/'\nCATEGORY_SAVE_AS = '{slug}/index.html'\nDIRECT_TEMPLATES = ['index']\n"
        "TAG_SAVE_AS = AUTHOR_SAVE_AS = DRAFT_SAVE_AS = ''\n"
        "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None\n"
        "MARKDOWN = {'extensions': ['extra', 'meta', 'toc'], 'output_format': 'html5'}\nSTATIC_PATHS = []\n"
    )
    (twin / "cached.py").write_text(
        "from pelicanconf import *\nCACHE_CONTENT = LOAD_CONTENT_CACHE = True\nCONTENT_CACHING_LAYER = 'generator'\n"
        "CHECK_MODIFIED_METHOD = 'mtime'\nCACHE_PATH = 'cache'\n"
    )


def _meta_lines(text: str) -> str:
    """Front matter as Python-Markdown's `meta` has it: lines, of which tags are no list in brackets."""
    head, _, rest = _addressed(text).removeprefix("---\n").partition("---\n")
    return re.sub(r"^tags: \[(.*)\]$", r"tags: \1", head, flags=re.MULTILINE) + rest


def _title(post: Path) -> str:
    found = re.search(r"^title: (.*)$", post.read_text("utf-8"), re.MULTILINE)
    return found[1] if found else post.stem
