"""What both engines give, what each has of its own, and how they are configured."""

from __future__ import annotations

import re
import subprocess
import sys
import types
from collections.abc import Mapping, Sequence

import markdown
import pytest
from markdown.preprocessors import Preprocessor

from ctxsite.content.compile import compile_body
from ctxsite.content.markdown.commonmark import EXTENSIONS
from ctxsite.content.markdown.engine import ENGINES, Labels, make_engine
from ctxsite.content.markdown.highlighting import pygments_highlighter, style_sheet
from ctxsite.diagnostics.model import Severity
from ctxsite.model.words import count_words, default_html
from ctxsite.source import SourceText
from tests.content.written import BOTH, VOCABULARY, body, compiled, written

IN_BOTH = {
    "headings": ("# A *b*\n\nC\n---\n", '<h1 id="a-b">A <em>b</em></h1>\n<h2 id="c">C</h2>\n'),
    "a heading's own id": ("## A {#b .c d=e}\n", None),
    "a table": ("| a |\n| --- |\n| b |\n", None),
    "code": ("```python\na < b\n```\n", '<pre><code class="language-python">a &lt; b\n</code></pre>\n'),
    "a diagram": ("```mermaid\na --> b\n```\n", '<pre><code class="language-mermaid">a --&gt; b\n</code></pre>\n'),
    "raw HTML": ('<div class="a">\n<b>c</b>\n</div>\n', '<div class="a">\n<b>c</b>\n</div>\n'),
    "a definition list": ("a\n\n:   b\n", None),
}


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("case", IN_BOTH)
def test_in_both(case: str, name: str) -> None:
    text, wanted = IN_BOTH[case]
    html = written(body(text, name).pieces)
    if wanted is not None:
        assert html == wanted
    for sign in {"a heading's own id": ['id="b"', 'class="c"', 'd="e"', ">A<"], "a table": ["<th>a</th>", "<td>b</td>"],
                 "a definition list": ["<dl>", "<dt>a</dt>", "b"]}.get(case, []):  # fmt: skip
        assert sign in html


@pytest.mark.parametrize("name", BOTH)
def test_headings_are_listed_with_unique_ids(name: str) -> None:
    made = body(
        "# Über *uns*, 天気 & `code`!\n## a\n## a\n## [a](b.md) [[vary: x | night: y]] [[data: z]]\n## a-1\n## ?\n"
        "# B {#a}\n\n<p id='c'>d</p>\n",
        name,
    )
    assert [(heading.level, heading.id, heading.html) for heading in made.headings] == [
        (1, "über-uns-天気-code", "Über <em>uns</em>, 天気 &amp; <code>code</code>!"),
        (2, "a-1", "a"),
        (2, "a-2", "a"),
        (2, "a-x", "a x"),
        (2, "a-1-1", "a-1"),
        (2, "section", "?"),
        (1, "a", "B"),
    ]
    assert made.anchors == {heading.id for heading in made.headings} | {"c"}


@pytest.mark.parametrize("name", BOTH)
def test_branches_may_repeat_ids_and_only_the_default_is_listed(name: str) -> None:
    made = body("# A\n::: vary b\n# A\n::: when night\n# A\n# C\n::: when press\n# C\n:::\n# A\n# C\n", name)
    assert [heading.id for heading in made.headings] == ["a", "a-1", "a-2", "c-1"]
    night, press = made.blocks[0].alternatives
    assert written(night.body).count('id="a-1"') == written(press.body).count('id="c"') == 1
    assert made.anchors == {"a", "a-1", "a-2", "c", "c-1"}


def words(text: str, name: str) -> int:
    return count_words(default_html(body(text, name).pieces))


@pytest.mark.parametrize("name", BOTH)
def test_summary_and_words(name: str) -> None:
    made = body(
        "# Title\n\n![](a.png)\n\n::: vary a\nThis is *the* [default](b.md) &amp; more[^1].\n"
        "::: when night\nNo.\n:::\n\n[^1]: A note.\n",
        name,
    )
    assert made.summary == "This is the default & more."
    assert words("天気 is weather", name) == 4
    assert words("", name) == 0
    assert body("", name).summary == ""
    assert words("<p\n", name) <= 1


@pytest.mark.parametrize("name", BOTH)
def test_footnotes_lead_there_and_back(name: str) -> None:
    made = body("a[^x] b[^y] c[^x]\n\n[^y]: Two\n\n[^x]: One\n\n    More\n\n[^z]: Never\n", name)
    html = written(made.pieces)
    assert html.count('href="#fn-') == 3
    assert html.count('role="doc-backlink"') == 3
    assert html.index("One") < html.index("Two") or name == "python-markdown"
    assert html.count('role="doc-endnotes"') == 1
    assert "Never" not in html
    for target in ("fn-1", "fnref-1") if name == "commonmark" else ("fn-x", "fnref-x"):
        assert html.count(f'id="{target}"') == 1
        assert f'href="#{target}"' in html


