"""docs/diagnostics.md and `ctxsite codes`: every code, as the registry has it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from ctxsite.cli.main import main
from ctxsite.config.read import read_settings
from ctxsite.diagnostics.codes import REGISTRY
from ctxsite.source import SourceText
from tests.docs.codes import examples, reference
from tests.docs.pages import DOCS, anchors, blocks, text_of


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["codes", *arguments])


def test_reference(documented: Callable[[str, str, str], None]) -> None:
    documented("diagnostics.md", "codes", reference())


def test_every_code_has_an_example() -> None:
    assert set(REGISTRY) - set(examples()) == set()


def test_every_code_can_be_linked_to() -> None:
    assert {f"{code.id}-{code.name}".lower() for code in REGISTRY.values()} <= anchors(text_of(DOCS / "diagnostics.md"))


def test_names_are_different() -> None:
    assert len({code.name for code in REGISTRY.values()}) == len(REGISTRY)


def test_the_example_of_severities_is_valid() -> None:
    (example,) = blocks(text_of(DOCS / "diagnostics.md"), "yaml")
    settings, diagnostics = read_settings(SourceText("ctxsite.yaml", example.text))
    assert not diagnostics
    assert settings is not None
    assert dict(settings.severities) == {"CTX420": "error", "CTX305": "off"}


def test_list() -> None:
    assert [line.split()[0] for line in run().stdout.splitlines()] == list(REGISTRY)


@pytest.mark.parametrize("word", ["CTX300", "ctx300", "300", "broken-link"])
def test_explained(word: str) -> None:
    result = run(word)
    assert result.exit_code == 0
    assert result.stdout.startswith("CTX300 broken-link (error)\n\n")
    assert result.stdout.partition("\n\n")[2].split() == REGISTRY["CTX300"].explanation.split()


def test_json() -> None:
    code = REGISTRY["CTX300"]
    expected = {"code": code.id, "name": code.name, "severity": "error", "explanation": code.explanation}
    assert json.loads(run("--json", "CTX300").stdout) == [expected]


def test_unknown() -> None:
    result = run("broken-lnk")
    assert result.exit_code == 2
    assert "did you mean `broken-link`?" in result.stderr
