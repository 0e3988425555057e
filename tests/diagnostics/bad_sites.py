"""Small sites with one mistake each: what people really write."""

from __future__ import annotations

from pathlib import Path

CONFIG = """\
title: Test
languages: [en, de]
signals:
  segment: {values: [private, business], from: ["query:segment"]}
audiences:
  evening: {time: "18:00-23:00"}
"""

Files = dict[str, str | bytes | Path]


def page(front: str = "title: Home", body: str = "Hello.") -> str:
    return f"---\n{front}\n---\n{body}\n"


def site(files: Files) -> Files:
    uses = page("title: Hello", "[[vary: Hello. | evening: Good evening.]]")
    return {"ctxsite.yaml": CONFIG, "content/index.md": page(), "content/hello.md": uses, **files}


BAD_SITES: dict[str, Files] = {
    "broken-yaml": site({"content/index.md": page("title: Hello: world")}),
    "unclosed-quote": site({"content/index.md": page('title: "Hello\ndraft: true')}),
    "tab-indentation": site({"content/index.md": page("title: Home\nparams:\n\thero: x")}),
    "unclosed-front-matter": site({"content/index.md": "---\ntitle: Home\n\nHello.\n"}),
    "duplicate-key": site({"content/index.md": page("title: One\ndraft: false\ntitle: Two")}),
    "wrong-type": site({"content/index.md": page("title: [Home]\ndraft: maybe\nweight: heavy")}),
    "impossible-date": site({"content/index.md": page("title: Home\ndate: 2019-15-05")}),
    "unknown-key": site({"content/index.md": page("titel: Home\ncolour: red")}),
    "unknown-setting": {
        "ctxsite.yaml": "titel: Test\nbaseURL: https://example.org\n",
        "content/index.md": page(),
    },
    "wrong-setting": {
        "ctxsite.yaml": "title: Test\ndefault_language: fr\nlanguages: [en, de]\noutput_dir: ../elsewhere\n",
        "content/index.md": page(),
    },
    "unknown-segment": site({"content/index.md": page("title: Home\nvariants:\n  b: {when: {segment: busines}}")}),
    "unknown-audience": site({"content/index.md": page(body="::: vary hero\nA\n::: when evenings\nB\n:::")}),
    "bad-condition": site(
        {"content/index.md": page('title: Home\nvariants:\n  b:\n    when: {time: "25:00-26:00", zone: Berlin}')}
    ),
    "identity-override": site(
        {"content/index.md": page("title: Home\nvariants:\n  b:\n    when: evening\n    slug: other")}
    ),
    "expectation-failed": site(
        {
            "content/index.md": page(
                "title: Home\nvariants:\n  b: {when: {segment: business, language: de}}\nexpect:\n"
                "  - {context: {segments: [business]}, variant: b}\n"
                "  - {context: {}, variant: c, blocks: {hero: default}}"
            ),
        }
    ),
    "variant-called-default": site({"content/index.md": page("title: Home\nvariants:\n  default: {when: evening}")}),
    "variant-file-undeclared": site({"content/index@evning.md": page("title: Evening")}),
    "two-sources-one-address": site(
        {
            "content/about.md": page("title: About"),
            "content/us.md": page("title: Us\nslug: about"),
        }
    ),
    "addresses-differ-in-case": site(
        {
            "content/about.md": page("title: About"),
            "content/us.md": page("title: Us\nslug: About"),
        }
    ),
    "same-page-twice": site(
        {
            "content/about.md": page("title: About"),
            "content/about/index.md": page("title: About"),
        }
    ),
    "page-and-static-file": site({"content/about.md": page("title: About"), "static/about/index.html": "<p>"}),
    "missing-template": site({"content/index.md": page("title: Home\ntemplate: landing")}),
    "undefined-variable": site({"templates/home.html": "<html>\n<body>{{ page.titel }}</body></html>\n"}),
    "template-syntax": site({"templates/home.html": "<html>\n{% if page.title %}\n</html>\n"}),
    "broken-link": site({"content/index.md": page(body="See [tariffs](tarifs.md)."), "content/tariffs.md": page()}),
    "broken-anchor": site(
        {
            "content/index.md": page(body="See [fees](tariffs.md#fee)."),
            "content/tariffs.md": page("title: Tariffs", "## Fees"),
        }
    ),
    "missing-image": site({"content/index.md": page(body="![A house](huose.png)"), "content/house.png": b"png"}),
    "dead-end-in-a-template": site(
        {
            "templates/page.html": (
                '<html><head></head><body><a href="/abuot/">x</a><img src="logo.png"></body></html>\n'
            ),
            "content/a.md": page(),
        }
    ),
    "unknown-component": site({"content/index.md": page(body='Text.\n\n::: nota "Mind"\nBody.\n:::')}),
    "unclosed-directive": site({"content/index.md": page(body="Text.\n\n::: note\nBody.")}),
    "missing-data": site({"content/index.md": page(body="[[data: prices.basik]]"), "data/prices.yaml": "basic: 5\n"}),
    "invalid-utf8": site({"content/index.md": b"---\ntitle: Caf\xe9\n---\nHello.\n"}),
    "link-out-of-site": site({"content/secret.md": Path("/etc/hostname")}),
    "slug-leads-out": site({"content/index.md": page(), "content/a.md": page("title: A\nslug: ../../etc")}),
    "undeclared-language": site({"content/index.fr.md": page("title: Accueil")}),
    "unknown-theme": {"ctxsite.yaml": "title: Test\ntheme: defualt\n", "content/index.md": page()},
    "broken-data": site({"data/prices.json": '{"basic": 5,}'}),
    "no-site": {"ctxsite.yaml": Path("missing"), "content/index.md": page()},
}
"""Each case's site by its name."""
