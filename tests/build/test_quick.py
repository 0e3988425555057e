"""The quick build is taken where little has changed, and only there; what it makes is what a cold one makes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import CliRunner

from ctxsite.build import pipeline, workers
from ctxsite.build.quick import _Quick
from ctxsite.build.recall import UncertainError
from ctxsite.build.renewal import Renewal
from ctxsite.cli.main import main
from ctxsite.model.artifact import Artifact
from tests.build.edits import FILES, TAILS, TEXTS, Site
from tests.build.test_again import NOW, check, killed, tree, warm


def nothing_else(_: object) -> NoReturn:
    pytest.fail("the whole site was looked at")


CLOCK = count(1_000_000_001, 1_000_000_007)


def put(site: Site, path: str, text: str) -> None:
    """Write a file as if that had been long ago: what has only just changed is looked at again by the next build."""
    target = site.root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")
    os.utime(target, ns=(1, next(CLOCK)))


def quickly(site: Site, path: str, text: str, patch: pytest.MonkeyPatch) -> None:
    put(site, path, text)
    with patch.context() as patched:
        patched.setattr(pipeline, "compile_site", nothing_else)
        warm(site.root, NOW)
    check(site.root, NOW)


@pytest.mark.parametrize("path", [path for path in TEXTS if path != "content/b.de.md"])  # which lacks a variant
@pytest.mark.parametrize("tail", [1, 2, 8])
def test_a_text_is_changed(path: str, tail: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(tmp_path)
    if "tags" in path:
        site.edit("ctxsite.yaml", 9)
    warm(site.root, NOW)
    quickly(site, path, FILES[path][0] + TAILS[tail], monkeypatch)
    quickly(site, path, FILES[path][0] + TAILS[tail] + "\nMore.\n", monkeypatch)
    quickly(site, path, FILES[path][0], monkeypatch)


STORIES = {
    "a title in no list": ("content/blog/three.md", "title: Three", "title: Threefold"),
    "a title in a list": ("content/blog/two.md", "title: Two", "title: Second"),
    "a title in a menu": ("content/blog/_index.md", "title: Blog", "title: Blogs"),
    "a description": ("content/a.md", "title: A", "title: A\ndescription: Something"),
    "a summary in a feed": ("content/blog/one.md", "date: 2026-01-01", "date: 2026-01-01\nsummary: It"),
    "a title of a page with variants": ("content/b.md", "title: B", "title: Be"),
    "a parameter": ("content/b.de.md", "title: B auf Deutsch", "title: B auf Deutsch\nparams: {x: 1}"),
    "a first paragraph": ("content/blog/two.md", "Two. ", "Number two. "),
}


@pytest.mark.parametrize("story", STORIES)
def test_what_the_site_sees_is_changed_a_little(story: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, before, after = STORIES[story]
    site = Site(tmp_path)
    if path == "content/b.de.md":
        (tmp_path / "content/b@x.de.md").write_text("Anders.\n", "utf-8")
    warm(site.root, NOW)
    quickly(site, path, FILES[path][0].replace(before, after), monkeypatch)
    quickly(site, path, FILES[path][0], monkeypatch)


def test_titles_in_the_index_of_a_search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(tmp_path)
    site.edit("ctxsite.yaml", 10)
    warm(site.root, NOW)
    quickly(
        site, "content/blog/three.md", "---\ntitle: Threefold\nexpiry_date: 2026-06-01\n---\n\nOther.\n", monkeypatch
    )


def test_the_order_of_a_list_is_the_affair_of_all(tmp_path: Path) -> None:
    site = Site(tmp_path)
    texts = {"content/blog/two.md": "---\ntitle: B\n---\n", "content/blog/three.md": "---\ntitle: C\n---\n"}
    for path, text in texts.items():
        (tmp_path / path).write_text(text, "utf-8")
    warm(site.root, NOW)
    (tmp_path / "content/blog/three.md").write_text("---\ntitle: A\n---\n", "utf-8")
    check(site.root, NOW)


def test_what_is_only_touched_is_not_rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(tmp_path)
    warm(site.root, NOW)
    quickly(site, "content/a.md", FILES["content/a.md"][0], monkeypatch)


def test_a_text_needs_neither_rules_nor_yaml(tmp_path: Path) -> None:
    site = Site(tmp_path)
    warm(site.root, NOW)
    site.edit("content/blog/one.md", 1)
    code = (
        "import sys; from ctxsite.cli.main import main\n"
        f"try: main(['build', '--cache', '-s', {str(tmp_path)!r}, '--now', {NOW!r}])\n"
        "except SystemExit as stop: assert not stop.code\n"
        "finally: print(sorted({'yaml', 'tomllib', 'markdown', 'concurrent.futures', 'multiprocessing',"
        " 'ctxsite.build.pipeline', 'ctxsite.content.assemble', 'ctxsite.rules.parse', 'ctxsite.schema.shape'}"
        " & set(sys.modules)), flush=True)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "3 files written" in done.stdout, "the page in both languages, and the summary"
    assert done.stdout.splitlines()[-1] == "[]"


HELLO = 'msgid "Hello"\nmsgstr "Hallo"\n'


TEMPLATES = {
    "a layout": ("templates/base.html", "<body>", "<body><hr>"),
    "a shared part": ("templates/nav.html", "{{ s.title }}", "<b>{{ s.title }}</b>"),
    "another setting is read": ("templates/page.html", "colour", "size"),
    "more of the page is read": ("templates/page.html", "</p>", "{{ page.words }}</p>"),
    "a string is read": ("templates/section.html", "{% endblock %}", '{{ _("Hello") }}{% endblock %}'),
    "a list is read": ("templates/page.html", "</p>", "{% for s in site.sections() %}{{ s.url }}{% endfor %}</p>"),
    "content is shown no more": ("templates/base.html", "{{ page.content }}", ""),
    "a component": ("templates/components/box.html", "<div>", "<div class=box>"),
}  # fmt: skip


@pytest.mark.parametrize("story", TEMPLATES)
def test_a_template_is_changed(story: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, before, after = TEMPLATES[story]
    site = Site(tmp_path)
    site.edit("content/a.md", 2)
    put(site, "i18n/de.po", HELLO)
    put(site, "i18n/en.po", HELLO)
    warm(site.root, NOW)
    changed = FILES[path][0].replace(before, after)
    assert changed != FILES[path][0]
    quickly(site, path, changed, monkeypatch)
    quickly(site, "content/blog/one.md", FILES["content/blog/one.md"][1], monkeypatch)
    quickly(site, path, FILES[path][0], monkeypatch)


def test_files_of_the_site_s_theme_are_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(tmp_path)
    theme = tmp_path / "themes/own"
    theme.mkdir(parents=True)
    (tmp_path / "templates").rename(theme / "templates")
    put(site, "themes/own/static/x.css", "hidden {}")  # by the site's own
    put(site, "themes/own/static/y.css", "shown {}")
    put(site, "ctxsite.yaml", FILES["ctxsite.yaml"][0] + "theme: own\n")
    warm(site.root, NOW)
    quickly(site, "themes/own/templates/base.html", FILES["templates/base.html"][1], monkeypatch)
    quickly(site, "themes/own/static/x.css", "still hidden {}", monkeypatch)
    quickly(site, "themes/own/static/y.css", "changed {}", monkeypatch)
    quickly(site, "static/x.css", "changed {}", monkeypatch)
    quickly(site, "content/a.md", FILES["content/a.md"][0] + "More.", monkeypatch)


def test_a_static_file_that_pages_name_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(tmp_path)
    warm(site.root, NOW)
    quickly(site, "static/x.css", "changed {}", monkeypatch)
    assert (tmp_path / "public/x.css").read_text("utf-8") == "changed {}"
    quickly(site, "static/x.css", FILES["static/x.css"][0], monkeypatch)


DATA = {
    "in a text": ("data/prices.yaml", "low: 1", "low: 3"),
    "in a template": ("data/other.json", "[1]", "[2]"),
    "read by nobody": ("data/prices.yaml", "high: 2", "high: 7"),
    "in folders": ("data/more/of/it.toml", "low = 1", "low = 2"),
    "a value more": ("data/prices.yaml", "low: 1", "low: 1\nmiddle: 2"),
    "a table": ("data/rows.csv", "x,1", "x,2"),
}
HELD = {**FILES, "data/prices.yaml": ["low: 1\nhigh: 2\n"], "data/rows.csv": ["name,price\nx,1\n"]}
HELD |= {"data/more/of/it.toml": ["low = 1\n"], "data/unread.yaml": ["x: 1\n"], "data/other.json": ["[1]"]}
READING = (
    "---\ntitle: A\n---\n\n[[data: prices.low]] [[data: more.of.it.low]] [[vary: now | x: [[data: prices.low]]]]\n"
)


@pytest.fixture
def reading(tmp_path: Path) -> Site:
    """A site with pages that read data, one of them with rules."""
    site = Site(tmp_path)
    for path, texts in HELD.items():
        put(site, path, texts[0])
    put(site, "content/a.md", READING)
    put(site, "content/b.md", FILES["content/b.md"][0] + "\n[[data: prices.low]]\n")
    rows = (
        "{{ site.data.other|length }}{{ site.data.other[0] }}{% for row in site.data.rows %}{{ row.price }}{% endfor %}"
    )
    put(
        site,
        "templates/section.html",
        FILES["templates/section.html"][0].replace("{% endblock %}", rows + "{% endblock %}"),
    )
    return site


@pytest.mark.parametrize("story", DATA)
def test_data_is_changed(story: str, reading: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    path, before, after = DATA[story]
    warm(reading.root, NOW)
    was = tree(reading.root / "public")
    quickly(reading, path, HELD[path][0].replace(before, after), monkeypatch)
    assert (tree(reading.root / "public") == was) == (story in {"read by nobody", "a value more"})
    quickly(reading, "content/a.md", READING + "More.", monkeypatch)
    quickly(reading, "content/_index.md", FILES["content/_index.md"][0] + "More.", monkeypatch)
    quickly(reading, path, HELD[path][0], monkeypatch)


def test_data_is_changed_with_what_reads_it(reading: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    warm(reading.root, NOW)
    put(reading, "data/prices.yaml", "low: 5\nmiddle: 6\n")
    put(
        reading,
        "templates/page.html",
        FILES["templates/page.html"][0].replace("</p>", "{{ site.data.prices.middle }}</p>"),
    )
    quickly(reading, "content/a.md", READING.replace("more.of.it.low", "prices.middle"), monkeypatch)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("data/prices.yaml", "high: 2\n"), ("data/prices.yaml", "low: [\n"), ("data/prices.yaml", "low: {x: 1}\n"),
        ("data/prices.yaml", "5\n"), ("data/more/of/it.toml", "low ="), ("data/other.json", '{"a": 1, "a": 2}'),
        ("data/prices.yml", "low: 1\n"), ("data/read.me", "Text."), ("data/more.yaml", "low: 1\n"),
        ("data/unread.yaml", "x: ["), ("data/other.json", "{}"), ("data/rows.csv", "name,price\n"),
        ("data/prices.yaml", ""),
    ],
)  # fmt: skip
def test_what_is_to_be_said_of_data(path: str, text: str, reading: Site) -> None:
    warm(reading.root, NOW)
    put(reading, path, text)
    check(reading.root, NOW)
    if path in HELD:
        put(reading, path, HELD[path][0])
    else:
        (reading.root / path).unlink()
    check(reading.root, NOW)


def test_what_was_to_be_said_of_data(reading: Site) -> None:
    for text in ('x: "a\\u0007b"\n', "x: ab\n", 'x: "a\\u0007b"\n', 'y:\n  x: "a\\u0007b"\n'):
        put(reading, "data/unread.yaml", text)
        check(reading.root, NOW)


def test_a_template_that_reads_the_clock_is_built_again_later(tmp_path: Path) -> None:
    site = Site(tmp_path)
    warm(site.root, NOW)
    put(site, "templates/page.html", FILES["templates/page.html"][0].replace("</p>", "{{ site.now }}</p>"))
    for now in (NOW, NOW.replace("T12", "T18"), "2027-07-01T12:00:00+00:00"):
        check(site.root, now)


FAULTY = "---\ntitle: A\ntemplate: none\n---\n\n[Nowhere](nowhere.md), ![a picture](gone.png), [a place](b.md#three)\n"


@pytest.fixture
def faulty(tmp_path: Path) -> Site:
    """A site with pages that have something to report."""
    site = Site(tmp_path)
    lenient = "diagnostics: {CTX300: warning, CTX301: warning, CTX302: warning, CTX405: warning}\n"
    put(site, "ctxsite.yaml", FILES["ctxsite.yaml"][0] + lenient)
    put(site, "content/a.md", FAULTY)
    return site


def test_what_is_wrong_with_a_page_is_said_again(faulty: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(warm(faulty.root, NOW)) > 3
    check(faulty.root, NOW)
    quickly(faulty, "content/blog/one.md", FILES["content/blog/one.md"][1], monkeypatch)
    quickly(faulty, "templates/base.html", FILES["templates/base.html"][1], monkeypatch)
    faulty.edit("data/prices.yaml", 1)
    check(faulty.root, NOW)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/nowhere.md", "---\ntitle: Here\n---\n"), ("content/now-here.md", "---\ntitle: Here\n---\n"),
        ("content/gone.png", "PNG"), ("content/b.md", "---\ntitle: B\n---\n\n## Three\n"),
        ("templates/none.html", "Nothing."),
        ("content/a.md", "---\ntitle: A\n---\n\nMended.\n"), ("content/a.md", FAULTY.replace("---\n\n", "---\n\n\n")),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_page_depends_on_what_it_reads(path: str, text: str, faulty: Site) -> None:
    warm(faulty.root, NOW)
    before = (faulty.root / path).read_text("utf-8") if (faulty.root / path).exists() else None
    (faulty.root / path).write_text(text, "utf-8")
    check(faulty.root, NOW)
    if before is None:
        (faulty.root / path).unlink()
    else:
        (faulty.root / path).write_text(before, "utf-8")
    check(faulty.root, NOW)


@pytest.fixture
def _many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take three pages for many."""
    monkeypatch.setattr(workers, "WORTH_IT", 3)


