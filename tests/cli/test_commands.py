"""The commands as people use them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import ctxsite
from ctxsite.cli.main import COMMANDS, main

NOW = ("--now", "2026-11-22T12:00Z")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_version_and_help() -> None:
    assert run("--version").stdout.strip() == f"ctxsite, version {ctxsite.__version__}"
    text = run("--help").stdout
    assert all(name in text for name in COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_explains_itself(name: str) -> None:
    done = run(name, "--help")
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) > 3


def test_an_unknown_command_is_wrong_usage_with_a_suggestion() -> None:
    done = run("biuld")
    assert done.exit_code == 2
    assert "did you mean `build`" in done.stderr


def test_init_build_list_clean(tmp_path: Path) -> None:
    site = str(tmp_path / "site")
    assert run("init", site).exit_code == 0
    built = run("build", "-s", site, *NOW)
    assert built.exit_code == 0, built.output
    assert "no problems" in built.stdout
    assert (tmp_path / "site" / "public" / "index.html").exists()
    pages = json.loads(run("list", "-s", site, "--json", *NOW).stdout)["pages"]
    assert {page["language"] for page in pages} == {"en", "de"}
    names = {variant["name"] for page in pages for variant in page["variants"]}
    names |= {branch["name"] for page in pages for block in page["blocks"] for branch in block["branches"]}
    assert {"morning", "french", "business"} <= names, "one variant each by time, language and segment"
    assert run("check", "-s", site, "--strict", *NOW).exit_code == 0
    assert run("clean", "-s", site).exit_code == 0
    assert not (tmp_path / "site" / "public").exists()


def test_init_keeps_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert run("init", str(tmp_path)).exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_new_makes_a_draft_that_builds(make_site: Callable[..., Path]) -> None:
    site = make_site({"content/index.md": "---\ntitle: Home\n---\n"})
    done = run("new", "blog/winter-tips.md", "-s", str(site), *NOW)
    assert done.exit_code == 0
    text = (site / "content" / "blog" / "winter-tips.md").read_text()
    assert text == '---\ntitle: "Winter tips"\ndate: 2026-11-22\ndraft: true\n---\n\n'
    assert run("build", "-s", str(site), "-D", *NOW).exit_code == 0
    assert (site / "public" / "blog" / "winter-tips" / "index.html").exists()
    assert run("build", "-s", str(site), *NOW).exit_code == 0
    assert not (site / "public" / "blog").exists()


@pytest.mark.parametrize("path", ["../outside", "/etc/x", "a/../../b", ""])
def test_new_stays_below_content(make_site: Callable[..., Path], path: str) -> None:
    site = make_site({"content/index.md": "---\ntitle: Home\n---\n"})
    before = sorted(site.rglob("*"))
    assert run("new", path, "-s", str(site)).exit_code == 2
    assert sorted(site.rglob("*")) == before


def test_new_overwrites_nothing(make_site: Callable[..., Path]) -> None:
    site = make_site({"content/index.md": "mine"})
    assert run("new", "index.md", "-s", str(site)).exit_code == 2
    assert (site / "content" / "index.md").read_text() == "mine"


def test_config_prints_settings_that_can_be_read_again(make_site: Callable[..., Path]) -> None:
    site = make_site({"ctxsite.yaml": "title: Test\nlanguages: [en, de]\n", "content/index.md": "x"})
    text = run("config", "-s", str(site)).stdout
    data = json.loads(run("config", "-s", str(site), "--json").stdout)
    assert data["title"] == "Test"
    (site / "ctxsite.yaml").write_text(text)
    assert json.loads(run("config", "-s", str(site), "--json").stdout) == data


@pytest.mark.parametrize("what", ["config", "front-matter"])
def test_schema_is_a_json_schema(what: str) -> None:
    schema = json.loads(run("schema", what).stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "title" in schema["properties"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    assert "_CTXSITE_COMPLETE" in run("completion", shell).stdout


def test_warnings_fail_only_when_strict(make_site: Callable[..., Path]) -> None:
    site = make_site(
        {
            "ctxsite.yaml": "title: T\nlanguages: [en, de]\naudiences: {late: {time: '18:00-23:00'}}\n",
            "content/index.md": "---\ntitle: A\nvariants: {v: {when: late, title: B}}\n---\n",
            "content/index.de.md": "---\ntitle: A\n---\n",
        }
    )
    lenient, strict = run("check", "-s", str(site), *NOW), run("check", "-s", str(site), "--strict", *NOW)
    assert "CTX510" in lenient.stderr
    assert (lenient.exit_code, strict.exit_code) == (0, 1)


def test_base_url_and_output_on_the_command_line(make_site: Callable[..., Path], tmp_path: Path) -> None:
    site = make_site({"content/index.md": "---\ntitle: A\n---\n[b](b.md)\n", "content/b.md": "---\ntitle: B\n---\n"})
    out = tmp_path / "elsewhere"
    done = run("build", "-s", str(site), "--destination", str(out), "-b", "https://x.example/docs", *NOW)
    assert done.exit_code == 0, done.output
    html = (out / "index.html").read_text()
    assert '<a href="/docs/b/">b</a>' in html
    assert '<link rel="canonical" href="https://x.example/docs/">' in html


def test_source_date_epoch_is_the_clock(make_site: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    site = make_site({"content/index.md": "x", "content/a.md": "---\ntitle: A\ndate: 2001-09-09\n---\n"})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")  # 2001-09-09T01:46:40Z
    assert "/a/" in run("list", "-s", str(site)).stdout
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "999993599")  # the day before
    assert "/a/" not in run("list", "-s", str(site)).stdout
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert run("list", "-s", str(site)).exit_code == 2


def test_an_error_keeps_the_previous_output(make_site: Callable[..., Path]) -> None:
    site = make_site({"content/index.md": "---\ntitle: Old\n---\n"})
    assert run("build", "-s", str(site), *NOW).exit_code == 0
    before = (site / "public" / "index.html").read_bytes()
    (site / "content" / "index.md").write_text("---\ntitle: New\ndate: never\n---\n")
    assert run("build", "-s", str(site), *NOW).exit_code == 1
    assert (site / "public" / "index.html").read_bytes() == before


def test_foreign_files_are_kept_unless_told(make_site: Callable[..., Path]) -> None:
    site = make_site({"content/index.md": "---\ntitle: A\n---\n", "public/index.html": "somebody else's"})
    refused = run("build", "-s", str(site), *NOW)
    assert (refused.exit_code, "CTX327" in refused.stderr) == (1, True)
    assert (site / "public" / "index.html").read_text() == "somebody else's"
    assert run("build", "-s", str(site), "--force", *NOW).exit_code == 0
    assert "somebody" not in (site / "public" / "index.html").read_text()


def test_nothing_is_written_outside_the_output_folder_unless_told(make_site: Callable[..., Path]) -> None:
    site = make_site({"content/index.md": "---\ntitle: A\n---\n"})
    before = {path for path in site.rglob("*") if "public" not in path.parts} | {site / "public"}
    assert run("build", "-s", str(site), *NOW).exit_code == 0
    assert {path for path in site.rglob("*") if "public" not in path.parts} | {site / "public"} == before
    assert run("build", "-s", str(site), "--why", "/", *NOW).exit_code == 2, "that needs the cache"
    assert run("build", "-s", str(site), "--cache", *NOW).exit_code == 0
    assert (site / ".ctxsite" / "store").exists()


def test_verbose_and_quiet(make_site: Callable[..., Path]) -> None:
    site = make_site({"content/index.md": "---\ntitle: A\n---\n"})
    assert run("build", "-s", str(site), "-q", *NOW).output == ""
    assert "  index.html" in run("build", "-s", str(site), "-v", *NOW).stdout


MANY = {f"content/{name}.md": "[one](gone.md)\n\n" * 9 + "[[data: no.such]]\n" for name in ("a", "b", "c")}


@pytest.mark.parametrize("command", ["build", "check"])
def test_of_very_many_like_problems_some_are_shown(command: str, make_site: Callable[..., Path]) -> None:
    root = str(make_site(MANY))
    short, whole = run(command, "-s", root, *NOW), run(command, "-s", root, "-v", *NOW)
    assert (short.exit_code, whole.exit_code) == (1, 1)
    assert whole.stderr.count("`gone.md` leads to no page") == 27
    assert "more like these" not in whole.stderr
    assert short.stderr.count("`gone.md` leads to no page") == 20
    assert short.stderr.endswith(
        "error[CTX300]: 7 more like these\n  help: `--verbose` shows them\n\n" + whole.stderr.splitlines()[-1] + "\n"
    )
    assert short.stderr.count("no.such") == whole.stderr.count("no.such") > 0
    assert len(json.loads(run(command, "-s", root, "--json", *NOW).stdout)["diagnostics"]) >= 27


def test_what_is_left_out_names_how_many_files(make_site: Callable[..., Path]) -> None:
    root = make_site({f"content/p{number}.md": "[one](gone.md)\n" for number in range(25)})
    assert "error[CTX300]: 5 more like these in 5 files\n" in run("check", "-s", str(root), *NOW).stderr


@pytest.mark.parametrize("command", ["build", "check"])
def test_of_very_many_warnings_some_are_shown(command: str, make_site: Callable[..., Path]) -> None:
    lenient = {"ctxsite.yaml": "title: Site\ndiagnostics: {broken-link: warning}\n"}
    root = str(make_site({**lenient, **{f"content/p{number}.md": "[one](gone.md)\n" for number in range(25)}}))
    short, whole = run(command, "-s", root, *NOW), run(command, "-s", root, "-v", *NOW)
    assert (short.exit_code, whole.exit_code) == (0, 0)
    assert "warning[CTX300]: 5 more like these in 5 files\n" in short.stderr
    assert short.stderr.count("leads to no page") == 20
    assert whole.stderr.count("leads to no page") == 25


def test_as_many_as_are_shown_are_all(make_site: Callable[..., Path]) -> None:
    root = make_site({f"content/p{number}.md": "[one](gone.md)\n" for number in range(20)})
    said = run("check", "-s", str(root), *NOW).stderr
    assert said.count("leads to no page") == 20
    assert "more like these" not in said
