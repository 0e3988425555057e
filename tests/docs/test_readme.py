"""The README's tour works as it stands there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from ctxsite.cli.main import main
from tests.docs.pages import ROOT, blocks, text_of
from tests.docs.sessions import Session

PAGE = text_of(ROOT / "README.md")
TOUR = PAGE.partition("## Five minutes")[2].partition("\n## ")[0]
NOW = ["--now", "2026-12-24"]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Follow the tour's first commands; then add the page it shows, in the site's folder."""
    first = blocks(TOUR, "sh")[0]
    session = Session(tmp_path, monkeypatch)
    for line in first.text.splitlines():
        assert "error" not in session.run(line)
    assert (tmp_path / "my-site/public/index.html").is_file()
    (page,) = blocks(TOUR, "markdown")
    (tmp_path / "my-site/content/tariffs.md").write_text(page.text, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "my-site")
    return tmp_path / "my-site"


def test_tour(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, asked = blocks(TOUR, "sh")
    session = Session(site, monkeypatch)
    listed, explained, checked = (session.run(line) for line in asked.text.splitlines())
    assert re.search(r"^en +/tariffs/ +business \| greeting: when-1$", listed, re.MULTILINE)
    assert "The page: business" in explained
    assert "Block greeting: when-1" in explained
    assert "no problems" in checked


def test_diagnostic(site: Path) -> None:
    (shown,) = (block.text for block in blocks(TOUR) if block.text.startswith("error["))
    page = site / "content/tariffs.md"
    page.write_text(page.read_text().replace("segment: business", "segment: busines"), encoding="utf-8")
    result = CliRunner().invoke(main, ["check", *NOW])
    assert result.exit_code == 1
    assert shown in result.stderr


def test_settings(site: Path) -> None:
    """The settings that the tour shows are a site's: of the page it shows, and nothing else."""
    (settings,) = blocks(TOUR, "yaml")
    (site / "ctxsite.yaml").write_text(settings.text, encoding="utf-8")
    for path in (site / "content").rglob("*.md"):
        if path.name != "tariffs.md":
            path.unlink()
    result = CliRunner().invoke(main, ["check", *NOW])
    assert result.exit_code == 0, result.output


def test_file_names_in_the_text(site: Path) -> None:
    """The names of variants' and translations' files are those that a build looks for."""
    names = re.findall(r"`(tariffs[@.][\w@.]+)`", TOUR)
    assert names == ["tariffs@business.md", "tariffs.de.md", "tariffs@business.de.md"]
    for name in names:
        (site / "content" / name).write_text(f"---\ntitle: T\n---\nOther: {name}.\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["build", "--strict", *NOW])
    assert result.exit_code == 0, result.output
    for address in ("tariffs/~business", "de/tariffs", "de/tariffs/~business"):
        assert "Other: " in (site / "public" / address / "index.html").read_text()


@pytest.mark.parametrize("name", ["run-example", "run-tests"])
def test_the_marked_commands_are_those_that_continuous_integration_runs(name: str) -> None:
    (line,) = (line for line in text_of(ROOT / ".ci/run").splitlines() if f"<!-- {name} -->" in line)
    script = re.search(r'\$\((.*)\)"$', line)
    assert script is not None
    found = subprocess.run(["bash", "-euc", script[1]], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    marked = PAGE.partition(f"<!-- {name} -->\n")[2].partition(f"<!-- /{name} -->")[0]
    (block,) = blocks(marked, "sh")
    assert found.strip() == block.text.strip()
    assert ".venv" in found
