"""What a preview looks like: the page in a real browser, the Markdown text, the terminal."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from rich.console import Console

from lead_scoring.preview.markdown import as_markdown
from lead_scoring.preview.page import as_page
from lead_scoring.preview.terminal import print_preview
from preview_sample import sample, won_leads

MINIMUMS = {"mql": 50, "sql": 80}
NO_CHROMIUM = (
    "No chromium on the path: the page is not looked at. Install it, on Debian by "
    "`apt-get install chromium`."
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless browser."""
    executable = shutil.which("chromium")
    if executable is None:
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as driver:
        # Without a sandbox, for CI runs as root; the page is our own.
        opened = driver.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_loads_nothing_and_fits_the_screen(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    file = tmp_path / "preview.html"
    file.write_text(as_page(sample(), MINIMUMS, most_movers=20), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900})
    messages: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(file.as_uri())
    page.wait_for_load_state("networkidle")
    assert requests == [file.as_uri()]
    assert messages == []
    widths = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert widths[0] <= widths[1] == width
    assert page.locator(".tile").count() == 5
    assert page.locator("table.movers tr").count() == 2 + 20 + 1
    assert page.locator("img").count() == 0
    smallest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('main *')].filter(one => one.innerText)"
        ".map(one => parseFloat(getComputedStyle(one).fontSize)))"
    )
    assert smallest >= 12
    page.close()


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
    assert "\x1b" not in text
