"""Every mistake with languages gives its diagnostics, all in one run, without a traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from ctxsite.cli.main import main
from tests.i18n.bad_languages import BAD_LANGUAGES


@pytest.mark.parametrize("case", BAD_LANGUAGES)
def test_golden(case: str, make_site: Callable[..., Path], golden: Callable[[str, str], None]) -> None:
    root = make_site(BAD_LANGUAGES[case])
    done = CliRunner().invoke(main, ["check", "-s", str(root), "--now", "2026-11-22T12:00Z", "-j", "1"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    assert done.stderr, "something is said"
    golden(f"i18n/bad_languages/{case}.txt", done.stderr)