@pytest.mark.parametrize("name", BOTH)
def test_footnotes_stay_with_the_block_that_refers_to_them(name: str) -> None:
    made = body("a[^1]\n\n::: note\nb[^1] c[^2]\n:::\n\n[^1]: One\n[^2]: Two, see [d]\n\n[d]: e.md\n", name)
    outer, inner = written(made.pieces[:1] + made.pieces[2:]), written(made.pieces[1:2])
    assert outer.count("One") == inner.count("One") == inner.count("Two") == 1
    assert "Two" not in outer
    assert "((link e.md))" in inner


def test_alerts_are_notes_with_a_title_in_the_texts_language() -> None:
    labels = Labels({"note": "Hinweis"}, "Fußnoten", "Zurück zum Text")
    source = SourceText("a.md", "> [!NOTE]\n> a[^1]\n\n[^1]: b\n")
    engine, _ = make_engine()
    made, _ = compile_body(source, 0, engine, VOCABULARY, labels=labels)
    html = written(made.pieces)
    assert '<blockquote class="markdown-alert markdown-alert-note" role="note">' in html
    assert '<p class="markdown-alert-title">Hinweis</p>' in html
    assert 'aria-label="Fußnoten"' in html
    assert 'aria-label="Zurück zum Text"' in html
    assert made.summary == "a"


COMMONMARK_ONLY = {
    "> [!TIP]\n> a\n": "markdown-alert-tip",
    "- [x] a\n": '<input disabled="" type="checkbox" checked="" aria-label="Done"/>',
    "~~a~~\n": "<del>a</del>",
    "- ```\n  a\n  ```\n": "<pre><code>a",
}


@pytest.mark.parametrize("text", COMMONMARK_ONLY)
def test_python_markdown_lacks(text: str) -> None:
    """Documented; if one of these appears there, say so in the documentation."""
    assert COMMONMARK_ONLY[text] in written(body(text).pieces)
    assert COMMONMARK_ONLY[text] not in written(body(text, "python-markdown").pieces)


PYTHON_MARKDOWN_ONLY = {
    "*[HTML]: Hypertext\n\nHTML\n": "<abbr",
    "!!! note\n    a\n": 'class="admonition note"',
    "[a](b.md){.c}\n": 'class="c"',
    "[TOC]\n\n# A\n": 'href="#a"',
    "<div markdown='1'>\n*a*\n</div>\n": "<em>a</em>",
}


@pytest.mark.parametrize("text", PYTHON_MARKDOWN_ONLY)
def test_commonmark_lacks(text: str) -> None:
    assert PYTHON_MARKDOWN_ONLY[text] in written(body(text, "python-markdown").pieces)
    assert PYTHON_MARKDOWN_ONLY[text] not in written(body(text).pieces)


def test_the_table_of_contents_has_all_headings_of_the_default() -> None:
    made = body("[TOC]\n\n## A\n### B\n## C\n::: vary v\n# D\n::: when night\n# E\n:::\n", "python-markdown")
    assert written(made.pieces).startswith(
        '<div class="toc">\n<ul>\n<li><a href="#a">A</a>\n<ul>\n<li><a href="#b">B</a></li>\n</ul>\n</li>\n'
        '<li><a href="#c">C</a></li>\n<li><a href="#d">D</a></li>\n</ul>\n</div>\n'
    )


def test_a_colon_makes_no_definition() -> None:
    assert written(body("a\n:smile: b\n").pieces) == "<p>a\n:smile: b</p>\n"


@pytest.mark.parametrize("name", BOTH)
def test_code_is_highlighted(name: str) -> None:
    text = '```python\nif a < "b":\n```\n\n```nonsense\na < b\n```\n\n```mermaid\na --> b\n```\n\n```\na & b\n```\n'
    made, _ = compiled(text, name, highlighter=pygments_highlighter)
    html = written(made.pieces)
    assert '<pre class="highlight" tabindex="0"><code class="language-python"><span class="k">if</span>' in html
    assert "&lt;" in html
    assert '<pre><code class="language-nonsense">a &lt; b\n</code></pre>' in html
    assert '<pre><code class="language-mermaid">a --&gt; b\n</code></pre>' in html
    assert "<pre><code>a &amp; b\n</code></pre>" in html


def test_highlighted_code_keeps_every_character() -> None:
    made, _ = compiled("```python\n\n\n  a = [[data: b]]\n\t\n\n```\n", highlighter=pygments_highlighter)
    assert made.pieces[0:1] == made.pieces
    assert re.sub(r"<[^>]*>", "", written(made.pieces)) == "\n\n  a = [[data: b]]\n\t\n\n\n"


