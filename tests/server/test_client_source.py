"""The development client's source: typed; all of it is served, and nothing else is."""

from __future__ import annotations

import pytest

from ctxsite.server.reload import MODULES
from tests.selector.node import ROOT, run, tool


@pytest.mark.node
def test_types_are_right() -> None:
    run([tool("tsc"), "--project", "ctxsite/server/client/tsconfig.json"])


def test_every_module_is_served() -> None:
    assert {path.name for path in (ROOT / "ctxsite/server/client").glob("*.js")} == set(MODULES)
