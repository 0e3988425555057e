"""Content that comes from another tool: built with the two configurations of docs/migration, told what is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from ctxsite.cli.main import main

EXAMPLES = Path(__file__).parents[2] / "docs" / "migration"
MakeSite = Callable[..., Path]


def built(site: Path, *more: str) -> dict[str, Any]:
    done = CliRunner().invoke(main, ["build", "-s", str(site), "--now", "2026-11-22T12:00Z", "--json", *more])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def codes(found: dict[str, Any]) -> list[str]:
    return [item["code"] for item in found["diagnostics"]]


def page(body: str = "Text.", **keys: str) -> str:
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in keys.items()) + f"---\n{body}\n"


@pytest.mark.parametrize("name", ["cncf-glossary", "conventional-commits"])
def test_the_configurations_have_ten_lines(name: str) -> None:
    assert len((EXAMPLES / name / "ctxsite.yaml").read_text("utf-8").splitlines()) <= 10


def test_a_folder_for_each_language(make_site: MakeSite) -> None:
    site = make_site({
        "ctxsite.yaml": (EXAMPLES / "cncf-glossary" / "ctxsite.yaml").read_text("utf-8"),
        "content/en/_index.md": page("{{% video abc %}} and `{{< video >}}`\n\n{{% video x %}}", title="Glossary"),
        "content/en/node.md": page("[gone](/gone/)", title="Node", status="Completed", category="concept"),
        "content/en/cloud-apps.md": page(title="Apps"),
        "content/en/search.md": page(title="Search", layout="search"),
        "content/pt-br/node.md": page(Title="Nó", status="Completed"),
        "content/ur/node.md": page(title="نوڈ"),
        "content/hi/cloud apps.md": page(title="ऐप"),
        "content/it-tips/first.md": page(title="A section"),
        "content/nl/first.md": page(title="Undeclared"),
    })  # fmt: skip
    found = built(site)
    assert found["ok"]
    assert sorted(codes(found)) == sorted(
        ["CTX113", "CTX113", "CTX116", "CTX116", "CTX180", "CTX300", "CTX405", "CTX505", "CTX514", "CTX515"]
    )
    by_code = {item["code"]: item for item in found["diagnostics"]}
    assert by_code["CTX116"]["severity"] == "note"
    assert by_code["CTX180"]["message"].endswith("(and 1 more time, in 1 files)")
    assert by_code["CTX300"]["severity"] == "warning"
    public = site / "public"
    assert 'lang="pt-BR"' in (public / "pt-br" / "node" / "index.html").read_text("utf-8")
    assert 'dir="rtl"' in (public / "ur" / "node" / "index.html").read_text("utf-8")
    assert "ऐप" in (public / "hi" / "cloud-apps" / "index.html").read_text("utf-8"), "its own page, not a fallback"
    assert (public / "it-tips" / "first" / "index.html").exists()
    assert (public / "nl" / "first" / "index.html").exists()


def test_a_suffix_for_each_language(make_site: MakeSite) -> None:
    site = make_site({
        "ctxsite.yaml": (EXAMPLES / "conventional-commits" / "ctxsite.yaml").read_text("utf-8"),
        "content/v1/index.md": page("# One", draft="false", aliases='["/en/"]'),
        "content/v1/index.gr.md": page("# Ένα", aliases='["/gr/", "/el/"]'),
        "content/v1/index.pr.md": page("# یک", aliases='["/pr/"]'),
        "content/v1/index.zh-hans.md": page("# 一"),
        "content/v0/index.md": page("# Zero", aliases='["/en/"]', type="old"),
    })  # fmt: skip
    found = built(site)
    assert found["ok"]
    assert sorted(codes(found)) == ["CTX116", "CTX329", "CTX505"]
    public = site / "public"
    greek = (public / "el" / "v1" / "index.html").read_text("utf-8")
    assert '<html lang="el"' in greek
    assert 'hreflang="fa"' in greek
    assert 'hreflang="zh-Hans"' in greek
    assert "url=/el/v1/" in (public / "el" / "index.html").read_text("utf-8"), "nobody wrote a start page in Greek"
    assert "url=/el/v1/" in (public / "gr" / "index.html").read_text("utf-8")
    assert 'dir="rtl"' in (public / "fa" / "v1" / "index.html").read_text("utf-8")
    assert (public / "_redirects").read_text().count("/en/ ") == 1
    written = {path.relative_to(public).as_posix() for path in public.rglob("*.html")}
    assert "el/index.html" in written
    sitemap = (public / "el" / "sitemap.xml").read_text("utf-8")
    assert "<loc>https://commits.example.org/el/</loc>" not in sitemap


def test_severities_are_set_by_code_or_name(make_site: MakeSite) -> None:
    files = {"content/index.md": page("[gone](/gone/)\n\n[x](/x)"), "content/x.md": page(titel="X")}
    assert not built(make_site(files, "strict"))["ok"]
    lenient = "diagnostics: {broken-link: warning, CTX110: note, ctx305: off}\n"
    found = built(make_site({**files, "ctxsite.yaml": lenient}, "lenient"))
    assert found["ok"]
    severities = {item["code"]: item["severity"] for item in found["diagnostics"]}
    assert severities == {"CTX300": "warning", "CTX110": "note"}
    raised = built(make_site({"ctxsite.yaml": lenient.replace("off", "error"), **files}, "raised"))
    assert "CTX305" in codes(raised)
    assert not raised["ok"]


def test_a_character_that_xml_forbids_is_told_and_left_out(make_site: MakeSite) -> None:
    front = page(title='"A\\u0001B"', date="2026-01-01", description='"C\\u000eD"')
    site = make_site({
        "ctxsite.yaml": "base_url: https://example.org\n",
        "content/a.md": front + "## One\x1cTwo\n\n::: note\nA\x08B\n:::\n",
    })  # fmt: skip
    found = built(site)
    assert codes(found) == ["CTX181"] * 4
    for file in (site / "public").rglob("*.xml"):
        ET.fromstring(file.read_bytes())
    html = (site / "public" / "a" / "index.html").read_text("utf-8")
    assert "OneTwo" in html
    assert re.search(r"<p>AB</p>", html)
