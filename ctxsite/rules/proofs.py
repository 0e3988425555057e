"""What can be known of decisions: the results of `check`."""

from __future__ import annotations

from enum import StrEnum

from ctxsite.frozen import dataclass
from ctxsite.rules.ast import Condition, Decision
from ctxsite.rules.witness import Witness


class Verdict(StrEnum):
    """What was found out about a branch. `UNDECIDED`: the decision is too large to be sure of anything."""

    REACHABLE = "reachable"
    UNSATISFIABLE = "unsatisfiable"
    SHADOWED = "shadowed"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class BranchProof:
    """One branch, or the default. `witness` is there if it is reachable.

    `past`: only instants before the build's show it. `clockless`: only visitors whose clock is unknown see it, so
    no browser does. `earlier` are the branches that take every case of a shadowed one, no more of them than needed;
    `conflict` the parts of an unsatisfiable condition that cannot hold together, no more than needed.
    """

    name: str
    verdict: Verdict
    witness: Witness | None = None
    past: bool = False
    clockless: bool = False
    earlier: tuple[str, ...] = ()
    conflict: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """What is known of one decision.

    `branches` are in its order; `default` is the same for the default. `surprises` are branches that visitors get
    about whom nothing is known (time aside) only because `not` holds for what is unknown, each with such a context.
    """

    decision: Decision
    branches: tuple[BranchProof, ...]
    default: BranchProof
    surprises: tuple[tuple[str, Witness], ...]

    def witnesses(self) -> dict[str, Witness]:
        """Return a context for every branch that has one, and for the default."""
        return {branch.name: branch.witness for branch in (*self.branches, self.default) if branch.witness is not None}
