"""The examples and tables of docs/rules.md and docs/output.md are those of the code."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from ctxsite.cli.main import main
from ctxsite.config.read import read_settings
from ctxsite.content.frontmatter import read_front_matter
from ctxsite.model.meta import IDENTITY_KEYS
from ctxsite.rules.schema import definitions
from ctxsite.rules.signals import BUILT_IN, DECLARABLE, SOURCE_KINDS
from ctxsite.source import SourceText
from tests.docs.pages import DOCS, blocks, text_of

RULES = text_of(DOCS / "rules.md")
OUTPUT = text_of(DOCS / "output.md")
PAGE, DECLARED = blocks(RULES, "yaml")


def test_the_rules_examples_are_valid() -> None:
    settings, diagnostics = read_settings(SourceText("ctxsite.yaml", DECLARED.text))
    assert settings is not None
    assert not diagnostics
    source = SourceText("content/pricing.md", f"---\n{PAGE.text}---\n")
    front, _, diagnostics = read_front_matter(source, settings.vocabulary)
    assert not diagnostics
    assert [variant.name for variant in front.variants or ()] == ["business", "evening"]


def test_keys_of_conditions() -> None:
    table = RULES.partition("| key | value |")[2].split("\n\n")[0]
    documented = {key for line in table.splitlines()[2:] for key in re.findall("`(\\w+)`", line.split(" | ")[0])}
    condition = definitions()["condition"]
    assert isinstance(condition, dict)
    assert documented == {*condition["properties"], "segment"}, "`segment` is a question once segments are declared"


def test_signals() -> None:
    types = RULES.partition("Types: ")[2].partition(";")[0]
    assert set(re.findall("`(\\w+)`", types)) == {str(type_) for type_ in DECLARABLE}
    sources = set(re.findall("`(\\w+):[A-Z]+`", OUTPUT))
    assert sources == set(SOURCE_KINDS)
    context = json.loads(blocks(RULES, "json")[0].text)
    asked = {"time", "language", "segment"}  # `now`, `languages`, `segments`
    assert set(BUILT_IN) - asked <= set(context)


def test_identity_keys() -> None:
    named = re.findall("`(\\w+)`", RULES.partition("Keys that decide identity (")[2].partition(")")[0])
    assert len(named) > 3
    assert set(named) <= IDENTITY_KEYS


def test_addresses(make_site: Callable[..., Path]) -> None:
    config = "languages: [en, de]\nbase_url: https://example.org\nsignals: {segment: {values: [business]}}\n"
    front = "---\ndate: 2026-01-01\nvariants: {business: {when: {segment: business}}}\n---\nA\n"
    files = {"ctxsite.yaml": config, "content/pricing.md": front, "content/pricing.de.md": front}
    root = make_site({**files, "content/pricing@business.md": "B"})
    result = CliRunner().invoke(main, ["build", "-s", str(root), "-j", "1", "--now", "2026-12-24"])
    assert result.exit_code == 0, result.output
    table = OUTPUT.partition("| what |")[2].split("\n\n")[0]
    for line in table.splitlines()[2:5]:
        address, file = re.findall("`(/?[^`]*/[^`]*)`", line)
        assert file == address.strip("/") + "/index.html"
        assert (root / "public" / file).is_file()
    for name in ("feed.xml", "sitemap.xml", "404.html"):
        assert (root / "public" / name).is_file()
        assert (root / "public/de" / name).is_file()
    summary = json.loads((root / "public/ctxsite.json").read_text(encoding="utf-8"))
    assert {"pages", "languages", "artifacts"} <= set(summary)
    assert (root / "public/_headers").is_file()
