"""A first output is written while pages are made: it appears as a whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import errno
import fcntl
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ctxsite.build import artifacts, first_output, rendering, traces, workers, writing
from ctxsite.build.first_output import FirstOutput, UnwritableError
from ctxsite.build.memory import DamagedError
from ctxsite.build.publish import Published, publish
from ctxsite.build.rendering import Rendered
from ctxsite.cli.main import main
from ctxsite.model.artifact import Artifact
from tests.build.edits import FILES, Site
from tests.build.test_again import NOW, check, cold, killed, tree
from tests.build.test_publish import site as files_of

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork"),
    pytest.mark.filterwarnings("ignore:This process"),  # it has threads, and is forked
]

HERE = os.getpid()
HIDDEN = ".public.ctxsite-new"


@pytest.fixture(autouse=True)
def _many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take two pages for many."""
    monkeypatch.setattr(workers, "WORTH_IT", 2)


@pytest.fixture(params=["1", "2"])
def jobs(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "site")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths of what was written while pages were made, as this process came to know of it."""
    found: list[str] = []
    at_each_page(monkeypatch, found.extend)
    return found


def at_each_page(patch: pytest.MonkeyPatch, act: Callable[[list[str]], object]) -> None:
    """Do something whenever this process comes to know of a page, with the paths of what has been written of it."""
    real = rendering.render_pages

    def rendered(*given: Any) -> Iterator[Rendered]:
        with closing(real(*given)) as made:
            for each in made:
                act([artifact.path for artifact, _ in each[0] if artifact.stamp])
                yield each

    patch.setattr(artifacts, "render_pages", rendered)


def before(patch: pytest.MonkeyPatch, name: str, act: Callable[..., object]) -> None:
    """Do something before a method of `FirstOutput` is called, with the same arguments."""
    real = getattr(FirstOutput, name)

    def called(self: FirstOutput, *given: Any) -> object:
        act(self, *given)
        return real(self, *given)

    patch.setattr(FirstOutput, name, called)


def build(root: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["build", "-s", str(root), "--now", NOW, *more])


def everything(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def no_process_is_left() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


@pytest.mark.parametrize("more", [(), ("--cache",), ("--profile",)])
def test_it_is_what_is_made_without(site: Site, jobs: str, more: tuple[str, ...], written: list[str]) -> None:
    there = everything(site.root)
    assert build(site.root, "-j", jobs, *more).exit_code == 0
    assert tree(site.root / "public") == cold(site.root, NOW)[0]
    assert {"index.html", "blog/one/index.html"} <= set(written)
    assert {path.split("/")[0] for path in everything(site.root) - there} <= {"public", ".ctxsite"}
    again = build(site.root, "-j", jobs, *more).stdout
    assert "public: 0 files written" in again


def put_a_fault(site: Site, fault: str) -> tuple[str, ...]:
    """Make something wrong that is found once pages have been written; return the options to make it an error."""
    if fault == "a link":
        lenient = "diagnostics: {CTX300: warning}\n"
        (site.root / "ctxsite.yaml").write_text(FILES["ctxsite.yaml"][0] + lenient, "utf-8")
        (site.root / "content/z.md").write_text("---\ntitle: Z\n---\n\n[Nowhere](/nowhere/)\n", "utf-8")
        return ("--strict",)
    if fault == "a template":
        (site.root / "content/z.md").write_text("---\ntitle: Z\ntemplate: none\n---\n", "utf-8")
    if fault == "a file where a folder is wanted":
        (site.root / "content/z.md").write_text("---\ntitle: Z\nurl: /index.html/\n---\n", "utf-8")
    return ()


@pytest.mark.parametrize("fault", ["a link", "a template", "a file where a folder is wanted"])
@pytest.mark.parametrize("output", ["public", "new/er/public"])
def test_nothing_is_left_after_an_error(site: Site, jobs: str, fault: str, output: str, written: list[str]) -> None:
    more = put_a_fault(site, fault)
    there = everything(site.root)
    done = build(site.root, "-j", jobs, "-d", str(site.root / output), *more)
    assert (done.exit_code, everything(site.root)) == (1, there), done.output
    assert "index.html" in written


def test_what_a_killed_build_left_goes_with_a_build_that_ends_with_an_error(site: Site) -> None:
    put_a_fault(site, "a template")
    there = everything(site.root)
    (site.root / HIDDEN / "old").mkdir(parents=True)
    assert build(site.root).exit_code == 1
    assert everything(site.root) == there


def test_a_copy_that_cannot_write(site: Site, jobs: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that somebody else writes finds the disk full; this process waits for that. All is done anew."""
    failed, fails = os.pipe()
    real, tried = writing.write, []

    def write(artifact: Artifact, name: str, roots: Path) -> None:
        tried.append(artifact)
        if len(tried) == 3:
            if jobs == "1" or os.getpid() != HERE:
                os.write(fails, b".")
                raise OSError(errno.ENOSPC, "full")
            assert select.select([failed], (), (), 30)[0]
        real(artifact, name, roots)

    def appears(self: FirstOutput, wanted: Sequence[Artifact]) -> bool:
        appeared.append(there := appear(self, wanted))
        return there

    appear, appeared = FirstOutput.appears, list[bool]()
    monkeypatch.setattr(FirstOutput, "appears", appears)
    monkeypatch.setattr(first_output, "write", write)
    there = everything(site.root)
    assert build(site.root, "-j", jobs).exit_code == 0
    assert os.read(failed, 9), "it has been tried"
    assert tree(site.root / "public") == cold(site.root, NOW)[0]
    assert {path.split("/")[0] for path in everything(site.root) - there} == {"public"}
    assert appeared == [True]


