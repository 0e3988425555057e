"""Every code of the registry is met by a golden file; those of whole sites here, and what only a machine can do."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from ctxsite.build import load
from ctxsite.cli.main import main
from ctxsite.diagnostics.codes import REGISTRY
from tests.conftest import GOLDEN
from tests.diagnostics.bad_sites import page
from tests.diagnostics.more_bad_sites import MORE_BAD_SITES

NOW = "2026-11-22T12:00Z"


def said(root: Path, *options: str) -> str:
    """Return what a build in this folder says; it ends as its diagnostics ask for."""
    result = CliRunner().invoke(main, ["build", "-s", str(root), "--now", NOW, "-j", "1", *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    assert result.exit_code == ("error[" in result.stderr)
    return result.stderr


@pytest.mark.parametrize("case", MORE_BAD_SITES)
def test_golden(case: str, make_site: Callable[..., Path], golden: Callable[[str, str], None]) -> None:
    root = make_site(MORE_BAD_SITES[case])
    text = said(root)
    assert "[CTX" in text
    golden(f"more_bad_input/{case}.txt", text)


def test_a_file_that_no_build_wrote(make_site: Callable[..., Path], golden: Callable[[str, str], None]) -> None:
    root = make_site({"content/index.md": page(), "public/index.html": "mine"})
    golden("more_bad_input/foreign-file.txt", said(root))
    assert (root / "public/index.html").read_text() == "mine"


def test_an_extension_that_fails(
    make_site: Callable[..., Path], golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lines = "from markdown.extensions import Extension\nfrom markdown.preprocessors import Preprocessor\n"
    lines += "class Failing(Preprocessor):\n    def run(self, lines):\n        raise ValueError('no')\n"
    lines += "class Own(Extension):\n    def extendMarkdown(self, md):\n"
    lines += "        md.preprocessors.register(Failing(md), 'failing', 1)\n"
    lines += "def makeExtension(**options):\n    return Own(**options)\n"
    (tmp_path / "failing_extension.py").write_text(lines)
    monkeypatch.syspath_prepend(tmp_path)
    config = "title: Test\nmarkdown: {engine: python-markdown, extensions: [failing_extension]}\n"
    text = said(make_site({"ctxsite.yaml": config, "content/index.md": page()}))
    golden("more_bad_input/failing-extension.txt", text)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission(make_site: Callable[..., Path]) -> None:
    root = make_site({"content/index.md": page()})
    (root / "content/index.md").chmod(0)
    assert "error[CTX141]: cannot read this file" in said(root)


def test_a_file_that_cannot_be_read(
    make_site: Callable[..., Path], golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str) -> bytes:
        raise PermissionError(13, "Permission denied", path)

    root = make_site({"content/index.md": page()})
    monkeypatch.setattr(load, "file_bytes", refuse)
    golden("more_bad_input/unreadable-file.txt", said(root))


def test_every_code_is_in_a_golden_file() -> None:
    met = {code for path in GOLDEN.rglob("*.txt") for code in re.findall(r"CTX\d+", path.read_text(encoding="utf-8"))}
    assert set(REGISTRY) - met == set()
