"""A compiled body as HTML: data looked up, components called, decisions written out with their alternatives."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from ctxsite.diagnostics import Diagnostic, did_you_mean
from ctxsite.diagnostics.codes_templates import DATA_FORMAT, DATA_NOT_A_VALUE, UNKNOWN_DATA
from ctxsite.i18n.formats import formatted
from ctxsite.model.body import Component, DataValue, Html, Piece, Vary
from ctxsite.render.regions import Alternative, closing, grouped, middle, opening
from ctxsite.render.slots import DIV, SPAN
from ctxsite.rules.ast import Decision


@dataclass(slots=True)
class BodyWriter:
    """Writes pieces as HTML, and notes what it finds on the way.

    `call` renders a component, given the HTML of its body. With `slot_line` None no decision is written, only
    each block's default: so is a body that stands on another page than its own. `language` is that of the text, `chain`
    what stands in for it; a value that is a mapping of `known` languages gives the nearest.
    """

    data: Mapping[str, object]
    call: Callable[[Component, str], str]
    slot_line: str | None
    language: str = "en"
    chain: Callable[[], Sequence[str]] = tuple
    known: Collection[str] = ()
    decisions: list[Decision] = field(default_factory=list)
    alternatives: list[Alternative] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def write(self, pieces: Sequence[Piece]) -> str:
        """Return the HTML of pieces whose links have been resolved."""
        return "".join(self._piece(piece) for piece in pieces)

    def _piece(self, piece: Piece) -> str:
        if isinstance(piece, Html):
            return piece.text
        if isinstance(piece, Vary):
            return self._vary(piece)
        if isinstance(piece, Component):
            return self.call(piece, self.write(piece.body))
        if isinstance(piece, DataValue):
            return self._data(piece)
        raise AssertionError(f"the link {piece.target!r} has not been resolved")

    def _vary(self, vary: Vary) -> str:
        if self.slot_line is None:
            return self.write(vary.default)
        self.decisions.append(
            Decision(vary.name, tuple((branch.name, branch.when) for branch in vary.alternatives)),
        )
        default = self.write(vary.default)
        branches = [(branch.name, self.write(branch.body)) for branch in vary.alternatives]
        tag = SPAN if vary.inline else DIV
        alternatives = grouped(branches)
        self.alternatives += alternatives
        templates = "".join(alternative.element() for alternative in alternatives)
        return opening("vary", vary.name, tag) + templates + middle(tag, self.slot_line) + default + closing(tag)

    def _data(self, wanted: DataValue) -> str:
        value: object = self.data
        for step in wanted.path.split("."):
            if isinstance(value, Mapping) and step in value:
                value = value[step]
            elif isinstance(value, Sequence) and not isinstance(value, str) and step.isdecimal():
                value = value[int(step)] if int(step) < len(value) else _NOTHING
            else:
                message = f"there is no `{step}` in `{wanted.path}`" if "." in wanted.path else f"no data `{step}`"
                return self._no_data(wanted, message, step, value)
            if value is _NOTHING:
                return self._no_data(wanted, f"the list in `{wanted.path}` ends before `{step}`", step, None)
        value = self._in_language(value)
        if value is None:
            return self._no_data(wanted, f"`{wanted.path}` is empty", "", None)
        if wanted.format is not None:
            try:
                return escape(formatted(value, self.language, wanted.format))
            except ValueError as error:
                self.diagnostics.append(DATA_FORMAT.at(wanted.span, str(error)))
                return ""
        if isinstance(value, (Mapping, Sequence)) and not isinstance(value, str):
            kind, keys = ("mapping", list(value)) if isinstance(value, Mapping) else ("list", [])
            hint = f"name a value in it, such as `{wanted.path}.{keys[0] if keys else 0}`"
            message = f"`{wanted.path}` is a {kind}, not a value"
            self.diagnostics.append(DATA_NOT_A_VALUE.at(wanted.span, message, help=hint))
            return ""
        return escape(str(value).lower() if isinstance(value, bool) else str(value))

    def _in_language(self, value: object) -> object:
        """Return the text of the nearest language, if a value is a mapping of languages."""
        if isinstance(value, Mapping) and value and all(key in self.known for key in value):
            return next((value[code] for code in (self.language, *self.chain()) if code in value), None)
        return value

    def _no_data(self, wanted: DataValue, message: str, step: str, among: object) -> str:
        advice = did_you_mean(step, [str(key) for key in among]) if isinstance(among, Mapping) else None
        self.diagnostics.append(UNKNOWN_DATA.at(wanted.span, message, help=advice))
        return ""


_NOTHING = object()
