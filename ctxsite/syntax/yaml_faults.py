"""What a YAML syntax error most probably is, in words for people who write pages.

libyaml says where it lost its way and what it missed; the cause is mostly a little earlier and simpler.
Each function here knows one kind of slip and returns None where it does not recognize it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ctxsite.frozen import dataclass
from ctxsite.syntax.yaml_lines import KEY, line_before, line_bounds, quote_it, value_on_line

_LONGEST_KEY = 1024


@dataclass(frozen=True, slots=True)
class Fault:
    """libyaml's report: the problem, where it was noticed, and where the construct it was in began (offsets)."""

    problem: str
    at: int
    since: int


@dataclass(frozen=True, slots=True)
class Reason:
    """The cause: offsets `[start, end)` of the place, the sentence, the suggestion; `noticed` is a second place."""

    start: int
    end: int
    message: str
    help: str | None = None
    noticed: int | None = None


def explain(text: str, fault: Fault) -> Reason:
    """Return the most probable cause of a syntax error."""
    for recognize in _KINDS:
        reason = recognize(text, fault)
        if reason is not None:
            return reason
    missed = fault.problem.replace("did not find expected", "expected").replace("could not find expected", "expected")
    return Reason(fault.at, fault.at + 1, f"this is not YAML: {missed}", "check quotes, colons and indentation above")


def _tab(text: str, fault: Fault) -> Reason | None:
    if text[fault.at : fault.at + 1] != "\t" and "tab character" not in fault.problem:
        return None
    end = fault.at
    while text[end : end + 1] == "\t":
        end += 1
    return Reason(fault.at, max(end, fault.at + 1), "a tab indents this line", "YAML is indented with spaces")


def _template(text: str, fault: Fault) -> Reason | None:
    found = value_on_line(text, fault.at)
    if found is None or not text.startswith(("{{", "{%"), found[0]):
        return None
    return Reason(found[0], found[1], "a text that starts with `{` must be quoted", quote_it(text, fault.at))


def _open_quote(text: str, fault: Fault) -> Reason | None:
    mark = text[fault.since : fault.since + 1]
    if mark not in {'"', "'"} or ("unexpected end" not in fault.problem and "document indicator" not in fault.problem):
        return None
    return _unclosed(fault.since, mark)


def _unclosed(at: int, mark: str, noticed: int | None = None) -> Reason:
    return Reason(at, at + 1, "this quote is never closed", f"end the text with `{mark}`", noticed)


def _after_quote(text: str, fault: Fault) -> Reason | None:
    """Explain text right behind a closing quote, or a quote that an earlier line left open."""
    before = text[: fault.at].rstrip(" ")
    mark = before[-1:]
    if mark not in {'"', "'"} or "expected" not in fault.problem:
        return None
    if _opens_value(before[:-1]):
        opener = _open_above(text, fault.at, mark)
        return None if opener is None else _unclosed(opener, mark, len(before) - 1)
    start, stop = fault.at, max(line_bounds(text, fault.at)[1], fault.at + 1)
    return Reason(start, stop, "text follows the closing quote", quote_it(text, fault.at))


def _opens_value(before: str) -> bool:
    line = before[before.rfind("\n") + 1 :]
    return not line.strip() or (line.rstrip()[-1:] in ":-[{," and line != line.rstrip())


def _open_above(text: str, at: int, mark: str) -> int | None:
    """Return the nearest quote above the line of `at` that opens a value and is not closed on its line."""
    above = line_before(text, line_bounds(text, at)[0])
    while above is not None:
        found = value_on_line(text, above[0])
        if found is not None and text.startswith(mark, found[0]) and mark not in text[found[0] + 1 : above[1]]:
            return found[0]
        above = line_before(text, above[0])
    return None


_COLON = "a value that contains a colon, and then a space or the line's end, must be quoted"


def _colon_in_value(text: str, fault: Fault) -> Reason | None:
    if "mapping values are not allowed" not in fault.problem and text[fault.at : fault.at + 1] != ":":
        return None
    found = value_on_line(text, fault.at)
    if found is None or found[0] > fault.at:
        return None
    return Reason(fault.at, fault.at + 1, _COLON, quote_it(text, fault.at))


def _line_without_key(text: str, fault: Fault) -> Reason | None:
    """Explain `title Hello` and `title:Hello`, on the line where a key was expected or on the one above."""
    if "mapping values are not allowed" in fault.problem:
        line = line_before(text, line_bounds(text, fault.at)[0])
    elif "could not find expected ':'" in fault.problem:
        line = line_bounds(text, fault.since)
    else:
        return None
    if line is None or KEY.match(text, *line) or text[line[0] : line[1]].rstrip().endswith(":"):
        return None
    start = line[0] + len(text[line[0] : line[1]]) - len(text[line[0] : line[1]].lstrip(" "))
    written = text[start : line[1]]
    if (tight := re.match(r"([\w-]+):(\S.*)", written)) is not None:
        place = start + tight.end(1)
        help_text = f"write `{tight.group(1)}: {tight.group(2)}`"
        return Reason(place, place + 1, "a space is missing after this colon", help_text)
    word, _, rest = written.partition(" ")
    help_text = "a key is followed by a colon and a space"
    if rest and re.fullmatch(r"[\w-]+", word):
        help_text = f"write `{word}: {rest.strip()}`"
    return Reason(start, line[1], "this line has no `key: value`", help_text)


def _long_key(text: str, fault: Fault) -> Reason | None:
    begin, _ = line_bounds(text, fault.at)
    if "mapping values are not allowed" not in fault.problem or fault.at - begin <= _LONGEST_KEY:
        return None
    return Reason(fault.at, fault.at + 1, f"a key cannot have more than {_LONGEST_KEY:,} characters")


