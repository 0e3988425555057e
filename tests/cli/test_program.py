"""The program from start to end: exit codes, and that all it prints arrives, although the process ends at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "ctxsite"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--version"], 0), (["codes"], 0), (["check", "-s", "."], 1), (["nonsense"], 2), (["build", "--nonsense"], 2)],
)
def test_exit_codes(tmp_path: Path, arguments: list[str], code: int) -> None:
    done = subprocess.run([*PROGRAM, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert done.stderr if code else done.stdout


def test_everything_is_printed(tmp_path: Path) -> None:
    subprocess.run([*PROGRAM, "init", "site"], cwd=tmp_path, capture_output=True, check=True)
    done = subprocess.run(
        [*PROGRAM, "build", "-v", "-s", "site"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    files = [path for path in (tmp_path / "site" / "public").rglob("*") if path.is_file()]
    listed = [line for line in done.stdout.splitlines() if line.startswith("  ")]
    assert f": {len(files)} files written" in done.stdout
    assert {line.strip() for line in listed} == {
        path.relative_to(tmp_path / "site" / "public").as_posix() for path in files
    }


def test_a_reader_that_has_gone_is_no_traceback(tmp_path: Path) -> None:
    command = f"{' '.join(PROGRAM)} schema front-matter | true"
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


def test_what_goes_wrong_in_the_program_is_told(tmp_path: Path) -> None:
    code = (
        "import ctxsite.__main__ as program, ctxsite.cli.main as cli\n"
        "def fail(): raise RuntimeError('oops')\n"
        "cli.main = fail\n"
        "program.run()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "RuntimeError: oops" in done.stderr


def test_a_thread_that_is_running_may_end_its_work(tmp_path: Path) -> None:
    code = (
        "import threading, time, sys, ctxsite.__main__ as program, ctxsite.cli.main as cli\n"
        "def work(): time.sleep(0.1); print('done')\n"
        "def main(): threading.Thread(target=work).start(); sys.exit(0)\n"
        "cli.main = main\n"
        "program.run()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "done\n")
