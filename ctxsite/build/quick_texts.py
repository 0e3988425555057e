"""Texts of pages that have changed, compiled for a quick build."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from ctxsite.build.codec import dumps, loads
from ctxsite.build.compiling import Compiler
from ctxsite.build.labels import labels_in
from ctxsite.build.load import read_source, text_digest
from ctxsite.build.memory import halves
from ctxsite.build.quick_tools import Tools
from ctxsite.build.recall import Recalled, UncertainError
from ctxsite.content.markdown.engine import make_engine
from ctxsite.model.document import Document
from ctxsite.model.meta import FrontMatter
from ctxsite.source import SourceText

_OPENING = re.compile(r"(?:---|\+\+\+)[ \t]*\n")


def compiled_again(
    recalled: Recalled, root: Path, changed: Sequence[str], tools: Tools | None
) -> Iterator[tuple[Document, Document, bytes]]:
    """Compile those of the files whose text is another; yield each document as it was, as it is, and its body.

    Raises UncertainError where there is, or was, something to say of one.
    """
    compiler: Compiler | None = None
    for path in changed:
        known = recalled.digests.get(path)
        source, _ = read_source(root, path)
        raw = recalled.kept.blob(f"head {path}")
        if known is None or source is None or raw is None:
            raise UncertainError
        if text_digest(source) == known:
            continue
        head, said = halves(raw)
        before: Document = loads(head)
        compiler = compiler or _compiler(recalled, tools)
        after, pieces, found = compiler(source, *_front(recalled, source, before, tools))
        if loads(said) or found:
            raise UncertainError
        yield before, after, dumps(pieces)


def _compiler(recalled: Recalled, tools: Tools | None) -> Compiler:
    site = recalled.frame.site
    how = site.settings.markdown
    engine, _ = make_engine(how.engine, how.extensions, how.extension_configs, smart=how.smart, places=how.places)
    labels = {code: labels_in(strings) for code, strings in site.translations.items()}
    return Compiler(site.settings, engine, labels, tools.read_branches if tools else _no_rules)


def _front(recalled: Recalled, source: SourceText, before: Document, tools: Tools | None) -> tuple[FrontMatter, int]:
    """Return a file's front matter and where it ends: what it was, if its text is."""
    head = before.start.source.text
    same = source.text.startswith(head) and _OPENING.match(head) and head.endswith("\n")
    if same and not before.has_blocks:
        return before.front, len(head)
    if tools is None:
        raise UncertainError
    front, start, said = tools.front(source, recalled.frame)
    if said:
        raise UncertainError
    return front, start


def _no_rules(*_: object) -> NoReturn:
    raise UncertainError