def test_style_sheets() -> None:
    assert ".highlight .k" in style_sheet()
    with pytest.raises(ValueError, match="nonsense"):
        style_sheet("nonsense")


Configs = Mapping[str, Mapping[str, object]]
FAULTS: dict[str, tuple[str, Sequence[str] | None, Configs, str, str | None]] = {
    "unknown in commonmark": ("commonmark", ["table"], {}, "CTX171", "did you mean `tables`?"),
    "options in commonmark": ("commonmark", None, {"tables": {"a": 1}}, "CTX172", "engine: python-markdown"),
    "unknown in python-markdown": ("python-markdown", ["tabels"], {}, "CTX171", "did you mean `tables`?"),
    "not installed": ("python-markdown", ["nowhere.to.be:Found"], {}, "CTX171", "installed"),
    "unknown option": ("python-markdown", ["tables"], {"tables": {"nonsense": 1}}, "CTX172", None),
    "misspelt option": ("python-markdown", ["toc"], {"toc": {"permalnk": True}}, "CTX172", "`permalink`"),
    "options of none": ("python-markdown", ["tables"], {"toc": {"permalink": True}}, "CTX172", None),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_bad_extension_is_a_diagnostic(case: str) -> None:
    name, extensions, configs, code, help_text = FAULTS[case]
    place = SourceText("ctxsite.yaml", "markdown:\n").span(0, 8)
    named = [*(extensions or []), *configs]
    engine, diagnostics = make_engine(name, extensions, configs, places=dict.fromkeys(named, place))
    assert [(found.code, found.severity) for found in diagnostics] == [(code, Severity.ERROR)]
    assert diagnostics[0].location == place.location()
    assert help_text is None or help_text in (diagnostics[0].help or "")
    assert engine.html("a *b*") == "<p>a <em>b</em></p>\n"


@pytest.mark.parametrize("fault", ["import", "register", "convert"])
def test_an_extension_that_fails_is_a_diagnostic(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Breaking(Preprocessor):
        def run(self, lines: list[str]) -> list[str]:
            raise KeyError("broken")

    class Failing(markdown.Extension):
        def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
            if fault == "register":
                raise TypeError("broken")
            md.preprocessors.register(Breaking(md), "breaking", 1)

    module = types.ModuleType("failing_extension")
    if fault != "import":
        module.__dict__["makeExtension"] = Failing
    monkeypatch.setitem(sys.modules, "failing_extension", module)
    engine, diagnostics = make_engine("python-markdown", ["failing_extension"])
    if fault == "convert":
        assert diagnostics == ()
        made, diagnostics = compile_body(SourceText("a.md", "a"), 0, engine, VOCABULARY)
        assert made.pieces == ()
    assert [found.code for found in diagnostics] == [
        {"import": "CTX171", "register": "CTX172", "convert": "CTX173"}[fault]
    ]


def test_extensions_are_switched() -> None:
    tables = "| a |\n|---|\n| b |\n"
    for name in ENGINES:
        without, diagnostics = make_engine(name, [])
        assert diagnostics == ()
        assert "<table>" not in without.html(tables)
        assert without.identity != make_engine(name)[0].identity
    everything, diagnostics = make_engine("commonmark", EXTENSIONS)
    assert diagnostics == ()
    assert 'class="math math-inline"' in everything.html("$a$")
    for name in ENGINES:
        assert "“a” –" in make_engine(name, smart=True)[0].html('"a" --').replace("&ldquo;", "“").replace(
            "&rdquo;", "”"
        ).replace("&ndash;", "–")


def test_options_of_toc_bring_the_librarys_own() -> None:
    engine, diagnostics = make_engine("python-markdown", ["toc"], {"toc": {"permalink": True}})
    assert diagnostics == ()
    made, _ = compile_body(SourceText("a.md", "# Größe A\n\n[TOC]\n"), 0, engine, VOCABULARY)
    assert 'class="headerlink"' in written(made.pieces)
    assert [heading.id for heading in made.headings] == ["größe-a"]


def test_an_engine_that_does_not_exist_is_a_bug() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        make_engine("nonsense")


def test_texts_do_not_know_each_other() -> None:
    engine, _ = make_engine("python-markdown")
    first = engine.html("[a] b[^1]\n\n[a]: c.md\n[^1]: d\n")
    assert "d" not in engine.html("[a] b[^1]\n").replace("</", "")
    assert engine.html("[a] b[^1]\n\n[a]: c.md\n[^1]: d\n") == first


def test_the_libraries_are_loaded_when_they_are_needed() -> None:
    program = (
        "import sys, ctxsite.content.compile, ctxsite.content.markdown.highlighting\n"
        "print(sorted({'markdown', 'pygments', 'pyromark'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
