"""Pages' tables for the browser: decisions lowered, their clocks in minutes, and where their signals are found.

The engine's conditions are those of `rules.table` in a shape that needs less code to evaluate: `[operator, signal,
[item, …]]`, where an item is a value, a beginning, an end, or a pair of numbers; `[operator, operand]` for those that
combine others. All clock facts but the day of the year are told by one number, the minutes since 1970 began on that
clock: dates and moments are intervals of it, minutes of a day or of a week its remainders.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Mapping, Sequence

from ctxsite.frozen import dataclass
from ctxsite.rules.ast import Decision
from ctxsite.rules.clock import local_seconds
from ctxsite.rules.leaves import Cond
from ctxsite.rules.signals import BUILT_IN, SESSION, Signal, SignalType, Source, Vocabulary
from ctxsite.rules.table import Table, lower
from ctxsite.rules.zones import offset_table
from ctxsite.targets.engine import compose_engine, script_text

ZONE_YEARS = 2
"""How many years after the build zones' tables last; later the browser asks `Intl`, which is right but slow."""

DAY = 1440
WEEK = 7 * DAY
_FOREVER = 10**10  # minutes; the year 9999 is not half as far
_LARGEST = sys.float_info.max

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]

_COMBINING = {"&": "all", "|": "any", "!": "not", "@": "shared", "*": "known"}
_TYPES = {
    SignalType.ENUM: "enum",
    SignalType.SET: "list",
    SignalType.BOOLEAN: "boolean",
    SignalType.NUMBER: "decimal",
    SignalType.COUNTRY: "country",
}
_BUILT_IN = frozenset({"language", "device", "scheme", "referrer", "visit", "campaign"})
"""Signals that the engine finds by itself."""


@dataclass(frozen=True, slots=True)
class PageTable:
    """A page's table as JSON text without `<`, and the parts of the engine that it needs."""

    text: str
    features: frozenset[str]


def zones_good_until(now: dt.datetime) -> dt.datetime:
    """Return the end of zones' tables that are built at `now`: the start of a month, UTC."""
    return _month(now).replace(year=_month(now).year + ZONE_YEARS)


def compile_page(
    decisions: Sequence[tuple[Decision, Sequence[str] | None]],
    vocabulary: Vocabulary,
    now: dt.datetime,
    *,
    titles: Mapping[str, str] | None = None,
    base_path: str = "",
) -> PageTable:
    """Compile a page's decisions, its own (named "") first, each with the page variants that have it (None: all).

    `titles` are those of the page's variants, the default's among them, if they differ. `now` is the build's clock:
    zones' tables start shortly before it. `base_path` comes before the paths that `path:` sources name.
    """
    table = lower([decision for decision, _ in decisions], vocabulary)
    compiler = _Compiler(vocabulary.signals, table, now, base_path)
    rows: list[Json] = []
    for (name, branches), (_, scope) in zip(table.decisions, decisions, strict=True):
        row: list[Json] = [name, [[branch, compiler.condition(condition)] for branch, condition in branches]]
        rows.append(row if scope is None else [*row, list(scope)])
    shared = [compiler.condition(condition) for condition in table.shared]
    data: dict[str, Json] = {"d": rows, "s": compiler.signals()}
    if shared:
        data["a"] = shared
    if titles:
        data["t"] = dict(titles)
    return PageTable(script_text(data), frozenset(compiler.features))


def features(decisions: Iterable[Decision], vocabulary: Vocabulary, now: dt.datetime) -> frozenset[str]:
    """Return the parts of the engine that any pages with these decisions need, in whatever groups they stand."""
    distinct = list(dict.fromkeys(decisions))
    groups = [[decision] for decision in distinct] + ([distinct] if len(distinct) > 1 else [])
    found: set[str] = set()
    for group in groups:
        found |= compile_page([(decision, None) for decision in group], vocabulary, now).features
    if "shared" in found:  # by page: either in its place, where questions melt into one, or apart
        found |= {"all", "any", "not", "known"}
    remembered = [signal for signal in vocabulary.signals.values() if signal.remember is not None]
    if found and (remembered or "visit" in found):
        found |= {"api", *(_type(signal) for signal in remembered)}
    return frozenset(found - {"text"})


def site_engine(
    decisions: Iterable[Decision],
    vocabulary: Vocabulary,
    now: dt.datetime,
    *,
    consent_required: bool = False,
) -> str:
    """Return the one script that serves every page of a site with these decisions; empty if there are none."""
    memory: dict[str, Json] = {
        signal.name: [_type(signal), _values(signal), storage_key(signal), signal.remember]
        for signal in vocabulary.signals.values()
        if signal.remember is not None
    }
    found = features(decisions, vocabulary, now)
    constants: dict[str, Json] = {"m": memory, "c": int(consent_required)} if "api" in found else {}
    return compose_engine(found, constants)


def _type(signal: Signal) -> str:
    return _TYPES.get(signal.type, "lower" if signal.folded else "text")


def _values(signal: Signal) -> Json:
    return 0 if signal.values is None else list(signal.values)


def storage_key(signal: Signal) -> str:
    """Return the entry of the browser's storage under which a signal is remembered."""
    named = (source.argument for source in signal.sources if source.kind == "storage")
    return next(named, f"ctxsite.{signal.name}")


