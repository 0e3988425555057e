"""The TypeScript declarations: right for a script that uses all of them, and shipped beside the engine."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.selector.node import ROOT, run, tool

DECLARATIONS = ROOT / "ctxsite" / "selector" / "ctxsite.d.ts"
USAGE = Path(__file__).with_name("usage.ts")
SHIPPED = ("ctxsite.d.ts", "engine.json", "languages/offer.min.js", "fragments/load.min.js")


@pytest.mark.node
def test_a_script_that_uses_all_of_it() -> None:
    flags = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom", "--types", ""]
    run([tool("tsc"), *flags, "--ignoreConfig", str(DECLARATIONS), str(USAGE)])


def test_the_script_uses_every_name() -> None:
    members = re.findall(r"^  (?:readonly )?'?([a-z:]+)'?\??[:(]", DECLARATIONS.read_text("utf-8"), re.MULTILINE)
    assert len(members) >= 11
    used = USAGE.read_text("utf-8")
    assert [name for name in members if name not in used] == []


def test_it_is_in_the_wheel(tmp_path: Path) -> None:
    """Build a wheel of the package's files alone, as the project's settings say."""
    pytest.importorskip("hatchling")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("ctxsite", "themes"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    done = subprocess.run(build, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    names = ZipFile(wheel).namelist()
    assert {f"ctxsite/selector/{name}" for name in SHIPPED} <= set(names)
    assert not any("/selector/" in name and name.endswith(".py") for name in names)


def test_nothing_is_kept_out_of_the_wheel() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert settings["packages"] == ["ctxsite"]
    assert "exclude" not in settings
    assert all((ROOT / "ctxsite" / "selector" / name).is_file() for name in SHIPPED)
