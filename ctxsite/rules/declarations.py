"""`signals:` of the configuration: each declaration read and checked by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ctxsite.diagnostics import Diagnostic, did_you_mean
from ctxsite.diagnostics import codes_rules as codes
from ctxsite.rules.signals import (
    BUILT_IN,
    CONFIGURABLE,
    DECLARABLE,
    RESERVED,
    SEGMENT,
    SESSION,
    SOURCE_KINDS,
    Signal,
    SignalType,
    Source,
)
from ctxsite.syntax.nodes import Mapping, Node, Scalar, Sequence, kind

KEYS = ("type", "values", "from", "remember")
REMEMBERED_DAYS = range(1, 3651)

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*", re.ASCII)
_COOKIE_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+", re.ASCII)  # RFC 6265, 4.1.1: an HTTP token
_DAYS = re.compile(r"(\d{1,6})d", re.ASCII)


def read_signals(node: Node | None) -> tuple[dict[str, Signal], list[Diagnostic]]:
    """Return all signals, built-in ones first, and what is wrong with the declarations."""
    reader = _Reader()
    signals = dict(BUILT_IN)
    if node is None or (isinstance(node, Scalar) and node.value is None):
        return signals, []
    if not isinstance(node, Mapping):
        message = f"`signals` is a mapping of names to declarations, not {kind(node)}"
        return signals, [codes.SIGNALS_SHAPE.at(node.span, message)]
    for key, value in node.entries:
        name = str(key.value)
        if not reader.reserved(key):
            signals[name] = reader.signal(name, key, value)
    return signals, reader.found


@dataclass(slots=True)
class _Reader:
    found: list[Diagnostic] = field(default_factory=list)

    def reserved(self, key: Scalar) -> bool:
        """Complain about a name that cannot be one; tell whether it is one of the language's own."""
        name = str(key.value)
        if name in CONFIGURABLE:
            return False
        if name in RESERVED:
            what = "is a built-in signal that takes no declaration" if name in BUILT_IN else "is a key of conditions"
            self.found.append(codes.SIGNAL_NAME.at(key.span, f"`{name}` {what}", help="choose another name"))
            return True
        if not _NAME.fullmatch(name):
            repaired = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-_0123456789")
            help_ = f"did you mean `{repaired}`?" if repaired else None
            self.found.append(codes.SIGNAL_NAME.at(key.span, f"`{name}` cannot be a signal's name", help=help_))
        return False

    def signal(self, name: str, key: Scalar, node: Node) -> Signal:
        built_in = BUILT_IN.get(name)
        fallback = built_in or Signal(name, SignalType.SET if name == SEGMENT else SignalType.TEXT, span=key.span)
        if not isinstance(node, Mapping):
            message = f"signal `{name}` is declared by a mapping, not by {kind(node)}"
            self.found.append(
                codes.SIGNALS_SHAPE.at(node.span, message, help='write `{type: text, from: ["query:…"]}`')
            )
            return fallback
        allowed = KEYS if built_in is None else ("from", "remember")
        for word in node.entries:
            if word[0].value not in allowed:
                message = f"signal `{name}` has no key `{word[0].value}`"
                self.found.append(
                    codes.SIGNAL_KEY.at(word[0].span, message, help=did_you_mean(str(word[0].value), allowed))
                )
        sources = self.sources(node.get("from"))
        remember = self.remember(node.get("remember"))
        if built_in is not None:
            kept = sources if node.get("from") is not None else built_in.sources
            return Signal(name, built_in.type, built_in.values, kept, remember, built_in.folded, key.span)
        type_ = self.type(name, key, node)
        return Signal(name, type_, self.values(name, key, type_, node.get("values")), sources, remember, span=key.span)

    def type(self, name: str, key: Scalar, node: Mapping) -> SignalType:
        given = node.get("type")
        names = [str(type_) for type_ in DECLARABLE]
        if given is None:
            if name == SEGMENT:
                return SignalType.SET
            help_ = "add `type: " + ("enum`" if node.get("values") is not None else "text`")
            self.found.append(codes.SIGNAL_TYPE.at(key.span, f"signal `{name}` has no `type`", help=help_))
            return SignalType.ENUM if node.get("values") is not None else SignalType.TEXT
        value = given.value if isinstance(given, Scalar) else None
        if value not in names:
            shown = f"`{given.raw}`" if isinstance(given, Scalar) else kind(given)
            near = did_you_mean(str(value), names)
            self.found.append(codes.SIGNAL_TYPE.at(given.span, f"{shown} is not a type of signals", help=near))
            return SignalType.ENUM if node.get("values") is not None else SignalType.TEXT
        if name == SEGMENT and value != SignalType.SET:
            self.found.append(codes.SIGNAL_TYPE.at(given.span, f"`segment` is always a set, not `{value}`"))
            return SignalType.SET
        return SignalType(str(value))

    def values(self, name: str, key: Scalar, type_: SignalType, node: Node | None) -> tuple[str, ...] | None:
        listed = type_ in (SignalType.ENUM, SignalType.SET)
        if node is None:
            if listed:
                message = f"signal `{name}` does not list its `values`"
                self.found.append(codes.SIGNAL_VALUES.at(key.span, message, help="add `values: […]`"))
            return () if listed else None
        if not listed:
            self.found.append(codes.SIGNAL_VALUES.at(node.span, f"a signal of type `{type_}` has no list of values"))
            return None
        if not isinstance(node, Sequence) or not node.items:
            shape = "an empty list" if isinstance(node, Sequence) else kind(node)
            self.found.append(codes.SIGNAL_VALUES.at(node.span, f"`values` is a list of texts, not {shape}"))
            return ()
        good: dict[str, None] = {}
        for item in node.items:
            value = self.value(type_, item, good)
            if value is not None:
                good[value] = None
        return tuple(good)

    def value(self, type_: SignalType, item: Node, before: dict[str, None]) -> str | None:
        if not isinstance(item, Scalar) or not isinstance(item.value, str):
            help_ = f'quote it: "{item.raw}"' if isinstance(item, Scalar) and item.raw else None
            self.found.append(codes.SIGNAL_VALUES.at(item.span, f"a value is text, not {kind(item)}", help=help_))
            return None
        message: str | None = None
        if not item.value.strip():
            message = "a value cannot be empty"
        elif item.value in before:
            message = f"the value `{item.value}` is listed twice"
        elif type_ is SignalType.SET and ("," in item.value or item.value != item.value.strip()):
            message = f"`{item.value}` cannot be a set's value: commas separate values, spaces around them are dropped"
        if message is None:
            return item.value
        self.found.append(codes.SIGNAL_VALUES.at(item.span, message))
        return None

    def sources(self, node: Node | None) -> tuple[Source, ...]:
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else (node,)
        read = [self.source(item) for item in items]
        return tuple(source for source in read if source is not None)

    def source(self, node: Node) -> Source | None:
        text = node.value if isinstance(node, Scalar) else None
        if not isinstance(text, str):
            fault = f"a source is text, not {kind(node)}"
            self.found.append(codes.SIGNAL_SOURCE.at(node.span, fault, help='write `"query:NAME"`, with quotes'))
            return None
        name, colon, argument = text.partition(":")
        argument = argument.strip()
        message: str | None = None
        help_: str | None = None
        if name not in SOURCE_KINDS:
            message = f"`{name}` is not a kind of source"
            help_ = did_you_mean(name, SOURCE_KINDS)
        elif not colon or not argument:
            message, help_ = f"the source `{text}` does not say what to read", f"write `{name}:…`"
        elif name == "cookie" and not _COOKIE_NAME.fullmatch(argument):
            message = f"`{argument}` cannot be a cookie's name"
        elif name == "path" and not argument.startswith("/"):
            message, help_ = f"a path starts with a slash, `{argument}` does not", f"write `path:/{argument}`"
        if message is not None:
            self.found.append(codes.SIGNAL_SOURCE.at(node.span, message, help=help_))
            return None
        return Source(name, argument)

    def remember(self, node: Node | None) -> int | None:
        value = node.value if isinstance(node, Scalar) else None
        if node is None or value in ("no", False):
            return None
        if value == "session":
            return SESSION
        days = _DAYS.fullmatch(value) if isinstance(value, str) else None
        if days is not None and int(days[1]) in REMEMBERED_DAYS:
            return int(days[1])
        shown = f"`{node.raw}`" if isinstance(node, Scalar) else kind(node)
        help_ = "write `no`, `session`, or days from `1d` to `3650d`"
        self.found.append(codes.SIGNAL_REMEMBER.at(node.span, f"{shown} is not a time to remember", help=help_))
        return None
