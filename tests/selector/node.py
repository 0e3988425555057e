"""Node, for tests that run the engine outside a browser."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
HARNESS = Path(__file__).with_name("harness.mjs")
INSTALL = "install Node 20 or later: apt-get install nodejs npm"
INSTALL_TOOLS = "install the development tools: npm install"


def node() -> str:
    """Return the path of Node; without it, skip the test, or fail it where Node is required."""
    found = shutil.which("node")
    if found is None:
        _missing(INSTALL)
    return str(found)


def tool(name: str) -> str:
    """Return the path of a development tool of package.json."""
    node()
    path = ROOT / "node_modules" / ".bin" / name
    if not path.exists():
        _missing(INSTALL_TOOLS)
    return str(path)


def _missing(message: str) -> None:
    if os.environ.get("CTXSITE_REQUIRE_NODE") == "1":
        pytest.fail(message)
    pytest.skip(message)


def run(arguments: Sequence[str]) -> str:
    """Run a program in the project's folder and return what it prints; its errors are the test's."""
    done = subprocess.run(
        arguments, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def visits(engine: str, given: Iterable[Any], folder: Path, *flags: str) -> list[Any]:
    """Let an engine decide each visit (see `harness.mjs`), all in one process; return its answers in order."""
    program = node()
    (folder / "engine.js").write_text(engine, encoding="utf-8")
    (folder / "visits.jsonl").write_text("".join(json.dumps(visit) + "\n" for visit in given), encoding="utf-8")
    arguments = [program, str(HARNESS), str(folder / "engine.js"), str(folder / "visits.jsonl"), *flags]
    return [json.loads(line) for line in run(arguments).split("\n") if line]
