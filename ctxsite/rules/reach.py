"""Is there a context in which a formula holds? An exhaustive search, the plainest contexts first.

A formula is taken apart signal by signal: each cell of the signal's values in turn, and "unknown". At every step
the rest may also be unknown altogether; what is then left is about time alone. That leaves nothing out, so finding
nothing is a proof.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ctxsite.frozen import dataclass
from ctxsite.rules.budget import Budget
from ctxsite.rules.cells import cells, given, given_member
from ctxsite.rules.context import Value
from ctxsite.rules.formulas import about_time_only, leaves, nothing_known
from ctxsite.rules.instants import Instants, When
from ctxsite.rules.leaves import NEVER, Cond
from ctxsite.rules.signals import Signal, SignalType

DEEPEST = 200
"""How many questions about signals may be answered one after the other; more are out of budget."""

FEW = 3
"""Contexts with up to this many known signals are tried before any with more."""


@dataclass(frozen=True, slots=True)
class Found:
    """Values of the known signals, and an instant."""

    values: Mapping[str, Value]
    when: When


@dataclass(slots=True)
class _Pass:
    """One pass of the search: with at most so many known signals, and whether that ever stood in the way.

    Until `past` is allowed, instants before today are passed over; `passed` notes that there were any.
    """

    most: int
    budget: Budget
    past: bool
    cut: bool = False
    passed: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """Searches over one vocabulary. `languages` are the likeliest ones, for a visitor whose language must be known."""

    signals: Mapping[str, Signal]
    languages: Sequence[str]
    instants: Instants

    def find(self, formula: Cond, budget: Budget) -> Found | None:
        """Return a context in which the formula holds, the instant known, or None if there is none.

        Today or later is preferred, and few known signals.
        """
        passed = False
        for past in (False, True):
            for most in (*range(FEW + 1), len(self.signals)):
                run = _Pass(most, budget, past)
                found = self._find(formula, {}, 0, run)
                passed = passed or run.passed
                if found is not None:
                    return found
                if not run.cut:
                    break
            if not passed:
                break
        return None

    def _find(self, formula: Cond, values: Mapping[str, Value], depth: int, run: _Pass) -> Found | None:
        if formula == NEVER:
            return None
        asked = [leaf for leaf in leaves(formula) if not about_time_only(leaf)]
        run.budget.spend(4 + len(asked) // 2 if depth < DEEPEST else run.budget.left + 1)
        when = self.instants.solve(nothing_known(formula), run.budget)
        if when is not None and (run.past or not self.instants.is_past(when)):
            return Found(values, when)
        run.passed = run.passed or when is not None
        if not asked:
            return None
        name = next(str(name) for name in asked[0][1:] if name != "time")
        about = [leaf for leaf in asked if name in (leaf[1:] if leaf[0] == "*" else leaf[1:2])]
        known = self._members(formula, name, about) if self.signals[name].type is SignalType.SET else None
        choices = self._values(formula, name, about) if known is None else known
        cost = 0 if name in values else 1
        if len(values) + cost > run.most:
            run.cut = True
            choices = choices[-1:]
        for value, rest in choices:
            more = values
            if isinstance(value, frozenset):
                before = values.get(name)
                more = {**values, name: value | before if isinstance(before, frozenset) else value}
            elif value is not None:
                more = {**values, name: value}
            found = self._find(rest, more, depth + 1, run)
            if found is not None:
                return found
        return None

    def _values(self, formula: Cond, name: str, about: Sequence[Cond]) -> list[tuple[Value | None, Cond]]:
        """Return each cell of a signal, at last "unknown", with what each leaves of the formula."""
        values: list[Value | None] = [*cells(self.signals[name], about, self.languages), None]
        return [(value, given(formula, name, value)) for value in values]

    @staticmethod
    def _members(formula: Cond, name: str, about: Sequence[Cond]) -> list[tuple[Value | None, Cond]]:
        """Return what a formula becomes with and without a member of a set; or known and unknown, if none is asked.

        Members that stand in the same questions are interchangeable, so one of them is enough.
        """
        asking = [leaf for leaf in about if leaf[0] == "="]
        if not asking:
            return [(frozenset(), given(formula, name, frozenset())), (None, given(formula, name, None))]
        member = str(asking[0][2])
        held = [leaf for leaf in asking if member in leaf[2:]]
        alike = [other for other in asking[0][2:] if [leaf for leaf in asking if other in leaf[2:]] == held]
        without = formula
        for other in alike:
            without = given_member(without, name, str(other), present=False)
        return [(frozenset({member}), given_member(formula, name, member, present=True)), (None, without)]
