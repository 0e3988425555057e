"""Every mistake in a body gives its diagnostic, at its place. The texts are golden files."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ctxsite.diagnostics import codes_content
from ctxsite.diagnostics.model import Code
from ctxsite.diagnostics.text import render_all
from tests.content.written import compiled

FAULTS = {
    "unclosed": "text\n\n::: note\nmore\n",
    "unclosed-vary": "::: vary hero\na\n::: when night\nb\n",
    "unclosed-inside": ":::: columns\n::: card\na\n::::\nb\n",
    "unclosed-before-when": "::: vary a\n::: note\nb\n::: when night\nc\n:::\n",
    "closed-in-code": "::: note\n```\n:::\n",
    "stray-end": "a\n\n:::\n",
    "stray-end-too-short": ":::: note\n:::\n::::\n",
    "when-outside": "::: when night\na\n",
    "when-inside-component": "::: note\n::: when night\n:::\n",
    "when-without-condition": "::: vary a\n::: when\nb\n:::\n",
    "when-unknown-audience": "::: vary a\n::: when nigth\nb\n:::\n",
    "when-broken-yaml": '::: vary a\n::: when {time: "18:00-23:00"\nb\n:::\n',
    "when-wrong-value": "a\n\n::: vary a\n::: when {weekday: someday}\nb\n:::\n",
    "block-without-name": "::: vary\n::: when night\n:::\n",
    "block-bad-name": "::: vary Große Begrüßung\n::: when night\n:::\n",
    "block-twice": "::: vary a\n::: when night\n:::\n\n::: note\n::: vary a\n::: when press\n:::\n:::\n",
    "no-branch": "::: vary a\nb\n:::\n",
    "same-audience": "::: vary a\n::: when night\nb\n::: when press\nc\n::: when night\nd\n:::\n",
    "component-name": "::: {.warning}\na\n:::\n",
    "component-capital": "::: Note\na\n:::\n",
    "component-unquoted": "::: note Read this\na\n:::\n",
    "component-curly-quotes": "::: note “Read this”\na\n:::\n",
    "component-open-quote": '::: note "Read this\na\n:::\n',
    "component-argument-late": '::: card href=a.md "Read this"\na\n:::\n',
    "component-key-twice": "::: card href=a.md href=b.md\na\n:::\n",
    "inline-unclosed": "a [[vary: b | night: c\n\nd ]] and [[data: e.f\n",
    "inline-no-branch": "a [[vary: b]] c\n",
    "inline-no-audience": "a [[vary: b | c | night: d]] e\n",
    "inline-unknown-audience": "a [[vary: b | nigth: d]] e\n",
    "inline-in-attributes": "[a](x-[[vary: b | night: c]].md) ![d [[vary: e | night: f]]](g.png)\n",
    "inline-too-deep": "[[vary: | night: " * 9 + "x" + "]]" * 9,
    "data-path": "[[data: a..b]] [[data:]] [[data: a b]]\n",
    "too-deep": "a\n" + "::: note\n" * 2000 + ":::\n" * 1000,
    "quoted": "> ::: note\n> a\n> :::\n",
    "lost": "such a list interrupts no paragraph\n10) a\n\n     ::: note\n     b\n     :::\n",
    "same-id": '## A {#b}\n\n<p id="b">c</p>\n',
    "with-front-matter": "---\ntitle: a\n---\n\nb ::: c\n\n::: note\n",
    "wide-characters": "天気 [[vary: 晴れ]] です\n",
}


@pytest.mark.parametrize("case", FAULTS)
def test_golden(case: str, golden: Callable[[str, str], None]) -> None:
    text = FAULTS[case]
    start = text.index("---\n", 4) + 4 if text.startswith("---") else 0
    _, diagnostics = compiled(text, start=start)
    assert diagnostics
    golden(f"content/{case}.txt", render_all(diagnostics) + "\n")


def test_every_code_has_a_case() -> None:
    found = {diagnostic.code for text in FAULTS.values() for diagnostic in compiled(text)[1]}
    codes = {code.id for code in vars(codes_content).values() if isinstance(code, Code) and code.id <= "CTX173"}
    engines_own = {"CTX171", "CTX172", "CTX173"}
    assert codes - engines_own <= found


@pytest.mark.parametrize("case", FAULTS)
def test_both_engines_find_the_same(case: str) -> None:
    assert compiled(FAULTS[case])[1] == compiled(FAULTS[case], "python-markdown")[1]
