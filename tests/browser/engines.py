"""The three engines by name, each as what starts a browser for a person."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from tests.browser import chromium, firefox, webkit
from tests.browser.person import Person, Tab

Start = Callable[[Person], AbstractContextManager[Tab]]
ENGINES: dict[str, Start] = {"chromium": chromium.started, "firefox": firefox.started, "webkit": webkit.started}
