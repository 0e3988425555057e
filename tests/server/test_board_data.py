"""The board's data: every state is there for a site that has it, and says the same as `explain` and `i18n status`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ctxsite.build.artifacts import Compiled
from ctxsite.cli.main import main
from ctxsite.server.board_data import board_data
from ctxsite.server.board_page import page_data
from ctxsite.server.preview_context import context_from, context_text
from tests.server import board_site
from tests.server.board_site import NOW

EXAMPLE = Path(__file__).resolve().parents[2] / "example-site"


def texts(compiled: Compiled) -> Callable[[Any], str]:
    return lambda context: context_text(context, compiled.settings.vocabulary)


def board_of(compiled: Compiled) -> Any:
    """Return the board as the browser gets it."""
    return json.loads(json.dumps(board_data(compiled, texts(compiled))))


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return board_of(board_site.compiled(board_site.write(tmp_path_factory.mktemp("states"))))


@pytest.fixture(scope="module")
def example() -> Compiled:
    return board_site.compiled(EXAMPLE)


def cell(board: Any, id_: str, language: str) -> Any:
    column = [found["code"] for found in board["languages"]].index(language)
    return next(row for row in board["pages"] if row["id"] == id_)["cells"][column]


def outcomes(found: Any) -> dict[str, tuple[str | None, str | None, bool]]:
    """Return each outcome's state, fault, and whether there is a context that gets it."""
    return {
        outcome["name"]: (outcome.get("state"), outcome.get("fault"), "context" in outcome)
        for outcome in found.get("outcomes", [])
    }


CELLS = {
    ("", "en"): "source",
    ("", "de"): "current",
    ("tariffs", "de"): "outdated",
    ("rules", "de"): "unmarked",
    ("news", "en"): "generated",
    ("news/only", "de"): "missing",
}


@pytest.mark.parametrize("where", CELLS)
def test_translations(where: tuple[str, str], states: Any) -> None:
    assert cell(states, *where)["state"] == CELLS[where]


def test_a_missing_translation_says_what_is_shown_instead(states: Any) -> None:
    found = cell(states, "news/only", "de")
    assert (found["shown"], found["url"]) == ("en", "/de/news/only/")
    assert "file" not in found


MARKS = {
    "news/draft": (["draft"], None),
    "news/soon": (["scheduled"], "2027-01-01T00:00+00:00"),
    "news/old": (["expired"], "2025-01-01T00:00+00:00"),
}


@pytest.mark.parametrize("id_", MARKS)
def test_what_is_not_published(id_: str, states: Any) -> None:
    found = cell(states, id_, "en")
    assert (found["marks"], found.get("date")) == MARKS[id_]
    assert "url" not in found
    assert cell(states, id_, "de") is None


def test_variants(states: Any) -> None:
    assert outcomes(cell(states, "tariffs", "en")) == {
        "default": (None, None, True),
        "business": ("source", None, True),
        "night": (None, None, True),
    }
    assert outcomes(cell(states, "rules", "en")) == {
        "default": (None, None, True),
        "christmas": (None, "over", True),
        "unclocked": (None, "clockless", True),
        "everybody": (None, None, True),
    }


def test_variants_without_a_translation(states: Any) -> None:
    assert outcomes(cell(states, "tariffs", "de")) == {
        "default": (None, None, False),
        "business": ("missing", None, False),
        "night": ("missing", None, False),
    }


def test_what_nobody_can_get(tmp_path: Path) -> None:
    site = board_site.write(tmp_path, {**board_site.FILES, "content/rules.md": board_site.ERRORS})
    board = board_of(board_site.compiled(site))
    found = cell(board, "rules", "en")
    assert outcomes(found) == {
        "default": (None, None, True),
        "nobody": (None, "unreachable", False),
        "all": (None, None, True),
        "none": (None, "unreachable", False),
    }
    assert (found["blocks"], found["blockFaults"]) == (1, ["unreachable"])


def test_problems_are_at_their_page(states: Any) -> None:
    said = {
        (states["pages"][found["page"]]["id"], states["languages"][found["language"]]["code"], found["code"])
        for found in states["problems"]
    }
    assert {("rules", "en", "CTX254"), ("rules", "en", "CTX255"), ("tariffs", "de", "CTX510")} <= said
    over = next(found for found in states["problems"] if found["code"] == "CTX254")
    assert (over["location"]["path"], over["location"]["line"]) == ("content/rules.md", 4)


