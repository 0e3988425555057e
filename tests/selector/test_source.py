"""The engine's source: typed, and the built file is its own."""

from __future__ import annotations

import pytest

from ctxsite.targets.engine import parts
from tests.selector.node import ROOT, node, run, tool

pytestmark = pytest.mark.node


def test_types_are_right() -> None:
    run([tool("tsc"), "--project", "ctxsite/selector/tsconfig.json"])


def test_the_built_file_is_that_of_the_source() -> None:
    tool("esbuild")
    run([node(), "tools/selector.mjs", "--check"])


def test_every_source_is_a_part() -> None:
    sources = {path.stem for path in (ROOT / "ctxsite" / "selector" / "parts").glob("*.js")}
    assert sources == {part.name for part in parts()}
