"""What a visitor's browser holds may be anything: it is a value of the signal's type, or the signal is unknown."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote, unquote, urlencode

import pytest

from ctxsite.rules.signals import Vocabulary
from ctxsite.targets.browser import compile_page, site_engine
from tests.rules.reading import clean_vocabulary, decision
from tests.selector.node import visits

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)

SITE = """\
signals:
  segment: {values: [private, business, constructor], from: ["query:s", "cookie:s", "storage:s"]}
  weather: {type: enum, values: [sun, rain], from: ["query:s", "cookie:s", "storage:s"]}
  orders: {type: number, from: ["query:s", "cookie:s", "storage:s"]}
  member: {type: boolean, from: ["query:s", "cookie:s", "storage:s"]}
  plan: {type: text, from: ["query:s", "cookie:s", "storage:s"]}
  country: {from: ["query:s", "cookie:s", "storage:s"]}
  place: {type: text, from: ["path:/shops/"]}
"""
SIGNALS = ("segment", "weather", "orders", "member", "plan", "country")

SEEDS = (
    "__proto__", "constructor", "toString", "hasOwnProperty", "business", "private,business", "business,", ",", ", ,",
    "sun", "Sun", " sun", "rain,sun", "0", "1", "-0", "5", "5.5", "5.", ".5", "1e3", "0x10", "Infinity", "NaN", "+5",
    "٣", "true", "false", "TRUE", "yes", "null", "undefined", "DE", "de", "D", "DEU", "ſs", "%", "%%", "%E0%A4%A",
    "%00", "%F0%9F%98%80", "=", ";", "; s=business", "a;b=c", '"', "<script>", "</script>", "\\", "\x00", "\u2028",
    "😀", "{}", "[]", '{"consent":1}', "9" * 400,
)  # fmt: skip


def hostile(draw: Random) -> str:
    """Make a text of the seeds, some cut, joined or followed by random characters."""
    text = draw.choice(SEEDS)
    while draw.random() < 0.4:
        other = draw.choice((*SEEDS, chr(draw.randrange(1, 0x500)), chr(draw.randrange(0x20, 0x7F))))
        text = draw.choice((text + other, other + text, text[: draw.randrange(len(text) + 1)]))
    return text


def meaning(signal: str, text: str) -> Any:
    """Say what a text means, in other words than the engine's; None if nothing."""
    match signal:
        case "segment":
            listed = [member for member in re.split(" *, *", text) if member in ("private", "business", "constructor")]
            return listed if listed or text == "" else None
        case "weather":
            return text if text in ("sun", "rain") else None
        case "orders":
            return float(text) if re.fullmatch(r"[-+]?[0-9]{1,300}(\.[0-9]+)?", text) else None
        case "member":
            return {"true": True, "1": True, "false": False, "0": False}.get(text)
        case "country":
            return text.lower() if re.fullmatch("[A-Za-z]{2}", text) else None
    return text or None


def decoded(cookie: str) -> str | None:
    """Percent-decode a cookie's value as `decodeURIComponent` does: None where that throws."""
    if re.search("%(?![0-9A-Fa-f]{2})", cookie):
        return None
    try:
        return unquote(cookie, errors="strict")
    except UnicodeDecodeError:
        return None


def known() -> Vocabulary:
    return clean_vocabulary(SITE)


def table_and_engine() -> tuple[str, str]:
    rules = [decision([["yes", {"known": name}]], known(), name) for name in SIGNALS]
    return compile_page([(rule, None) for rule in rules], known(), NOW).text, site_engine(rules, known(), NOW)


@pytest.mark.node
def test_ten_thousand_values(tmp_path: Path) -> None:
    draw = Random(4)
    table, engine = table_and_engine()
    given: list[dict[str, Any]] = []
    found: list[list[str | None]] = []
    for _ in range(10_000):
        query, cookie, stored = (hostile(draw) if draw.random() < 0.7 else None for _ in range(3))
        jar = None if cookie is None else re.sub(r"[;\x00-\x1f]", "", cookie).strip()
        given.append({
            "table": table,
            "search": "" if query is None else "?" + urlencode({"s": query}),
            "cookie": "other=1; xs=business" + ("" if jar is None else f"; s={jar}") + "; last=sun",
            "local": {} if stored is None else {"s": stored},
        })  # fmt: skip
        found.append([query, None if jar is None else decoded(jar), stored])
    answers = visits(engine, given, tmp_path)
    wrong = []
    for visit, texts, answer in zip(given, found, answers, strict=True):
        for signal in SIGNALS:
            meanings = [meaning(signal, text) for text in texts if text is not None]
            wanted = next((value for value in meanings if value is not None), None)
            got = answer["context"][signal].get("value")
            if got != wanted:
                wrong.append((signal, visit, wanted, got))
            if answer["blocks"][signal] != ("default" if wanted is None else "yes"):
                wrong.append((signal, visit, wanted, answer["blocks"]))
    assert wrong[:3] == []
    assert len(answers) == 10_000


@pytest.mark.node
def test_malformed_addresses_and_blocked_storage(tmp_path: Path) -> None:
    table, engine = table_and_engine()
    given = [
        {"table": table, "search": "?s=%E0%A4%A&s=business"},
        {"table": table, "search": "?%&&&=&s=business"},
        {"table": table, "blocked": "SecurityError", "search": "?s=business"},
        {"table": table, "blocked": "QuotaExceededError"},
    ]
    answers = visits(engine, given, tmp_path)
    assert [answer["blocks"]["segment"] for answer in answers] == [
        "default", "yes", "yes", "default",
    ]  # fmt: skip


@pytest.mark.node
def test_a_hostile_path(tmp_path: Path) -> None:
    rules = decision([["yes", {"known": "place"}]], known())
    table = compile_page([(rules, None)], known(), NOW, base_path="/site").text
    paths = ("/site/shops/bonn/x", "/site/shops/", "/site/shops/%E0%A4%A", "/shops/bonn", quote("/site/shops/ü"))
    answers = visits(site_engine([rules], known(), NOW), ({"table": table, "path": path} for path in paths), tmp_path)
    assert [answer["context"]["place"].get("value") for answer in answers] == ["bonn", None, None, None, "ü"]
