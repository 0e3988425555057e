"""Lines of YAML as people see them, for explanations: bounds, the key and value on a line, a value in quotes.

It is a view of broken text, so nothing here relies on the text being YAML.
"""

from __future__ import annotations

import re

from ctxsite.syntax.quoting import quoted

KEY = re.compile(r"([ ]*(?:- +)*)([^\s#\"'\[{][^:\n]*|\"[^\"\n]*\"|'[^'\n]*'):[ ]+(?=\S)")
"""A key and the colon behind it, where a value follows on the line; group 2 is the key as written."""


def line_bounds(text: str, at: int) -> tuple[int, int]:
    """Return the bounds of the line that holds `at`, without its line end."""
    begin = text.rfind("\n", 0, at) + 1
    stop = text.find("\n", at)
    stop = len(text) if stop < 0 else stop
    return begin, stop - 1 if text.endswith("\r", begin, stop) else stop


def line_before(text: str, begin: int) -> tuple[int, int] | None:
    """Return the bounds of the nearest line above that is neither empty nor a comment."""
    while begin > 0:
        start, stop = line_bounds(text, begin - 1)
        if text[start:stop].strip() and not text[start:stop].lstrip().startswith("#"):
            return start, stop
        begin = start
    return None


def value_on_line(text: str, at: int) -> tuple[int, int, str] | None:
    """Return the value on the line of `at`: its bounds, and `key: ` as written; None if there is no key."""
    begin, stop = line_bounds(text, at)
    found = KEY.match(text, begin, stop)
    if found is None:
        return None
    value = text[found.end() : stop].partition(" #")[0].rstrip()
    return found.end(), found.end() + len(value), f"{found.group(2).rstrip()}: "


def quote_it(text: str, at: int) -> str:
    """Suggest the line's value in quotes."""
    found = value_on_line(text, at)
    if found is None:
        return "quote the text"
    start, stop, key = found
    content = text[start:stop]
    if len(content) > 1 and content[0] == content[-1] and content[0] in "\"'":
        content = content[1:-1]
    return f"quote the value: `{key}{quoted(content)}`"
