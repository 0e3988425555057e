"""docs/commands.md: the reference is click's own, and the examples print what they say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ctxsite.cli.main import COMMANDS
from tests.docs.pages import DOCS, blocks, parts, text_of
from tests.docs.reference import command_reference, overview
from tests.docs.sessions import Session, commands, played, stands_for

PAGE = DOCS / "commands.md"


def test_overview(documented: Callable[[str, str, str], None]) -> None:
    documented("commands.md", "commands", overview())


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_reference(name: str, documented: Callable[[str, str, str], None]) -> None:
    documented("commands.md", f"command {name}", command_reference(name))


def test_every_command_has_an_example() -> None:
    shown = {line.split()[1] for block in blocks(text_of(PAGE), "console") for line, _ in commands(block.text)}
    assert shown >= set(COMMANDS)
    assert {f"command {name}" for name in COMMANDS} | {"commands"} == set(parts(text_of(PAGE)))


def test_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    page = text_of(PAGE)
    now = played(page, Session(tmp_path, monkeypatch), keep=stands_for)
    if request.config.getoption("--regenerate"):
        PAGE.write_text(now, encoding="utf-8", newline="\n")
    else:
        assert now == page


def test_an_example_that_prints_something_else_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = "```console\n$ ctxsite codes 101\nNothing.\n```\n"
    assert "yaml-syntax" in played(page, Session(tmp_path, monkeypatch), keep=stands_for)
