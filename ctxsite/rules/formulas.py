"""Lowered conditions as formulas: looked through, and simplified under assumptions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from ctxsite.rules.intervals import SCALES
from ctxsite.rules.leaves import ALWAYS, NEVER, Cond

CLOCK_OPERATORS = frozenset(SCALES)


def leaves(formula: Cond) -> Iterator[Cond]:
    """Yield the questions of a formula from left to right, with repetitions."""
    if formula[0] in ("&", "|", "!"):
        for part in formula[1:]:
            if isinstance(part, tuple):
                yield from leaves(part)
    else:
        yield formula


def assume(formula: Cond, answer: Callable[[Cond], Cond]) -> Cond:
    """Replace every question by what `answer` makes of it (itself, a smaller one, `ALWAYS` or `NEVER`); simplify."""
    operator = formula[0]
    if operator == "!":
        part = formula[1]
        return negate(assume(part, answer)) if isinstance(part, tuple) else formula
    if operator not in ("&", "|"):
        return answer(formula)
    parts = (assume(part, answer) for part in formula[1:] if isinstance(part, tuple))
    return conjunction(parts) if operator == "&" else disjunction(parts)


def conjunction(parts: Iterable[Cond]) -> Cond:
    """Return that all parts hold."""
    kept: list[Cond] = []
    for part in parts:
        if part == NEVER:
            return NEVER
        if part[0] == "&":
            kept.extend(inner for inner in part[1:] if isinstance(inner, tuple))
        else:
            kept.append(part)
    return kept[0] if len(kept) == 1 else ("&", *kept)


def disjunction(parts: Iterable[Cond]) -> Cond:
    """Return that one of the parts holds."""
    kept: list[Cond] = []
    for part in parts:
        if part == ALWAYS:
            return ALWAYS
        if part[0] == "|":
            kept.extend(inner for inner in part[1:] if isinstance(inner, tuple))
        else:
            kept.append(part)
    return kept[0] if len(kept) == 1 else ("|", *kept)


def negate(part: Cond) -> Cond:
    """Return that the part does not hold."""
    if part == ALWAYS:
        return NEVER
    if part == NEVER:
        return ALWAYS
    inner = part[1] if part[0] == "!" else None
    return inner if isinstance(inner, tuple) else ("!", part)


def about_time_only(leaf: Cond) -> bool:
    """Tell whether a question needs nothing but the instant."""
    return leaf[0] in CLOCK_OPERATORS or leaf == ("*", "time")


def nothing_known(formula: Cond) -> Cond:
    """Return what is left of a formula when every signal but the instant is unknown."""
    return assume(formula, lambda leaf: leaf if about_time_only(leaf) else NEVER)


def clock_known(formula: Cond) -> Cond:
    """Return what is left of a formula about time alone when the instant is known."""
    return assume(formula, lambda leaf: ALWAYS if leaf[0] == "*" else leaf)


def clock_unknown(formula: Cond) -> Cond:
    """Return what is left of a formula when the instant is unknown."""
    return assume(formula, lambda leaf: NEVER if "time" in leaf or leaf[0] in CLOCK_OPERATORS else leaf)


def relaxed(formula: Cond, zones: Collection[str], holds: bool = True) -> Cond:
    """Return what a formula about time demands of the clocks of some zones, whatever all others show.

    If the formula holds (or, without `holds`, does not), so does the result (or not); not the other way round.
    """
    operator = formula[0]
    parts = [part for part in formula[1:] if isinstance(part, tuple)]
    if operator == "!":
        return negate(relaxed(parts[0], zones, not holds))
    if operator in ("&", "|"):
        return (conjunction if operator == "&" else disjunction)(relaxed(part, zones, holds) for part in parts)
    if operator in CLOCK_OPERATORS and formula[1] not in zones:
        return ALWAYS if holds else NEVER
    return formula
