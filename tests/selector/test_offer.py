"""The script that offers languages: lookup as RFC 4647 says, and no offer against a choice."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from ctxsite.config.settings import Language, Settings
from ctxsite.targets.offer import offer_script
from tests.render.small_sites import page, sitemap
from tests.rules.reading import clean_vocabulary
from tests.selector.node import node, run

pytestmark = pytest.mark.node

HARNESS = Path(__file__).with_name("offer.mjs")
SITE = "https://site.invalid/"


def script(
    choose: str = "suggest", consent: str = "not-required", translations: tuple[str, ...] = ("en", "de"), **more: Any
) -> str:
    only = page("a", translations={code: f"/{code}/a/" for code in translations})
    more.setdefault("languages", {code: Language(code, code, "ltr") for code in ("en", "de")})
    return offer_script(sitemap([only]), Settings(choose=choose, consent=consent, **more))


def answers(text: str, visits: list[dict[str, Any]], folder: Path) -> list[Any]:
    (folder / "offer.js").write_text(text, encoding="utf-8")
    (folder / "visits.jsonl").write_text("".join(json.dumps(visit) + "\n" for visit in visits), encoding="utf-8")
    said = run([node(), str(HARNESS), str(folder / "offer.js"), str(folder / "visits.jsonl")])
    return [json.loads(line) for line in said.splitlines()]


def visit(lang: str = "en", **more: Any) -> dict[str, Any]:
    links = {"en": SITE + "a/", "de": SITE + "de/a/", "x-default": SITE + "a/"}
    return {"lang": lang, "links": links, "languages": ["de-AT", "en"], **more}


def looked_up(languages: list[str], translations: list[str]) -> str | None:
    """Find the best translation as RFC 4647, 3.4 tells it: ranges in their order, each cut down from the right."""
    known = {tag.lower(): tag for tag in translations}
    for language in languages:
        subtags = language.lower().split("-")
        for length in range(len(subtags), 0, -1):
            if length < len(subtags) and len(subtags[length - 1]) == 1:
                continue  # a single letter goes with what follows it
            if (tag := "-".join(subtags[:length])) in known:
                return known[tag]
    return None


def test_lookup(tmp_path: Path) -> None:
    draw = Random(11)
    parts = ["Hant", "TW", "x", "u", "AT", "419", "nu", "oldstyle", "a", "BR"]
    tags = ["en", "de", "zh-Hant", "pt-BR", "de-AT", "es-419", "zh-u-nu", "en-x-a", "fr"]
    visits, wanted = [], []
    for _ in range(3000):
        translations = draw.sample(tags, draw.randint(2, 6))
        heads = [draw.choice(["en", "de", "zh", "pt", "es", "fr", "nl", "ZH", "En"]) for _ in range(draw.randint(0, 4))]
        languages = ["-".join([head, *(draw.sample(parts, draw.randint(0, 3)))]) for head in heads]
        own = translations[0]
        visits.append({"lang": own, "links": {tag: SITE + tag for tag in translations}, "languages": languages})
        found = looked_up(languages, translations)
        wanted.append(None if found == own else found)
    assert [answer["offered"] for answer in answers(script(), visits, tmp_path)] == wanted
    assert len(set(wanted)) == len(tags) + 1


def test_storage_is_touched_only_where_there_is_something_to_offer(tmp_path: Path) -> None:
    own, unknown, other = answers(script(), [visit("de"), visit(languages=["fr"]), visit()], tmp_path)
    assert (own["offered"], own["touched"]) == (None, 0)
    assert (unknown["offered"], unknown["touched"]) == (None, 0)
    assert (other["offered"], other["touched"], other["left"]) == ("de", 2, {"local": {}, "session": {}})


def test_a_choice_is_remembered_as_the_visitor_allows(tmp_path: Path) -> None:
    chosen = {"ctxsite.language": "de"}
    yes, no = ({"ctxsite": json.dumps({"consent": said, "keys": {}})} for said in (1, 0))
    table: list[tuple[str, dict[str, Any], dict[str, str]]] = [
        ("not-required", {}, chosen),
        ("required", {}, {}),
        ("required", {"local": dict(yes)}, yes | chosen),
        ("not-required", {"local": dict(no)}, no),
        ("not-required", {"gpc": True}, {}),
        ("not-required", {"blocked": True}, {}),
        ("not-required", {"origin": "https://elsewhere.invalid"}, {}),
        ("not-required", {"local": {"ctxsite": "{garbage"}}, {"ctxsite": "{garbage"} | chosen),
    ]
    for consent, more, wanted in table:
        (answer,) = answers(script(consent=consent), [visit(click="de", **more)], tmp_path)
        assert answer["left"] == {"local": wanted, "session": {}}, (consent, more)


def test_a_choice_is_recorded_on_pages_without_translations(tmp_path: Path) -> None:
    """So are pages that show another language's text, and variants at their own addresses: they offer nothing."""
    (answer,) = answers(script(), [visit(links={}, click="de")], tmp_path)
    assert (answer["offered"], answer["left"]["local"]) == (None, {"ctxsite.language": "de"})


def test_a_choice_made_on_another_host_of_the_site_counts(tmp_path: Path) -> None:
    there = "https://beispiel.example"
    languages = {"en": Language("en", "en", "ltr"), "de": Language("de", "de", "ltr", base_url=there + "/x/")}
    both = script(languages=languages, base_url="https://site.invalid")
    for text, wanted in ((both, {"ctxsite.language": "de"}), (script(), {})):
        (answer,) = answers(text, [visit(links={}, click="de", origin=there)], tmp_path)
        assert answer["left"]["local"] == wanted


