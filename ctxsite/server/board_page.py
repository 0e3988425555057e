"""One page in one language, as the board shows it: its decisions, who sees what, and a context for each branch."""

from __future__ import annotations

from itertools import islice

from ctxsite.build.artifacts import Compiled
from ctxsite.build.who_sees_what import who_sees_what
from ctxsite.model.meta import DEFAULT
from ctxsite.model.page import Page, block_decisions
from ctxsite.rules.matrix import Matrix
from ctxsite.server.board_cells import fault_of, proved
from ctxsite.server.board_data import Json, TextOf
from ctxsite.server.preview_presets import Presets


def page_data(page: Page, compiled: Compiled, text_of: TextOf) -> Json:
    """Return a page's decisions: its own, whose name is empty, and its blocks', each with its table.

    A branch's context shows the branch on this page: a block's branch comes with a variant that has the block.
    """
    settings = compiled.settings
    languages = [settings.default_language, *settings.languages]
    presets = iter(Presets(compiled.proofs, settings.vocabulary, compiled.now, languages).of(page))
    own = page.decision()
    everywhere = (DEFAULT, *(variant.name for variant in page.variants))
    blocks = [(found.decision, found.variants) for found in block_decisions(page)]
    tables = who_sees_what(page, settings, compiled.now)
    decisions: list[Json] = []
    for (decision, variants), table in zip([*([(own, everywhere)] if own else []), *blocks], tables, strict=True):
        known = proved(decision, compiled.proofs)
        branches: list[Json] = []
        for preset in islice(presets, len(decision.branches) + 1):
            fault = fault_of(known.get(preset.branch))
            branches.append({
                "name": preset.branch,
                "when": preset.when,
                "fault": None if fault is None else str(fault),
                "context": None if preset.context is None else text_of(preset.context),
            })  # fmt: skip
        decisions.append({"name": decision.name, "in": list(variants), "branches": branches, "matrix": _matrix(table)})
    return {"id": page.key.id, "language": page.key.language, "decisions": decisions}


def _matrix(table: Matrix) -> Json:
    return {
        "columns": list(table.columns),
        "rows": [[*cells, shown] for cells, shown in table.rows],
        "complete": table.complete,
    }
