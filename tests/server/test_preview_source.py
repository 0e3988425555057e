"""The panel's scripts: typed, built of their source, and part of nothing that is published."""

from __future__ import annotations

import re
from pathlib import Path
from pkgutil import get_data

import pytest
from click.testing import CliRunner

from ctxsite.build.session import Session
from ctxsite.cli.main import main
from ctxsite.server.inject import bare, injected
from ctxsite.server.preview import EARLY, PANEL, script_url
from ctxsite.targets.engine import parts
from tests.selector.node import node, run, tool
from tests.server.preview_site import NOW

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = (EARLY, PANEL)
OURS = (b"__ctxsite", b"ctxsite-preview", b"ctxsite:preview", b"ctxsite:panel", b"Preview as", b"early.min.js")


def script(name: str) -> bytes:
    return get_data("ctxsite", f"server/panel/{name}") or b""


@pytest.mark.node
def test_types_are_right() -> None:
    run([tool("tsc"), "--project", "ctxsite/server/panel/tsconfig.json"])


@pytest.mark.node
def test_the_built_files_are_those_of_the_source() -> None:
    tool("esbuild")
    run([node(), "tools/panel.mjs", "--check"])


def test_nothing_of_it_is_in_a_build(tmp_path: Path) -> None:
    out = tmp_path / "public"
    done = CliRunner().invoke(
        main, ["build", "-s", str(ROOT / "example-site"), "-d", str(out), "--now", NOW.isoformat()]
    )
    assert done.exit_code == 0, done.output
    files = [path for path in out.rglob("*") if path.is_file()]
    assert len(files) > 90
    assert [(path.name, word) for path in files for word in OURS if word in path.read_bytes()] == []
    assert all(any(word in script(name) for word in OURS) for name in SCRIPTS)  # these words would give it away


def test_the_engine_is_composed_without_it() -> None:
    assert not [part.name for part in parts() if re.search("preview|panel|ctx=", part.name + part.code)]


def test_a_served_page_without_it_is_the_built_page() -> None:
    built = Session(ROOT / "example-site", jobs=1).build(NOW)
    pages = [artifact.data for path, artifact in built.files.items() if path.endswith(".html")]
    early, panel = script_url(EARLY), script_url(PANEL)
    served = [injected(page, "0" * 32, {}, (early,), (panel,)) for page in pages]
    assert all(early.encode() in page and panel.encode() in page for page in served)
    assert all(page.index(early.encode()) < page.find(b"<script>") for page in served if b"<script>" in page)
    assert [bare(page) for page in served] == pages
