"""Pages' tables for the browser, and the engine's composition."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from ctxsite.rules.ast import Decision
from ctxsite.rules.zones import offset_at, zone_info
from ctxsite.targets.browser import compile_page, features, site_engine, zone_lags, zones_good_until
from ctxsite.targets.engine import SLOT_LINE, compose_engine, csp_hash, parts
from tests.rules.generate import ZONES
from tests.rules.reading import VOCABULARY, clean_vocabulary, decision

NOW = dt.datetime(2026, 11, 22, 20, 15, tzinfo=dt.UTC)
VISITOR = clean_vocabulary("audiences: {}\n")


def table(*decisions: Decision, **given: Any) -> Any:
    return json.loads(compile_page([(rules, None) for rules in decisions], VISITOR, NOW, **given).text)


def lowered(when: Any) -> Any:
    return table(decision([["yes", when]], VISITOR))["d"][0][1][0][1]


CONDITIONS = {
    "minutes of a day": ({"time": "22:00-05:00"}, ["%", 0, [[0, 299, 1440], [1320, 1439, 1440]]]),
    "a weekend is one interval": ({"weekday": "sat-sun"}, ["%", 0, [[7200, 10079, 10080]]]),
    "a week that wraps": ({"weekday": "sun-mon"}, ["%", 0, [[0, 1439, 10080], [8640, 10079, 10080]]]),
    "a date": ({"date": "1970-01-02"}, ["#", 0, [[1440, 2879]]]),
    "an open date": ({"date": "1970-01-02.."}, ["#", 0, [[1440, 10**10]]]),
    "a moment": ({"moment": "1970-01-01T00:10..1970-01-01T00:20"}, ["#", 0, [[10, 19]]]),
    "days of every year": ({"date": "12-20..01-06"}, ["y", 0, [[101, 106], [1220, 1231]]]),
    "a language": ({"language": ["de", "fr-CH"]}, ["~", "language", ["de-", "fr-ch-"]]),
    "a host": ({"referrer": "example.org"}, ["^", "referrer", [".example.org"]]),
    "several known": (
        {"known": ["device", "scheme"]},
        ["&", [["*", "device", [0]], ["*", "scheme", [0]]]],
    ),
    "not": ({"not": {"device": "phone"}}, ["!", ["=", "device", ["phone"]]]),
}


@pytest.mark.parametrize("name", CONDITIONS)
def test_conditions_in_the_shape_of_the_engine(name: str) -> None:
    when, expected = CONDITIONS[name]
    assert lowered(when) == expected


def test_only_signals_that_are_read_are_in_a_table() -> None:
    rules = decision([["yes", {"segment": "business"}]])
    page = compile_page([(rules, ["default", "winter"])], VOCABULARY, NOW)
    assert json.loads(page.text) == {
        "d": [["", [["yes", ["?", "segment", ["business"]]]], ["default", "winter"]]],
        "s": {
            "segment": [
                "list", ["private", "business", "partner", "press"], ["query", "segment"], ["memory", "segment"],
            ]
        },
    }  # fmt: skip
    assert page.features == {"core", "member", "list", "query", "memory"}


def test_titles_and_text_cannot_end_the_element() -> None:
    rules = decision([["yes", {"campaign": "</script><!--"}]], VISITOR)
    text = compile_page([(rules, None)], VISITOR, NOW, titles={"yes": "</Script>"}).text
    assert "<" not in text
    assert json.loads(text)["t"] == {"yes": "</Script>"}


@pytest.mark.parametrize("name", ZONES)
def test_zone_tables_tell_the_offset_of_every_hour(name: str) -> None:
    start, *lags = zone_lags(name, NOW)
    assert lags[0] == name
    assert lags[-2:] == ["~", name]
    at = start
    assert isinstance(at, int)
    zone = zone_info(name)
    assert zone is not None
    for length, lag in zip(lags[1:-2:2], lags[2:-2:2], strict=True):
        assert isinstance(length, int)
        for minute in (*range(at, at + length, 60), at + length - 1):
            assert offset_at(zone, minute * 60) == -60 * int(str(lag))
        at += length
    assert at == zones_good_until(NOW).timestamp() / 60


def test_an_engine_has_what_is_needed_and_no_more() -> None:
    rules = decision([["yes", {"time": "08:00-18:00"}]], VISITOR)
    engine = site_engine([rules], VISITOR, NOW)
    assert "getTimezoneOffset" in engine
    for other in ("localStorage", "toLocaleString", "innerWidth", "cookie"):
        assert other not in engine
    assert site_engine([], VISITOR, NOW) == ""


def test_parts_bring_what_they_need() -> None:
    assert compose_engine(["zone"]).count("getTimezoneOffset") == 1
    assert compose_engine(part.name for part in parts()).isascii()


def test_features_of_a_site_cover_every_grouping_of_its_decisions() -> None:
    first = decision([["a", "night-in-dach"], ["b", {"not": "quiet"}]], name="first")
    second = decision(
        [["a", {"audience": ["quiet", "night"], "zone": "Asia/Tokyo", "time": "01:00-02:00"}]], name="second"
    )
    found = features([first, second, first], VOCABULARY, NOW)
    for group in ([first], [second], [first, second], [second, first]):
        assert compile_page([(rules, None) for rules in group], VOCABULARY, NOW).features <= found | {"core"}


def test_hashes_are_those_of_content_security_policy() -> None:
    # CSP Level 3, 8.4: the hash of `alert('Hello, world.');`
    assert csp_hash("alert('Hello, world.');") == "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
    assert SLOT_LINE.isascii()