@pytest.mark.usefixtures("_many")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_many_pages_are_written_where_they_are_rendered(
    jobs: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(tmp_path)
    warm(site.root, NOW, "-j", jobs)
    site.edit("templates/base.html", 1)
    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "compile_site", nothing_else)
        warm(site.root, NOW, "-j", jobs)
    check(site.root, NOW, "-j", jobs)
    site.edit("templates/base.html", 0)
    site.edit("templates/page.html", 3)
    check(site.root, NOW, "-j", jobs)  # the clock is read: what has been written beside its place is not wanted
    before = tree(site.root / "public")
    site.edit("templates/base.html", 2)
    assert any(each["severity"] == "error" for each in warm(site.root, NOW, "-j", jobs) if isinstance(each, dict))
    assert tree(site.root / "public") == before


@pytest.mark.usefixtures("_many")
@pytest.mark.filterwarnings("ignore:This process")
def test_killed_while_many_pages_are_written(tmp_path: Path) -> None:
    kills = 0
    for point in range(34, 74):
        site = Site(tmp_path / str(point))
        warm(site.root, NOW)
        site.edit("templates/base.html", 1)
        kills += killed(site.root, point, "-j", "1")
        check(site.root, NOW)
    assert kills > 5


@pytest.mark.usefixtures("_many")
@pytest.mark.filterwarnings("ignore:This process")
def test_given_up_while_many_pages_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No copy of this process is at work any more when what was written is removed."""
    site = Site(tmp_path)
    warm(site.root, NOW)
    site.edit("templates/base.html", 1)
    drop, alone = Renewal.drop, []

    def given_up(*_: object) -> NoReturn:
        raise UncertainError

    def dropped(self: Renewal) -> None:
        with pytest.raises(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)
        alone.append(bool(list(tmp_path.rglob(".ctxsite-unfinished"))))
        drop(self)

    monkeypatch.setattr(_Quick, "_write", given_up)
    monkeypatch.setattr(Renewal, "drop", dropped)
    check(site.root, NOW, "-j", "2")
    assert any(alone)
    assert not list(tmp_path.rglob("*.ctxsite-new"))


@pytest.mark.usefixtures("_many")
@pytest.mark.filterwarnings("ignore:This process")
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("some", [True, False])
def test_uncertain_of_the_summary(some: bool, jobs: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some files have their places by then, or none has; feeds, which no page announces, among the rest."""
    site = Site(tmp_path)
    put(site, "content/blog/two.md", FILES["content/blog/two.md"][0])
    warm(site.root, NOW)
    put(site, "content/blog/two.md", FILES["content/blog/two.md"][0].replace("Two. ", "Number two. "))
    put(site, "templates/base.html", FILES["templates/base.html"][1])
    real, dropped, given_up, left = Renewal._put, Renewal.drop, list[str](), list[list[Path]]()

    def uncertain(_: _Quick) -> NoReturn:
        given_up.extend(path.name for path in tmp_path.rglob("*.ctxsite-new"))
        raise UncertainError

    def place(
        self: Renewal, files: Sequence[Artifact], jobs: int, meanwhile: Callable[[], None]
    ) -> dict[str, tuple[int, int]]:
        if some:
            early = [file for file in files if file.stamp is not None][:3]
            real(self, [file.path for file in early])
            files = [file for file in files if file not in early]
        return placed(self, files, jobs, meanwhile)

    def drop(self: Renewal) -> None:
        dropped(self)
        if given_up:
            left.append(list(tmp_path.rglob("*.ctxsite-new")))

    placed = Renewal.place
    with monkeypatch.context() as patched:
        patched.setattr(_Quick, "_summarize", uncertain)
        patched.setattr(Renewal, "place", place)
        patched.setattr(Renewal, "drop", drop)
        check(site.root, NOW, "-j", jobs)
    assert "feed.xml.ctxsite-new" in given_up
    assert left == [[]], "they have been removed before the whole site is looked at"
    assert not list(tmp_path.rglob(".ctxsite-unfinished"))
    quickly(site, "content/blog/two.md", FILES["content/blog/two.md"][0], monkeypatch)


@pytest.mark.usefixtures("_many")
def test_many_pages_are_not_written_through_links_that_lead_out(tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    warm(site.root, NOW)
    (site.root / "public/blog").rename(tmp_path / "outside")
    (site.root / "public/blog").symlink_to(tmp_path / "outside")
    before = (tmp_path / "outside/one/index.html").read_bytes()
    site.edit("templates/base.html", 1)
    done = CliRunner().invoke(main, ["build", "--cache", "-s", str(site.root), "--now", NOW])
    assert done.exit_code == 1
    assert (tmp_path / "outside/one/index.html").read_bytes() == before
    assert not list(tmp_path.rglob("*.ctxsite-new"))
