"""The review: the page in a real browser, its sentences, and where its figures come from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser

from lead_scoring.pages.charts import BarChart
from lead_scoring.review import likelihoods
from lead_scoring.review.figures import (
    DAILY,
    EVIDENCE,
    Figures,
    read_figures,
    variables_of_instants,
)
from lead_scoring.review.pages import ORDER, all_sections, as_markdown, as_page
from lead_scoring.review.section import Mark, Section
from looked_at import WIDTHS, a_browser, assert_well_made, looked_at
from prediction_sample import challenger, promises, standing
from review_sample import SECRET, contracts, sample, write_evidence

OF_PREDICTIONS = ("likelihood", "predictions")


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """Figures with something to do in every section."""
    return read(tmp_path_factory.mktemp("review"), sample())


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless browser."""
    with a_browser() as opened:
        yield opened


def read(folder: Path, rows: dict[str, list[dict[str, Any]]]) -> Figures:
    database = folder / "evidence.duckdb"
    write_evidence(database, rows)
    return read_figures(database, database)


def of_predictions(**tables: list[dict[str, Any]]) -> dict[str, Section]:
    """The sections about predictions of these rows, by their keys."""
    none: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("likelihood_calibration", "prediction_standings", "prediction_drift")
    }
    return {one.key: one for one in likelihoods.sections(Figures({**none, **tables}, ""))}


def section(figures: Figures, key: str) -> Section:
    return next(one for one in all_sections(figures) if one.key == key)


