"""Decisions of a whole site: what proofs and comparisons report, and the witnesses in the summary."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from ctxsite.cli.main import main

NOW = "2026-11-22T12:00Z"
CONFIG = """\
title: T
languages: [en, de]
signals: {segment: {values: [private, business], from: ["query:segment"]}, country: {from: ["meta:country"]}}
audiences:
  evening: {time: "18:00-23:00"}
"""


def page(front: str, body: str = "Hello.") -> str:
    return f"---\ntitle: A\n{front}\n---\n{body}\n"


def check(root: Path, *options: str) -> list[dict[str, object]]:
    done = CliRunner().invoke(main, ["check", "-s", str(root), "--json", "--now", NOW, *options])
    found: list[dict[str, object]] = json.loads(done.stdout)["diagnostics"]
    return found


def said(root: Path, *options: str) -> str:
    return CliRunner().invoke(main, ["check", "-s", str(root), "--now", NOW, *options]).stderr


USES = "content/z.md"
EVENING = page("variants: {e: {when: evening, title: B}}")
CASES: dict[str, tuple[Mapping[str, str], list[tuple[str, str]]]] = {
    "nothing to say": ({"content/a.md": EVENING}, []),
    "an impossible condition": (
        {"content/a.md": page("variants: {x: {when: {date: 2026-12-24, weekday: sat}, title: B}}"), USES: EVENING},
        [("CTX250", "content/a.md:3")],
    ),
    "a shadowed variant": (
        {
            "content/a.md": page(
                "variants:\n  all: {when: {segment: [private, business]}, title: B}\n"
                "  one: {when: {segment: business}, title: C}"
            ),
            USES: EVENING,
        },
        [("CTX251", "content/a.md:5")],
    ),
    "a shadowed branch, in both languages where it stands": (
        {
            "content/a.md": page("", "::: vary h\nA\n::: when evening\nB\n::: when {time: '19:00-20:00'}\nC\n:::"),
            "content/a.de.md": page("", "::: vary h\nA\n::: when evening\nB\n::: when {time: '19:00-20:00'}\nC\n:::"),
        },
        [("CTX251", "content/a.de.md:9"), ("CTX251", "content/a.md:9")],
    ),
    "a campaign that is over": (
        {"content/a.md": page("variants: {x: {when: {date: 2025-12-01..2025-12-24}, title: B}}"), USES: EVENING},
        [("CTX254", "content/a.md:3")],
    ),
    "nothing known gets a variant": (
        {"content/a.md": page("variants: {x: {when: {not: {country: DE}}, title: B}}"), USES: EVENING},
        [("CTX253", "content/a.md:3")],
    ),
    "a variant like the default": (
        {"content/a.md": page("variants: {e: {when: evening}}")},
        [("CTX270", "content/a.md:3")],
    ),
    "a variant with the default's text in a file of its own": (
        {"content/a.md": page("variants: {e: {when: evening}}"), "content/a@e.md": "Hello.\n"},
        [("CTX270", "content/a.md:3")],
    ),
    "a block without a difference": (
        {"content/a.md": page("", "::: vary h\nA [b](z.md)\n::: when evening\nA [b](z.md)\n:::"), USES: page("")},
        [("CTX271", "content/a.md:5")],
    ),
    "an audience that nobody uses": ({"content/a.md": page("")}, [("CTX272", "ctxsite.yaml:5")]),
}


MANY = json.dumps({"any": [{"time": f"{n // 60:02}:{n % 60:02}-24:00"} for n in range(1, 1440)] * 2})
CASES["a decision too large to decide"] = (
    {"content/a.md": page(f"variants: {{x: {{when: {MANY}, title: B}}}}"), USES: EVENING},
    [("CTX252", "content/a.md:3")],
)


@pytest.mark.parametrize("case", CASES)
def test_findings(case: str, make_site: Callable[..., Path], golden: Callable[[str, str], None]) -> None:
    files, expected = CASES[case]
    root = make_site({"ctxsite.yaml": CONFIG, **files})
    found = check(root)
    golden(f"decisions/{re.sub('[^a-z]+', '-', case)}.txt", said(root))
    told = [(str(d["code"]), d["location"]) for d in found if str(d["code"])[:5] in {"CTX25", "CTX27"}]
    places = [(code, f"{at['path']}:{at['line']}") for code, at in told if isinstance(at, dict)]
    assert sorted(places) == sorted(expected)


def test_a_campaign_before_its_page(make_site: Callable[..., Path], golden: Callable[[str, str], None]) -> None:
    front = "publish_date: 2026-12-10\nvariants: {x: {when: {all: [evening, {date: 2026-12-01..}]}, title: B}}"
    root = make_site({"ctxsite.yaml": CONFIG, "content/a.md": page(front)})
    assert [d["code"] for d in check(root, "-F")] == ["CTX273"]
    golden("decisions/a-campaign-before-its-page.txt", said(root, "-F"))


def test_witnesses_select_what_they_stand_for(make_site: Callable[..., Path], tmp_path: Path) -> None:
    body = "::: vary h\nA\n::: when evening\nB\n::: when {country: AT, zone: Asia/Kolkata, weekday: sat}\nC\n:::"
    root = make_site(
        {
            "ctxsite.yaml": CONFIG,
            "content/a.md": page("variants: {b: {when: {segment: business}, title: B}}", body),
        }
    )
    done = CliRunner().invoke(main, ["build", "-s", str(root), "--now", NOW])
    assert done.exit_code == 0, done.output
    summary = json.loads((root / "public" / "ctxsite.json").read_text())
    listed = json.loads(CliRunner().invoke(main, ["list", "-s", str(root), "--json", "--now", NOW]).stdout)
    assert listed["pages"] == summary["pages"]
    own = next(entry for entry in summary["pages"] if entry["address"] == "/a/")
    assert set(own["witnesses"]) == {"b", "default"}
    assert set(own["blocks"][0]["witnesses"]) == {"evening", "when-2", "default"}
    contexts = tmp_path / "contexts.jsonl"
    wanted = [*own["witnesses"].items(), *own["blocks"][0]["witnesses"].items()]
    contexts.write_text("".join(json.dumps(context) + "\n" for _, context in wanted))
    arguments = ["explain", "/a/", "-s", str(root), "--contexts", str(contexts), "--json", "--now", NOW]
    answers = [json.loads(line) for line in CliRunner().invoke(main, arguments).stdout.splitlines()]
    assert [answer["variant"] for answer in answers[:2]] == [name for name, _ in wanted[:2]]
    assert [answer["blocks"]["h"] for answer in answers[2:]] == [name for name, _ in wanted[2:]]


def test_the_summary_says_when_zones_tables_end(make_site: Callable[..., Path]) -> None:
    def rebuild_before(config: str) -> object:
        root = make_site({"ctxsite.yaml": config, "content/a.md": EVENING})
        assert CliRunner().invoke(main, ["build", "-s", str(root), "--now", NOW]).exit_code == 0
        return json.loads((root / "public" / "ctxsite.json").read_text())["rebuild_before"]

    assert rebuild_before(CONFIG) is None
    assert rebuild_before(CONFIG + "zone: Europe/Berlin\n") == "2028-11-01T00:00:00+00:00"


def test_matrix_on_the_command_line(make_site: Callable[..., Path]) -> None:
    root = str(make_site({"ctxsite.yaml": CONFIG, "content/a.md": EVENING}))
    text = CliRunner().invoke(main, ["explain", "/a/", "--matrix", "-s", root, "--now", NOW]).stdout
    assert "18:00–23:00 │ e" in text
    data = json.loads(CliRunner().invoke(main, ["explain", "/a/", "--matrix", "--json", "-s", root]).stdout)
    assert {"when": {"time": "18:00–23:00"}, "shown": "e"} in data["matrices"][0]["rows"]
    refused = CliRunner().invoke(main, ["explain", "/a/", "--matrix", "--context", "{}", "-s", root])
    assert refused.exit_code == 2
