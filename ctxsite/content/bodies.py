"""From a body's text to its pieces: `body_of`, which needs to know nothing of the rest of the site.

Directives are read from the text first (`directives`), each part becomes HTML by the Markdown engine (`drafts`),
and the HTML is searched once for headings, links, code and the directives' places (`finish`).

Inline decisions are named `inline-1`, `inline-2`, … in their order, leaving out names that blocks have. A value
from the site's data is not known yet, so headings' ids, the table of contents and the summary go without it.
"""

from __future__ import annotations

from ctxsite.content.directives.scan import scan
from ctxsite.content.drafts import TOC, draft
from ctxsite.content.finish import BranchReader, Finisher
from ctxsite.content.markdown.engine import Engine, Labels
from ctxsite.content.markdown.highlighting import Highlighter
from ctxsite.content.prose import decisions, summary
from ctxsite.content.slugs import Ids
from ctxsite.content.tags import ids_in
from ctxsite.content.toc import fill_toc, toc_html
from ctxsite.diagnostics import Diagnostic, in_order
from ctxsite.model.body import Body
from ctxsite.model.words import default_html
from ctxsite.rules.signals import Vocabulary
from ctxsite.source import SourceText


def body_of(
    source: SourceText,
    start: int,
    engine: Engine,
    vocabulary: Vocabulary,
    highlighter: Highlighter | None,
    labels: Labels,
    read_branches: BranchReader,
) -> tuple[Body, tuple[Diagnostic, ...]]:
    """Compile the body that starts at offset `start` of a file.

    `highlighter` colours code blocks (None: they stay plain). `labels` are the few words that Markdown adds, in the
    text's language, `read_branches` reads whom the branches of blocks are for. A body with mistakes comes with
    diagnostics and without its faulty parts.
    """
    flow, found = scan(source, start)
    drafts, failed = draft(source, flow, engine, labels)
    body, marker = drafts.parts[0], f"<p>{engine.toc_marker}</p>"
    if engine.toc_marker and marker in body.html:
        body.html = body.html.replace(marker, TOC, 1)
    ids = Ids(id_ for part in drafts.parts for id_ in ids_in(part.html))
    finisher = Finisher(source, start, drafts, vocabulary, highlighter, ids, read_branches)
    pieces = finisher.finish(body)
    if not failed and len(drafts.entries) > 0:
        finisher.lost()
    if TOC in body.html:
        pieces = fill_toc(pieces, TOC, toc_html(finisher.headings))
    html = default_html(pieces)
    blocks = tuple(decisions(pieces)) if drafts.entries else ()
    compiled = Body(pieces, tuple(finisher.headings), finisher.ids.all(), blocks, summary(html))
    return compiled, in_order(dict.fromkeys((*found, *failed, *finisher.diagnostics)))
