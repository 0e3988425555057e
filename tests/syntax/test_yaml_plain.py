"""The quick way through front matter reads as the parser of all of YAML does, or does not answer."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ctxsite.source import SourceText, Span
from ctxsite.syntax.nodes import Mapping, Node, Scalar
from ctxsite.syntax.yaml import FORBIDDEN, read_events, read_yaml
from ctxsite.syntax.yaml_plain import read_plain

BEFORE = "---\n"

READ = [
    "title: Tariffs\n",
    "title: Tariffs",
    "title: Prices:none\n",
    "title: 'It is 18:00, # and {{ late }}'\ndescription: \"é & <b>\"\n",
    "title: Über uns (Teil 2) – a, b [c] {d} & e * f ! g | h > i ' j \" k % l @ m ` n\n",
    "date: 2026-12-24T10:00:00+01:00  \nurl: https://example.org/a?b\n\n\nweight: 12\ndraft: false\nnothing: ~\n",
    "tags: [energy, solar roof , 12,x-y]\naliases: []\nmore: [ ]\n",
    "tags:\n- a\n- 'b: c'\n\naliases:\n  - /old/\n  -   x\n",
    "summary:\nweight:\n",
]
"""Texts for which there must be an answer."""

NOT_READ = [
    "", "\n", "word\n", "- a\n", "{a: b}\n", "a: b: c\n", "a: b #c\n", "a: 'it''s'\n", 'a: "\\n"\n',
    "a: |\n  text\n", "a: >\n", "a: &x b\n", "a: *x\n", "a: !!str 1\n", "a: [b, [c]]\n", "a: [,]\n",
    "a: [b, ]\n", "a: [- b]\n", "a: [b\n", "a: b\n c\n", "a: b\na: c\n", "a:\n  b: c\n", "a:\n- b\n - c\n",
    "a:\n- b: c\n", "a:\n- - b\n", "a:\tb\n", "a: b\tc\n", "a: b\x85c\n", "a: b\u2028c\n", "a : b\n",
    "'a': b\n", "<<: b\n", "a: -\n", f"a: {'1' * 500}\n", "a: [b, \"c\"]\n", "# a\na: b\n",
    "a:\n  - b\n c: d\n", "a: \"b\n  c\"\n", "a: b\n--- \nc: d\n", "a: [b:c]\n", "é: b\n", f"{'a' * 2000}: b\n",
    "a: b:\n", "a: ? b\n",
]  # fmt: skip
"""Texts that are left to the parser, right ones and wrong ones."""

_WORDS = st.sampled_from([
    "a", "title", "tags", "b c", "é", "1", "-1", "2026-01-02", "true", "null", "~", ":", ": ", " #", "#", "-",
    "- ", "?", "? ", ",", ", ", "[", "]", "{", "}", "'", '"', "\\", "&x ", "*x", "!t ", "|", ">", "%", "@", "`",
    "\n", "\n\n", " ", "  ", "\t", "\n  ", "\n- ", "\n  - ", ": [", "]\n", "\x85", "\u2028", "\xa0", "---",
    "...", "\na: ", "\nb:", "=", "<<", ".", "::",
])  # fmt: skip
_VALUES = st.one_of(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=12),
    st.lists(_WORDS, max_size=6).map("".join),
    st.lists(_WORDS, max_size=4).map(lambda words: f"'{''.join(words)}'"),
    st.lists(_WORDS, max_size=4).map(lambda words: f'"{"".join(words)}"'),
    st.lists(_WORDS, max_size=4).map(lambda words: f"[{', '.join(words)}]"),
    st.lists(_WORDS, max_size=4).map(lambda words: "".join(f"\n- {word}" for word in words)),
    st.lists(_WORDS, max_size=4).map(lambda words: "".join(f"\n  - {word}" for word in words)),
)
_KEYS = st.sampled_from(["title", "tags", "a", "b", "c-d", "E_2", "true", "", "é", "1"])
_ENTRIES = st.tuples(
    _KEYS, st.sampled_from([": ", ":", ":  ", " : ", ":\t"]), _VALUES, st.sampled_from(["\n", "\n\n", " \n", ""])
)
_TAME = st.text("abz é1-.,:?'\"", max_size=10).map(lambda text: f"x{text}")
_TAME_VALUES = st.one_of(
    _TAME,
    st.lists(_TAME, max_size=3).map(lambda words: f"[{', '.join(words)}]"),
    st.lists(_TAME, min_size=1, max_size=3).map(lambda words: "".join(f"\n- {word}" for word in words)),
    st.sampled_from(["", "1", "~", "''", '"a: b"', "'# c'", "2026-01-02", "\n\n  - 'a'\n  -  b\n"]),
)
_TAME_ENTRIES = st.dictionaries(st.sampled_from(["title", "tags", "a", "b", "true"]), _TAME_VALUES, max_size=4)
TEXTS = st.one_of(
    _TAME_ENTRIES.map(lambda entries: "".join(f"{key}: {value}\n" for key, value in entries.items())),
    st.lists(_ENTRIES, max_size=5).map(lambda entries: "".join(part for entry in entries for part in entry)),
    st.lists(_WORDS, max_size=20).map("".join),
)


def shape(node: Node | None) -> object:
    """A node with all that it holds, to be compared."""
    if node is None:
        return None
    at = _at(node.span)
    if isinstance(node, Scalar):
        return (at, type(node.value), repr(node.value), node.raw)
    if isinstance(node, Mapping):
        return ("mapping", at, [(shape(key), shape(value)) for key, value in node.entries])
    return ("list", at, [shape(item) for item in node.items])


def _at(span: Span) -> tuple[int, int]:
    return span.start, span.end


@pytest.mark.parametrize("text", READ)
def test_the_usual_is_read(text: str) -> None:
    source = SourceText("a.md", BEFORE + text)
    found, said = read_events(source, text, len(BEFORE))
    assert not said
    assert shape(read_plain(source, text, len(BEFORE))) == shape(found)


@pytest.mark.parametrize("text", NOT_READ)
def test_all_else_is_left_to_the_parser(text: str) -> None:
    source = SourceText("a.md", text)
    assert read_plain(source, text, 0) is None


@given(TEXTS)
@settings(max_examples=1000, deadline=None)
@example("a: b\n---\nc: d\n")
def test_both_ways_give_the_same_nodes(text: str) -> None:
    source = SourceText("a.md", BEFORE + text)
    plain = read_plain(source, text, len(BEFORE))
    if plain is None or FORBIDDEN.search(text):
        return  # which is said before either is asked
    found, said = read_events(source, text, len(BEFORE))
    assert not said
    assert shape(plain) == shape(found)
    assert shape(read_yaml(source, len(BEFORE))[0]) == shape(found)
