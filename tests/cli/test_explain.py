"""`ctxsite explain`: the vectors once more, through files and the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ctxsite.cli.main import main

CASES = Path(__file__).parent.parent / "rules" / "cases.jsonl"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["explain", *arguments])


def test_every_vector_by_way_of_a_site(make_site: Callable[..., Path], tmp_path: Path) -> None:
    header, *cases = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    assert len(cases) >= 200
    files = {"ctxsite.yaml": json.dumps({"title": "Vectors", **header})}
    for number, case in enumerate(cases):
        variants = {name: {"when": when} for name, when in case["variants"]}
        front = json.dumps({"title": f"Case {number}", "variants": variants})
        files[f"content/case-{number:03}.md"] = f"---\n{front}\n---\n"
    contexts = tmp_path / "contexts.jsonl"
    contexts.write_text("".join(json.dumps(case["context"]) + "\n" for case in cases), "utf-8")
    done = run("-s", str(make_site(files)), "--contexts", str(contexts), "--json")
    assert done.exit_code == 0, done.output
    answers = {(a["page"], a["context"]): a for a in map(json.loads, done.stdout.splitlines())}
    assert len(answers) == len(cases) ** 2
    wrong = [
        (number, case["expect"], answers[f"/case-{number:03}/", number]["variant"])
        for number, case in enumerate(cases)
        if answers[f"/case-{number:03}/", number]["variant"] != case["expect"]
    ]
    assert wrong == []


SITE = {
    "ctxsite.yaml": """\
title: Test
base_url: https://example.org/docs/
languages: [en, de]
signals:
  segment: {values: [private, business], from: ["query:segment"]}
audiences:
  evening: {time: "18:00-23:00"}
""",
    "content/index.md": "---\ntitle: Home\n---\n",
    "content/pricing.md": """\
---
title: Pricing
variants:
  business: {when: {segment: business}}
---
::: vary hero
Good day.
::: when evening
Good evening.
::: when {segment: business, weekday: sat-sun}
A weekend for companies.
:::

[[vary: one | evening: two]]
""",
    "content/pricing@business.md": "::: vary other\nA\n::: when evening\nB\n:::\n",
}
EVENING = {"now": "2026-12-24T20:15+01:00", "zone": "Europe/Vienna"}
WEEKEND = {"now": "2026-12-26T12:00+01:00", "segments": ["business"]}


@pytest.fixture
def site(make_site: Callable[..., Path]) -> str:
    return str(make_site(SITE))


def test_in_bulk(site: str, tmp_path: Path) -> None:
    contexts = tmp_path / "contexts.jsonl"
    contexts.write_text(f"{json.dumps(EVENING)}\n{json.dumps(WEEKEND)}\n{{}}\n")
    done = run("/pricing/", "-s", site, "--contexts", str(contexts), "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["page"], line["context"], line["variant"]) for line in lines] == [
        ("/pricing/", 0, "default"), ("/pricing/", 1, "business"), ("/pricing/", 2, "default"),
    ]  # fmt: skip
    assert lines[0]["blocks"]["hero"] == "evening"
    assert lines[1]["blocks"] == {"other": "default"}, "the blocks are those of the variant that is shown"
    assert lines[2]["blocks"]["hero"] == "default"
    assert len(lines[0]["blocks"]) == 2


def test_a_branch_with_a_condition_is_named_by_its_place(site: str) -> None:
    data = json.loads(run("/pricing/", "-s", site, "--context", json.dumps(EVENING), "--json").stdout)
    assert (data["variant"], data["blocks"]["hero"]) == ("default", "evening")
    assert [branch["name"] for branch in data["trace"][1]["branches"]] == ["evening", "when-2"]


def test_for_people(site: str) -> None:
    text = run("/pricing/", "-s", site, "--context", json.dumps(WEEKEND)).stdout
    assert "business" in text
    assert "✓" in text
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize(
    "url",
    ["/pricing/", "pricing", "/pricing", "https://example.org/docs/pricing/", "/docs/pricing/", "/pricing/?a=b#c"],
)
def test_ways_to_name_a_page(site: str, url: str) -> None:
    assert run(url, "-s", site).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["/pricng/"], "did you mean `/pricing/`"),
        ([], "name a page"),
        (["/", "--context", "{"], "no JSON"),
        (["/", "--context", "[]"], "must be a JSON object"),
    ],
)
def test_wrong_usage_ends_with_2(site: str, arguments: list[str], said: str) -> None:
    done = run(*arguments, "-s", site)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_line_that_is_no_json_is_named(site: str, tmp_path: Path) -> None:
    contexts = tmp_path / "contexts.jsonl"
    contexts.write_text("{}\n{]\n")
    done = run("/", "-s", site, "--contexts", str(contexts), "--json")
    assert done.exit_code == 2
    assert "contexts.jsonl:2" in done.stderr


@pytest.mark.parametrize("context", ["7", "null", '{"now": 5, "languages": 3, "signals": []}', '{"zone": "Nowhere/X"}'])
def test_a_malformed_context_is_an_unknown_one(site: str, tmp_path: Path, context: str) -> None:
    contexts = tmp_path / "contexts.jsonl"
    contexts.write_text(context + "\n")
    done = run("/pricing/", "-s", site, "--contexts", str(contexts), "--json")
    assert json.loads(done.stdout)["variant"] == "default"
