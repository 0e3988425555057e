"""Data files as plain data: YAML, JSON, CSV and TOML, by the file's ending."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.codes_site import DATA_SYNTAX, DUPLICATE_KEY, TOO_LARGE
from ctxsite.source import SourceText, Span
from ctxsite.syntax.controls import CONTROL, clean_data
from ctxsite.syntax.nodes import plain
from ctxsite.syntax.toml import read_toml
from ctxsite.syntax.yaml import read_yaml

Read = tuple[object, tuple[Diagnostic, ...]]


def read_data(source: SourceText) -> Read:
    """Read a data file; return dicts, lists, texts, numbers, booleans and None, and what was found wrong.

    CSV gives a list of dicts by the header line's names, all values texts; its separator is the one of comma,
    semicolon and tab that the header has most of. A faulty file gives None.
    """
    ending = source.path.rpartition("/")[2].rpartition(".")[2].lower() if "." in source.path else ""
    reader = _READERS.get(ending)
    if reader is None:
        known = ", ".join(f".{name}" for name in _READERS)
        message = f"a data file cannot end in .{ending}" if ending else "a data file's name needs an ending"
        return None, (DATA_SYNTAX.at(source.span(0), message, help=f"endings understood: {known}"),)
    value, problems = reader(source)
    if "\\" not in source.text and not CONTROL.search(source.text):
        return value, problems
    say = list(problems)
    return clean_data(value, source, say), tuple(say)


def _yaml(source: SourceText) -> Read:
    node, problems = read_yaml(source)
    return None if node is None else plain(node), problems


def _toml(source: SourceText) -> Read:
    node, problems = read_toml(source)
    if problems:
        return None, problems
    return ({} if node is None else plain(node)), ()


class _TwiceError(Exception):
    """A JSON object has a key twice; the only argument is the key."""


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        raise _TwiceError(next(name for index, name in enumerate(names) if name in names[:index]))
    return made


def _no_constant(name: str) -> object:
    raise ValueError(name)


def _json(source: SourceText) -> Read:
    text = source.text.removeprefix("\ufeff")
    shift = len(source.text) - len(text)
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant), ()
    except json.JSONDecodeError as error:
        at, message, help_text = _json_problem(text, error)
        return None, (DATA_SYNTAX.at(source.span(shift + at), message, help=help_text),)
    except _TwiceError as error:
        name = str(error)
        return None, (DUPLICATE_KEY.at(_second(source, name), f"the key `{name}` is given twice in one object"),)
    except RecursionError:
        return None, (TOO_LARGE.at(source.span(0), "lists and objects are nested too deeply"),)
    except ValueError as error:  # a constant, or the interpreter's own bound on digits
        name = str(error)
        if name in {"NaN", "Infinity", "-Infinity"}:
            at = shift + max(text.find(name), 0)
            return None, (DATA_SYNTAX.at(source.span(at, at + len(name)), f"JSON has no number `{name}`"),)
        return None, (TOO_LARGE.at(source.span(0), "a number here has too many digits"),)


def _json_problem(text: str, error: json.JSONDecodeError) -> tuple[int, str, str | None]:
    """Return the place of a JSON error, what is wrong, and what to do. Interpreters word and place some differently."""
    at = error.pos
    if not text.strip():
        return 0, "this file is empty, which is not JSON", "write `{}` for no data"
    comma = len(text[: at + 1].rstrip("]} \t\r\n")) - 1
    if text.startswith(",", comma) and text[comma + 1 :].lstrip()[:1] in {"]", "}"}:
        return comma, "JSON has no comma after the last item", "remove this comma"
    if text.startswith("'", at):
        return at, "JSON has double quotes only", 'write `"…"`'
    if text.startswith(("//", "/*", "#"), at):
        return at, "JSON has no comments", "remove this one, or use a .yaml file"
    return at, f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}", None


def _second(source: SourceText, name: str) -> Span:
    """Return the place of a key's second appearance, as well as a search can tell."""
    written = json.dumps(name, ensure_ascii=False)
    first = source.text.find(written)
    second = source.text.find(written, first + 1)
    at = max(second, first, 0)
    return source.span(at, at + len(written))


def _csv(source: SourceText) -> Read:
    text = source.text.removeprefix("\ufeff")
    starts = source.line_starts()
    header = text.partition("\n")[0]
    separator = max(",;\t", key=header.count)
    say: list[Diagnostic] = []
    rows: list[dict[str, str]] = []
    names: list[str] = []
    before = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in reader:
            place = _csv_line(source, starts, before)
            before = reader.line_num
            if not any(cell.strip() for cell in row):
                continue
            if not names:
                names = [cell.strip() for cell in row]
                say += _check_header(names, place)
            elif len(row) != len(names):
                cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
                message = f"this row has {cells}, but the header has {len(names)}"
                help_text = f"put a cell that contains `{separator}` in double quotes"
                say.append(DATA_SYNTAX.at(place, message, help=help_text))
            else:
                rows.append(dict(zip(names, row, strict=True)))
    except csv.Error as error:
        place = _csv_line(source, starts, before)
        say.append(DATA_SYNTAX.at(place, f"this is not CSV: {error}", help="check the double quotes in this row"))
    return (None if say else rows), tuple(say)


def _csv_line(source: SourceText, starts: list[int], index: int) -> Span:
    start = starts[min(index, len(starts) - 1)]
    stop = source.text.find("\n", start)
    return source.span(start, max(start + 1, len(source.text) if stop < 0 else stop))


def _check_header(names: list[str], place: Span) -> list[Diagnostic]:
    if "" in names:
        return [
            DATA_SYNTAX.at(place, f"column {names.index('') + 1} has no name", help="the first row names the columns")
        ]
    twice = next((name for index, name in enumerate(names) if name in names[:index]), None)
    return [] if twice is None else [DUPLICATE_KEY.at(place, f"two columns are named `{twice}`")]


_READERS: dict[str, Callable[[SourceText], Read]] = {
    "yaml": _yaml, "yml": _yaml, "json": _json, "csv": _csv, "toml": _toml,
}  # fmt: skip
