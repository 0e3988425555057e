"""Who sees what: a decision as a table that has a row for everybody.

The decision is split dimension by dimension (an ordered decision diagram, Bryant 1986, with more than two
branches): pieces with the same continuation are one row, and a dimension that no longer matters is left blank.
The instant is taken as known: a browser has a clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from ctxsite.frozen import dataclass
from ctxsite.rules.ast import DEFAULT, Decision
from ctxsite.rules.budget import STEPS, Budget, OutOfStepsError
from ctxsite.rules.cells import given
from ctxsite.rules.dimensions import Dimension, clock_face, is_clock, knowledge, member, number_signal, plain_signal
from ctxsite.rules.formulas import conjunction, leaves
from ctxsite.rules.instants import Instants
from ctxsite.rules.leaves import ALWAYS, NEVER, Cond
from ctxsite.rules.lower import Lowering
from ctxsite.rules.offsets import COMMON
from ctxsite.rules.signals import SignalType, Vocabulary
from ctxsite.rules.zones import EPOCH

MOST_ROWS = 200

State = tuple[tuple[str, Cond], ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A dimension (by number), and its pieces grouped by how it goes on."""

    dimension: int
    groups: tuple[tuple[tuple[int, ...], Node | str], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table. A row has a text for each column (empty: it does not matter) and the branch that is shown."""

    decision: str
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], str], ...]
    complete: bool
    """False if there are more than `MOST_ROWS` rows, the rest left out."""


def matrix(decision: Decision, vocabulary: Vocabulary, *, now: dt.datetime, languages: Sequence[str] = ()) -> Matrix:
    """Return who sees what of a decision. `now` is the build's clock; `languages` the site's, the default first."""
    tree, dimensions = diagram(decision, vocabulary, languages)
    used = sorted(set(_used(tree)))
    rows = list(_rows(tree, dimensions, {}))
    instants = Instants(dt.date(1970, 1, 1).toordinal() + int((now - EPOCH).total_seconds()) // 86400, COMMON[:1])
    rows = [row for row in rows if _possible(row[0], dimensions, instants)]
    texts = [
        (tuple(dimensions[n].words(cells[n]) if n in cells else "" for n in used), outcome) for cells, outcome in rows
    ]
    columns = tuple(dimensions[n].title for n in used)
    return Matrix(decision.name, columns, tuple(texts[:MOST_ROWS]), len(texts) <= MOST_ROWS)


def diagram(
    decision: Decision, vocabulary: Vocabulary, languages: Sequence[str] = ()
) -> tuple[Node | str, list[Dimension]]:
    """Return a decision as a diagram: nodes down to the name of the branch that is shown, and what they split."""
    audiences: dict[str, Cond] = {}

    def audience(name: str) -> Cond:
        if name not in audiences:
            audiences[name] = lowering.lower(vocabulary.audiences[name])
        return audiences[name]

    lowering = Lowering(vocabulary, audience)
    state = _next([(name, given(lowering.lower(condition), "time", True)) for name, condition in decision.branches])
    dimensions = _dimensions([formula for _, formula in state], vocabulary, languages)
    return _Splitter(dimensions).split(state, 0), dimensions


def _dimensions(formulas: Sequence[Cond], vocabulary: Vocabulary, languages: Sequence[str]) -> list[Dimension]:
    """Return all dimensions: signals in the order in which they are asked about, then the clocks' faces."""
    asked = [leaf for formula in formulas for leaf in leaves(formula)]
    names = dict.fromkeys(str(name) for leaf in asked if not is_clock(leaf) for name in _signals(leaf))
    found: list[Dimension] = []
    for name in names:
        signal = vocabulary.signals[name]
        about = [leaf for leaf in asked if not is_clock(leaf) and name in _signals(leaf)]
        if signal.type is SignalType.SET:
            members = {str(value) for leaf in about if leaf[0] == "=" for value in leaf[2:]}
            found += [member(signal, value) for value in signal.values or () if value in members]
            if any(leaf[0] == "*" for leaf in about):
                found.append(knowledge(signal))
        elif signal.type is SignalType.NUMBER:
            found.append(number_signal(signal, about))
        else:
            found.append(plain_signal(signal, about, languages))
    faces = dict.fromkeys((str(leaf[0]), str(leaf[1])) for leaf in asked if is_clock(leaf))
    for operator, zone in sorted(faces, key=lambda face: ("mdywt".index(face[0]), list(faces).index(face))):
        about = [leaf for leaf in asked if leaf[:2] == (operator, zone)]
        found.append(clock_face(operator, zone, about))
    return found


def _signals(leaf: Cond) -> Sequence[object]:
    return leaf[1:] if leaf[0] == "*" else leaf[1:2]


def _next(state: Sequence[tuple[str, Cond]]) -> State:
    """Leave out branches that cannot hold any more, and those after one that does."""
    kept: list[tuple[str, Cond]] = []
    for name, formula in state:
        if formula != NEVER:
            kept.append((name, formula))
        if formula == ALWAYS:
            break
    return tuple(kept)


class _Splitter:
    """Splits states; the same state at the same dimension is split once."""

    def __init__(self, dimensions: Sequence[Dimension]) -> None:
        self._dimensions = dimensions
        self._known: dict[tuple[State, int], Node | str] = {}

    def split(self, state: State, number: int) -> Node | str:
        if not state:
            return DEFAULT
        if state[0][1] == ALWAYS:
            return state[0][0]
        key = (state, number)
        if key not in self._known:
            self._known[key] = self._split(state, number)
        return self._known[key]

    def _split(self, state: State, number: int) -> Node | str:
        dimension = self._dimensions[number]
        groups: dict[Node | str, list[int]] = {}
        for piece in range(dimension.count):
            narrowed = _next([(name, dimension.narrow(formula, piece)) for name, formula in state])
            groups.setdefault(self.split(narrowed, number + 1), []).append(piece)
        if len(groups) == 1:
            return next(iter(groups))
        rest = dimension.count - 1 if dimension.formula is None else -1  # of a signal: everything else, told last
        ordered = sorted(groups.items(), key=lambda group: (rest in group[1], group[1]))
        return Node(number, tuple((tuple(pieces), after) for after, pieces in ordered))


def _used(tree: Node | str) -> Iterator[int]:
    if isinstance(tree, Node):
        yield tree.dimension
        for _, after in tree.groups:
            yield from _used(after)


def _rows(
    tree: Node | str, dimensions: Sequence[Dimension], above: dict[int, tuple[int, ...]]
) -> Iterator[tuple[dict[int, tuple[int, ...]], str]]:
    if isinstance(tree, str):
        yield above, tree
        return
    for pieces, after in tree.groups:
        yield from _rows(after, dimensions, {**above, tree.dimension: pieces})


def _possible(cells: dict[int, tuple[int, ...]], dimensions: Sequence[Dimension], instants: Instants) -> bool:
    """Tell whether clocks can show all this at one instant; what is too hard to tell is taken as possible."""
    asked = [face(pieces) for n, pieces in cells.items() if (face := dimensions[n].formula) is not None]
    if len(asked) < 2:
        return True
    try:
        return instants.solve(conjunction(asked), Budget(STEPS)) is not None
    except OutOfStepsError:
        return True


def as_data(table: Matrix) -> dict[str, object]:
    """Return the table as JSON data; a column that does not matter in a row is missing there."""
    rows = [
        {"when": {c: text for c, text in zip(table.columns, cells, strict=True) if text}, "shown": outcome}
        for cells, outcome in table.rows
    ]
    return {"decision": table.decision, "rows": rows, "complete": table.complete}


def as_text(table: Matrix, width: int = 100) -> str:
    """Return the table as lines, columns aligned; texts that do not fit are cut."""
    heads = (*table.columns, "shown")
    lines = [(*cells, outcome) for cells, outcome in table.rows]
    widths = [max(len(line[n]) for line in [heads, *lines]) for n in range(len(heads))]
    over = sum(widths) + 3 * (len(widths) - 1) - width
    while over > 0 and max(widths[:-1], default=0) > 12:
        widest = widths.index(max(widths[:-1]))
        widths[widest] -= 1
        over -= 1
    rule = "─┼─".join("─" * size for size in widths)
    shown = ["│".join(map(_cell, line, widths, range(len(line)))) for line in [heads, *lines]]
    shown.insert(1, rule)
    if not table.complete:
        shown.append(f"… and more: the first {MOST_ROWS} rows are shown")
    return "\n".join(line.rstrip() for line in shown)


def _cell(text: str, size: int, number: int) -> str:
    cut = text if len(text) <= size else text[: size - 1] + "…"
    return f"{' ' if number else ''}{cut:<{size}} "
