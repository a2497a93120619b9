"""The site: its pages in a real browser, with the network off, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from playwright.sync_api import Browser, Page

from lead_scoring.rules.files import PREFIX, SEEDS
from lead_scoring.site import leads
from lead_scoring.site.pages import Shell, write_site
from looked_at import a_browser, assert_well_made, looked_at
from site_sample import LEADS, ODD_IDS, write_published

PAGES = (*Shell.pages, "lead.html")
ROWS_IN_SIGHT = "tr.row td:first-child a"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with contacts, in four chunks: the id that is last by code points is one alone."""
    folder = tmp_path_factory.mktemp("site")
    write_published(folder / "x.duckdb", has_predictions=True)
    cards = folder / "rules" / "cards"
    cards.mkdir(parents=True)
    (cards / "Likely.html").write_text("<h1>Card</h1>", encoding="utf-8")
    copyfile(SEEDS / f"{PREFIX}scorecards.csv", folder / "rules" / "scorecards.csv")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(leads, "LEADS_OF_A_CHUNK", (LEADS + len(ODD_IDS)) // 3)
        write_site(folder / "x.duckdb", folder / "site", rules=folder / "rules", with_contacts=True)
    return folder / "site"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless browser."""
    with a_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def page(browser: Browser, site: Path) -> Iterator[Page]:
    """A page that tests lead from one address to the next."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


def opened(page: Page, site: Path, address: str) -> Page:
    page.goto("about:blank")  # else another fragment would be no other page
    page.goto(f"{site.as_uri()}/{address}")
    return page


@pytest.mark.parametrize("file", PAGES)
def test_pages_load_only_what_lies_beside_them_and_fit_the_screen(
    browser: Browser, site: Path, file: str
) -> None:
    fragment = "#L0007" if file == "lead.html" else ""
    with looked_at(browser, site / file, 1280, "light", fragment) as look:
        assert_well_made(look, site / file, 1280, site)
        look.page.set_viewport_size({"width": 390, "height": 900})
        look.page.emulate_media(color_scheme="dark")
        assert_well_made(look, site / file, 390, site)
        assert look.page.title()
        assert look.page.locator("html").get_attribute("lang") == "en"
        assert look.page.locator("main h1").count() == 1
        assert look.page.locator("nav[aria-label]").count() == 1
        assert look.page.locator("[role=note]", has_text="With personal data").count() == 1
        unnamed = "main :is(input, select):not(label *):not([aria-label])"
        assert look.page.locator(unnamed).count() == 0


def test_every_page_searches_for_leads(page: Page, site: Path) -> None:
    opened(page, site, "rules.html")
    page.keyboard.press("/")
    page.keyboard.type("L0007")
    page.keyboard.press("Enter")
    page.wait_for_url("**/leads.html?find=L0007")
    page.locator("[role=status]", has_text="1 of").wait_for()
    page.focus("#find")
    page.keyboard.press("Escape")
    assert page.url == f"{site.as_uri()}/leads.html#"


def test_a_list_holds_all_rows_and_draws_those_in_sight(page: Page, site: Path) -> None:
    opened(page, site, "leads.html")
    page.wait_for_selector(ROWS_IN_SIGHT)
    assert page.locator("[role=status]").inner_text() == f"{LEADS + 4:,} of {LEADS + 4:,}"
    assert page.locator("tr.row").count() < 40
    assert page.locator(ROWS_IN_SIGHT).first.inner_text() == "L0100"
    page.evaluate("document.querySelector('.list').scrollTop = 1e9")
    last = page.locator(f"tr.row[aria-rowindex='{LEADS + 5}']")
    last.wait_for()
    box, row = page.locator(".list").bounding_box(), last.bounding_box()
    assert box is not None and row is not None
    # The last row ends where the list does: rows are as high as the script takes them to be.
    assert row["y"] + row["height"] == pytest.approx(box["y"] + box["height"], abs=2)


def test_a_list_is_searched_chosen_and_sorted_and_its_address_says_so(
    page: Page, site: Path
) -> None:
    opened(page, site, "leads.html")
    page.wait_for_selector(ROWS_IN_SIGHT)
    page.keyboard.press("/")
    page.keyboard.type("a29")
    # Accounts A29 and A290 to A299, each with four leads.
    assert page.locator("[role=status]").inner_text().startswith("44 of")
    page.select_option("[data-filter=segment]", "enterprise")
    page.click("th button:has-text('lead')")
    assert page.locator("[role=status]").inner_text().startswith("20 of")
    first = page.locator(ROWS_IN_SIGHT).first.inner_text()
    assert first == "L0290"
    assert page.locator("th[aria-sort=ascending]").inner_text().strip().startswith("lead")
    again = page.url.split("/")[-1]
    assert again == "leads.html#find=a29&segment=enterprise&sort=lead_id"
    opened(page, site, again)
    page.wait_for_selector(ROWS_IN_SIGHT)
    assert page.locator(ROWS_IN_SIGHT).first.inner_text() == first
    page.focus("#find")
    page.keyboard.press("Escape")
    assert page.locator("[role=status]").inner_text().startswith("602 of")
    page.fill("#find", "L0007@MAIL")
    assert page.locator("tr.row").count() == 0  # it is of the other segment
    assert page.locator("tbody").inner_text().strip() == "No lead is like that."


def test_arrows_walk_through_the_rows_and_enter_opens_one(page: Page, site: Path) -> None:
    opened(page, site, "leads.html#sort=lead_id&find=L0")
    page.wait_for_selector(ROWS_IN_SIGHT)
    page.focus(".list")
    focused = "document.activeElement.textContent"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "L0000"
    for key in ("ArrowDown", "PageDown", "ArrowUp"):
        page.keyboard.press(key)
    place = int(page.evaluate(focused)[1:])
    assert place > 5
    page.keyboard.press("End")
    assert page.evaluate(focused) == "L0999"
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lead.html#L0000")
    page.locator("h1", has_text="L0000 · Ann").wait_for()


@pytest.mark.parametrize("lead_id", ODD_IDS)
def test_odd_ids_have_pages_and_are_no_markup(page: Page, site: Path, lead_id: str) -> None:
    opened(page, site, "leads.html")
    page.wait_for_selector(ROWS_IN_SIGHT)
    page.fill("#find", lead_id)
    page.press("#find", "Enter")
    page.keyboard.press("Enter")
    page.locator("h1", has_text=lead_id.replace("\x1b", "?").replace("\ue000", "?")).wait_for()
    assert page.locator("img").count() == 0


def test_bars_begin_where_the_one_before_ended_and_make_the_sum(page: Page, site: Path) -> None:
    opened(page, site, "lead.html#L0007")
    page.locator(".bars").first.wait_for()
    why = page.locator("section", has=page.locator("h2", has_text="Why this score"))
    numbers = why.locator(".bars .numbers").all_inner_texts()
    # Points of rules without a signal, as penalties for silence, are among them.
    assert numbers == ["+30", "+30", "+25.5", "-5", "-5", "+15.5"]
    bars = page.evaluate(
        "[...document.querySelectorAll('.bars')[1].querySelectorAll('.bar')].map(bar =>"
        " [parseFloat(bar.style.left), parseFloat(bar.style.width)])"
    )
    # From 0 to 25.5 points, to hundredths of a percent.
    ends = [(round(left, 2), round(left + width, 2)) for left, width in bars]
    of_all = [round(100 * points / 25.5, 2) for points in (0, 25.5, 20.5, 15.5)]
    assert ends == [
        (of_all[0], of_all[1]), (of_all[2], of_all[1]), (of_all[3], of_all[2]),
        (of_all[0], of_all[3]),
    ]  # fmt: skip


def test_the_page_of_a_lead_tells_its_past_and_what_is_ahead(page: Page, site: Path) -> None:
    opened(page, site, "lead.html#L0007")
    history = page.locator("section", has=page.locator("h2", has_text="History"))
    history.wait_for()
    assert "69 → 70" in history.inner_text()
    assert "Demo request 0 → +60" in history.inner_text()
    assert "53 earlier changes" in history.inner_text()
    assert (history.locator("path.line").get_attribute("d") or "").startswith("M0.00 89H")
    fades = page.locator("section", has=page.locator("h2", has_text="What fades")).inner_text()
    assert "25.5" in fades and "20.0" in fades and "10.3" in fades
    account = page.locator("section", has=page.locator("h2", has_text="Account")).inner_text()
    assert "A7: score" in account and "L0307" in account and "L0007" not in account
    others = page.locator("section", has=page.locator("h2", has_text="other scorecards"))
    assert "challenger" in others.inner_text()
    page.goto(f"{site.as_uri()}/lead.html#nobody")
    page.locator("text=No lead nobody has a score as of 2026-06-30 12:00 UTC.").wait_for()


def test_a_lead_has_a_trend_a_next_stage_and_levers(page: Page, site: Path) -> None:
    opened(page, site, "lead.html#L0007")
    tiles = page.locator(".tile")
    tiles.first.wait_for()
    told = " ".join(" ".join(tiles.all_inner_texts()).split())
    assert "higher than 5 % of enterprise" in told
    assert "Trend rising +5 in 7 days, +5 in 30 days" in told
    assert "sql needs 12 more in total, 3 more of engagement" in told
    levers = page.locator(".levers li")
    said = [" ".join(text.split()) for text in levers.all_inner_texts()]
    assert said == [f"+{place} lever {place}: 7 → {7 + place}" for place in (1, 2)]
    assert page.locator(".levers b").all_inner_texts() == ["lever 2: 7 → 9"]
    account = page.locator("section", has=page.locator("h2", has_text="Account"))
    assert "buying group is 50 % there; it lacks Buyer (0 of 1, required)." in account.inner_text()
    opened(page, site, "accounts.html#find=A299")
    page.wait_for_selector(ROWS_IN_SIGHT)
    assert "50 %" in page.locator("tr.row").inner_text()


def test_a_likelihood_stands_beside_the_score_with_its_parts_and_its_card(
    page: Page, site: Path
) -> None:
    opened(page, site, "leads.html#find=L0007")
    page.wait_for_selector(ROWS_IN_SIGHT)
    cell = page.locator("tr.row td.of_likelihood")
    assert cell.inner_text().split("\n") == ["73 %", "band 8 of 10"]
    page.fill("#find", "L0003")
    assert cell.inner_text().split("\n") == ["unknown", "too far from the leads of training"]
    page.locator("header a", has_text="how far to trust it").click()
    page.locator("h1", has_text="Card").wait_for()
    opened(page, site, "lead.html#L0007")
    tiles = page.locator(".tile")
    tiles.first.wait_for()
    told = [" ".join(text.split()) for text in tiles.all_inner_texts()]
    assert "Likelihood 73 % to be won within 90 days" in told
    sections = page.locator("section", has=page.locator("h2", has_text="How likely"))
    live, trial = sections.all()
    assert (
        "73 %. Band 8 of 10. Half of those in it that were won took 21 days or fewer. "
        "Expected amount: 8,760."
    ) in live.inner_text()
    assert live.locator(".bars .numbers").all_inner_texts() == [
        *("-2", "+1.5", "-1.2", *["+0.05"] * 6, "+0.15", "-1.25")
    ]
    assert "3 others together" in live.inner_text()
    assert live.locator("a").get_attribute("href") == "cards/Likely.html"
    assert "On trial: nothing is decided by rival." in trial.inner_text()
    assert trial.locator("a").count() == 0
    opened(page, site, "lead.html#L0003")
    tiles.first.wait_for()
    assert "unknown" in " ".join(tiles.all_inner_texts())
    assert "Unknown: too far from the leads of training." in sections.first.inner_text()
    opened(page, site, "review.html")
    assert "live is likely (approved by ann" in page.locator("#predictions .do").inner_text()
    assert page.locator("#predictions a").get_attribute("href") == "cards/Likely.html"


def test_today_lists_who_waits_by_the_time_that_is_left(page: Page, site: Path) -> None:
    opened(page, site, "index.html")
    page.wait_for_selector(ROWS_IN_SIGHT)
    # 121 leads were handed over, and one was spoken to; that of the odd id long ago.
    assert page.locator(".tile .value").all_inner_texts() == ["120", "110", "6", "119"]
    assert page.locator("[role=status]").inner_text() == "120 of 120"
    times = page.locator("tr.row td:nth-child(2)").all_inner_texts()
    assert times[:2] == ["694 d over", "18 h 10 min over"]
    page.click("a[href='#owner=ann']")
    page.locator("[role=status]", has_text="61 of 120").wait_for()
    assert page.locator("[data-filter=owner]").input_value() == "ann"
    page.fill("#find", "L0020")
    assert page.locator("tr.row").count() == 1
    assert page.locator("tr.row td").nth(2).inner_text() == "sql"
    page.fill("#find", "L0050")
    assert page.locator("tr.row").count() == 0
