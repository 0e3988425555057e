"""From a body's text to its pieces, rules included: `bodies` with the reader of rules, which takes long to import."""

from __future__ import annotations

from ctxsite.content.bodies import body_of
from ctxsite.content.branches import read_branches
from ctxsite.content.markdown.engine import ENGLISH, Engine, Labels
from ctxsite.content.markdown.highlighting import Highlighter
from ctxsite.diagnostics import Diagnostic
from ctxsite.model.body import Body
from ctxsite.rules.signals import Vocabulary
from ctxsite.source import SourceText


def compile_body(
    source: SourceText,
    start: int,
    engine: Engine,
    vocabulary: Vocabulary,
    highlighter: Highlighter | None = None,
    labels: Labels = ENGLISH,
) -> tuple[Body, tuple[Diagnostic, ...]]:
    """Compile the body that starts at offset `start` of a file; see `body_of`."""
    return body_of(source, start, engine, vocabulary, highlighter, labels, read_branches)
