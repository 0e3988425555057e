"""The reference evaluator of lowered tables: what any engine does, in Python, to be held against `evaluate`."""

from __future__ import annotations

from collections.abc import Sequence

from ctxsite.rules.ast import DEFAULT, VISITOR
from ctxsite.rules.context import Value
from ctxsite.rules.evaluate import Visit
from ctxsite.rules.leaves import Cond
from ctxsite.rules.table import Table

_CLOCK = {"t": "minute", "w": "weekday", "d": "date", "y": "month_day", "m": "moment"}


def decide_table(table: Table, visit: Visit) -> dict[str, str]:
    """Return the branch of each of the table's decisions, by the decision's name."""
    return {
        name: next((branch for branch, row in rows if _holds(row, table, visit)), DEFAULT)
        for name, rows in table.decisions
    }


def _holds(cond: Cond, table: Table, visit: Visit) -> bool:
    operator, *operands = cond
    match operator:
        case "&":
            return all(_holds(part, table, visit) for part in operands if isinstance(part, tuple))
        case "|":
            return any(_holds(part, table, visit) for part in operands if isinstance(part, tuple))
        case "!":
            return not all(_holds(part, table, visit) for part in operands if isinstance(part, tuple))
        case "@":
            return _holds(table.shared[int(str(operands[0]))], table, visit)
        case "*":
            return all(visit.known(str(name)) for name in operands)
        case "=" | "~" | "^" | "#":
            value = visit.value(str(operands[0]))
            return value is not None and matches(str(operator), value, operands[1:])
    number = int(str(operands[0]))
    clock = visit.clock(table.zones[number - 1] if number else VISITOR)
    return clock is not None and _between(getattr(clock, _CLOCK[str(operator)]), operands[1:])


def matches(operator: str, value: Value, wanted: Sequence[object]) -> bool:
    """Tell whether a known value answers `=`, `~`, `^` or `#` by yes; `wanted` are the operands after the signal."""
    match operator:
        case "=":
            return not value.isdisjoint(wanted) if isinstance(value, frozenset) else value in wanted
        case "~":
            return f"{value}-".startswith(tuple(str(tag) for tag in wanted))
        case "^":
            return f".{value}".endswith(tuple(str(host) for host in wanted))
    return isinstance(value, float) and _between(value, wanted)


def _between(value: float, ends: Sequence[object]) -> bool:
    bounds = [end if isinstance(end, (int, float)) else None for end in ends]
    pairs = zip(bounds[::2], bounds[1::2], strict=True)
    return any((low is None or low <= value) and (high is None or value <= high) for low, high in pairs)
