"""The walls of the house, beside those that import-linter holds."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "ctxsite").rglob("*.py"))
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc"}
READS = {"read_text", "read_bytes", "open", "scandir", "rglob", "glob", "iterdir", "stat"}
WRITES = {"write_text", "write_bytes", "mkdir", "unlink", "rmdir", "replace_file", "copyfile", "rmtree"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_there_are_modules() -> None:
    assert len(MODULES) > 40


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_the_wall_of_300_lines(module: Path) -> None:
    assert len(module.read_text("utf-8").splitlines()) <= 300


def test_no_drawers() -> None:
    assert [name(m) for m in MODULES if DRAWERS & {m.stem, m.parent.name}] == []


def calls(module: Path) -> set[str]:
    tree = ast.parse(module.read_text("utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            found.add(function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", ""))
    return found


def test_only_load_reads_and_only_publish_writes_and_only_cli_prints() -> None:
    """`cli` may also make files where making files is the command (`init`, `new`); `store` keeps its one file."""
    files = ("load", "copies", "first_output", "places", "publish", "renewal", "store", "writing")
    free = {f"ctxsite/build/{file}.py" for file in files}
    inside = [m for m in MODULES if name(m) not in free and not name(m).startswith("ctxsite/cli/")]
    offenders = {name(m): calls(m) & (READS | WRITES | {"print", "echo"}) for m in inside}
    assert {module: found for module, found in offenders.items() if found} == {}


def test_no_module_imports_inside_a_function_to_hide_a_circle() -> None:
    """Imports inside functions are for third-party packages that are slow to import; our own stand at the top."""
    offenders = [
        f"{name(module)}:{node.lineno}"
        for module in MODULES
        if not name(module).startswith("ctxsite/cli/")
        for function in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ctxsite")
    ]
    assert offenders == []
