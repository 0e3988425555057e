"""Where a language's own files stand in the output."""

from __future__ import annotations

from ctxsite.config.settings import Settings


def home_folder(code: str, settings: Settings) -> str:
    """Return the folder of a language's start page: empty for the default language, else `de/`."""
    return "" if code == settings.default_language else code.lower() + "/"
