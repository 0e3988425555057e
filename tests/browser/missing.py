"""What a test does where the browser that it needs is not installed."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def missing(what: str, install: str) -> NoReturn:
    """Skip the test with the line that installs it; where browsers are required, fail."""
    message = f"{what} is not installed: {install}"
    if os.environ.get("CTXSITE_REQUIRE_BROWSERS"):
        pytest.fail(message)
    pytest.skip(message)
