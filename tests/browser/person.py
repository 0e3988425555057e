"""Who comes, in any browser, and the browser's tab as tests use it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Person:
    """What a visitor's browser is set to."""

    zone: str = "UTC"
    language: str = "en-US"
    scheme: str = "light"
    script: bool = True


class Tab(Protocol):
    """A tab with cookies and storage of its own."""

    def go(self, url: str) -> None:
        """Load a page, and wait until it is complete."""

    def back(self) -> None:
        """Go back in the tab's history."""

    def address(self) -> str:
        """Return the address of the page that the tab shows."""

    def run(self, body: str) -> Any:
        """Run a function's body in the page; a promise is waited for."""

    def has_heading(self, text: str) -> bool:
        """Tell whether a visible heading says this, with JavaScript or without."""