def _deeper(text: str, fault: Fault) -> Reason | None:
    if "mapping values are not allowed" not in fault.problem:
        return None
    begin, _ = line_bounds(text, fault.at)
    above = line_before(text, begin)
    found = None if above is None else value_on_line(text, above[0])
    if above is None or found is None:
        return None
    indent = re.compile(" *")
    mine, theirs = indent.match(text, begin), indent.match(text, above[0])
    if mine is None or theirs is None or mine.end() - begin <= theirs.end() - above[0]:
        return None
    message = "this key is indented deeper than the one above, which has a value already"
    return Reason(mine.end(), fault.at, message, f"start it in the same column as `{found[2].removesuffix(': ')}`")


def _bracket(text: str, fault: Fault) -> Reason | None:
    if "expected ',' or" not in fault.problem:
        return None
    bracket = text[fault.since : fault.since + 1]
    closing = "]" if bracket == "[" else "}"
    rest = text[fault.at : line_bounds(text, fault.at)[1]]
    if closing in rest and rest.startswith(":"):
        return Reason(fault.at, fault.at + 1, _COLON, "put the text in double quotes")
    if closing in rest and "\n" not in text[fault.since : fault.at]:
        return Reason(
            fault.at,
            fault.at + 1,
            f"a comma or `{closing}` is missing before this",
            "quote texts with commas or quotes in them",
        )
    what = "list" if closing == "]" else "mapping"
    return Reason(fault.since, fault.since + 1, f"this `{bracket}` is never closed", f"end the {what} with `{closing}`")


def _indentation(text: str, fault: Fault) -> Reason | None:
    begin, stop = line_bounds(text, fault.at)
    if text[begin : fault.at].strip() or fault.at >= stop or "did not find expected" not in fault.problem:
        return None
    if "'-' indicator" in fault.problem:
        message, help_text = "a key stands among the items of a list", "start it with `- `, or indent it below an item"
    elif text.startswith("- ", fault.at):
        message, help_text = "a list item stands among keys", "put it below the key it belongs to"
    elif text[fault.at] in "]}":
        return None
    else:
        message = "this line is indented unlike any of the lines above that it could belong to"
        help_text = "the keys of one mapping all start in the same column"
    return Reason(fault.at, stop, message, help_text)


def _after_value(text: str, fault: Fault) -> Reason | None:
    """Explain what follows a closed list or mapping on its line."""
    before = text[: fault.at].rstrip(" ")[-1:]
    if "did not find expected" not in fault.problem or before not in {"]", "}"}:
        return None
    mark = text[fault.at : fault.at + 1]
    if mark in {"]", "}"}:
        return Reason(fault.at, fault.at + 1, f"this `{mark}` closes nothing", "remove it, or quote the whole value")
    stop = max(line_bounds(text, fault.at)[1], fault.at + 1)
    return Reason(fault.at, stop, f"text follows the closing `{before}`", quote_it(text, fault.at))


_STARTS = (
    "cannot start any token", "alphabetic or numeric character", "expected node content", "tag handle",
    "comment or line break", "while scanning a directive", "non-alphabetical character", "mapping keys are not allowed",
)  # fmt: skip


def _special_start(text: str, fault: Fault) -> Reason | None:
    """Explain a value that starts with a character which has a meaning of its own."""
    if not any(words in fault.problem for words in _STARTS):
        return None
    found = value_on_line(text, fault.at)
    start = fault.since if found is None or not found[0] <= fault.at <= found[1] else found[0]
    mark = text[start : start + 1]
    if not mark or mark.isalnum():
        return None
    shown = "a backtick" if mark == "`" else f"`{mark}`"
    help_text = quote_it(text, start) if found is not None and start >= found[0] else "quote the text"
    return Reason(start, start + 1, f"a text that starts with {shown} must be quoted", help_text)


def _escape(text: str, fault: Fault) -> Reason | None:
    if not any(words in fault.problem for words in ("escape", "hexdecimal")):
        return None
    start = text.rfind("\\", 0, fault.at + 1)
    written = text[start : start + 2]
    unknown = "unknown escape" in fault.problem
    message = f"`{written}` is no escape in double quotes" if unknown else "this escape names no character"
    return Reason(start, start + 2, message, _unescaped(text, fault.since))


def _unescaped(text: str, quote: int) -> str:
    stop = text.find('"', quote + 1)
    content = text[quote + 1 : stop]
    if stop < 0 or "'" in content or "\n" in content:
        return "write a backslash as `\\\\`"
    return f"single quotes take a backslash as it is: `'{content}'`"


def _item_on_line(text: str, fault: Fault) -> Reason | None:
    if "block sequence entries are not allowed" not in fault.problem:
        return None
    found = value_on_line(text, fault.at)
    help_text = "start each item on a line of its own"
    if found is not None:
        item = text[found[0] : found[1]].removeprefix("-").strip()
        help_text += f", or write `{found[2]}[{item}]`"
    return Reason(fault.at, fault.at + 1, "a list cannot start on its key's line", help_text)


def _second_document(text: str, fault: Fault) -> Reason | None:
    if "<document start>" not in fault.problem:
        return None
    stop = max(line_bounds(text, fault.at)[1], fault.at + 1)
    return Reason(fault.at, stop, "the value above is complete; this does not belong to it", "remove it, or indent it")


_KINDS: tuple[Callable[[str, Fault], Reason | None], ...] = (
    _tab, _template, _open_quote, _escape, _item_on_line, _special_start, _bracket, _after_quote, _colon_in_value,
    _long_key, _deeper, _line_without_key, _second_document, _indentation, _after_value,
)  # fmt: skip
