"""Where a language's own files stand in the output."""

from __future__ import annotations

from ctxsite.config.settings import Settings


def home_folder(code: str, settings: Settings) -> str:
    """Return the folder of a language's start page: empty for a default language without a prefix, else `de/`."""
    return settings.home(code)[1:]
