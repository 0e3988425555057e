"""The line that opens a component: `::: name "argument" key=value key="two words"`."""

from __future__ import annotations

import re

from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_content import DIRECTIVE_SYNTAX
from ctxsite.source import SourceText

NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_SPACE = re.compile(r"[ \t]*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"(?=[ \t]|$)')
_PARAM = re.compile(r'([A-Za-z_][\w-]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))(?=[ \t]|$)')
_ESCAPE = re.compile(r'\\(["\\])')
_WORD = re.compile(r"\S+")
_SYNTAX = 'write `::: name "argument" key=value key="two words"`'


def read_opening(
    source: SourceText, start: int, end: int, diagnostics: list[Diagnostic]
) -> tuple[str, str | None, tuple[tuple[str, str], ...]]:
    """Read what stands behind the colons, `[start, end)` without spaces around it: name, argument, parameters.

    The name is empty if there is none. What cannot be understood is reported once and left out.
    """
    text = source.text
    name = NAME.match(text, start, end)
    if name is None or (name.end() < end and text[name.end()] not in " \t"):
        word = _WORD.match(text, start, end)
        place = source.span(start, word.end() if word else end)
        small = place.text().lower()
        help_text = f"did you mean `{small}`?" if NAME.fullmatch(small) else _SYNTAX
        message = f"`{place.text()}` is not the name of a component"
        diagnostics.append(DIRECTIVE_SYNTAX.at(place, message, help=help_text))
        return "", None, ()
    argument: str | None = None
    params: dict[str, str] = {}
    position = name.end()
    while (position := _skip_space(text, position, end)) < end:
        # the slice's end must look like a line's end to `$`, so patterns see the line alone
        rest = text[position:end]
        if argument is None and not params and (quoted := _QUOTED.match(rest)):
            argument = _ESCAPE.sub(r"\1", quoted[1])
            position += quoted.end()
            continue
        param = _PARAM.match(rest)
        if param is None:
            place = source.span(position, end)
            diagnostics.append(DIRECTIVE_SYNTAX.at(place, f"cannot read `{place.text()}` here", help=_advice(rest)))
            break
        if param[1] in params:
            place = source.span(position, position + param.end(1))
            diagnostics.append(DIRECTIVE_SYNTAX.at(place, f"`{param[1]}` is given twice"))
        value = param[3] if param[2] is None else _ESCAPE.sub(r"\1", param[2])
        params.setdefault(param[1], value)
        position += param.end()
    return name[0], argument, tuple(params.items())


def _skip_space(text: str, position: int, end: int) -> int:
    space = _SPACE.match(text, position, end)
    return space.end() if space else position


def _advice(rest: str) -> str:
    if rest[0] in "“”„«»'‘’":
        return 'use straight quotes: "…"'
    if rest.count('"') % 2:
        return "close the quote"
    if rest[0] == '"':
        return "the argument comes first, once, and a space follows it"
    if "=" not in rest:
        return f'put the argument in quotes: "{rest.strip()}"'
    return _SYNTAX
