"""A page as the preview shows it: what its rules ask for, its presets, and its decisions in a context with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ctxsite.config.settings import Settings
from ctxsite.rules.ast import VISITOR, Decision
from ctxsite.rules.cells import mentioned
from ctxsite.rules.context import read_context
from ctxsite.rules.evaluate import Visit
from ctxsite.rules.explain import Explanation, as_data, explain
from ctxsite.rules.formulas import leaves
from ctxsite.rules.leaves import Cond
from ctxsite.rules.print import condition_text
from ctxsite.rules.signals import BUILT_IN, SEGMENT, Signal, SignalType, Vocabulary
from ctxsite.rules.table import Table, lower
from ctxsite.rules.times import WEEKDAYS
from ctxsite.rules.values import language_text, number_text
from ctxsite.server.preview_context import context_text
from ctxsite.server.preview_day import changes
from ctxsite.server.preview_presets import Preset, Presets
from ctxsite.server.preview_shown import Shown

_KEYS = {"time": "now", "language": "languages", SEGMENT: "segments"}
_CLASHING = frozenset({"now", "languages", "segments"})


def page_data(shown: Shown, context: Mapping[str, object], settings: Settings, presets: Presets) -> dict[str, object]:
    """Return everything the panel shows of a page in a context, as JSON data."""
    vocabulary = settings.vocabulary
    table = lower(shown.decisions, vocabulary)
    visit = Visit(read_context(context), vocabulary)
    traces = [(decision, explain(decision, visit)) for decision in shown.made_for(visit)]
    return {
        "title": shown.page.meta.title,
        "source": shown.page.document.path,
        "fixed": shown.fixed,
        "context": context_text(context, vocabulary),
        "signals": fields(table, vocabulary, settings.languages),
        "clocks": _clocks(table, visit),
        "changes": _changes(shown, visit),
        "presets": [
            {
                "block": preset.block,
                "branch": preset.branch,
                "when": preset.when,
                "context": _chosen(shown, preset, context, vocabulary),
            }
            for preset in presets.of(shown.page, shown.fixed)
        ],
        "variant": shown.variant_for(visit),
        "blocks": {decision.name: trace.chosen for decision, trace in traces if decision.name},
        "traces": [_trace(decision, trace) for decision, trace in traces],
    }


def _chosen(shown: Shown, preset: Preset, context: Mapping[str, object], vocabulary: Vocabulary) -> str | None:
    """Return the context that choosing a preset leads to, as text; None if nothing shows it.

    The visitor stays who they are in all else, as long as that shows what was chosen.
    """
    if preset.context is None:
        return None
    signals = {**_mapping(context.get("signals")), **_mapping(preset.context.get("signals"))}
    joined = {**context, **preset.context, **({"signals": signals} if signals else {})}
    if shown.outcomes_for(Visit(read_context(joined), vocabulary)).get(preset.block) == preset.branch:
        return context_text(joined, vocabulary)
    return context_text(preset.context, vocabulary)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def fields(table: Table, vocabulary: Vocabulary, languages: Iterable[str]) -> list[dict[str, object]]:
    """Return all signals as fields of a form, with the values that the page's rules name.

    `used` tells whether the page's rules ask for a signal, `key` is its name in the text of a context.
    """
    asked = _asked(table)
    timed = "time" in table.signals
    found: list[dict[str, object]] = []
    for signal in sorted(vocabulary.signals.values(), key=_place):
        own = signal.name not in BUILT_IN and signal.name != SEGMENT
        key = f".{signal.name}" if own and signal.name in _CLASHING else _KEYS.get(signal.name, signal.name)
        suggested = _suggested(signal, asked)
        if signal.type is SignalType.LANGUAGE:
            suggested += [tag for tag in languages if tag not in suggested]
        found.append({
            "key": key,
            "name": signal.name,
            "own": own,
            "type": str(signal.type),
            "values": None if signal.values is None else list(signal.values),
            "suggested": suggested,
            "used": signal.name in table.signals,
        })  # fmt: skip
        if signal.name == "time":
            found.append({"key": "zone", "name": "zone", "own": False, "type": "zone", "values": None,
                          "suggested": [], "used": timed})  # fmt: skip
    return found


def _place(signal: Signal) -> int:
    """Return a signal's place in a form: segments among the first, the site's own signals last."""
    order = ("time", "language", SEGMENT, *BUILT_IN)
    return order.index(signal.name) if signal.name in order else len(order)


def _asked(table: Table) -> list[Cond]:
    rows = [condition for _, branches in table.decisions for _, condition in branches]
    return [leaf for condition in (*rows, *table.shared) for leaf in leaves(condition)]


def _suggested(signal: Signal, asked: Sequence[Cond]) -> list[str]:
    """Return the values that conditions name for a signal without listed values, each once."""
    about = [leaf for leaf in asked if leaf[0] in ("=", "~", "^", "#") and leaf[1] == signal.name]
    if signal.values is not None or signal.type is SignalType.BOOLEAN:
        return []
    if signal.type is SignalType.NUMBER:
        ends = (end for leaf in about for end in leaf[2:] if isinstance(end, (int, float)))
        return list(dict.fromkeys(number_text(float(end)) for end in ends))
    texts = dict.fromkeys(str(value) for value in mentioned(about))
    if signal.type is SignalType.LANGUAGE:
        return [language_text(text) for text in texts if text]
    return [text.upper() if signal.type is SignalType.COUNTRY else text for text in texts]


def _clocks(table: Table, visit: Visit) -> dict[str, str]:
    """Return what the clocks show that the page's rules look at, by zone."""
    zones = [*([VISITOR] if table.visitor_clock else []), *table.zones]
    read = {zone: visit.clock(zone) for zone in zones}
    return {
        zone: f"{WEEKDAYS[at.weekday]} {at.date // 10000:04}-{at.month_day // 100:02}-{at.month_day % 100:02} "
        f"{at.minute // 60:02}:{at.minute % 60:02}"
        for zone, at in read.items()
        if at is not None
    }


def _changes(shown: Shown, visit: Visit) -> list[dict[str, object]]:
    """Return when something else is shown on the visit's day: the instant in milliseconds, the clock, what is new."""
    timed = {rules.name for rules in shown.decisions if "time" in lower([rules], visit.vocabulary).signals}
    if not timed:
        return []

    def outcome(other: Visit) -> dict[str, str]:
        return {name: branch for name, branch in shown.outcomes_for(other).items() if name in timed}

    found = changes(visit.context, visit.vocabulary, outcome)
    return [{"time": each.instant * 1000, "clock": each.clock, "shown": dict(each.outcome)} for each in found]


def _trace(decision: Decision, trace: Explanation) -> dict[str, object]:
    """Return a trace as data, with each branch's condition as it is written."""
    when = {name: condition_text(condition) for name, condition in decision.branches}
    data = as_data(trace)
    return {**data, "branches": [{**branch, "when": when[str(branch["name"])]} for branch in _dicts(data["branches"])]}


def _dicts(value: object) -> list[dict[str, object]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