def _month(now: dt.datetime) -> dt.datetime:
    return now.astimezone(dt.UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _pairs(ends: Sequence[object]) -> list[tuple[object, object]]:
    return list(zip(ends[::2], ends[1::2], strict=True))


def _number(end: object) -> float:
    if not isinstance(end, (int, float)):
        raise TypeError(end)
    return end


def _of_week(days: Sequence[tuple[float, float]]) -> list[tuple[int, int]]:
    """Return the minutes of the week, from Monday on, of intervals of weekdays, 0 for Sunday; neighbours are merged."""
    chosen = sorted((day + 6) % 7 for low, high in days for day in range(int(low), int(high) + 1))
    starts = [day for day in chosen if day - 1 not in chosen]
    ends = [day for day in chosen if day + 1 not in chosen]
    return [(start * DAY, end * DAY + DAY - 1) for start, end in zip(starts, ends, strict=True)]


def _minute(stamp: object, *, last: bool) -> int:
    """Return a clock's minute of a `yyyymmdd` date (its first or last one), of a `yyyymmddhhmm` moment, or of never."""
    if not isinstance(stamp, int):
        return _FOREVER if last else -_FOREVER
    if stamp < 10**8:
        return local_seconds(stamp, DAY - 1 if last else 0) // 60
    date, time = divmod(stamp, 10**4)
    return local_seconds(date, time // 100 * 60 + time % 100) // 60


def zone_lags(name: str, now: dt.datetime) -> list[Json]:
    """Return a zone's table for the engine: how long it lags behind UTC by how many minutes, over and over.

    Before and after the years of the table stands the zone's name in place of minutes.
    """
    start, end = _month(now), zones_good_until(now)
    entries = offset_table(name, start, end)
    ends = [seconds // 60 for seconds, _ in entries] + [int(end.timestamp()) // 60]
    lags: list[Json] = [ends[0], name]
    for (_, offset), first, last in zip(entries, ends, ends[1:], strict=False):
        lags += [last - first, -offset]
    return [*lags, "~", name]


class _Compiler:
    """Turns the conditions of one lowered table into the engine's, and notes which parts of the engine they need."""

    def __init__(self, signals: Mapping[str, Signal], table: Table, now: dt.datetime, base_path: str) -> None:
        self.features: set[str] = {"core"}
        self._declared = signals
        self._table = table
        self._now = now
        self._base_path = base_path

    def condition(self, cond: Cond) -> list[Json]:
        operator, *operands = cond
        if operator in _COMBINING:
            return self._combined(str(operator), operands)
        if operator in ("t", "w", "d", "y", "m"):
            return self._clock(str(operator), operands[0], _pairs(operands[1:]))
        name = str(operands[0])
        values = operands[1:]
        items: list[Json]
        match operator:
            case "#":
                self.features.add("range")
                items = [
                    [-_LARGEST if low is None else _number(low), _LARGEST if high is None else _number(high)]
                    for low, high in _pairs(values)
                ]
            case "~":
                self.features.add("prefix")
                items = [str(value) for value in values]
            case "^":
                self.features.add("suffix")
                items = [str(value) for value in values]
            case _:
                operator = "?" if self._declared[name].type is SignalType.SET else "="
                self.features.add("member" if operator == "?" else "equal")
                items = [value for value in values if isinstance(value, (str, bool))]
        return [str(operator), name, items]

    def _combined(self, operator: str, operands: Sequence[object]) -> list[Json]:
        if operator == "*":
            self.features.add("known")
            each: list[list[Json]] = [["*", str(name), [0]] for name in operands]
            if len(each) == 1:
                return each[0]
            operator, parts = "&", each
        elif operator == "@":
            self.features.add("shared")
            return ["@", int(str(operands[0]))]
        else:
            parts = [self.condition(part) for part in operands if isinstance(part, tuple)]
        self.features.add(_COMBINING[operator])
        return [operator, parts[0] if operator == "!" else parts]

    def _clock(self, operator: str, zone: object, pairs: Sequence[tuple[object, object]]) -> list[Json]:
        clock = int(_number(zone))
        if operator in ("d", "m"):
            self.features.add("range")
            return ["#", clock, [[_minute(low, last=False), _minute(high, last=True)] for low, high in pairs]]
        ends = [(_number(low), _number(high)) for low, high in pairs]
        if operator == "y":
            self.features.add("yearly")
            return ["y", clock, ends]
        self.features.add("cycle")
        if operator == "t":
            return ["%", clock, [[low, high, DAY] for low, high in ends]]
        return ["%", clock, [[low, high, WEEK] for low, high in _of_week(ends)]]

    def signals(self) -> dict[str, Json]:
        """Return where the table's signals are found; those that the engine finds by itself are left out."""
        found: dict[str, Json] = {}
        for name in self._table.signals:
            if name in _BUILT_IN and self._declared[name] == BUILT_IN[name]:
                self.features.add(name)
            elif name == "time":
                self.features.add("clock")
            else:
                found[name] = self._signal(self._declared[name])
        for number, zone in enumerate(self._table.zones, 1):
            self.features.add("zone")
            found[str(number)] = ["text", 0, ["zone", zone_lags(zone, self._now)]]
        return found

    def _signal(self, signal: Signal) -> list[Json]:
        type_ = _type(signal)
        if type_ != "text":  # which every engine has
            self.features.add(type_)
        sources = [self._source(source, signal) for source in signal.sources]
        if signal.remember is not None:
            memory = ("session" if signal.remember == SESSION else "memory", storage_key(signal))
            plain = ("storage", memory[1])
            sources = [memory if source == plain else source for source in sources]
            sources += [memory] if memory not in sources else []
        self.features.update("memory" if kind == "session" else kind for kind, _ in sources)
        return [type_, _values(signal), *([kind, argument] for kind, argument in sources)]

    def _source(self, source: Source, signal: Signal) -> tuple[str, str]:
        if source.kind != "path":
            return source.kind, source.argument
        return "below" if signal.type is SignalType.BOOLEAN else "path", self._base_path + source.argument
