"""Signals: the named facts about a visit that rules may ask for, built in or declared by the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from ctxsite.frozen import dataclass
from ctxsite.rules.ast import VISITOR, Condition
from ctxsite.source import Span


class SignalType(StrEnum):
    """What values a signal takes, and by that which questions can be asked about it."""

    ENUM = "enum"
    SET = "set"
    BOOLEAN = "boolean"
    NUMBER = "number"
    TEXT = "text"
    COUNTRY = "country"
    HOST = "host"
    LANGUAGE = "language"
    INSTANT = "instant"


DECLARABLE = (SignalType.ENUM, SignalType.SET, SignalType.BOOLEAN, SignalType.NUMBER, SignalType.TEXT)
"""The types a site may declare; the others are those of built-in signals."""

SOURCE_KINDS = ("query", "cookie", "storage", "meta", "media", "path")

SESSION = 0
"""`remember: session`; a larger number is days, None is not at all."""


@dataclass(frozen=True, slots=True)
class Source:
    """A place in the browser to look for a value: `query:segment` is kind `query`, argument `segment`."""

    kind: str
    argument: str


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal. `values` are those it can take, or None where any will do; `folded` ones ignore letter case.

    `remember` is None, `SESSION`, or a number of days. `span` is the place of the declaration, if there is one.
    """

    name: str
    type: SignalType
    values: tuple[str, ...] | None = None
    sources: tuple[Source, ...] = ()
    remember: int | None = None
    folded: bool = False
    span: Span | None = field(default=None, compare=False, repr=False)


BUILT_IN: Mapping[str, Signal] = {
    signal.name: signal
    for signal in (
        Signal("time", SignalType.INSTANT),
        Signal("language", SignalType.LANGUAGE, folded=True),
        Signal("country", SignalType.COUNTRY, folded=True),
        Signal("campaign", SignalType.TEXT, sources=(Source("query", "utm_campaign"),), folded=True),
        Signal("referrer", SignalType.HOST, folded=True),
        Signal("device", SignalType.ENUM, ("phone", "tablet", "desktop"), folded=True),
        Signal("visit", SignalType.ENUM, ("new", "returning"), folded=True),
        Signal("scheme", SignalType.ENUM, ("light", "dark"), folded=True),
    )
}
"""Signals every site has. `segment` is not among them: its values are the site's to declare."""

SEGMENT = "segment"
"""The one `set` with a place of its own in a context (`segments`)."""

CONFIGURABLE = frozenset({"country", "campaign"})
"""Built-in signals whose sources a site may declare."""

CLOCK_KEYS = ("time", "weekday", "date", "moment")
"""Keys that ask the clock; as signals they are all the one instant."""

COMBINING_KEYS = ("zone", "audience", "any", "all", "not", "known")
"""Keys of a condition that are no signals."""

RESERVED = frozenset({*CLOCK_KEYS, *COMBINING_KEYS, *BUILT_IN})
"""Names that a signal of the site's own cannot have."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that conditions may name: signals (built-in ones included), audiences, and the site's zone."""

    signals: Mapping[str, Signal] = field(default_factory=lambda: dict(BUILT_IN))
    audiences: Mapping[str, Condition] = field(default_factory=dict)
    zone: str = VISITOR
