"""Values as bytes, for other processes and for the store: the model's own classes and plain data, nothing else.

Reading refuses every class that is not named here, so a damaged or foreign file cannot make anything run. Each
class is written as its fields in order, without the detour that frozen classes take by themselves.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import marshal
import pickle  # the classes that may be read are listed below
from collections.abc import Callable, Sequence
from contextlib import suppress
from operator import attrgetter
from typing import Any

from ctxsite.build.compact import WITHOUT_REFERENCES, Text, filled, flat, whole
from ctxsite.config.settings import Language, MarkdownSettings, MenuItem, Settings
from ctxsite.diagnostics.model import Diagnostic, Related, Severity
from ctxsite.model.body import Alternative, Body, Component, DataValue, Heading, Html, Link, Vary
from ctxsite.model.document import Document
from ctxsite.model.meta import Expectation, FrontMatter, Meta, VariantRule
from ctxsite.model.page import Kind
from ctxsite.render.theme import Theme, ThemeFiles
from ctxsite.rules import ast
from ctxsite.rules.signals import Signal, SignalType, Source, Vocabulary
from ctxsite.source import Location, SourceText, Span

_CLASSES: tuple[type, ...] = (
    Location, Span, Diagnostic, Related,
    Html, Link, DataValue, Component, Alternative, Vary, Heading, Body,
    Document, Expectation, FrontMatter, Meta, VariantRule,
    Language, MarkdownSettings, MenuItem, Settings, Signal, Source, Vocabulary, Theme, ThemeFiles,
    *(kind for kind in vars(ast).values() if isinstance(kind, type) and dataclasses.is_dataclass(kind)),
)  # fmt: skip
_PLAIN: dict[tuple[str, str], Any] = {
    ("builtins", "frozenset"): frozenset,
    ("builtins", "set"): set,
    ("datetime", "date"): dt.date,
    ("datetime", "datetime"): dt.datetime,
    ("datetime", "time"): dt.time,
    ("datetime", "timedelta"): dt.timedelta,
    ("datetime", "timezone"): dt.timezone,
}
_OTHERS = (Severity, SourceText, Kind, SignalType)
_KNOWN: dict[tuple[str, str], Any] = {
    **_PLAIN, **{(kind.__module__, kind.__qualname__): kind for kind in (*_CLASSES, *_OTHERS)},
}  # fmt: skip

Encoded = tuple[str, bytes, bytes]
"""The digest of a document's text; the document without its pieces, and its diagnostics, both as bytes."""

Reducer = Callable[[Any], tuple[Any, ...]]


def _by_fields(kind: type) -> Reducer:
    names = [field.name for field in dataclasses.fields(kind) if field.init]
    fields = attrgetter(*names)
    if len(names) == 1:
        return lambda value: (kind, (fields(value),))
    return lambda value: (kind, fields(value))


def _whole_source(source: SourceText) -> tuple[Any, ...]:
    return SourceText, (source.path, source.text)


_REDUCERS: dict[type, Reducer] = {kind: _by_fields(kind) for kind in _CLASSES}
_REDUCERS[SourceText] = _whole_source


_NOTHING = pickle.dumps((), protocol=5)
_MARSHALLED = b"\0"
"""Before plain data, which `marshal` reads in half of the time; a pickle begins otherwise."""
_MISREAD = (pickle.UnpicklingError, EOFError, ValueError, TypeError, AttributeError, IndexError, KeyError)


class UnreadableError(Exception):
    """These bytes are nothing that `dumps` wrote."""


def dumps(value: object) -> bytes:
    """Return a value as bytes."""
    if value == ():
        return _NOTHING
    short = flat(value)
    value = value if short is None else short
    with suppress(ValueError):  # there is something in it but plain data: the model's classes, or a date
        return _MARSHALLED + marshal.dumps(value, WITHOUT_REFERENCES)  # type: ignore[arg-type]  # or so it says
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, protocol=5)
    pickler.dispatch_table = _REDUCERS
    pickler.dump(value)
    return buffer.getvalue()


def encoded(document: Document, said: tuple[Diagnostic, ...]) -> Encoded:
    """Return a document with its diagnostics as bytes."""
    return document.digest, dumps(document), dumps(said)


class _Reader(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str) -> Any:
        try:
            return _KNOWN[module_name, global_name]
        except KeyError:
            message = f"{module_name}.{global_name} is not among the classes that are read"
            raise pickle.UnpicklingError(message) from None


def _no_text(_: str) -> str:
    return ""


def loads(data: bytes, text: Text = _no_text) -> Any:
    """Return the value that `dumps` wrote. Raises UnreadableError for anything else.

    `text` gives the text of a body's source by its path, when it is asked for: it is not among the bytes.
    """
    if data == _NOTHING:
        return ()
    try:
        return whole(_plain(data), text)
    except _MISREAD as error:
        raise UnreadableError(str(error)) from error


def html(data: bytes, urls: Sequence[str]) -> str | None:
    """Return the HTML of a body as `dumps` wrote it, if there is nothing in it but links, which have these URLs.

    Raises UnreadableError for what `dumps` did not write.
    """
    if data == _NOTHING:
        return ""
    try:
        return filled(_plain(data), urls)
    except _MISREAD as error:
        raise UnreadableError(str(error)) from error


def _plain(data: bytes) -> Any:
    if data[:1] == _MARSHALLED:
        return marshal.loads(memoryview(data)[1:])  # noqa: S302  (as of the store's sections, its checksum is right)
    return _Reader(io.BytesIO(data)).load()
