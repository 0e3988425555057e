"""The finitely many kinds of values that a formula can tell apart, signal by signal.

Each kind (a cell of the signal's domain) has one value to stand for it: a value the rules mention, or one beside
them. Together with "unknown" the cells are all there is, so looking at each is a proof.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count, pairwise, product
from string import ascii_lowercase

from ctxsite.rules.context import Value
from ctxsite.rules.formulas import assume
from ctxsite.rules.leaves import ALWAYS, NEVER, Cond, number_intervals
from ctxsite.rules.signals import Signal, SignalType
from ctxsite.rules.table_evaluate import matches

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pl", "pt", "tr", "ja", "ar", "zh", "hi", "sv", "el", "fi")
COUNTRIES = ("us", "de", "gb", "fr", "es", "it", "nl", "pl", "br", "in", "jp", "ca", "au", "tr", "se", "ch", "at")
HOSTS = ("www.example.com", "www.example.net", "www.example.org")


def _unmentioned(candidates: Iterable[str], tests: Sequence[Cond]) -> Iterator[str]:
    """Yield the first candidate that answers every question by no."""
    for candidate in candidates:
        if not any(matches(str(leaf[0]), candidate, leaf[2:]) for leaf in tests):
            yield candidate
            return


def _fresh(prefix: str) -> Iterator[str]:
    """Yield endlessly many texts of letters, two or more: one of them is mentioned nowhere."""
    for width in count(2):
        yield from (prefix + "".join(letters) for letters in product(ascii_lowercase, repeat=width))


def _others(signal: Signal, languages: Sequence[str]) -> Iterable[str]:
    match signal.type:
        case SignalType.LANGUAGE:
            return chain((tag.lower() for tag in languages), LANGUAGES, _fresh(""))
        case SignalType.COUNTRY:
            return chain(COUNTRIES, (a + b for a in ascii_lowercase for b in ascii_lowercase))
        case SignalType.HOST:
            return chain(HOSTS, _fresh("www.example-"))
        case SignalType.TEXT:
            return chain(("other",), _fresh("other-"))
    return signal.values or ()


def _numbers(tests: Iterable[Cond]) -> list[float]:
    """Return a number for each end of an interval and each gap between; the plainest first."""
    ends = sorted({end for leaf in tests if leaf[0] == "#" for interval in number_intervals(leaf) for end in interval})
    finite = [end for end in ends if math.isfinite(end)] or [0.0]
    low, high = finite[0], finite[-1]
    chosen = [*finite, low - 1, high + 1, math.floor(low) - 1.0, math.ceil(high) + 1.0, 0.0, 1.0]
    chosen += [math.nextafter(low, -math.inf), math.nextafter(high, math.inf)]
    for low, high in pairwise(finite):
        chosen += [low + (high - low) / 2, math.floor(low) + 1.0, math.ceil(high) - 1.0, math.nextafter(low, high)]
    plain = (number for number in dict.fromkeys(chosen) if math.isfinite(number))
    return sorted(plain, key=lambda number: (not number.is_integer(), number < 0, len(repr(number)), abs(number)))


def mentioned(tests: Iterable[Cond]) -> Iterator[Value]:
    """Yield the values that questions name, with repetitions."""
    for leaf in tests:
        for value in leaf[2:]:
            if leaf[0] == "~":
                yield str(value).removesuffix("-")
            elif leaf[0] == "^":
                yield str(value).removeprefix(".")
            elif leaf[0] == "=" and isinstance(value, (str, bool)):
                yield value


def cells(signal: Signal, asked: Sequence[Cond], languages: Sequence[str]) -> list[Value]:
    """Return a value for each cell of a signal that is no set, those first that the questions mention first.

    `asked` are the formula's questions about it. A cell that answers all of them as "unknown" does is left out.
    """
    tests = [leaf for leaf in asked if leaf[0] != "*"]
    if signal.type is SignalType.NUMBER:
        values: Iterable[Value] = _numbers(tests)
    elif signal.type is SignalType.BOOLEAN:
        values = (True, False)
    else:
        values = (*mentioned(tests), *_unmentioned(_others(signal, languages), tests))
    chosen: dict[object, Value] = {}
    for value in values:
        pattern = tuple(matches(str(leaf[0]), value, leaf[2:]) for leaf in tests)
        if any(pattern) or len(tests) < len(asked):
            chosen.setdefault(pattern, value)
    return list(chosen.values())


def given(formula: Cond, name: str, value: Value | None) -> Cond:
    """Simplify a formula, knowing a signal's value, or (None) that it is unknown."""

    def answer(leaf: Cond) -> Cond:
        if leaf[0] == "*":
            return _without(leaf, name) if value is not None else NEVER if name in leaf[1:] else leaf
        if leaf[0] not in ("=", "~", "^", "#") or leaf[1] != name:
            return leaf
        return ALWAYS if value is not None and matches(str(leaf[0]), value, leaf[2:]) else NEVER

    return assume(formula, answer)


def given_member(formula: Cond, name: str, member: str, present: bool) -> Cond:
    """Simplify a formula, knowing whether a set has a member."""

    def answer(leaf: Cond) -> Cond:
        if leaf[0] == "*":
            return _without(leaf, name) if present else leaf
        if leaf[0] != "=" or leaf[1] != name or member not in leaf[2:]:
            return leaf
        rest = [value for value in leaf[2:] if value != member]
        return ALWAYS if present else ("=", name, *rest) if rest else NEVER

    return assume(formula, answer)


def _without(leaf: Cond, name: str) -> Cond:
    names = [other for other in leaf[1:] if other != name]
    return ("*", *names) if names else ALWAYS
