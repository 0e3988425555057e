"""What the Markdown engines have, as texts and what shows in their HTML."""

from __future__ import annotations

FEATURES = {
    "tables": ("| a | b |\n|---|--:|\n| 1 | 2 |", "<table"),
    "footnotes": ("A[^1].\n\n[^1]: Note.", 'href="#fn-'),
    "definition lists": ("Term\n:   What it is", "<dl>"),
    "attributes of headings": ("## Fees {#money .big}", 'id="money"'),
    "attributes of anything": ("A paragraph.\n{: .lead}", 'class="lead"'),
    "fenced code": ("```\ncode\n```", "<pre><code"),
    "fenced code in list items": ("- item\n\n  ```\n  code\n  ```", "<pre><code"),
    "lists nested by two spaces": ("- a\n  - b", "<ul>\n<li>b"),
    "strikethrough": ("~~gone~~", "<del>"),
    "task lists": ("- [ ] to do", 'type="checkbox"'),
    "alerts": ("> [!NOTE]\n> Mind the gap.", "markdown-alert-note"),
    "admonitions": ("!!! note\n    Mind the gap.", 'class="admonition note"'),
    "abbreviations": ("HTML\n\n*[HTML]: Hypertext Markup Language", "<abbr"),
    "Markdown in HTML blocks": ('<div markdown="1">\n*a*\n</div>', "<em>a</em>"),
    "Markdown after an empty line in an HTML block": ("<div>\n\n*a*\n\n</div>", "<em>a</em>"),
    "links without brackets": ("See https://example.org/ now.", 'href="https://example.org/"'),
    "links in angle brackets": ("<https://example.org/>", 'href="https://example.org/"'),
    "table of contents": ("[TOC]\n\n## Part", '<li><a href="#part"'),
    "headings without a space": ("#Part", "<h1"),
    "a list after a paragraph without an empty line": ("text\n- a", "<li>a"),
    "hard line break by a backslash": ("a\\\nb", "<br"),
    "an escaped directive": ("\\::: note", "<p>::: note</p>"),
}
"""For each feature, as docs/writing.md names it: a text, and a part of the HTML of an engine that has it."""
