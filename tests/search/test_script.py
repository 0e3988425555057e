"""What the default theme's search finds: order, letters as each language compares them, and what is marked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import brotli
import pytest

from tests.selector.node import ROOT, node, run, tool

STATIC = ROOT / "themes" / "default" / "static"
HARNESS = Path(__file__).with_name("search.mjs")


def index(language: str, *pages: Any) -> dict[str, Any]:
    """Return an index of pages: titles, or mappings."""
    listed = [{"title": page} if isinstance(page, str) else page for page in pages]
    return {"version": 1, "language": language, "pages": [{"url": f"/{n}/", **page} for n, page in enumerate(listed)]}


ENERGY = index(
    "en",
    {"title": "Prices", "text": "What a heat pump costs. We heat."},
    {"title": "Heat pumps", "text": "They warm rooms.", "section": "Products"},
    {"title": "Contact", "description": "Ask us about heat", "text": "By telephone."},
    {"title": "Solar", "tags": ["Heat pump", "roof"], "text": "Power from the roof."},
)
QUESTIONS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("all words, the title first", {"index": ENERGY, "query": "heat pump"}, ["Heat pumps", "Solar", "Prices"]),
    ("one word is enough for none", {"index": ENERGY, "query": "heat nothing"}, []),
    ("case", {"index": ENERGY, "query": "SOLAR"}, ["Solar"]),
    ("a beginning", {"index": ENERGY, "query": "telep"}, ["Contact"]),
    ("a section", {"index": ENERGY, "query": "products"}, ["Heat pumps"]),
    ("two letters within words are no find", {"index": ENERGY, "query": "ea"}, []),
    ("nothing", {"index": ENERGY, "query": " - "}, []),
    ("German", {"index": index("de", "Schöne Grüße", "Grusel"), "query": "grusse"}, ["Schöne Grüße"]),
    ("marks asked for, and not there", {"index": index("fr", "Eleves"), "query": "élèves"}, ["Eleves"]),
    ("a part of a compound", {"index": index("de", "Wärmepumpe"), "query": "pumpe"}, ["Wärmepumpe"]),
    ("Turkish", {"index": index("tr", "IŞIK", "ışıl"), "query": "ışık"}, ["IŞIK"]),
    ("Polish", {"index": index("pl", "Łódź"), "query": "lodz"}, ["Łódź"]),
    ("Vietnamese", {"index": index("vi", "Điện mặt trời"), "query": "dien mat"}, ["Điện mặt trời"]),
    ("decomposed", {"index": index("en", "Cafe\u0301"), "query": "café"}, ["Cafe\u0301"]),
    ("Greek", {"index": index("el", "Ενέργεια", "ΛΟΓΟΣ"), "query": "λόγος"}, ["ΛΟΓΟΣ"]),
    ("Arabic without vowels", {"index": index("ar", "الطَّاقَة الشمسية"), "query": "الطاقه"}, ["الطَّاقَة الشمسية"]),
    ("Arabic without an article", {"index": index("ar", "انقطاع الكهرباء"), "query": "كهرباء"}, ["انقطاع الكهرباء"]),
    ("Arabic alef", {"index": index("ar", "أسعار"), "query": "اسعار"}, ["أسعار"]),
    ("Persian letters", {"index": index("fa", "انرژی"), "query": "انرژي"}, ["انرژی"]),
    ("Hebrew without points", {"index": index("he", "שָׁלוֹם"), "query": "שלום"}, ["שָׁלוֹם"]),
    ("Japanese", {"index": index("ja", "電気料金について", "お問い合わせ"), "query": "料金"}, ["電気料金について"]),
    ("Japanese words", {"index": index("ja", "料金と電気", "電気"), "query": "電気料金"}, ["料金と電気"]),
    ("kana", {"index": index("ja", "ﾃﾞｰﾀ", "でーた"), "query": "データ"}, ["ﾃﾞｰﾀ", "でーた"]),
    ("one character", {"index": index("zh", "家用电价", "联系"), "query": "价"}, ["家用电价"]),
    ("Thai", {"index": index("th", "ราคาไฟฟ้า"), "query": "ไฟฟ้า"}, ["ราคาไฟฟ้า"]),
    ("Korean", {"index": index("ko", "전기 요금"), "query": "요금"}, ["전기 요금"]),
    ("Hindi keeps its vowels", {"index": index("hi", "की", "का"), "query": "की"}, ["की"]),
    ("no segmenter", {"index": ENERGY, "query": "heat-pump", "segmenter": False}, ["Heat pumps", "Solar", "Prices"]),
    ("marked as written", {"text": "Viele Grüße, grüßt Max", "query": "gruss", "language": "de"}, ["Grüß", "grüß"]),
    ("marked with their marks", {"text": "الطَّاقَة", "query": "طاقه", "language": "ar"}, ["طَّاقَة"]),
    ("marked once", {"text": "heating", "query": "heat heating", "language": "en"}, ["heating"]),
    ("half a double letter", {"text": "Maß", "query": "mas", "language": "de"}, ["Maß"]),
    ("beyond the first plane", {"text": "𠮷野家の𝒜", "query": "吉 a", "language": "ja"}, ["𝒜"]),
]


@pytest.mark.node
def test_finds(tmp_path: Path) -> None:
    program, questions = node(), tmp_path / "questions.jsonl"
    questions.write_text("".join(json.dumps(asked) + "\n" for _, asked, _ in QUESTIONS), "utf-8")
    answers = [json.loads(line) for line in run([program, str(HARNESS), str(questions)]).splitlines()]
    found = {name: answer for (name, _, _), answer in zip(QUESTIONS, answers, strict=True)}
    assert found == {name: expected for name, _, expected in QUESTIONS}


@pytest.mark.node
def test_types_are_right() -> None:
    run([tool("tsc"), "--project", "tools/themes.tsconfig.json"])


def test_it_stays_small() -> None:
    def size(name: str) -> int:
        return len(brotli.compress((STATIC / name).read_bytes()))

    assert size("search-button.js") <= 350, "on every page"
    assert size("search.js") <= 3_500, "when somebody searches"
