"""The editor's command line."""

from __future__ import annotations

import pytest

from ctxsite.server.editor import command


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("code -g", ["code", "-g", "/a b.md:3:7"]),
        ("vim +{line} {file}", ["vim", "+3", "/a b.md"]),
        ("emacs +{line}:{column} '{file}'", ["emacs", "+3:7", "/a b.md"]),
        ("'my editor' {file}", ["my editor", "/a b.md"]),
    ],
)
def test_commands(editor: str, words: list[str]) -> None:
    assert command(editor, "/a b.md", 3, 7) == words


def test_no_name_is_a_pattern() -> None:
    assert command("e {file} {line}", "/{line}$(id).md", 3, 7) == ["e", "/{line}$(id).md", "3"]