INDEX = '{"keys":{"member":99},"visit":7}'
REMEMBERED = {"ctxsite": INDEX, "ctxsite.language": "de", "member": "true", "ctxsite.plan": "full", "foreign": "x"}


def test_consent_can_be_given_and_withdrawn_where_the_engine_has_no_memory(tmp_path: Path) -> None:
    given = json.loads(INDEX) | {"consent": 1}
    table: list[tuple[dict[str, Any], Any]] = [
        ({"click": "close", "calls": [["consent", True]]}, ({"consent": 1}, "en", {})),
        ({"calls": [["consent", True]]}, ({"consent": 1}, None, {})),
        ({"click": "close"}, (None, None, {})),
        ({"click": "close", "calls": [["consent", True], ["consent", False]]}, ({"consent": 0}, None, {})),
        ({"click": "close", "calls": [["consent", False]]}, ({"consent": 0}, None, {})),
        (
            {"local": dict(REMEMBERED), "calls": [["consent", True]]},
            (given, "de", {"member", "ctxsite.plan", "foreign"}),
        ),
        ({"local": dict(REMEMBERED), "calls": [["forget"]]}, (None, None, {"foreign"})),
        ({"local": dict(REMEMBERED), "calls": [["consent", False]]}, ({"consent": 0}, None, {"foreign"})),
        ({"blocked": True, "click": "close", "calls": [["consent", True], ["forget"]]}, (None, None, {})),
        ({"gpc": True, "click": "close", "calls": [["consent", True]]}, ({"consent": 1}, None, {})),
    ]
    known = clean_vocabulary("""\
signals:
  member: {type: boolean, from: ["storage:member"], remember: 30d}
  plan: {type: text, from: ["query:plan"], remember: session}
  other: {type: text, from: ["storage:foreign"]}
""")
    text = script(consent="required", vocabulary=known)
    got = answers(text, [visit(session={"ctxsite.plan": "x"}, **given) for given, _ in table], tmp_path)
    for answer, (case, (index, language, others)) in zip(got, table, strict=True):
        local = answer["left"]["local"]
        assert json.loads(local.pop("ctxsite", "null")) == index, case
        assert (local.pop("ctxsite.language", None), set(local)) == (language, set(others)), case
        forgets = any(call[0] == "forget" or call[1:] == [False] for call in case.get("calls", []))
        kept = {} if forgets and not case.get("blocked") else {"ctxsite.plan": "x"}
        assert answer["left"]["session"] == kept, case


def test_the_engine_is_asked_first_where_it_has_a_memory(tmp_path: Path) -> None:
    calls = [["consent", False], ["forget"], ["consent", True]]
    local = {"ctxsite": '{"consent":1,"keys":{}}'}
    (answer,) = answers(script(), [visit(engine=True, click="close", calls=calls, local=local)], tmp_path)
    assert answer["called"] == [False, None, True]
    assert answer["left"]["local"] == local | {"ctxsite.language": "en"}


def test_nothing_is_offered_against_a_choice(tmp_path: Path) -> None:
    closed, back, elsewhere = answers(
        script(),
        [
            visit(click="close"),
            visit(local={"ctxsite.language": "en"}),
            visit(local={"ctxsite.language": "de"}, lang="en"),
        ],
        tmp_path,
    )
    assert closed["left"]["local"] == {"ctxsite.language": "en"}
    assert [closed["offered"], back["offered"], elsewhere["offered"]] == [None, None, None]


def test_without_memory_it_is_offered_once_a_visit(tmp_path: Path) -> None:
    inside, first = visit(gpc=True, referrer=SITE + "b/"), visit(gpc=True, referrer="https://search.invalid/")
    assert [answer["offered"] for answer in answers(script(), [inside, first], tmp_path)] == [None, "de"]


def test_redirection(tmp_path: Path) -> None:
    table = [
        (visit(), "/de/a/?a=1#b"),
        (visit(referrer="https://search.invalid/"), "/de/a/?a=1#b"),
        (visit(referrer="https://site.invalid.evil/"), "/de/a/?a=1#b"),
        (visit(referrer=SITE + "b/"), None),
        (visit(type="reload"), None),
        (visit(type="back_forward"), None),
        (visit("de"), None),
        (visit(languages=["fr"]), None),
        (visit(local={"ctxsite.language": "en"}), None),
        (visit(session={"ctxsite.language": "de"}), None),
        (visit(gpc=True), "/de/a/?a=1#b"),
        (visit(blocked=True), "/de/a/?a=1#b"),
        (
            visit(links={"en": "https://site.invalid/a/", "de": "https://site.example/a/"}),
            "https://site.example/a/?a=1#b",
        ),
        (visit(links={"en": "https://site.example/a/", "de": "https://site.example/de/a/"}), "/de/a/?a=1#b"),
    ]
    got = answers(script("redirect"), [given for given, _ in table], tmp_path)
    assert [answer["led"] for answer in got] == [wanted for _, wanted in table]
    assert all(answer["offered"] is None for answer in got)
    assert got[0]["left"]["session"] == {"ctxsite.language": "de"}


def test_sites_that_need_no_script_have_none() -> None:
    assert script("off") == ""
    assert script(translations=("en",)) == ""
    assert script() != ""
