"""Remembering: only as the signal's `remember:`, consent and Global Privacy Control allow; and forgetting."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from ctxsite.targets.browser import compile_page, site_engine
from tests.rules.reading import clean_vocabulary, decision
from tests.selector.node import visits

pytestmark = pytest.mark.node

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
DAY = 86_400_000
SITE = clean_vocabulary("""\
signals:
  segment: {values: [private, business], from: ["query:segment", "storage:segment"], remember: 30d}
  tags: {type: set, values: [a, b], from: ["query:tags"], remember: session}
  orders: {type: number}
""")
RULES = [
    decision([["business", {"segment": "business"}], ["private", {"segment": "private"}]], SITE, "segment"),
    decision([["b", {"tags": "b"}]], SITE, "tags"),
    decision([["new", {"visit": "new"}], ["returning", {"visit": "returning"}]], SITE, "visit"),
    decision([["many", {"orders": "3.."}]], SITE, "orders"),
]
TABLE = compile_page([(rules, None) for rules in RULES], SITE, NOW).text


class Browser:
    """A browser that visits again and again, and keeps what the engine left in it."""

    def __init__(self, folder: Path, **fixed: Any) -> None:
        self.folder = folder
        self.fixed = fixed
        self.local: dict[str, str] = {}
        self.session: dict[str, str] = {}
        self.now = 1_800_000_000_000
        self.engine = site_engine(RULES, SITE, NOW, consent_required=fixed.pop("consent_required", False))

    def visit(self, search: str = "", *calls: list[Any], **given: Any) -> Any:
        made = {"table": TABLE, "now": self.now, "search": search, "calls": calls, **self.fixed, **given}
        made |= {"local": self.local, "session": self.session}
        (answer,) = visits(self.engine, [made], self.folder)
        self.local, self.session = answer["left"]["local"], answer["left"]["session"]
        return answer["blocks"]


def test_a_value_is_remembered_for_its_days(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    assert browser.visit("?segment=business")["segment"] == "business"
    assert browser.local["segment"] == "business"
    browser.now += 30 * DAY - 1
    assert browser.visit()["segment"] == "business"
    browser.now += 1
    assert browser.visit()["segment"] == "default"
    assert "segment" not in browser.local


def test_a_session_is_remembered_no_longer(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    assert browser.visit("?tags=a,b")["tags"] == "b"
    assert browser.visit()["tags"] == "b"
    assert "ctxsite.tags" not in browser.local
    browser.session = {}
    assert browser.visit()["tags"] == "default"


def test_a_first_session_is_new_throughout(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    assert [browser.visit()["visit"], browser.visit()["visit"]] == ["new", "new"]
    browser.session = {}
    assert [browser.visit()["visit"], browser.visit()["visit"]] == ["returning", "returning"]


@pytest.mark.parametrize("fixed", [{"gpc": True}, {"consent_required": True}, {"blocked": "SecurityError"}])
def test_nothing_is_left_where_nothing_may_be(fixed: dict[str, Any], tmp_path: Path) -> None:
    browser = Browser(tmp_path, **fixed)
    shown = browser.visit("?segment=business&tags=b")
    assert shown == {"segment": "business", "tags": "b", "visit": "default", "orders": "default"}
    assert (browser.local, browser.session) == ({}, {})


def test_consent_is_given_and_taken_back(tmp_path: Path) -> None:
    browser = Browser(tmp_path, consent_required=True)
    browser.visit("?segment=business", ["consent", True])
    assert browser.local["segment"] == "business"  # what was known when consent was given
    assert browser.visit()["segment"] == "business"
    assert browser.visit("?tags=b")["visit"] == "new"
    browser.visit("", ["consent", False])
    assert set(browser.local) == {"ctxsite"}
    assert browser.session == {}
    assert browser.visit("?segment=business")["visit"] == "default"
    assert set(browser.local) == {"ctxsite"}


def test_privacy_control_ends_what_was_remembered(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    browser.visit("?segment=business")
    assert browser.visit(gpc=True)["segment"] == "default"
    assert "segment" not in browser.local


def test_forgetting_leaves_what_the_site_wrote(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    browser.local["basket"] = "3"
    browser.visit("?segment=business&tags=b")
    browser.visit("", ["forget"])
    assert (browser.local, browser.session) == ({"basket": "3"}, {})


def test_scripts_set_values_for_the_next_page(tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    assert browser.visit("", ["set", "segment", "private"])["segment"] == "default"
    assert browser.visit()["segment"] == "private"
    browser.visit("", ["set", "segment", "nonsense"])
    assert browser.visit()["segment"] == "private"
    browser.visit("", ["set", "segment", None])
    assert browser.visit()["segment"] == "default"


@pytest.mark.parametrize(
    "index", ["{", "null", "[1]", '"x"', '{"keys":1}', '{"keys":{"segment":"x"}}', '{"keys":{"segment":1}}']
)
def test_a_broken_index_is_no_index(index: str, tmp_path: Path) -> None:
    browser = Browser(tmp_path)
    browser.local = {"ctxsite": index, "segment": "business"}
    kept = '"segment"' not in index
    assert browser.visit()["segment"] == ("business" if kept else "default")
    browser.visit("?segment=private")
    assert browser.visit()["segment"] == "private"
    assert json.loads(browser.local["ctxsite"])["keys"]["segment"] > browser.now
