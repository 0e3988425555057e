"""Lines of `ctxsite.json`: it has one for each page and each file, so that what has changed can be put in its place."""

from __future__ import annotations

import json
from collections.abc import Mapping

encode = json.JSONEncoder(ensure_ascii=False).encode
_FEW = 8
"""To look for so many lines takes less than to look at each."""


def file_line(path: str, digest: str) -> str:
    """Return the line of a file of the output. `digest` is hexadecimal."""
    return f'{encode(path)}: "{digest}"'


def file_lines(path: str, before: str, after: str) -> tuple[str, str]:
    """Return the line of a file of the output with either digest."""
    name = encode(path)
    return f'{name}: "{before}"', f'{name}: "{after}"'


def with_lines(summary: bytes, changes: Mapping[str, str]) -> bytes | None:
    """Return a summary with lines changed; None if one of them is not there once."""
    if len(changes) <= _FEW:
        return _with_few(summary, changes)
    wanted = {before.encode(): after.encode() for before, after in changes.items()}
    lines = summary.split(b"\n")
    done = 0
    for number, line in enumerate(lines):
        bare = line.removesuffix(b",")
        after = wanted.get(bare)
        if after is not None:
            lines[number] = after + line[len(bare) :]
            done += 1
    return b"\n".join(lines) if done == len(wanted) else None


def _with_few(summary: bytes, changes: Mapping[str, str]) -> bytes | None:
    for before, after in changes.items():
        line = b"\n" + before.encode()
        at = summary.find(line)
        end = at + len(line)
        if at < 0 or summary.find(line, end) >= 0 or not summary[end : end + 2].removeprefix(b",").startswith(b"\n"):
            return None
        summary = summary[: at + 1] + after.encode() + summary[end:]
    return summary
