"""Pages' keys as texts, as traces and stores have them."""

from __future__ import annotations

from ctxsite.model.page import Page, PageKey


def name_of(key: PageKey) -> str:
    """Return a key as a text."""
    return f"{key.language} {key.id}"


def page_name(page: Page) -> str:
    """Return a page's key as a text."""
    return name_of(page.key)
