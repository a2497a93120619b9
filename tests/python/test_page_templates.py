"""What all pages have in common: whose words they hold, and what becomes of them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from jinja2 import UndefinedError

from lead_scoring.pages.charts import Bar, bars
from lead_scoring.pages.rendering import render
from review_sample import HOSTILE

NOTHING = {
    "layout": "base.html.jinja",
    "title": "",
    "introduction": "",
    "tiles": [],
    "summary": [],
    "most_open_rows": 1,
}


def test_other_peoples_words_are_neither_markup_nor_control_signs() -> None:
    section = SimpleNamespace(
        key="one", title=HOSTILE, mark=SimpleNamespace(name="act", value="to do"), todo=HOSTILE,
        explains=HOSTILE, charts=(bars([Bar(HOSTILE, 1, HOSTILE)], HOSTILE),), table=None,
        links=((HOSTILE, HOSTILE),),
    )  # fmt: skip
    page = render("review.html.jinja", **{**NOTHING, "title": HOSTILE, "sections": [section]})
    assert "<img" not in page
    assert "\x1b" not in page
    # Once in the page's title and its headline, and once in each place of the section.
    assert page.count("&lt;img src=https://example.com/x.png onerror=alert(1)&gt;") == 2 + 3 + 3 + 2


def test_a_template_that_gets_too_little_makes_no_page() -> None:
    with pytest.raises(UndefinedError, match="sections"):
        render("review.html.jinja", **NOTHING)


def test_bars_end_where_the_scale_does() -> None:
    chart = bars([Bar("a", 5, "5", low=-1, high=20, tick=4)], "leads", scale=(0, 10))
    row = chart.rows[0]
    assert row.bars == (("after", 50.0),)
    assert row.interval == (0.0, 100.0)
    assert row.marks == (("tick", 40.0),)
