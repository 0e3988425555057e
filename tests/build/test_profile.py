"""`ctxsite build --profile`: which stages, documents, pages and templates there are, and why pages were rendered."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ctxsite.build import workers
from ctxsite.build.profile import Profile, Stage, Timed
from ctxsite.cli.main import main
from ctxsite.cli.profile_report import profile_text
from ctxsite.render.environment import ThemeEnvironment
from ctxsite.render.theme import Theme, ThemeFiles
from ctxsite.render.timed import TimedEnvironment
from ctxsite.source import SourceText
from tests.build.edits import FILES, Site
from tests.build.test_again import NOW

COLD = [
    "settings", "files", "documents", "site map", "rules", "other files", "what has changed", "rendering", "summary",
    "publishing",
]  # fmt: skip


def build(root: Path, *options: str) -> dict[str, Any]:
    arguments = ["build", "-s", str(root), "--now", NOW, "--json", *options]
    said = json.loads(CliRunner().invoke(main, arguments, catch_exceptions=False).stdout)
    assert isinstance(said, dict)
    return said


def profile_of(root: Path, *options: str) -> dict[str, Any]:
    found = build(root, "--profile", *options)["profile"]
    assert isinstance(found, dict)
    return found


def names(profile: Mapping[str, Any]) -> list[str]:
    return [stage["name"] for stage in profile["stages"]]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_cold_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    monkeypatch.setattr(workers, "WORTH_IT", 2)
    found = profile_of(Site(tmp_path).root, "-j", str(jobs))
    assert names(found) == ["imports", *COLD]
    content = [path for path in FILES if path.startswith("content/") and path.endswith(".md")]
    assert found["documents"] == {"compiled": len(content), "kept": 0}
    assert {each["path"] for each in found["slowest_documents"]} <= set(content)
    assert found["pages"]["kept"] == 0
    assert len(found["slowest_pages"]) == 10
    assert found["slowest_pages"] == sorted(found["slowest_pages"], key=lambda each: -each["seconds"])
    runs = {each["template"]: each["runs"] for each in found["templates"]}
    assert runs["404.html"] == 2, "one in each language"
    assert 2 <= runs.pop("nav.html") <= 2 * jobs, "at most once in each language and process"
    assert found["pages"]["rendered"] + 1 == sum(runs.values()), "b has a variant in English"
    assert found["reasons"] == []
    assert not found["cache"]
    assert found["memory"] is None or found["memory"]["main"] > 1_000_000


def test_reasons_are_grouped(tmp_path: Path) -> None:
    site = Site(tmp_path)
    first = profile_of(site.root, "--cache")
    assert names(first) == ["comparing", "imports", *COLD, "remembering"]
    rendered = first["pages"]["rendered"]
    assert [each["pages"] for each in first["reasons"]] == [rendered]
    site.edit("templates/section.html", 1)
    second = profile_of(site.root, "--cache")
    (told,) = second["reasons"]
    assert told["reason"] == "the template `section.html` changed"
    assert told["examples"][0] == "/blog/"
    assert 1 < len(told["examples"]) <= 3
    assert second["pages"] == {"rendered": told["pages"], "kept": rendered - told["pages"]}
    assert len(told["examples"]) <= told["pages"] < rendered
    assert second["documents"] == {"compiled": 0, "kept": first["documents"]["compiled"]}


def test_nothing_changed(tmp_path: Path) -> None:
    site = Site(tmp_path)
    build(site.root, "--cache")
    found = profile_of(site.root, "--cache")
    assert names(found) == ["comparing"]
    assert found["unchanged"]
    assert "nothing was read or rendered" in profile_text(found)


def test_the_text_says_what_the_data_says(tmp_path: Path) -> None:
    site = Site(tmp_path)
    build(site.root, "--cache")
    site.edit("content/a.md", 1)
    found = profile_of(site.root, "--cache")
    said = profile_text(found)
    for stage in found["stages"]:
        assert f"\n{stage['name']} " in said
    assert f"documents: 1 compiled, {found['documents']['kept']} kept" in said
    assert "       2  the text of `content/a.md` changed (/a/, /de/a/)" in said
    assert "everything is done anew" in profile_text(profile_of(site.root))


def test_nothing_is_measured_unless_asked(tmp_path: Path) -> None:
    site = Site(tmp_path)
    assert "profile" not in build(site.root)
    code = (
        "import sys; from ctxsite.cli.main import main\n"
        f"try: main(['build', '-q', '-s', {str(tmp_path)!r}, '--now', {NOW!r}])\n"
        "except SystemExit as stop: assert not stop.code\n"
        "print({'ctxsite.cli.profile_report', 'ctxsite.build.profile'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_stages_follow_one_another() -> None:
    profile = Profile()
    assert profile.stages == []
    profile.stage("one")
    profile.stage("one")
    profile.stage("two")
    profile.stage(None)
    profile.stage(None)
    assert [stage.name for stage in profile.stages] == ["one", "two"]
    assert all(isinstance(stage, Stage) and stage.wall >= 0 for stage in profile.stages)


def test_what_is_watched_keeps_its_results_and_their_order() -> None:
    profile = Profile()
    ran = iter([{"a.html": (1, 0.5)}, {"a.html": (2, 0.25), "b.html": (1, 1.0)}])

    def run(work: Any) -> Generator[Timed[int], None, None]:
        yield from map(work, [1, 2])

    results = profile.watch(profile.pages, lambda item: item * 10, ["/1/", "/2/"], run, lambda: next(ran))
    assert list(results) == [10, 20]
    assert list(profile.pages) == ["/1/", "/2/"]
    assert profile.templates == {"a.html": (3, 0.75), "b.html": (1, 1.0)}


def test_a_template_is_told_apart_from_the_components_it_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"page.html": "<p>{{ inner() }}{{ inner() }}</p>", "part.html": "x"}
    theme = Theme((ThemeFiles("test", "", templates={name: SourceText(name, text) for name, text in files.items()}),))
    environment = TimedEnvironment(theme)
    clock = iter([0.0, 1.0, 3.0, 4.0, 5.0, 10.0])
    monkeypatch.setattr("time.perf_counter", lambda: next(clock))
    variables = {"inner": lambda: environment.run("part.html", {})}
    assert environment.run("page.html", variables) == ThemeEnvironment(theme).run("page.html", {"inner": lambda: "x"})
    assert environment.taken() == {"page.html": (1, 7.0), "part.html": (2, 3.0)}
    assert environment.taken() == {}
