"""Generated parts of the documentation, compared like golden files, after those."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, parts, text_of, with_part


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run this folder's tests last: under `--regenerate` they read golden files that others write."""
    here = Path(__file__).parent
    items.sort(key=lambda item: here in item.path.parents)


@pytest.fixture
def documented(request: pytest.FixtureRequest) -> Callable[[str, str, str], None]:
    """Compare a generated part of a page in `docs/`, or write it under `--regenerate`."""

    def check(page: str, part: str, text: str) -> None:
        path = DOCS / page
        written = text_of(path)
        assert part in parts(written), f"docs/{page} has no part `<!-- generated: {part} -->`"
        if request.config.getoption("--regenerate"):
            path.write_text(with_part(written, part, text), encoding="utf-8", newline="\n")
            return
        assert parts(written)[part] == text, "write it anew with `pytest tests/docs --regenerate`"

    return check
