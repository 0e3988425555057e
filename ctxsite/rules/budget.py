"""How much work a proof may take: counted in steps, not in seconds, so that every machine gives the same answer."""

from __future__ import annotations

from dataclasses import dataclass

STEPS = 200_000
"""Steps for one decision; a realistic one takes some hundreds. A step is some microseconds of work."""


class OutOfStepsError(Exception):
    """The budget is spent. Never leaves `check`, which answers with "undecided"."""


@dataclass(slots=True)
class Budget:
    """Counts down."""

    left: int = STEPS

    def spend(self, steps: int = 1) -> None:
        """Take steps; raise `OutOfStepsError` when there are none left."""
        self.left -= steps
        if self.left < 0:
            raise OutOfStepsError
