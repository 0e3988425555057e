"""What a Markdown engine is to the rest: a name and a function from text to HTML.

The engines themselves are imported when one is asked for, because the libraries behind them take time to load.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from importlib import import_module
from typing import Protocol

from ctxsite.diagnostics import Diagnostic
from ctxsite.frozen import dataclass
from ctxsite.source import Span

COMMONMARK = "commonmark"
PYTHON_MARKDOWN = "python-markdown"
_MODULES = {
    COMMONMARK: "ctxsite.content.markdown.commonmark",
    PYTHON_MARKDOWN: "ctxsite.content.markdown.python_markdown",
}
ENGINES = tuple(_MODULES)


@dataclass(frozen=True, slots=True)
class Labels:
    """The few words that an engine adds to a text, in that text's language."""

    alerts: Mapping[str, str] = field(
        default_factory=lambda: {
            "note": "Note", "tip": "Tip", "important": "Important", "warning": "Warning", "caution": "Caution",
        }
    )  # fmt: skip
    footnotes: str = "Footnotes"
    back: str = "Back to the text"
    to_do: str = "To do"
    done: str = "Done"


ENGLISH = Labels()


class EngineError(Exception):
    """An extension that is not ours raised an exception on a text. The message names it."""


class Engine(Protocol):
    """A Markdown engine with its options.

    `identity` changes whenever the same text could give another HTML: name, version, options. `blank_lines` says
    that a block of HTML needs an empty line before and after it. `toc_marker` is a paragraph that asks for a
    table of contents, or an empty text.
    """

    @property
    def name(self) -> str:
        """Return the name under which the configuration chooses it."""
        ...

    @property
    def identity(self) -> str:
        """Return a text that is different for engines that may give different HTML."""
        ...

    @property
    def blank_lines(self) -> bool:
        """Tell whether a block of HTML must stand between empty lines."""
        ...

    @property
    def toc_marker(self) -> str:
        """Return the paragraph to replace with a table of contents; empty if there is none."""
        ...

    def html(self, text: str, prefix: str = "", labels: Labels = ENGLISH) -> str:
        """Return `text` as HTML. `prefix` goes into footnotes' ids, for a text that is one of several on a page.

        Raises `EngineError` if an extension fails.
        """
        ...


def make_engine(
    name: str = COMMONMARK,
    extensions: Sequence[str] | None = None,
    extension_configs: Mapping[str, Mapping[str, object]] | None = None,
    *,
    smart: bool = False,
    places: Mapping[str, Span] | None = None,
) -> tuple[Engine, tuple[Diagnostic, ...]]:
    """Make an engine by name with its extensions (None: the engine's usual ones) and their options.

    What is wrong with an extension is a diagnostic at its place (`places`, by the extension's name), and the
    engine goes without it. Raises `ValueError` for a name that is not in `ENGINES`.
    """
    if name not in _MODULES:
        msg = f"no Markdown engine is called {name!r}"
        raise ValueError(msg)
    made: tuple[Engine, tuple[Diagnostic, ...]] = import_module(_MODULES[name]).make(
        extensions, extension_configs or {}, smart=smart, places=places or {}
    )
    return made
