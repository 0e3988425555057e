"""An environment that takes down what each template takes, for `ctxsite build --profile`."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from ctxsite.render.environment import ThemeEnvironment
from ctxsite.render.reads import Reads
from ctxsite.render.theme import Theme


class TimedEnvironment(ThemeEnvironment):
    """Runs templates as any environment does. A template's time is without that of the components run meanwhile."""

    def __init__(self, theme: Theme, reads: Reads | None = None) -> None:
        super().__init__(theme, reads)
        self._spent: dict[str, tuple[int, float]] = {}
        self._within = 0.0

    def run(self, name: str, variables: Mapping[str, Any]) -> str:
        """Render a template to text, and take down how long it took."""
        outside, self._within = self._within, 0.0
        started = time.perf_counter()
        try:
            return super().run(name, variables)
        finally:
            whole = time.perf_counter() - started
            runs, seconds = self._spent.get(name, (0, 0.0))
            self._spent[name] = (runs + 1, seconds + whole - self._within)
            self._within = outside + whole

    def taken(self) -> Mapping[str, tuple[int, float]]:
        """Return how often each template was run since this was asked last, and the seconds it took."""
        spent, self._spent = self._spent, {}
        return spent
