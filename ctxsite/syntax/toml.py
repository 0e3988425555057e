"""TOML with the place of every key and value.

`tomllib` reads and checks; since it keeps no places, a scanner that may rely on valid text finds them.
Dates and times stay texts, as in YAML: who expects a date parses it.
"""

from __future__ import annotations

import re

from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_site import DUPLICATE_KEY, TOML_SYNTAX, TOO_LARGE
from ctxsite.source import SourceText, Span
from ctxsite.syntax.nodes import Mapping, Node, Scalar, Sequence
from ctxsite.syntax.quoting import quoted
from ctxsite.syntax.toml_places import Path, Place, places
from ctxsite.syntax.yaml_events import DEEPEST

_WHERE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)


class _TooDeepError(Exception):
    """Values are nested too deeply."""


def read_toml(source: SourceText, start: int = 0, end: int | None = None) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Read the characters `[start, end)` of a source as TOML; an empty text is None, and so is a faulty one."""
    import tomllib  # noqa: PLC0415  (few sites have any)

    text = source.text[start:end]
    if text.startswith("\ufeff"):
        text, start = text[1:], start + 1
    try:
        data = tomllib.loads(text)
        if not data:
            return None, ()
        return _Nodes(source, start, text).mapping(data, ()), ()
    except tomllib.TOMLDecodeError as error:
        return None, (_syntax_error(source, start, text, str(error)),)
    except (_TooDeepError, RecursionError):
        message = f"lists and tables are nested more than {DEEPEST} deep here"
        return None, (TOO_LARGE.at(source.span(start), message, help="check for brackets that are not closed"),)
    except ValueError:  # the interpreter's own bound on digits
        return None, (TOO_LARGE.at(source.span(start), "a number here has too many digits"),)


def _syntax_error(source: SourceText, start: int, text: str, said: str) -> Diagnostic:
    found = _WHERE.fullmatch(said)
    problem, at = said, len(text.rstrip())
    if found is not None:
        problem = found.group(1)
        if found.group(2) is not None:
            at = SourceText(source.path, text).line_starts()[int(found.group(2)) - 1] + int(found.group(3)) - 1
    place = source.span(start + at)
    if problem.startswith(("Cannot overwrite", "Cannot declare", "Duplicate inline table key")):
        line = text.rfind("\n", 0, at) + 1
        where = source.span(start + line, max(start + at, start + line + 1))
        return DUPLICATE_KEY.at(where, "a key or table is given twice", help="remove one of them")
    message = problem[:1].lower() + problem[1:]
    return TOML_SYNTAX.at(place, f"this is not TOML: {message}", help=_advice(text, at))


def _advice(text: str, at: int) -> str | None:
    begin = text.rfind("\n", 0, at) + 1
    stop = text.find("\n", at)
    line = text[begin : stop if stop >= 0 else len(text)].strip()
    if (found := re.match(r"([\w-]+)\s*:\s*(.*)", line)) is not None:
        return f"TOML has an equals sign: `{found.group(1)} = {found.group(2)}` (between `---` lines it would be YAML)"
    if (found := re.match(r"([\w.-]+)\s*=\s*([^\s\"'\[{].*)", line)) is not None:
        return f"quote the text: `{found.group(1)} = {quoted(found.group(2).strip())}`"
    return None


class _Nodes:
    """Turns what `tomllib` read into nodes, with the places that were found for them."""

    def __init__(self, source: SourceText, shift: int, text: str) -> None:
        self._source = source
        self._shift = shift
        self._text = text
        self._places = places(text)
        self._whole = Place(0, min(1, len(text)), 0, len(text))

    def mapping(self, data: dict[str, object], path: Path) -> Mapping:
        """Return a table's node."""
        return Mapping(
            tuple(
                (Scalar(name, self._key(path, name), name), self._node(value, (*path, name)))
                for name, value in data.items()
            ),
            self._value(path),
        )

    def _node(self, value: object, path: Path) -> Node:
        if len(path) > DEEPEST:
            raise _TooDeepError
        if isinstance(value, dict):
            return self.mapping(value, path)
        span = self._value(path)
        if isinstance(value, list):
            return Sequence(tuple(self._node(item, (*path, index)) for index, item in enumerate(value)), span)
        if isinstance(value, str):
            return Scalar(value, span, value)
        written = span.text()
        return Scalar(value if isinstance(value, bool | int | float) else written, span, written)

    def _key(self, path: Path, name: str) -> Span:
        place = self._places.get((*path, name), self._whole)
        return Span(self._source, self._shift + place.key_start, self._shift + place.key_end)

    def _value(self, path: Path) -> Span:
        place = self._places.get(path, self._whole)
        return Span(self._source, self._shift + place.start, self._shift + place.end)
