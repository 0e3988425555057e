"""A page that vanishes: whose template leads there is found out, though nothing was noted of it; all others stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pytest

from ctxsite.build.session import Session
from tests.build.test_again import NOW, check, cold, run, warm
from tests.build.test_fragments import BLOCK, CONFIG, TEXT

PAGE = (
    "<!doctype html><html lang=en><head><title>{{ page.title }}</title>{{ head() }}</head>"
    "<body>{% block main %}{{ page.content }}{% endblock %}</body></html>"
)
FILES = {
    "ctxsite.yaml": CONFIG + "diagnostics: {broken-link: warning}\n",
    "templates/page.html": PAGE,
    "templates/components/box.html": '<div><a href="../gone/">There</a>{{ body }}</div>',
    "content/gone.md": "---\ntitle: Gone\n---\nText.\n",
    "content/plain.md": "---\ntitle: Plain\n---\nText.\n",
    "content/other.md": "---\ntitle: Other\n---\n[Plain](plain.md) [Nowhere](../nowhere/)\n",
}
TEXT_OF_LEADING = "---\ntitle: Leading\ntemplate: leading\n---\n"
LEADING = {
    "from the root": '<a href="/docs/gone/#part">There</a>',
    "from beside": '<a href="../gone/?x=1">There</a>',
    "in other letters": '<a href="/docs/%67one/">There</a>',
    "of several": '<img src="/docs/plain/" srcset="/docs/plain/ 1x, /docs/gone/ 2x">',
    "of a fragment": "",
}


def written(root: Path, link: str) -> Path:
    """Write a site with a page that leads to another by this text of its template, or else by a fragment's."""
    own = "{% extends 'page.html' %}{% block main %}" + link + "{{ super() }}{% endblock %}"
    leading = {
        "templates/leading.html": own,
        "content/leading.md": TEXT_OF_LEADING + ("" if link else f"{TEXT}\n\n{BLOCK}"),
    }
    for path, content in {**FILES, **leading}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, "utf-8")
    return root


def leads_nowhere(said: Iterable[object]) -> bool:
    return any("leading/index.html leads nowhere" in str(each) for each in said)


@pytest.mark.parametrize("link", LEADING.values(), ids=LEADING)
def test_who_leads_there_is_told(link: str, tmp_path: Path) -> None:
    root = written(tmp_path, link)
    assert not leads_nowhere(warm(root, NOW))
    assert (root / "public/leading/index.html").exists()
    (root / "content/gone.md").unlink()
    said = warm(root, NOW)
    assert leads_nowhere(said)
    assert said == cold(root, NOW)[1]
    (root / "content/gone.md").write_text(FILES["content/gone.md"], "utf-8")
    check(root, NOW)


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("plain", "nothing that it reads has changed"),
        ("leading", "nothing that it reads has changed"),
        ("other", "which files and pages there are to lead to changed"),  # it had a dead end before
    ],
)
def test_who_does_not_lead_there_stands(page: str, reason: str, tmp_path: Path) -> None:
    root = written(tmp_path, '<a href="../other/#gone">Other</a>')
    warm(root, NOW)
    (root / "content/gone.md").unlink()
    assert f"/{page}/: {reason}\n" in run(root, NOW, "--why", page)
    check(root, NOW)


def test_fragments_alone_do_not_tell(tmp_path: Path) -> None:
    box = {"templates/components/box.html": "<div>{{ body }}</div>"}
    root = written(tmp_path, "")
    for path, text in box.items():
        (root / path).write_text(text, "utf-8")
    warm(root, NOW)
    (root / "content/gone.md").unlink()
    assert "/leading/: an address has vanished that it may lead to\n" in run(root, NOW, "--why", "leading")
    check(root, NOW)


@pytest.mark.parametrize("link", LEADING.values(), ids=LEADING)
def test_a_session_finds_it_in_memory(link: str, tmp_path: Path) -> None:
    root = written(tmp_path, link)
    session = Session(root)
    now = dt.datetime.fromisoformat(NOW)
    before = session.build(now)
    assert before.ok
    (root / "content/gone.md").unlink()
    assert leads_nowhere(session.build(now).compiled.diagnostics)
    (root / "templates/leading.html").write_text(PAGE, "utf-8")
    (root / "templates/components/box.html").write_text("<div>{{ body }}</div>", "utf-8")
    after = session.build(now)
    assert after.ok
    assert after.files["plain/index.html"] is before.files["plain/index.html"]
