"""Fixtures of the tests in real browsers."""

from __future__ import annotations

from tests.browser.fixtures import chromium, playwright, server

__all__ = ["chromium", "playwright", "server"]
