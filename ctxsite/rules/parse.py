"""YAML nodes to conditions: the grammar of the rule language, with a diagnostic for every way to miss it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from ctxsite.diagnostics import Diagnostic, did_you_mean, suggest
from ctxsite.diagnostics import codes_rules as codes
from ctxsite.rules.ast import (
    VISITOR,
    All,
    Any,
    Audience,
    Condition,
    Date,
    Known,
    Language,
    Membership,
    Moment,
    Not,
    Number,
    Time,
    Weekday,
)
from ctxsite.rules.signals import CLOCK_KEYS, COMBINING_KEYS, SEGMENT, Vocabulary
from ctxsite.rules.times import Fault, read_date, read_moment, read_time, read_weekday
from ctxsite.rules.values import SignalValue, read_language, read_signal_value
from ctxsite.rules.zones import zone_names
from ctxsite.source import Span
from ctxsite.syntax.nodes import Mapping, Node, Scalar, Sequence, kind

MAX_DEPTH = 40
"""How deep conditions may be nested in one another; people stop reading long before."""

_T = TypeVar("_T")


def is_zone(name: str) -> bool:
    """Tell whether this is `visitor` or a zone of the IANA database."""
    return name == VISITOR or name in zone_names()


def zone_fault(name: str) -> Fault:
    """Return what to say of a zone that does not exist."""
    near = suggest(name, sorted({VISITOR, *zone_names()}))
    if near is None or ("/" not in near and near != VISITOR):
        return Fault(codes.ZONE_UNKNOWN, f"there is no time zone `{name}`", "write a name such as `Europe/Berlin`")
    return Fault(codes.ZONE_UNKNOWN, f"there is no time zone `{name}`", f"did you mean `{near}`?")


@dataclass(slots=True)
class _Reader:
    vocabulary: Vocabulary
    found: list[Diagnostic] = field(default_factory=list)

    def fault(self, fault: Fault, span: Span) -> None:
        self.found.append(fault.code.at(span, fault.message, help=fault.help))

    def condition(self, node: Node, depth: int = 0) -> Condition | None:
        if depth > MAX_DEPTH:
            self.found.append(codes.CONDITION_DEEP.at(node.span, f"conditions are nested more than {MAX_DEPTH} deep"))
            return None
        if isinstance(node, Mapping):
            return self.mapping(node, depth)
        if isinstance(node, Scalar) and isinstance(node.value, str):
            return self.audience(node)
        help_ = (
            "join the conditions by `any:` or `all:`"
            if isinstance(node, Sequence)
            else "name an audience or write a mapping"
        )
        self.found.append(codes.CONDITION_SHAPE.at(node.span, f"a condition cannot be {kind(node)}", help=help_))
        return None

    def mapping(self, node: Mapping, depth: int) -> Condition | None:
        if not node.entries:
            self.found.append(codes.CONDITION_EMPTY.at(node.span, "an empty mapping is not a condition"))
            return None
        zone_key, faults = node.key("zone"), len(self.found)
        zone = None if zone_key is None else self.zone(node, zone_key)
        parts: list[Condition | None] = [None] if len(self.found) > faults and zone is None else []
        for key, value in node.entries:
            if key is not zone_key:
                parts.append(self.question(str(key.value), key, value, zone, depth))
        good = [part for part in parts if part is not None]
        if not good or len(good) < len(parts):
            return None
        return good[0] if len(good) == 1 else All(tuple(good), node.span)

    def zone(self, node: Mapping, key: Scalar) -> str | None:
        value = node.get("zone")
        if len(node.entries) == 1:
            self.found.append(
                codes.ZONE_ALONE.at(key.span, "`zone` alone is not a condition", help="add `time: …` beside it")
            )
        elif not any(name.value in CLOCK_KEYS for name, _ in node.entries):
            self.found.append(
                codes.ZONE_UNUSED.at(key.span, "`zone` has no `time`, `weekday`, `date` or `moment` beside it")
            )
        if not (isinstance(value, Scalar) and isinstance(value.value, str)):
            self.found.append(codes.VALUE_TYPE.at(key.span, "a zone is one text"))
        elif not is_zone(value.value):
            self.fault(zone_fault(value.value), value.span)
        else:
            return value.value
        return None

    def question(self, name: str, key: Scalar, value: Node, zone: str | None, depth: int) -> Condition | None:
        span = key.span.source.span(key.span.start, value.span.end)
        match name:
            case "any" | "all":
                return self.joined(Any if name == "any" else All, name, value, span, depth)
            case "not":
                part = self.condition(value, depth + 1)
                return None if part is None else Not(part, span)
            case "audience":
                names = self.values(name, value, self.audience_name)
                return None if names is None else Audience(names, span)
            case "known":
                signals = self.values(name, value, self.signal_name)
                return None if signals is None else Known(signals, span)
            case "time":
                times = self.values(name, value, _text_reader(read_time, "a time"))
                return None if times is None else Time(times, zone, span)
            case "weekday":
                days = self.values(name, value, _text_reader(read_weekday, "a weekday"))
                return None if days is None else Weekday(days, zone, span)
            case "date":
                dates = self.values(name, value, _text_reader(read_date, "a date"))
                return None if dates is None else Date(dates, zone, span)
            case "moment":
                moments = self.values(name, value, _text_reader(read_moment, "a moment"))
                return None if moments is None else Moment(moments, zone, span)
            case "language":
                ranges = self.values(name, value, _text_reader(read_language, "a language"))
                return None if ranges is None else Language(ranges, span)
        return self.signal(name, key, value, span)

    def signal(self, name: str, key: Scalar, value: Node, span: Span) -> Condition | None:
        signal = self.vocabulary.signals.get(name)
        if signal is None:
            known = [*CLOCK_KEYS, *COMBINING_KEYS, *self.vocabulary.signals]
            message = f"`{name}` is neither a key of conditions nor a declared signal"
            help_ = did_you_mean(name, known)
            if name == SEGMENT:
                message = "this site declares no segments"
                help_ = "declare `segment: {values: […], from: […]}` under `signals:` in ctxsite.yaml"
            self.found.append(codes.KEY_UNKNOWN.at(key.span, message, help=help_))
            return None
        read: tuple[SignalValue, ...] | None = self.values(name, value, partial(read_signal_value, signal))
        if read is None:
            return None
        numbers = tuple(value for value in read if not isinstance(value, (str, bool)))
        others = tuple(value for value in read if isinstance(value, (str, bool)))
        return Number(name, numbers, span) if numbers else Membership(name, others, span)

    def joined(
        self, make: Callable[[tuple[Condition, ...], Span], Condition], name: str, value: Node, span: Span, depth: int
    ) -> Condition | None:
        if not isinstance(value, Sequence):
            self.found.append(
                codes.CONDITION_SHAPE.at(
                    value.span, f"`{name}` takes a list of conditions, not {kind(value)}", help=f"write `{name}: [ … ]`"
                )
            )
            return None
        if not value.items:
            self.found.append(codes.CONDITION_EMPTY.at(value.span, f"`{name}` has an empty list"))
            return None
        parts = [self.condition(item, depth + 1) for item in value.items]
        good = tuple(part for part in parts if part is not None)
        return make(good, span) if len(good) == len(parts) else None

    def values(self, name: str, node: Node, read: Callable[[Scalar], _T | Fault]) -> tuple[_T, ...] | None:
        """Read one value or a list of them; None if there was anything wrong with any."""
        if isinstance(node, Sequence) and not node.items:
            self.found.append(codes.CONDITION_EMPTY.at(node.span, f"`{name}` has an empty list"))
            return None
        good: list[_T] = []
        items = node.items if isinstance(node, Sequence) else (node,)
        for item in items:
            if not isinstance(item, Scalar) or item.value is None or item.value == "":
                self.shape(name, item)
                continue
            value = read(item)
            if isinstance(value, Fault):
                self.fault(value, item.span)
            else:
                good.append(value)
        return tuple(good) if len(good) == len(items) else None

    def shape(self, name: str, node: Node) -> None:
        if isinstance(node, Scalar):
            what = "nothing" if node.value is None else "an empty text"
            self.found.append(codes.CONDITION_EMPTY.at(node.span, f"`{name}` is asked for {what}"))
        else:
            self.found.append(
                codes.VALUE_TYPE.at(node.span, f"`{name}` takes a value or a list of values, not {kind(node)}")
            )

    def audience(self, node: Scalar) -> Condition | None:
        if node.value == "":
            self.found.append(codes.CONDITION_EMPTY.at(node.span, "an empty text is not a condition"))
            return None
        name = self.audience_name(node)
        if isinstance(name, Fault):
            self.fault(name, node.span)
            return None
        return Audience((name,), node.span)

    def audience_name(self, node: Scalar) -> str | Fault:
        name = str(node.value) if isinstance(node.value, str) else node.raw
        if name in self.vocabulary.audiences:
            return name
        return Fault(
            codes.AUDIENCE_UNKNOWN, f"there is no audience `{name}`", did_you_mean(name, self.vocabulary.audiences)
        )

    def signal_name(self, node: Scalar) -> str | Fault:
        name = str(node.value) if isinstance(node.value, str) else node.raw
        if name in CLOCK_KEYS:
            return "time"
        if name in self.vocabulary.signals:
            return name
        return Fault(
            codes.SIGNAL_UNKNOWN,
            f"there is no signal `{name}`",
            did_you_mean(name, {*CLOCK_KEYS, *self.vocabulary.signals}),
        )


def _text_reader(read: Callable[[str], _T | Fault], what: str) -> Callable[[Scalar], _T | Fault]:
    def reader(node: Scalar) -> _T | Fault:
        if not isinstance(node.value, str):
            return Fault(
                codes.VALUE_TYPE,
                f"{what} is text, not {kind(node)}",
                f'write "{node.raw}"' if ":" in node.raw else None,
            )
        return read(node.value)

    return reader


def parse_condition(node: Node, vocabulary: Vocabulary) -> tuple[Condition | None, tuple[Diagnostic, ...]]:
    """Read a condition: a mapping of questions, or an audience's name.

    Returns it with what was found wrong; None if anything was an error. Each part is looked at even if another
    is at fault, so that one run tells everything.
    """
    reader = _Reader(vocabulary)
    condition = reader.condition(node)
    return condition, tuple(reader.found)
