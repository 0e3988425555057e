"""The site's vocabulary: `signals:`, `audiences:` and `zone:` of its configuration, read and checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics import codes_rules as codes
from ctxsite.rules.ast import DEFAULT, VISITOR, All, Any, Audience, Condition, Not
from ctxsite.rules.declarations import read_signals
from ctxsite.rules.parse import is_zone, parse_condition, zone_fault
from ctxsite.rules.references import references
from ctxsite.rules.signals import Signal, SignalType, Source, Vocabulary
from ctxsite.source import Span
from ctxsite.syntax.nodes import Mapping as MappingNode
from ctxsite.syntax.nodes import Node, Scalar, kind

__all__ = ["Signal", "SignalType", "Source", "Vocabulary", "read_vocabulary"]

MAX_DEPTH = 100
"""How deep conditions may be nested, audiences within audiences counted in."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)
_RESERVED = re.compile(rf"{DEFAULT}|when-\d+", re.ASCII)


def read_vocabulary(
    signals: Node | None, audiences: Node | None, zone: Node | None
) -> tuple[Vocabulary, tuple[Diagnostic, ...]]:
    """Read what the configuration declares, each part None where it is absent.

    What is at fault is left out or replaced by something harmless, so that the rest can still be used and checked:
    an audience with a fault never holds.
    """
    declared, found = read_signals(signals)
    site_zone = VISITOR
    if zone is not None:
        site_zone, faults = _read_zone(zone)
        found += faults
    named, faults = _names(audiences)
    found += faults
    never = {name: Any((), node.span) for name, node in named.items()}
    known = Vocabulary(declared, never, site_zone)
    read: dict[str, Condition] = {}
    for name, node in named.items():
        condition, problems = parse_condition(node, known)
        read[name] = never[name] if condition is None else condition
        found += problems
    for circle in _circles(read):
        found.append(_circle_fault(circle, read))
        read.update((name, never[name]) for name in circle)
    found += _too_deep(read, never)
    return Vocabulary(declared, read, site_zone), tuple(found)


def _read_zone(node: Node) -> tuple[str, list[Diagnostic]]:
    if not (isinstance(node, Scalar) and isinstance(node.value, str)):
        return VISITOR, [codes.ZONE_UNKNOWN.at(node.span, f"a zone is text, not {kind(node)}")]
    if is_zone(node.value):
        return node.value, []
    fault = zone_fault(node.value)
    return VISITOR, [fault.code.at(node.span, fault.message, help=fault.help)]


def _names(node: Node | None) -> tuple[dict[str, Node], list[Diagnostic]]:
    if node is None or (isinstance(node, Scalar) and node.value is None):
        return {}, []
    if not isinstance(node, MappingNode):
        return {}, [
            codes.SIGNALS_SHAPE.at(node.span, f"`audiences` is a mapping of names to conditions, not {kind(node)}")
        ]
    named: dict[str, Node] = {}
    found: list[Diagnostic] = []
    for key, value in node.entries:
        name = str(key.value)
        if not _NAME.fullmatch(name):
            repaired = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
            help_ = f"did you mean `{repaired}`?" if repaired else None
            found.append(codes.AUDIENCE_NAME.at(key.span, f"`{name}` cannot be an audience's name", help=help_))
        elif _RESERVED.fullmatch(name):
            found.append(codes.AUDIENCE_NAME.at(key.span, f"`{name}` is a reserved name"))
        named[name] = value
    return named, found


def _circles(audiences: Mapping[str, Condition]) -> list[list[str]]:
    """Return each circle of audiences once, starting at the one declared first."""
    edges = {name: list(dict.fromkeys(references(condition))) for name, condition in audiences.items()}
    done: set[str] = set()
    circles: list[list[str]] = []
    for start in edges:
        path: list[str] = []
        trail: list[Iterator[str]] = [iter((start,))]
        while trail:
            name = next(trail[-1], None)
            if name is None:
                trail.pop()
                if path and len(path) > len(trail) - 1:
                    done.add(path.pop())
            elif name in path:
                circles.append(path[path.index(name) :])
            elif name not in done:
                path.append(name)
                trail.append(iter(edges[name]))
    return circles


def _circle_fault(circle: list[str], audiences: Mapping[str, Condition]) -> Diagnostic:
    shown = " → ".join(f"`{name}`" for name in (*circle, circle[0]))
    message = "an audience is defined by itself" if len(circle) == 1 else "audiences are defined by each other"
    others: list[tuple[str, Span]] = [(f"`{name}` stands here", audiences[name].span) for name in circle[1:]]
    return codes.AUDIENCE_CYCLE.at(audiences[circle[0]].span, f"{message}: {shown}", related=others)


def _too_deep(audiences: dict[str, Condition], never: Mapping[str, Condition]) -> list[Diagnostic]:
    """Replace audiences whose meaning is nested too deeply; return a diagnostic for the first of each chain."""
    depths: dict[str, int] = {}
    found: list[Diagnostic] = []
    for name in _in_order_of_use(audiences):
        depths[name] = _depth(audiences[name], depths)
        if depths[name] > MAX_DEPTH:
            message = f"audience `{name}` is nested more than {MAX_DEPTH} deep, counting the audiences it uses"
            found.append(codes.CONDITION_DEEP.at(audiences[name].span, message))
            audiences[name] = never[name]
            depths[name] = 0
    return found


def _in_order_of_use(audiences: Mapping[str, Condition]) -> list[str]:
    """Return the names so that each comes after those it uses; there are no circles left."""
    order: dict[str, None] = {}
    for start in audiences:
        stack = [(start, False)]
        while stack:
            name, used = stack.pop()
            if used:
                order[name] = None
            elif name not in order:
                stack.append((name, True))
                stack += [(other, False) for other in references(audiences[name]) if other not in order]
    return list(order)


def _depth(condition: Condition, depths: Mapping[str, int]) -> int:
    match condition:
        case Audience(names=names):
            return 1 + max(depths[name] for name in names)
        case All(parts=parts) | Any(parts=parts):
            return 1 + max((_depth(part, depths) for part in parts), default=0)
        case Not(part=part):
            return 1 + _depth(part, depths)
    return 1
