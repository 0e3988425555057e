"""The board as JSON data: one compact document for the whole site, which the browser searches and filters.

What is as usual is left out: a cell without `outcomes` has only a default, which needs no context; texts of contexts
are numbered. `ctxsite/server/board/types.d.ts` says the same for the browser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ctxsite.build.artifacts import Compiled
from ctxsite.config.settings import Settings
from ctxsite.diagnostics import Diagnostic
from ctxsite.diagnostics.json import as_data
from ctxsite.frozen import dataclass
from ctxsite.model.address import Hosts
from ctxsite.model.meta import DEFAULT
from ctxsite.model.page import Kind, PageKey
from ctxsite.rules.witness import Witness
from ctxsite.server.board_cells import Cell, Mark, Outcome, cells_of
from ctxsite.server.lookup import local_name

TextOf = Callable[[Witness], str]
"""From a context to its text in an address."""

Json = dict[str, object]


def board_data(compiled: Compiled, text_of: TextOf) -> Json:
    """Return the board of a build: languages, a row for each page with a cell for each language, diagnostics."""
    settings = compiled.settings
    cells = cells_of(compiled)
    ids = sorted({key.id for key in cells})
    folders = {id_.partition("/")[0] for id_ in ids if "/" in id_}
    texts = _Texts(text_of)
    writer = _Writer(settings.hosts, texts)
    codes = list(settings.languages)
    rows = []
    for id_ in ids:
        found = [cells.get(PageKey(id_, code)) for code in codes]
        top = id_.partition("/")[0]
        kind = next((cell.page.kind for cell in found if cell is not None and cell.page is not None), Kind.PAGE)
        rows.append({
            "id": id_,
            "section": top if top in folders else "",
            "kind": str(kind),
            "cells": [None if cell is None else writer.cell(cell) for cell in found],
        })  # fmt: skip
    return {
        "title": settings.title,
        "now": compiled.now.isoformat(timespec="minutes"),
        "default": settings.default_language,
        "languages": [_language(code, settings) for code in codes],
        "pages": rows,
        "contexts": texts.listed,
        "problems": [*_problems(compiled.diagnostics, cells, ids, codes)],
    }


def _language(code: str, settings: Settings) -> Json:
    language, host = settings.languages[code], settings.hosts.of(settings.home(code))
    data: Json = {"code": code, "name": language.name, "dir": language.dir}
    return data if host is settings.hosts.main else {**data, "host": local_name(host)}


class _Texts:
    """Texts of contexts, numbered in the order in which they are first needed."""

    def __init__(self, text_of: TextOf) -> None:
        self._text_of = text_of
        self._numbers: dict[str, int] = {}

    def number(self, witness: Witness) -> int:
        return self._numbers.setdefault(self._text_of(witness), len(self._numbers))

    @property
    def listed(self) -> list[str]:
        return list(self._numbers)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes cells."""

    hosts: Hosts
    texts: _Texts

    def cell(self, cell: Cell) -> Json:
        data: Json = {"state": cell.state}
        page, document = cell.page, cell.document
        if page is not None:
            data |= {"title": page.meta.title, "url": self.hosts.url(page.address, page.address)}
            if page.fallback:
                data["shown"] = page.shown
        elif document is not None:
            data["title"] = document.front.meta.title
        if document is not None:
            data["file"] = document.path
        if cell.marks:
            data["marks"] = [str(mark) for mark in cell.marks]
            if (date := _date(cell)) is not None:
                data["date"] = date
        if cell.blocks:
            data["blocks"] = cell.blocks
        if cell.block_faults:
            data["blockFaults"] = [str(fault) for fault in cell.block_faults]
        outcomes = [self._outcome(outcome) for outcome in cell.outcomes]
        if outcomes and outcomes != [{"name": DEFAULT}]:
            data["outcomes"] = outcomes
        return data

    def _outcome(self, outcome: Outcome) -> Json:
        data: Json = {"name": outcome.name}
        if outcome.address is None:
            data["absent"] = True
        if outcome.state is not None:
            data["state"] = str(outcome.state)
        if outcome.fault is not None:
            data["fault"] = str(outcome.fault)
        if outcome.witness is not None:
            data["context"] = self.texts.number(outcome.witness)
        return data


def _date(cell: Cell) -> str | None:
    """Return the day that a mark is about: when a scheduled page is due, when an expired one ended."""
    document = cell.document
    if document is None:
        return None
    meta = document.front.meta
    day = meta.expiry_date if Mark.EXPIRED in cell.marks else meta.publish_date or meta.date
    return None if day is None else day.isoformat(timespec="minutes")


def _problems(
    diagnostics: tuple[Diagnostic, ...], cells: dict[PageKey, Cell], ids: list[str], codes: list[str]
) -> Iterator[Json]:
    """Yield diagnostics as data, each with the number of its row and of its language, where it is about one page."""
    rows = {id_: number for number, id_ in enumerate(ids)}
    owners: dict[str, PageKey] = {}
    for key, cell in cells.items():
        variants = cell.page.variants if cell.page is not None and not cell.page.fallback else ()
        for document in (cell.document, *(variant.document for variant in variants)):
            if document is not None:
                owners.setdefault(document.path, key)
    for diagnostic in diagnostics:
        owner = owners.get(diagnostic.location.path) if diagnostic.location is not None else None
        data = as_data(diagnostic)
        if owner is not None:
            data |= {"page": rows[owner.id], "language": codes.index(owner.language)}
        yield data
