"""Proofs: that every branch of a decision can be shown, by a context that shows it, or why it never is.

The contexts are all there are: every combination of known and unknown signals, at every instant since 1973, for
visitors in every zone of the world. "Reachable" is only said with a witness that `evaluate` confirms, and what
`reach` searched in vain is unreachable; where the budget does not suffice, neither is said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TypeVar

from ctxsite.rules.ast import DEFAULT, VISITOR, All, Any, Audience, Condition, Decision, Not
from ctxsite.rules.budget import STEPS, Budget, OutOfStepsError
from ctxsite.rules.context import Value, read_context
from ctxsite.rules.evaluate import Visit
from ctxsite.rules.formulas import (
    CLOCK_OPERATORS,
    clock_unknown,
    conjunction,
    leaves,
    negate,
    nothing_known,
)
from ctxsite.rules.instants import Instants, When
from ctxsite.rules.leaves import Cond
from ctxsite.rules.lower import Lowering
from ctxsite.rules.offsets import COMMON
from ctxsite.rules.proofs import BranchProof, Proof, Verdict
from ctxsite.rules.reach import FEW, Found, Search
from ctxsite.rules.signals import Vocabulary
from ctxsite.rules.unknown import surely
from ctxsite.rules.witness import Witness, make_witness
from ctxsite.rules.zones import EPOCH

LARGEST = 2000
"""How many questions a decision may ask, those of its audiences counted wherever they are used."""


LEAST = 10_000
"""Steps that every branch may take, however many there are."""

_T = TypeVar("_T")
_EPOCH_DAY = dt.date(1970, 1, 1).toordinal()


class Prover:
    """Proves decisions over one vocabulary; remembers what it found out about time, for the next decision.

    `now` is the build's clock: examples are of its day if they can be. `languages` are the site's, the default first.
    """

    def __init__(self, vocabulary: Vocabulary, now: dt.datetime, languages: Sequence[str] = ()) -> None:
        self._vocabulary = vocabulary
        self._audiences: dict[str, Cond] = {}
        self._sizes: dict[str, int] = {}
        self._lowering = Lowering(vocabulary, self._audience)
        home = [] if vocabulary.zone == VISITOR else [vocabulary.zone]
        zones = list(dict.fromkeys([*home, COMMON[0]]))
        today = _EPOCH_DAY + int((now - EPOCH).total_seconds()) // 86400
        self._search = Search(vocabulary.signals, tuple(languages), Instants(today, zones))

    def prove(self, decision: Decision, steps: int = STEPS) -> Proof:
        """Prove one decision; each branch may take its share of the steps."""
        names = [*(name for name, _ in decision.branches), DEFAULT]
        if sum(self._size(condition) for _, condition in decision.branches) > LARGEST:
            undecided = [BranchProof(name, Verdict.UNDECIDED) for name in names]
            return Proof(decision, tuple(undecided[:-1]), undecided[-1], ())
        return _DecisionProver(decision, self._vocabulary, self._search, self._lowering, steps).proof()

    def _audience(self, name: str) -> Cond:
        if name not in self._audiences:
            self._audiences[name] = self._lowering.lower(self._vocabulary.audiences[name])
        return self._audiences[name]

    def _size(self, condition: Condition) -> int:
        match condition:
            case Audience(names=names):
                for name in names:
                    if name not in self._sizes:
                        self._sizes[name] = self._size(self._vocabulary.audiences[name])
                return sum(self._sizes[name] for name in names)
            case All(parts=parts) | Any(parts=parts):
                return sum(self._size(part) for part in parts)
            case Not(part=part):
                return self._size(part)
        return 1


def prove(decision: Decision, vocabulary: Vocabulary, *, now: dt.datetime, languages: Sequence[str] = ()) -> Proof:
    """Prove one decision. For many, make one `Prover`: it remembers."""
    return Prover(vocabulary, now, languages).prove(decision)


class _DecisionProver:
    """The proof of one decision."""

    def __init__(
        self, decision: Decision, vocabulary: Vocabulary, search: Search, lowering: Lowering, steps: int
    ) -> None:
        self._decision = decision
        self._vocabulary = vocabulary
        self._search = search
        self._lowering = lowering
        self._formulas = [lowering.lower(condition) for _, condition in decision.branches]
        self._timed = any(_reads_clock(leaf) for formula in self._formulas for leaf in leaves(formula))
        self._left, self._open = steps, len(self._formulas) + 1

    def proof(self) -> Proof:
        branches = [self._branch(index) for index in range(len(self._formulas))]
        surprises = [self._surprise(index) for index in range(len(self._formulas))]
        default = self._outcome(DEFAULT, [negate(formula) for formula in self._formulas])
        if default.verdict is Verdict.SHADOWED:
            default = BranchProof(DEFAULT, Verdict.SHADOWED, earlier=tuple(name for name, _ in self._decision.branches))
        return Proof(self._decision, tuple(branches), default, tuple(found for found in surprises if found is not None))

    def _branch(self, index: int) -> BranchProof:
        name, condition = self._decision.branches[index]
        earlier = [negate(formula) for formula in self._formulas[:index]]
        outcome = self._outcome(name, [self._formulas[index], *earlier])
        if outcome.verdict is not Verdict.SHADOWED:
            return outcome
        try:
            return self._reason(name, condition, index, self._share())
        except OutOfStepsError:
            return BranchProof(
                name, Verdict.SHADOWED, earlier=tuple(name for name, _ in self._decision.branches[:index])
            )

    def _outcome(self, name: str, parts: Sequence[Cond]) -> BranchProof:
        """Look for a witness; without one, the branch is shadowed until a better reason is found."""
        budget = self._share()
        granted = budget.left
        try:
            found, clockless = self._find(conjunction(parts), budget)
        except OutOfStepsError:
            return BranchProof(name, Verdict.UNDECIDED)
        finally:
            self._left, self._open = self._left - granted + max(budget.left, 0), self._open - 1
        if found is None:
            return BranchProof(name, Verdict.SHADOWED)
        witness = self._witness(name, found.values, None if clockless else found.when)
        if witness is None:
            return BranchProof(name, Verdict.UNDECIDED)
        past = not clockless and self._timed and self._search.instants.is_past(found.when)
        return BranchProof(name, Verdict.REACHABLE, witness, past, clockless)

    def _share(self) -> Budget:
        """Return this outcome's share of the steps that are left."""
        return Budget(max(self._left // max(self._open, 1), LEAST))

    def _find(self, formula: Cond, budget: Budget) -> tuple[Found | None, bool]:
        """Return a context in which the formula holds, and whether it is one without a clock."""
        found = self._search.find(formula, budget)
        if found is not None or not self._timed:
            return found, False
        return self._search.find(clock_unknown(formula), budget), True

    def _witness(self, name: str, values: Mapping[str, Value], when: When | None) -> Witness | None:
        """Return what was found as a context, if the definition agrees, without what it can do without."""
        instant = when if self._timed else None

        def confirmed(chosen: Mapping[str, Value]) -> Witness | None:
            witness = make_witness(self._vocabulary.signals, chosen, instant)
            shown = Visit(read_context(witness), self._vocabulary).decide(self._decision)
            return witness if shown == name else None

        best = confirmed(values)
        for signal in tuple(values) if len(values) > FEW else ():
            fewer = {other: value for other, value in values.items() if other != signal}
            if (smaller := confirmed(fewer)) is not None:
                values, best = fewer, smaller
        return best

    def _possible(self, parts: Sequence[Cond], budget: Budget) -> bool:
        return self._find(conjunction(parts), budget)[0] is not None

    def _reason(self, name: str, condition: Condition, index: int, budget: Budget) -> BranchProof:
        """Tell why no context selects a branch of which that is certain."""
        own = self._formulas[index]
        if not self._possible([own], budget):
            parts = [(part, self._lowering.lower(part)) for part in _conjuncts(condition)]
            needed = self._needed([], parts, budget)
            return BranchProof(name, Verdict.UNSATISFIABLE, conflict=tuple(part for part, _ in needed))
        before = [(other, negate(self._formulas[at])) for at, (other, _) in enumerate(self._decision.branches[:index])]
        for other, absent in before:
            if not self._possible([own, absent], budget):
                return BranchProof(name, Verdict.SHADOWED, earlier=(other,))
        needed_names = tuple(other for other, _ in self._needed([own], before, budget))
        return BranchProof(name, Verdict.SHADOWED, earlier=needed_names)

    def _needed(self, fixed: list[Cond], parts: list[tuple[_T, Cond]], budget: Budget) -> list[tuple[_T, Cond]]:
        """Drop parts as long as the rest still excludes each other."""
        kept = parts
        for part in parts:
            fewer = [other for other in kept if other is not part]
            if not self._possible([*fixed, *(cond for _, cond in fewer)], budget):
                kept = fewer
        return kept

    def _surprise(self, index: int) -> tuple[str, Witness] | None:
        """Return how somebody unknown gets a branch only because `not` holds for what is unknown."""
        name, condition = self._decision.branches[index]
        own, earlier = self._formulas[index], [negate(formula) for formula in self._formulas[:index]]
        asked = conjunction([nothing_known(conjunction([own, *earlier])), negate(surely(condition, self._lowering))])
        try:
            when = self._search.instants.solve(asked, self._share())
        except OutOfStepsError:
            return None
        witness = None if when is None else self._witness(name, {}, when)
        return None if witness is None else (name, witness)


def _reads_clock(leaf: Cond) -> bool:
    return leaf[0] in CLOCK_OPERATORS or (leaf[0] == "*" and "time" in leaf)


def _conjuncts(condition: Condition) -> list[Condition]:
    if isinstance(condition, All):
        return [part for inner in condition.parts for part in _conjuncts(inner)]
    return [condition]