def test_a_disk_that_is_full(site: Site, jobs: str, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = []

    def full(*_: object) -> None:
        hidden.append((site.root / HIDDEN).exists())
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(first_output, "write", full)
    monkeypatch.setattr("ctxsite.build.publish.write", full)
    done = build(site.root, "-j", jobs)
    assert (done.exit_code, done.stderr.count("No space left on device")) == (1, 1)
    assert hidden[-1] is False, "what cannot appear takes no room from what is written elsewhere"
    assert not (site.root / HIDDEN).exists()


@pytest.mark.parametrize("faults", ["d", "u", "du", "ud"])
def test_what_is_begun_anew_begins_with_nothing(
    faults: str, site: Site, jobs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store turns out to be damaged, or the disk full, while pages are written."""
    real, left = traces.gather, list(faults)
    seen = []

    def gather(pages: Any, rendered: Iterator[Any], *more: Any) -> Any:
        seen.append(everything(site.root / HIDDEN))
        if left:
            next(rendered)
            raise DamagedError if left.pop(0) == "d" else UnwritableError
        return real(pages, rendered, *more)

    monkeypatch.setattr(artifacts, "gather", gather)
    before(monkeypatch, "drop", lambda _: seen.append(set() if no_process_is_left() else {"copies are at work"}))
    assert build(site.root, "-j", jobs, "--cache").exit_code == 0
    assert not any(seen), seen
    assert len(seen) > len(faults)
    assert tree(site.root / "public") == cold(site.root, NOW)[0]


@pytest.mark.parametrize("at", ["a page", "what came of it"])
def test_ctrl_c(site: Site, jobs: str, at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is at work any more when what was written is removed."""
    there = everything(site.root)
    alone: list[bool] = []

    def interrupt(*_: object) -> None:
        assert (site.root / HIDDEN).exists()
        raise KeyboardInterrupt

    def gather(_: object, rendered: Iterator[object], *__: object) -> None:
        next(rendered)
        interrupt()

    if at == "a page":
        at_each_page(monkeypatch, interrupt)
    else:
        monkeypatch.setattr(artifacts, "gather", gather)
    before(monkeypatch, "drop", lambda _: alone.append(no_process_is_left()))
    assert build(site.root, "-j", jobs).exit_code == 1
    assert everything(site.root) == there
    assert alone == [True]


@pytest.mark.parametrize("more", [(), ("--cache",)])
def test_a_place_that_cannot_be_taken(
    site: Site, jobs: str, more: tuple[str, ...], written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where something has come to be there meanwhile: files are written into it one by one. Paths are relative."""
    monkeypatch.chdir(site.root.parent)
    public = site.root / "public"
    real, refused = os.replace, []

    def replace(source: Any, target: Any) -> None:
        if Path(target) == public:
            refused.append(source)
            raise OSError(errno.EBUSY, "busy")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    done = build(Path(site.root.name), "-j", jobs, *more)
    assert done.exit_code == 0, done.output
    assert (len(refused), bool(written)) == (1, True)
    assert tree(public) == cold(site.root, NOW)[0]
    assert not (site.root / HIDDEN).exists()
    assert "public: 0 files written" in build(Path(site.root.name), "-j", jobs, *more).stdout


@pytest.mark.parametrize(("name", "code"), [("mine.txt", 0), ("index.html", 1)])
def test_somebody_writes_there_meanwhile(
    site: Site, jobs: str, name: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = site.root / "public" / name

    def meanwhile(*_: object) -> None:
        mine.parent.mkdir(exist_ok=True)
        mine.write_text("mine", "utf-8")

    at_each_page(monkeypatch, meanwhile)
    done = build(site.root, "-j", jobs)
    assert done.exit_code == code, done.output
    assert tree(mine.parent) == {**((cold(site.root, NOW)[0] or {}) if code == 0 else {}), name: b"mine"}
    assert not (site.root / HIDDEN).exists()


def test_pages_have_one_fragment(site: Site, jobs: str, written: list[str]) -> None:
    for path in ("ctxsite.yaml", "content/b@x.md"):
        site.edit(path, len(FILES[path]) - 1)
    site.edit("templates/base.html", len(FILES["templates/base.html"]) - 1)
    for path in ("b.md", "b@x.md"):
        text = (site.root / "content" / path).read_text("utf-8")
        for name in "cdefgh":
            (site.root / "content" / path.replace("b", name)).write_text(text, "utf-8")
    assert build(site.root, "-j", jobs).exit_code == 0
    made = tree(site.root / "public")
    assert made == cold(site.root, NOW)[0]
    (fragment,) = (path for path in made if "~_fragments" in path)
    assert written.count(fragment) == 7


def test_killed_while_pages_are_written(tmp_path: Path, jobs: str) -> None:
    begun = 0
    for point in range(20, 90, 3):
        site = Site(tmp_path / str(point))
        killed(site.root, point, "-j", jobs)
        begun += (site.root / HIDDEN).exists()
        if (site.root / "public").exists():
            assert tree(site.root / "public") == cold(site.root, NOW)[0]
        check(site.root, NOW, "-j", jobs)
        assert not (site.root / HIDDEN).exists()
    assert begun > 3


_ORPHAN = """
import os, signal, sys
from contextlib import closing
from pathlib import Path
from ctxsite.build.first_output import FirstOutput
from ctxsite.model.artifact import Artifact
first = FirstOutput(Path(sys.argv[1]))
assert first.begin(Path(sys.argv[1], "public"))
if os.fork() == 0:
    print("begun", flush=True)
    sys.stdin.readline()
    first.write(Artifact("index.html", b"old"))
    print("written", flush=True)
    os._exit(0)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_copy_outlives_a_build_that_was_killed(tmp_path: Path) -> None:
    """What it still writes is in no output, and what it leaves is removed."""
    orphan = subprocess.Popen(
        [sys.executable, "-c", _ORPHAN, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert orphan.stdin
    assert orphan.stdout
    with orphan.stdin, orphan.stdout:
        assert orphan.stdout.readline() == "begun\n"
        assert orphan.wait() == -signal.SIGKILL
        first = FirstOutput(tmp_path)
        assert not first.begin(tmp_path / "public")
        publish(files_of({"index.html": "new"}), tmp_path / "public", tmp_path, first=first)
        assert (tmp_path / HIDDEN).exists()
        print(file=orphan.stdin, flush=True)
        assert orphan.stdout.readline() == "written\n"
        assert orphan.stdout.read() == "", "it has ended"
    assert (tmp_path / "public/index.html").read_text() == "new"
    publish(files_of({"index.html": "new"}), tmp_path / "public", tmp_path)
    assert everything(tmp_path) == {"public", "public/index.html", "public/ctxsite.json"}


def test_two_builds_at_once(tmp_path: Path) -> None:
    """The second does not touch what the first writes; each leaves an output that is whole."""
    out, page = tmp_path / "public", Artifact("a/index.html", b"first")
    first = FirstOutput(tmp_path)
    assert first.begin(out)
    stamp = first.write(page)
    publish(files_of({"a/index.html": "second", "b/index.html": "second"}), out, tmp_path)
    assert tree(out)["a/index.html"] == tree(out)["b/index.html"] == b"second"
    wanted = [Artifact(page.path, stamp=stamp), *files_of({"c/index.html": "first"})]
    assert publish(wanted, out, tmp_path, first=first) == Published(3, 0, 1)
    assert tree(out).keys() == {"a/index.html", "c/index.html", "ctxsite.json"}
    assert tree(out)["a/index.html"] == b"first"
    assert not (tmp_path / HIDDEN).exists()


def test_an_output_below_the_current_folder_and_the_folder_itself(
    site: Site, jobs: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    same = here.stat().st_ino
    assert build(site.root, "-j", jobs, "-d", ".").exit_code == 0
    expected = cold(site.root, NOW)[0]
    assert tree(here) == expected
    assert (here.stat().st_ino, Path.cwd()) == (same, here), "whoever works there still does"
    for output in ("out", "../out", "a/b"):
        assert build(site.root, "-j", jobs, "-d", output).exit_code == 0
        assert tree(here / output) == expected
    assert not list(tmp_path.rglob("*.ctxsite-new"))


@pytest.mark.parametrize("more", [(), ("--cache",)])
def test_an_empty_folder_that_is_there_stays_the_same(
    site: Site, jobs: str, more: tuple[str, ...], written: list[str]
) -> None:
    public = site.root / "public"
    public.mkdir()
    public.chmod(0o2775)
    before = public.stat()
    assert build(site.root, "-j", jobs, *more).exit_code == 0
    after = public.stat()
    assert (after.st_ino, after.st_mode) == (before.st_ino, before.st_mode)
    assert not written
    assert tree(public) == cold(site.root, NOW)[0]
    assert not list(site.root.rglob("*.ctxsite-new"))


def test_an_output_that_is_a_link(site: Site, jobs: str, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    same = (tmp_path / "elsewhere").stat().st_ino
    (site.root / "public").symlink_to(tmp_path / "elsewhere")
    assert build(site.root, "-j", jobs).exit_code == 0
    assert (site.root / "public").is_symlink()
    assert (tmp_path / "elsewhere").stat().st_ino == same, "what a link leads to has been made by somebody"
    assert tree(tmp_path / "elsewhere") == cold(site.root, NOW)[0]
    assert not list(tmp_path.rglob("*.ctxsite-new"))


def test_an_output_below_a_link(site: Site, jobs: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder above `link/..` is that of what the link leads to."""
    (tmp_path / "far/away").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "far/away")
    monkeypatch.chdir(tmp_path)
    assert build(site.root, "-j", jobs, "-d", "link/../out").exit_code == 0
    assert tree(tmp_path / "far/out") == cold(site.root, NOW)[0]
    assert not list(tmp_path.rglob("*.ctxsite-new"))


def test_what_is_beside_it_and_is_no_folder_of_ours(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/file").write_text("mine")
    (tmp_path / HIDDEN).symlink_to(tmp_path / "mine")
    assert not FirstOutput(tmp_path).begin(tmp_path / "public")
    publish(files_of({"index.html": "x"}), tmp_path / "public", tmp_path)
    assert tree(tmp_path / "mine") == {"file": b"mine"}
    assert (tmp_path / "public/index.html").read_text() == "x"


def test_check_leaves_what_a_killed_build_left_and_clean_removes_that_alone(site: Site, tmp_path: Path) -> None:
    there = everything(site.root)
    for name in (HIDDEN, f"{HIDDEN}2", ".other.ctxsite-new"):
        (site.root / name / "old").mkdir(parents=True)
    full = everything(site.root)
    assert CliRunner().invoke(main, ["check", "-s", str(site.root), "--now", NOW]).exit_code == 0
    assert everything(site.root) == full
    done = CliRunner().invoke(main, ["clean", "-s", str(site.root)])
    assert (done.exit_code, done.stdout) == (0, f"{site.root}/public: 0 files removed\n")
    left = {f"{HIDDEN}2", ".other.ctxsite-new"}
    assert everything(site.root) == there | left | {f"{name}/old" for name in left}
    assert CliRunner().invoke(main, ["clean", "-s", str(site.root), "-d", str(site.root / "other")]).exit_code == 0
    assert everything(site.root) == there | {f"{HIDDEN}2", f"{HIDDEN}2/old"}


def test_clean_leaves_a_build_at_work_alone(tmp_path: Path) -> None:
    first = FirstOutput(tmp_path)
    assert first.begin(tmp_path / "public")
    first.write(Artifact("index.html", b"x"))
    (tmp_path / "ctxsite.yaml").write_text("title: T\n")
    assert CliRunner().invoke(main, ["clean", "-s", str(tmp_path)]).exit_code == 0
    assert first.appears(())
    assert tree(tmp_path / "public") == {"index.html": b"x"}


def test_clean_where_the_output_is_a_file(site: Site) -> None:
    (site.root / "public").write_text("mine")
    done = CliRunner().invoke(main, ["clean", "-s", str(site.root)])
    assert (done.exit_code, done.stdout) == (0, f"{site.root}/public: 0 files removed\n")
    assert (site.root / "public").read_text() == "mine"


def test_the_folder_is_taken_while_it_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody removes it as the remains of another build, and makes it again."""
    whole, real = tmp_path / HIDDEN, fcntl.flock

    def flock(lock: int, how: int) -> None:
        whole.rename(tmp_path / "gone")
        whole.mkdir()
        real(lock, how)

    monkeypatch.setattr(fcntl, "flock", flock)
    assert not FirstOutput(tmp_path).begin(tmp_path / "public")
    assert everything(tmp_path) == {HIDDEN, "gone"}


def test_a_file_system_without_locks(site: Site, monkeypatch: pytest.MonkeyPatch, written: list[str]) -> None:
    def flock(*_: object) -> None:
        raise OSError(errno.ENOLCK, "none")

    monkeypatch.setattr(fcntl, "flock", flock)
    (site.root / HIDDEN / "old").mkdir(parents=True)
    assert build(site.root).exit_code == 0
    assert tree(site.root / "public") == cold(site.root, NOW)[0]
    assert written
    assert not (site.root / HIDDEN).exists()


@pytest.mark.parametrize("end", [FirstOutput.drop, lambda first: first.appears(())])
def test_nothing_stays_open(tmp_path: Path, end: Callable[[FirstOutput], object]) -> None:
    """The system gives the lowest number that is free."""
    free = os.dup(0)
    os.close(free)
    first = FirstOutput(tmp_path)
    (tmp_path / HIDDEN).mkdir()
    assert first.begin(tmp_path / "public")
    end(first)
    again = os.dup(0)
    os.close(again)
    assert again == free