def test_a_language_on_a_host_of_its_own(tmp_path: Path) -> None:
    settings = board_site.CONFIGURATION.replace("title: States", "title: States\nbase_url: https://states.example/")
    settings = settings.replace("{name: Deutsch}", "{name: Deutsch, base_url: 'https://states.example.de/'}")
    board = board_of(board_site.compiled(board_site.write(tmp_path, {**board_site.FILES, "ctxsite.yaml": settings})))
    assert [language.get("host") for language in board["languages"]] == [None, "states.example.de.localhost"]
    assert cell(board, "tariffs", "de")["url"] == "/tariffs/"


def test_the_same_counts_as_the_status_of_translations(example: Compiled) -> None:
    board = board_of(example)
    done = CliRunner().invoke(main, ["i18n", "status", "-s", str(EXAMPLE), "--now", NOW, "--json"])
    assert done.exit_code == 0, done.output
    status = json.loads(done.output)
    for code, language in status["languages"].items():
        cells = [found for row in board["pages"] if (found := row["cells"][_column(board, code)]) is not None]
        named = [found["state"] for found in cells]
        named += [one["state"] for found in cells for one in found.get("outcomes", []) if "state" in one]
        for state in ("missing", "outdated", "unmarked"):
            assert named.count(state) == sum(section[state] for section in language["sections"].values())


def _column(board: Any, code: str) -> int:
    return [found["code"] for found in board["languages"]].index(code)


def explained(address: str, context: object) -> Any:
    done = CliRunner().invoke(
        main, ["explain", address, "-s", str(EXAMPLE), "--now", NOW, "--json", "--context", json.dumps(context)]
    )
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def test_every_cell_has_a_context_that_explain_agrees_with(example: Compiled) -> None:
    board, vocabulary = board_of(example), example.settings.vocabulary
    checked = 0
    for row in board["pages"]:
        for found in row["cells"]:
            for outcome in (found or {}).get("outcomes", []):
                if "context" in outcome:
                    context = context_from(board["contexts"][outcome["context"]], vocabulary)
                    page = example.sitemap.by_address[found_address(example, found["url"])]
                    assert explained(page.address, context)["variant"] == outcome["name"]
                    checked += 1
    assert checked > 20


def found_address(compiled: Compiled, url: str) -> str:
    return next(
        page.address for page in compiled.sitemap.pages if compiled.settings.hosts.main.url(page.address) == url
    )


def test_every_branch_of_a_block_has_one_too(example: Compiled) -> None:
    vocabulary = example.settings.vocabulary
    checked = 0
    for page in example.sitemap.pages:
        if page.key.language != "en":
            continue
        for decision in json.loads(json.dumps(page_data(page, example, texts(example))))["decisions"]:
            for branch in decision["branches"]:
                assert branch["context"] is not None, (page.address, decision["name"], branch)
                answer = explained(page.address, context_from(branch["context"], vocabulary))
                shown = answer["blocks"][decision["name"]] if decision["name"] else answer["variant"]
                assert shown == branch["name"]
                assert answer["variant"] in decision["in"]
                checked += 1
    assert checked > 30


def test_the_same_tables_as_explain(example: Compiled) -> None:
    for address in ("/", "/tariffs/", "/service/contact/", "/about/"):
        done = CliRunner().invoke(main, ["explain", address, "-s", str(EXAMPLE), "--now", NOW, "--matrix", "--json"])
        told = json.loads(done.output)["matrices"]
        data = json.loads(json.dumps(page_data(example.sitemap.by_address[address], example, texts(example))))
        tables = [decision["matrix"] for decision in data["decisions"]]
        assert [
            [{c: text for c, text in zip(table["columns"], row[:-1], strict=True) if text} for row in table["rows"]]
            for table in tables
        ] == [[row["when"] for row in table["rows"]] for table in told]
        assert [[row[-1] for row in table["rows"]] for table in tables] == [
            [row["shown"] for row in table["rows"]] for table in told
        ]
