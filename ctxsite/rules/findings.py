"""Proofs as diagnostics: what the authors of a decision should know."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics import codes_rules as codes
from ctxsite.rules.ast import All, Any, Condition, Decision, Language, Membership, Not, Number
from ctxsite.rules.print import condition_text
from ctxsite.rules.proofs import BranchProof, Proof, Verdict
from ctxsite.rules.witness import Witness
from ctxsite.source import Span


def findings(proof: Proof, places: Mapping[str, Span] | None = None) -> tuple[Diagnostic, ...]:
    """Return a diagnostic for everything a proof found wrong, in the order of the branches.

    `places` are the branches' own places where their conditions stand elsewhere (as an audience's do).
    """
    conditions = dict(proof.decision.branches)
    spans = {name: condition.span for name, condition in proof.decision.branches} | dict(places or {})
    found: list[Diagnostic] = []
    for branch in proof.branches:
        found += _of_branch(branch, proof.decision, conditions[branch.name], spans)
    for name, witness in proof.surprises:
        found.append(_surprise(name, proof.decision, witness, conditions[name], spans[name]))
    if proof.default.verdict is Verdict.SHADOWED and proof.decision.branches:
        first = spans[proof.decision.branches[0][0]]
        message = f"the branches of {_decision(proof.decision)} take every case: the default is never chosen"
        found.append(codes.DEFAULT_UNREACHABLE.at(first, message))
    return tuple(found)


def _decision(decision: Decision) -> str:
    return f"block `{decision.name}`" if decision.name else "the page"


def _branch(name: str, decision: Decision) -> str:
    return f"branch `{name}` of block `{decision.name}`" if decision.name else f"variant `{name}`"


def _names(names: Sequence[str]) -> str:
    shown = [f"`{name}`" for name in names]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _of_branch(
    branch: BranchProof, decision: Decision, condition: Condition, spans: Mapping[str, Span]
) -> Iterator[Diagnostic]:
    span, what = spans[branch.name], _branch(branch.name, decision)
    match branch.verdict:
        case Verdict.UNSATISFIABLE:
            yield codes.BRANCH_IMPOSSIBLE.at(span, f"{what} can never be shown: {_conflict(branch, condition)}")
        case Verdict.SHADOWED:
            take = "takes" if len(branch.earlier) == 1 else "together take"
            message = f"{what} can never be shown: {_names(branch.earlier)} {take} every case of it"
            related = [(f"`{name}` comes first", spans[name]) for name in branch.earlier]
            yield codes.BRANCH_SHADOWED.at(span, message, related=related, help="put the more specific one first")
        case Verdict.UNDECIDED:
            yield codes.DECISION_UNDECIDED.at(span, f"{what} asks too much to be sure that it can be shown")
    if branch.past:
        yield codes.BRANCH_PAST.at(span, f"{what} will never be shown again: its time is over")
    if branch.clockless:
        yield codes.BRANCH_CLOCKLESS.at(span, f"{what} is only shown where the time is unknown")


def _conflict(branch: BranchProof, condition: Condition) -> str:
    if len(branch.conflict) < 2:
        return f"`{condition_text(branch.conflict[0] if branch.conflict else condition)}` never holds"
    return f"{_names([condition_text(part) for part in branch.conflict])} exclude each other"


def _surprise(name: str, decision: Decision, witness: Witness, condition: Condition, span: Span) -> Diagnostic:
    context = f": {json.dumps(witness, ensure_ascii=False)}" if witness else ""
    message = f"visitors about whom nothing is known get {_branch(name, decision)}, not the default{context}"
    names = list(dict.fromkeys(_negated(condition)))
    asked = names[0] if len(names) == 1 else f"[{', '.join(names)}]" if names else "…"
    return codes.UNKNOWN_VISITOR.at(span, message, help=f"if that is not meant, add `known: {asked}`")


def _negated(condition: Condition, negated: bool = False) -> Iterator[str]:
    """Yield the signals, time aside, that a condition asks for inside `not`."""
    match condition:
        case Not(part=part):
            yield from _negated(part, not negated)
        case All(parts=parts) | Any(parts=parts):
            for part in parts:
                yield from _negated(part, negated)
        case Membership(signal=name) | Number(signal=name) if negated:
            yield name
        case Language() if negated:
            yield "language"
