"""The same sources give the same bytes, whatever the machine, the workers, the time zone or the language."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ENVIRONMENTS = [
    {"TZ": "UTC", "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"},
    {"TZ": "Asia/Kolkata", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "America/St_Johns", "LANG": "C", "PYTHONHASHSEED": "4242", "PYTHONUTF8": "0"},
]


def build(target: Path, jobs: str, environment: dict[str, str]) -> dict[str, str]:
    command = [sys.executable, "-m", "ctxsite", "build", "-s", str(ROOT / "example-site"), "-d", str(target)]
    command += ["--now", "2026-11-22T12:00Z", "-q", "-j", jobs]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **environment})
    files = sorted(file for file in target.rglob("*") if file.is_file())
    return {file.relative_to(target).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return build(tmp_path_factory.mktemp("reference"), "1", ENVIRONMENTS[0])


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("environment", ENVIRONMENTS[1:], ids=lambda environment: environment["TZ"])
def test_same_bytes(tmp_path: Path, reference: dict[str, str], jobs: str, environment: dict[str, str]) -> None:
    assert len(reference) > 30
    assert build(tmp_path / "out", jobs, environment) == reference


def test_more_workers(tmp_path: Path, reference: dict[str, str]) -> None:
    assert build(tmp_path / "out", "2", ENVIRONMENTS[0]) == reference
