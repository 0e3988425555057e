"""What a language's typography does to a text: its own quotation marks, and no blanks where lines of Chinese break.

Both work on finished HTML, on the text between tags and outside of code. The engine's smart punctuation writes English
quotation marks, which become those of the language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ctxsite.model.body import Body, Component, Html, Piece, Vary
from ctxsite.syntax.controls import CONTROL

_QUOTES = {
    **dict.fromkeys(("de", "cs", "sk", "sl", "bg", "is", "lt", "et", "ka", "mk", "hr", "sr", "sq"), "„“‚‘"),
    **dict.fromkeys(("pl", "hu", "ro", "nl-BE"), "„”‚’"),
    **dict.fromkeys(("de-CH", "de-LI", "es", "it", "pt-PT", "ca", "gl", "el", "hy", "fa", "no", "nb", "nn"), "«»‹›"),
    **dict.fromkeys(("ru", "uk", "be", "kk", "ky"), "«»„“"),
    **dict.fromkeys(("sv", "fi"), "””’’"),
    **dict.fromkeys(("ja", "zh-Hant", "zh-TW", "zh-HK"), "「」『』"),
}
_FRENCH = {"“": "«\u202f", "”": "\u202f»"}
_SKIPPED = re.compile(r"<(pre|code|script|style|textarea)\b.*?</\1>|<[^>]*>", re.DOTALL)
_SINGLE = re.compile(r"‘([^‘’\n]*)’(?!\w)")
_ENTITIES = {"ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’"}
_ENTITY = re.compile("&(" + "|".join(_ENTITIES) + ");")
_CJK = "\u3000-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_BREAK = f"(?<=[{_CJK}])\n(?=[{_CJK}])"  # compiled when a text needs it: that takes a millisecond or two


def set_in(body: Body, language: str, *, smart: bool) -> Body:
    """Return a body as its language is set. `smart` says that the engine has made quotation marks."""
    marks = _marks(language) if smart else None
    joined = language.partition("-")[0] in {"ja", "zh"}
    if marks is None and not joined:
        return body

    def text(html: str) -> str:
        last, parts = 0, []
        for skipped in _SKIPPED.finditer(html):
            parts += [_set(html[last : skipped.start()], marks, joined), skipped[0]]
            last = skipped.end()
        return "".join([*parts, _set(html[last:], marks, joined)])

    return _over(body, text, lambda summary: _set(summary, marks, joined))


def without_controls(body: Body) -> Body:
    """Return a body without the control characters that neither HTML nor XML may have."""

    def clean(text: str) -> str:
        return CONTROL.sub("", text)

    return _over(body, clean, clean)


def _over(body: Body, html: Callable[[str], str], plain: Callable[[str], str]) -> Body:
    """Return a body with its HTML, and its summary, put through two functions."""

    def pieces(found: Sequence[Piece]) -> tuple[Piece, ...]:
        return tuple(piece(one) for one in found)

    def piece(one: Piece) -> Piece:
        if isinstance(one, Html):
            return Html(html(one.text))
        if isinstance(one, Component):
            return replace(one, body=pieces(one.body))
        return block(one) if isinstance(one, Vary) else one

    def block(one: Vary) -> Vary:
        branches = tuple(replace(branch, body=pieces(branch.body)) for branch in one.alternatives)
        return replace(one, default=pieces(one.default), alternatives=branches)

    return replace(
        body,
        pieces=pieces(body.pieces),
        headings=tuple(replace(heading, html=html(heading.html)) for heading in body.headings),
        blocks=tuple(block(one) for one in body.blocks),
        summary=plain(body.summary),
    )


def _marks(language: str) -> dict[str, str] | None:
    """Return what stands for the four English marks; None where those are right."""
    if language in {"fr", "fr-FR", "fr-BE", "fr-CA"}:
        return _FRENCH
    found = _QUOTES.get(language) or _QUOTES.get(language.partition("-")[0])
    return None if found is None else dict(zip("“”‘’", found, strict=True))


def _set(text: str, marks: dict[str, str] | None, joined: bool) -> str:
    if marks is not None:
        text = _ENTITY.sub(lambda found: _ENTITIES[found[1]], text)
        if "‘" in marks and "‘" in text:
            text = _SINGLE.sub(lambda found: f"{marks['‘']}{found[1]}{marks['’']}", text)  # a lone ’ is an apostrophe
        text = re.sub("[“”]", lambda found: marks[found[0]], text)
    return re.sub(_BREAK, "", text) if joined and "\n" in text else text
