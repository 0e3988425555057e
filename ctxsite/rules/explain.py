"""Why a context gets what it gets: every question of a decision, what it saw, and how it was answered."""

from __future__ import annotations

from ctxsite.frozen import dataclass
from ctxsite.rules.ast import (
    DEFAULT,
    VISITOR,
    All,
    Any,
    Audience,
    Clock,
    Condition,
    Date,
    Decision,
    Known,
    Language,
    Membership,
    Moment,
    Not,
    Number,
    Time,
)
from ctxsite.rules.evaluate import Visit
from ctxsite.rules.print import entry
from ctxsite.rules.times import WEEKDAYS, moment_text, time_text
from ctxsite.rules.values import language_text, number_text

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """One question and its answer. `saw` is what was compared, as text; None where the question joins `parts`.

    `known` is false where the answer is no because a signal is unknown.
    """

    question: str
    holds: bool
    saw: str | None
    known: bool
    parts: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class BranchTrace:
    """One branch of a decision; `answer` is None where an earlier branch had been chosen already."""

    name: str
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A decision's trace: the branch that was chosen, and how each was tried, in order."""

    decision: str
    chosen: str
    branches: tuple[BranchTrace, ...]


def explain(decision: Decision, visit: Visit) -> Explanation:
    """Trace a decision for a visit."""
    chosen = visit.decide(decision)
    traces: list[BranchTrace] = []
    open_still = True
    for name, condition in decision.branches:
        answer = _answer(condition, visit) if open_still else None
        open_still = open_still and not (answer is not None and answer.holds)
        traces.append(BranchTrace(name, answer))
    return Explanation(decision.name, chosen, tuple(traces))


def _answer(condition: Condition, visit: Visit) -> Answer:
    holds = visit.holds(condition)
    match condition:
        case All(parts=parts):
            return Answer("all of", holds, None, known=True, parts=tuple(_answer(part, visit) for part in parts))
        case Any(parts=parts):
            return Answer("one of", holds, None, known=True, parts=tuple(_answer(part, visit) for part in parts))
        case Not(part=part):
            return Answer("not", holds, None, known=True, parts=(_answer(part, visit),))
        case Audience(names=(name,)):
            inner = _answer(visit.vocabulary.audiences[name], visit)
            return Answer(f"audience {name}", holds, None, known=True, parts=(inner,))
        case Audience(names=names):
            single = tuple(_answer(Audience((name,), condition.span), visit) for name in names)
            return Answer("one of", holds, None, known=True, parts=single)
        case Known(signals=names):
            missing = [name for name in names if not visit.known(name)]
            saw = f"{UNKNOWN}: {', '.join(missing)}" if missing else "known"
            return Answer(_question(condition), holds, saw, known=not missing)
        case Membership() | Number() | Language():
            name = "language" if isinstance(condition, Language) else condition.signal
            seen = _value_text(visit, name)
            return Answer(_question(condition), holds, seen or UNKNOWN, known=seen is not None)
    seen = _clock_text(condition, visit)
    return Answer(_question(condition), holds, seen or UNKNOWN, known=seen is not None)


def _question(condition: Condition) -> str:
    key, value = entry(condition)
    return f"{key}: {value}"


def _value_text(visit: Visit, name: str) -> str | None:
    value = visit.value(name)
    if value is None:
        return None
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "in none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return number_text(value)
    return language_text(value) if name == "language" else value.upper() if name == "country" else value


def _clock_text(asked: Clock, visit: Visit) -> str | None:
    at = visit.clock(asked.zone)
    if at is None:
        return None
    match asked:
        case Time():
            shown = time_text((at.minute, at.minute)).partition("-")[0]
        case Date():
            shown = f"{at.date // 10000:04}-{at.month_day // 100:02}-{at.month_day % 100:02}"
        case Moment():
            shown = moment_text((at.moment, at.moment)).partition("..")[0]
        case _:
            shown = WEEKDAYS[at.weekday]
    zone = asked.zone or visit.vocabulary.zone
    return f"{shown} on the visitor's clock" if zone == VISITOR else f"{shown} in {zone}"


def answer_data(answer: Answer) -> dict[str, object]:
    """Return an answer as JSON data."""
    data: dict[str, object] = {"question": answer.question, "holds": answer.holds}
    if answer.parts:
        return {**data, "parts": [answer_data(part) for part in answer.parts]}
    return {**data, "saw": answer.saw if answer.known else None}


def as_data(explanation: Explanation) -> dict[str, object]:
    """Return a trace as JSON data; `saw` is null for what is unknown, a branch's `answer` where it was not asked."""
    return {
        "decision": explanation.decision,
        "chosen": explanation.chosen,
        "branches": [
            {"name": branch.name, "answer": answer_data(branch.answer) if branch.answer else None}
            for branch in explanation.branches
        ],
    }


def as_text(explanation: Explanation, width: int = 80) -> str:
    """Return a trace as lines for a terminal of that width, without a final line end."""
    lines: list[str] = []
    for branch in explanation.branches:
        if branch.answer is None:
            lines.append(f"· {branch.name} (not asked: {explanation.chosen} came first)")
            continue
        lines.append(f"{_mark(branch.answer)} {branch.name}")
        lines += _lines(branch.answer, 1, width)
    if explanation.chosen == DEFAULT:
        lines.append(f"✓ {DEFAULT} (no condition holds)")
    return "\n".join(_cut(line, width) for line in lines)


def _mark(answer: Answer) -> str:
    return "✓" if answer.holds else "✗"


def _lines(answer: Answer, depth: int, width: int) -> list[str]:
    head = f"{'  ' * depth}{_mark(answer)} {answer.question}"
    if answer.parts:
        return [head, *(line for part in answer.parts for line in _lines(part, depth + 1, width))]
    seen = f"← {answer.saw}"
    column = max(len(head) + 2, min(width // 2, 40))
    if column + len(seen) <= width:
        return [head.ljust(column) + seen]
    return [head, "  " * (depth + 1) + seen]


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else line[: width - 1] + "…"
