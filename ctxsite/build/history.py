"""What a file said before, as far as git knows."""

from __future__ import annotations

import difflib
import hashlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

from ctxsite.build.load import read_source
from ctxsite.content.marking import fingerprint

_MOST = 500
"""How many versions of a file are looked through."""


def changes_since(root: Path, path: str, mark: str) -> str | None:
    """Return the changes of a file since the version with this fingerprint, as a unified diff.

    None where git is not there, or has no such version.
    """
    source, _ = read_source(root, path)
    now = source.text if source else ""
    for commit in _commits(root, path):
        then = _git(root, "show", f"{commit}:./{path}")
        if then is not None and fingerprint(_digest(then)) == mark:
            lines = difflib.unified_diff(
                then.split("\n"), now.split("\n"), f"{path} ({commit[:10]})", path, lineterm=""
            )
            return "\n".join(lines) + "\n"
    return None


def _commits(root: Path, path: str) -> Iterator[str]:
    listed = _git(root, "log", f"--max-count={_MOST}", "--format=%H", "--", path)
    yield from (listed or "").split()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _git(root: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=True, timeout=60)  # noqa: S603, S607  (git as the user has it; arguments are ours)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
