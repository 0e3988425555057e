"""What holds for visitors about whom nothing is known but the time."""

from __future__ import annotations

from collections.abc import Iterable

from ctxsite.rules.ast import All, Any, Audience, Condition, Date, Known, Moment, Not, Time, Weekday
from ctxsite.rules.formulas import conjunction, disjunction, negate
from ctxsite.rules.leaves import NEVER, Cond, known
from ctxsite.rules.lower import Lowering


def surely(condition: Condition, lowering: Lowering, holds: bool = True) -> Cond:
    """Return a formula about time: when the condition holds (or does not), whatever the unknown signals are.

    Strong Kleene logic: a question about an unknown signal is neither true nor false, but whether it is known is
    told. Where this differs from the two-valued answer, that one rests on nothing but ignorance.
    """
    match condition:
        case Not(part=part):
            return surely(part, lowering, not holds)
        case All(parts=parts):
            return _join((surely(part, lowering, holds) for part in parts), every=holds)
        case Any(parts=parts):
            return _join((surely(part, lowering, holds) for part in parts), every=not holds)
        case Audience(names=names):
            audiences = (lowering.vocabulary.audiences[name] for name in names)
            return _join((surely(audience, lowering, holds) for audience in audiences), every=not holds)
        case Time() | Weekday() | Date() | Moment():
            asked = lowering.lower(condition)
        case Known(signals=names):
            asked = known(("time",)) if set(names) == {"time"} else NEVER
        case _:
            return NEVER
    return asked if holds else negate(asked)


def _join(parts: Iterable[Cond], *, every: bool) -> Cond:
    return conjunction(parts) if every else disjunction(parts)