def test_the_tables_have_contracts() -> None:
    assert set(contracts()) == {*EVIDENCE, *DAILY}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_loads_nothing_and_fits_the_screen(
    browser: Browser,
    figures: Figures,
    tmp_path: Path,
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    file = tmp_path / "review.html"
    file.write_text(as_page(figures), encoding="utf-8")
    with looked_at(browser, file, width, scheme) as look:
        assert_well_made(look, file, width)
        assert look.page.locator("section[id]").count() == len(ORDER)
        assert look.page.locator("section[id] .do").count() == len(ORDER)
        links = look.page.locator("ul.todo a")
        assert links.count() == len(ORDER)
        for place in range(links.count()):
            target = str(links.nth(place).get_attribute("href"))
            assert look.page.locator(target).count() == 1


def test_every_section_says_what_to_do(figures: Figures) -> None:
    """One sentence or two, that begin with what is to be done."""
    for one in all_sections(figures):
        assert one.todo[0].isupper() and one.todo.endswith("."), one.key
        assert not re.search(r"\bNone\b|nan|\(-\)", one.todo), one.todo
    marks = {one.key: one.mark for one in all_sections(figures)}
    assert {key for key, mark in marks.items() if mark is not Mark.act} == {
        *("ranking", "leaks", "advice", "bands", "challengers", "distribution")
    }


def test_the_sentences_are_those_of_the_figures(figures: Figures) -> None:
    assert "broken: 25 % converted, expected were 2 %" in section(figures, "calibration").todo
    assert section(figures, "raise").todo.startswith("Change “raise ")
    assert section(figures, "raise").todo.endswith("(one) from +10 towards +20.")
    assert section(figures, "drop").todo.startswith("Drop “harmful ")
    assert (
        "mql of one from 40 on (10.5 leads a week, 60 % of the conversions)"
        in section(figures, "thresholds").todo
    )
    assert "Look earlier, with --days 2: 300 of 772 wins" in section(figures, "accounted").todo
    assert "AUC 0.740 (0.690 to 0.790) in the newest months" in section(figures, "ranking").todo
    assert "12 of 432 won leads" in section(figures, "missed").todo
    assert "“too early”: it is 50 %" in section(figures, "rejected").todo
    assert "50 % of 80 promises were kept" in section(figures, "responses").todo
    assert "(17 of 17 rows put aside)" in section(figures, "data").todo
    assert "from “qualified by sales” to “opportunity”" in section(figures, "funnel").todo
    text = as_page(figures)
    for figure in ("4,321", "of 5,386; 765 are too young", "3.2 times", "12,345"):
        assert figure in text


def test_a_challenger_must_be_better_beyond_chance(tmp_path: Path, figures: Figures) -> None:
    assert section(figures, "challengers").todo.startswith("Keep what is live")
    rows = sample()
    rows["scorecard_comparison"][-1] |= {
        "auc": 0.8,
        "auc_difference": 0.05,
        "difference_low": 0.03,
        "difference_high": 0.07,
    }
    better = section(read(tmp_path, rows), "challengers")
    assert better.todo.startswith(
        "Make rival live, by ./scripts/lead-scoring promote, which previews it: it ranks better"
        " by +0.050"
    )
    assert better.mark is Mark.act


def test_advice_that_failed_its_trial_is_given_nowhere(figures: Figures) -> None:
    row = {
        "scorecard": "one", "leads": 100, "changes": 4, "mql_before": 20, "mql_after": 2,
        "lowest_before": 5, "lowest_after": 57, "auc_before": 0.75, "auc_after": 0.76,
        "auc_difference": 0.01, "difference_low": -0.01, "difference_high": 0.03,
    }  # fmt: skip
    failed = figures.with_trials([row])
    for key in ("raise", "lower", "drop"):
        assert section(failed, key).todo.startswith("Leave these rules as they are")
        assert section(failed, key).mark is Mark.unknown
    assert section(failed, "advice").todo.startswith("Do not follow it for one (4 changes,")
    assert "below 10 5.0 % → 57 %" in section(failed, "advice").todo
    passed = figures.with_trials([row | {"difference_low": 0.01}])
    assert section(passed, "raise").mark is Mark.act
    assert section(passed, "advice").todo.startswith("Follow it for one (4 changes,")
    assert "move thresholds or points for 100 along in one" in section(passed, "advice").todo


def test_what_a_prediction_promises_is_set_beside_what_comes(figures: Figures) -> None:
    found = section(figures, "likelihood")
    assert found.todo == (
        "Do not forecast by likely before it is trained anew (./scripts/lead-scoring train): since "
        "February 2026 it promises 2.2 times what comes (20 promised, 9 came)."
    )
    found = section(figures, "predictions")
    assert found.todo.startswith("Train rival anew (./scripts/lead-scoring train), or find out")
    assert "it is switched off since 2026-06-03" in found.todo and "PSI 0.31" in found.todo
    # The longest is the limit, as it is set.
    assert [
        row.marks for chart in found.charts if isinstance(chart, BarChart) for row in chart.rows
    ] == [(("tick", 86.96),)] * 3
    assert "approved by ann on 2026-01-05: whom to call first" in as_page(figures)
    several = of_predictions(
        likelihood_calibration=promises((10, 9, 11)) + promises((3, 0), 1, "rival"),
        prediction_standings=[standing(), challenger()],
    )
    found = several["likelihood"]
    assert found.todo.startswith("Do not approve rival before it is trained anew")
    assert "since January 2026 it promises 6.7 times what comes" in found.todo
    assert [chart.legend[0].words for chart in found.charts if isinstance(chart, BarChart)] == [
        *("likely: came", "rival: came")
    ]
    assert several["predictions"].todo == (
        "Nothing to do: live is likely (approved by ann on 2026-01-05)."
    )


@pytest.mark.parametrize(
    ("standings", "calibrations", "words"),
    [
        (
            [standing()],
            promises(),
            "Forecast by likely: since January 2026 30 were promised, and 30 came",
        ),
        ([challenger("likely")], promises(), "Of the challenger likely since January 2026"),
        ([standing()], promises((20, 25), 2), "since February 2026 2.5 times as much comes as"),
        ([standing()], promises((4, 0), 2), "since February 2026 nothing comes of what it"),
        ([standing()], promises(()), ""),
        (
            [standing()],
            [{**promises((0,))[0], "known_leads": 0, "verdict_since": "unknown"}],
            "0 leads are known that it did not learn from, 5 are too young and 40 are those it",
        ),
    ],
)
def test_a_promise_is_told_in_words(
    standings: list[dict[str, Any]], calibrations: list[dict[str, Any]], words: str
) -> None:
    found = of_predictions(prediction_standings=standings, likelihood_calibration=calibrations)
    assert [words in found[key].todo for key in found if key == "likelihood"] == (
        [True] if words else []
    )


@pytest.mark.parametrize(
    ("standings", "mark", "words"),
    [
        ([challenger()], Mark.unknown, "Look at what rival would have said before you approve it"),
        ([challenger(not_live_because="a feature leaks")], Mark.act, "is not: a feature leaks."),
        ([challenger(status="off")], Mark.unknown, "Leave them: all are switched off."),
        ([standing(), challenger()], Mark.fine, "Nothing to do: live is likely"),
    ],
)
def test_how_predictions_stand_is_told_in_words(
    standings: list[dict[str, Any]], mark: Mark, words: str
) -> None:
    found = of_predictions(prediction_standings=standings)["predictions"]
    assert (found.mark, words in found.todo) == (mark, True), found.todo


@pytest.mark.parametrize(
    ("days", "purpose", "ages", "found"),
    [
        (None, None, ["7", "30"], ()),
        (14, None, ["14"], ("", [14])),
        (None, "first_contact", [], ("first_contact", None)),
        (None, None, ["3"], ("created_plus_30_days", [3, 7, 30])),
        (14, None, ["30"], ("created_plus_14_days", [14, 30])),
        (None, "first_mql", ["0"], ("first_mql", [0, 7, 30])),
    ],
)
def test_a_prediction_is_looked_at_at_the_age_it_is_for(
    days: int | None, purpose: str | None, ages: list[str], found: tuple[Any, ...]
) -> None:
    """Whatever instant the review itself is about."""
    rows = [{"moments": "Creation", "status": "live", "days": age} for age in ages]
    rows += [{"moments": "weekly", "status": "live", "days": "99"}]
    rows += [{"moments": "creation", "status": "off", "days": "98"}]
    names = ("lead_scoring_evidence_purpose", "lead_scoring_evidence_days")
    expected = {name: value for name, value in zip(names, found, strict=False) if value}
    assert variables_of_instants(days, purpose, rows) == expected


def test_rare_words_of_sales_are_not_shown(figures: Figures) -> None:
    for text in (as_page(figures), as_markdown(figures)):
        assert SECRET not in text
        assert "(other)" not in text


def test_a_page_without_outcomes_still_stands(tmp_path: Path) -> None:
    nothing = read(tmp_path, {})
    sections = all_sections(nothing)
    assert [one.key for one in sections] == [key for key in ORDER if key not in OF_PREDICTIONS]
    assert "Does the lead score work?" in as_page(nothing)
    assert all(one.todo for one in sections)
    assert section(nothing, "bands").mark is Mark.unknown


def test_markdown_shows_figures_and_takes_nothing_for_markup(figures: Figures) -> None:
    text = as_markdown(figures)
    assert text.count("\n## ") == len(ORDER)
    assert not re.search(r"(?<!\\)<img", text)
    assert "\x1b" not in text
    for block in text.split("\n\n"):
        lines = [line for line in block.splitlines() if line.startswith("|")]
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in lines}) <= 1, block
