"""Markdown's HTML works under a strict policy, in both engines."""

from __future__ import annotations

import pytest

from ctxsite.content.markdown.engine import COMMONMARK, ENGINES, Labels, make_engine

TABLE = "| a | b | c |\n| :-- | --: | :-: |\n| 1 | 2 | 3 |\n"


@pytest.mark.parametrize("name", ENGINES)
def test_tables_are_aligned_by_class(name: str) -> None:
    html = make_engine(name)[0].html(TABLE)
    assert "style=" not in html
    assert ['<td class="align-right">2</td>' in html, '<th class="align-center">c</th>' in html] == [True, True]


def test_a_task_says_whether_it_is_done() -> None:
    html = make_engine(COMMONMARK)[0].html("- [ ] a\n- [x] b\n", labels=Labels(to_do="Offen", done="Erledigt"))
    assert html.index('aria-label="Offen"') < html.index('checked="" aria-label="Erledigt"')
