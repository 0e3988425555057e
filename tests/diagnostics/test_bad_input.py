"""Every mistake gives its diagnostics, all in one run; exit 1, nothing written, no traceback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ctxsite.cli.main import main
from ctxsite.diagnostics.codes import REGISTRY
from tests.diagnostics.bad_sites import BAD_SITES

NOW = "2026-11-22T12:00Z"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.mark.parametrize("case", BAD_SITES)
def test_golden(case: str, make_site: Callable[..., Path], golden: Callable[[str, str], None]) -> None:
    root = make_site(BAD_SITES[case])
    before = {path: path.lstat().st_mtime_ns for path in root.rglob("*")}
    text = run("build", "-s", str(root), "--now", NOW, "-j", "1")
    data = run("build", "-s", str(root), "--now", NOW, "-j", "1", "--json")
    assert (text.exit_code, data.exit_code) == (1, 1), text.output
    assert text.exception is None or isinstance(text.exception, SystemExit)
    assert "Traceback" not in text.output
    assert {path: path.lstat().st_mtime_ns for path in root.rglob("*")} == before, "nothing is written"
    found = json.loads(data.stdout)["diagnostics"]
    assert found
    assert {item["code"] for item in found} <= set(REGISTRY)
    golden(f"bad_input/{case}.txt", text.stderr)
    golden(f"bad_input/{case}.json", json.dumps(found, ensure_ascii=False, indent=2) + "\n")


@pytest.mark.parametrize("case", BAD_SITES)
def test_check_says_what_build_says(case: str, make_site: Callable[..., Path]) -> None:
    root = make_site(BAD_SITES[case])
    said = [run(command, "-s", str(root), "--now", NOW, "-j", "1").stderr for command in ("build", "check")]
    assert said[0] == said[1]


def test_all_causes_in_one_run(make_site: Callable[..., Path]) -> None:
    names = ["broken-yaml", "wrong-type", "impossible-date", "broken-link", "unknown-component", "invalid-utf8"]
    files: dict[str, str | bytes | Path] = {"ctxsite.yaml": "title: Test\n"}
    for name in names:
        source = BAD_SITES[name]["content/index.md"]
        files[f"content/{name}.md"] = source
    found = json.loads(run("check", "-s", str(make_site(files)), "--json", "--now", NOW).stdout)["diagnostics"]
    assert {item["location"]["path"] for item in found if item["location"]} == {f"content/{n}.md" for n in names}
