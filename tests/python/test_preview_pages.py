"""What a preview looks like: the page in a real browser, the Markdown text, the terminal."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser
from rich.console import Console

from lead_scoring.preview.markdown import as_markdown
from lead_scoring.preview.page import as_page
from lead_scoring.preview.terminal import print_preview
from looked_at import WIDTHS, a_browser, assert_well_made, looked_at
from preview_sample import sample, won_leads

MINIMUMS = {"mql": 50, "sql": 80}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless browser."""
    with a_browser() as opened:
        yield opened


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_loads_nothing_and_fits_the_screen(
    browser: Browser, tmp_path: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    file = tmp_path / "preview.html"
    file.write_text(as_page(sample(), MINIMUMS, most_movers=20), encoding="utf-8")
    with looked_at(browser, file, width, scheme) as look:
        assert_well_made(look, file, width)
        assert look.page.locator(".tile").count() == 5
        assert look.page.locator("table.movers tr").count() == 2 + 20 + 1


def test_the_page_without_movers_and_outcomes_still_stands() -> None:
    nobody = replace(won_leads(), won=0, auc_before=None, auc_after=None, grades={})
    page = as_page(replace(sample(0, nobody), movers=[], grades={}), {}, most_movers=20)
    assert "0 leads enter mql or sql" in page
    assert "none was won within 60 days" in page


def test_markdown_shows_figures_and_takes_nothing_for_markup() -> None:
    text = as_markdown(sample(), most_movers=5)
    assert "| mql or above | 30,100 | 30,129 | +29, +0.1 % |" in text
    assert "| AUC | 0.750 | 0.800 | +0.050 | 1,500 of 90,000 leads won |" in text
    assert "108 % of the capacity of 480" in text
    assert "<summary>30 leads enter mql or sql, the first 5</summary>" in text
    assert "| L4 | lead → mql | 49 → 50 |" in text
    assert "| L5 |" not in text
    assert "60,000 leads 9,000 get a likelihood that differs from that of older" in text
    assert "3.0 % → 31 % (band 7) |" in text
    assert "| nowhere | mail | 1 |" in text
    assert not re.search(r"(?<!\\)<img", text)
    assert "\x1b" not in text
    columns = {}
    for block in text.split("\n\n"):
        lines = [line for line in block.splitlines() if line.startswith("|")]
        if lines:
            columns[lines[0]] = {len(re.findall(r"(?<!\\)\|", line)) for line in lines}
    assert columns
    assert all(len(counts) == 1 for counts in columns.values())


def test_the_terminal_shows_the_first_movers_and_obeys_no_id() -> None:
    console = Console(file=io.StringIO(), width=120, highlight=False, markup=False)
    print_preview(sample(), console, most_movers=3)
    assert isinstance(console.file, io.StringIO)
    text = console.file.getvalue()
    assert "points 20 -> 25" in text
    assert "30 leads enter mql or sql" in text
    assert "and 27 more: --csv FILE lists them all" in text
    assert "likely (new, live): of 60,000 leads 9,000 get a likelihood that differs" in text
    assert "13 hand-offs of the last week would go to another queue" in text
    assert "\x1b" not in text
