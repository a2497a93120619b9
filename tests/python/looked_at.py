"""Pages in a headless browser: what they load, whether they fit, how well their text is seen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NO_CHROMIUM = (
    "No chromium on the path: the page is not looked at. Install it, on Debian by "
    "`apt-get install chromium`."
)
WIDTHS = (1280, 390)  # of a desktop's window and of a phone
LEAST_CONTRAST = 4.5  # of text and what is behind it, as WCAG asks (level AA)
SMALLEST_TEXT = 12  # pixels
# The text that is seen worst. Colours may be translucent: what is behind is laid under them.
CONTRAST = """
() => {
  const parts = (colour) => {
    const found = colour.match(/[\\d.]+/g).map(Number);
    return found.length === 3 ? [...found, 1] : found;
  };
  const over = (top, below) =>
    [0, 1, 2].map((place) => top[place] * top[3] + below[place] * (1 - top[3])).concat([1]);
  const behind = (one) => {
    if (!one) return [255, 255, 255, 1];
    const colour = parts(getComputedStyle(one).backgroundColor);
    return colour[3] === 1 ? colour : over(colour, behind(one.parentElement));
  };
  const light = (colour) => {
    const [red, green, blue] = colour.slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one) => {
    const paper = behind(one);
    const [low, high] = [
      light(over(parts(getComputedStyle(one).color), paper)), light(paper),
    ].sort((left, right) => left - right);
    return (high + 0.05) / (low + 0.05);
  };
  const ownText = (one) =>
    [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  return [...document.querySelectorAll('body *')]
    .filter((one) => ownText(one) && one.getClientRects().length && !one.closest('svg'))
    .map((one) => [contrast(one), one.textContent.trim().slice(0, 40)])
    .sort((left, right) => left[0] - right[0])[0];
}
"""


@dataclass
class Look:
    """A page that is open; messages: of its console, errors too; requests: addresses it asked."""

    page: Page
    messages: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@contextmanager
def a_browser() -> Iterator[Browser]:
    """A headless browser; skips the test where there is none."""
    executable = shutil.which("chromium")
    if executable is None:
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as driver:
        # Without a sandbox, for CI runs as root; the page is our own.
        opened = driver.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield opened
        opened.close()


@contextmanager
def looked_at(
    browser: Browser,
    file: Path,
    width: int,
    scheme: Literal["dark", "light"] = "light",
    fragment: str = "",
) -> Iterator[Look]:
    """The file, opened in a window of this width by someone who likes light or dark pages."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    look = Look(page)
    page.on("console", lambda message: look.messages.append(message.text))
    page.on("pageerror", lambda error: look.messages.append(str(error)))
    page.on("request", lambda request: look.requests.append(request.url))
    page.goto(file.as_uri() + fragment)
    page.wait_for_load_state("networkidle")
    yield look
    page.close()


def assert_well_made(look: Look, file: Path, width: int, site: Path | None = None) -> None:
    """It loads nothing, says nothing to the console, fits the screen and is readable.

    site: the folder that it may load from.
    """
    if site is None:
        assert look.requests == [file.as_uri()]
    else:
        assert all(address.startswith(f"{site.as_uri()}/") for address in look.requests)
    assert look.messages == []
    look.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    widths = look.page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert widths[0] <= widths[1] == width
    assert look.page.locator("img").count() == 0
    smallest = look.page.evaluate(
        "Math.min(...[...document.querySelectorAll('body *')].filter(one => one.innerText)"
        ".map(one => parseFloat(getComputedStyle(one).fontSize)))"
    )
    assert smallest >= SMALLEST_TEXT
    contrast, text = look.page.evaluate(CONTRAST)
    assert contrast >= LEAST_CONTRAST, text
