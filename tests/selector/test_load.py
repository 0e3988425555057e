"""The script that loads fragments: it asks once, for what is due, and leaves the default whatever goes wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ctxsite.targets.loader import loader
from tests.selector.node import node, run

pytestmark = pytest.mark.node

HARNESS = Path(__file__).with_name("load.mjs")
STUBS = ["business press", "winter"]
HERE = {"status": 200, "whole": True}
UNTOUCHED: list[list[Any]] = [["", None], ["", None]]

CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "it comes": (
        {"branch": "press", "answer": HERE},
        {"asked": [["GET", "/business press/"]], "left": [["business press", "content"], ["", None]], "placed": 1},
    ),
    "the line runs again, as it does once the document is complete": (
        {"branch": "winter", "answer": HERE, "again": 3},
        {"asked": [["GET", "/winter/"]], "left": [["", None], ["winter", "content"]], "placed": 1},
    ),
    "it is lost": (
        {"branch": "winter", "answer": {"status": 404, "whole": True}},
        {"asked": [["GET", "/winter/"]], "left": [["", None]], "placed": 1},
    ),
    "it is not whole": (
        {"branch": "winter", "answer": {"status": 200}},
        {"asked": [["GET", "/winter/"]], "left": [["", None]], "placed": 1},
    ),
    "the page is left": (
        {"branch": "winter", "answer": "leave"},
        {"asked": [["GET", "/winter/"]], "left": [["", None]], "placed": 1},
    ),
    "nothing comes": (
        {"branch": "winter"},
        {"asked": [["GET", "/winter/"]], "left": UNTOUCHED, "placed": 0, "waits": True, "listeners": 1},
    ),
    "the default is due": ({"branch": "default"}, {"asked": [], "left": UNTOUCHED, "placed": 1, "waiting": False}),
    "another one is due": ({"branch": "evening"}, {"asked": [], "left": UNTOUCHED, "placed": 1, "waiting": False}),
    "nothing is decided yet": ({}, {"asked": [], "left": UNTOUCHED, "placed": 1, "waiting": False}),
    "the engine did not run": (
        {"engine": False},
        {"asked": [], "left": UNTOUCHED, "placed": 0, "waiting": False},
    ),
}


def test_what_becomes_of_a_slot(tmp_path: Path) -> None:
    (tmp_path / "load.js").write_text(loader(), encoding="utf-8")
    cases = "".join(json.dumps({"stubs": STUBS, **given}) + "\n" for given, _ in CASES.values())
    (tmp_path / "cases.jsonl").write_text(cases, encoding="utf-8")
    said = run([node(), str(HARNESS), str(tmp_path / "load.js"), str(tmp_path / "cases.jsonl")]).splitlines()
    usual = {"waiting": True, "waits": False, "listeners": 0}
    got = {name: json.loads(line) for name, line in zip(CASES, said, strict=True)}
    assert got == {name: usual | wanted for name, (_, wanted) in CASES.items()}
