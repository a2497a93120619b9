"""The pages of docs/reference/rules say what the seeds and their YAML say."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from lead_scoring.rules.decay_curves import read_curve
from lead_scoring.rules.rule_set import RuleSet, read_rule_set
from lead_scoring.rules.rule_tables import RuleTable, read_rule_tables
from lead_scoring.rules.words import OPERATORS, TYPES, fits
from lead_scoring.rules.worked_rows import explained_cells, worked_row
from lead_scoring_workshop.commands.app import app
from lead_scoring_workshop.rule_pages import curve_plot, writing
from lead_scoring_workshop.rule_pages.pages import PLOT, rule_pages

DECISIONS = Path(__file__).parents[2] / "docs" / "explanation" / "decisions"
CONTRACT_TABLES = 22

runner = CliRunner()


@pytest.fixture(scope="module")
def tables() -> list[RuleTable]:
    return read_rule_tables()


@pytest.fixture(scope="module")
def rule_set() -> RuleSet:
    return read_rule_set()


@pytest.fixture(scope="module")
def pages(tables: list[RuleTable], rule_set: RuleSet) -> dict[str, str]:
    return rule_pages(tables, rule_set)


def call(*arguments: str) -> tuple[int, str]:
    result = runner.invoke(app, ["document", "rules", *arguments])
    return result.exit_code, result.output


def test_the_pages_in_docs_are_up_to_date() -> None:
    wrong = writing.outdated(writing.PAGES)
    assert wrong == [], "run ./scripts/workshop document rules and commit docs/reference/rules"


def test_every_table_has_a_page_with_every_column(
    tables: list[RuleTable], pages: dict[str, str]
) -> None:
    assert len(tables) == CONTRACT_TABLES
    for table in tables:
        page = pages[f"{table.name}.md"]
        assert f"]({table.name}.md)" in pages["README.md"]
        for column in table.columns:
            assert f"| `{column.name}` | {column.holds} | {column.description[:20]}" in page
        assert "doc(" not in page


def test_every_cell_of_a_worked_row_is_explained(
    tables: list[RuleTable], rule_set: RuleSet
) -> None:
    for table in tables:
        if not rule_set.tables[table.name]:
            continue  # predictions are trained, not written
        row = worked_row(rule_set.tables[table.name])
        for column, cell, meaning in explained_cells(rule_set, table, row):
            assert cell == row[column]
            assert meaning.rstrip(".") not in ("", "Blank"), (table.name, column)


def test_every_cell_of_every_default_rule_can_be_explained(
    tables: list[RuleTable], rule_set: RuleSet
) -> None:
    for table in tables:
        if table.name not in ("lists", "title_keywords"):
            for row in rule_set.tables[table.name]:
                assert all(words for *_, words in explained_cells(rule_set, table, row))


def test_cells_say_what_they_mean(tables: list[RuleTable], rule_set: RuleSet) -> None:
    table = next(each for each in tables if each.name == "engagement_rules")
    row = dict.fromkeys((column.name for column in table.columns), "")
    row |= {"rule_id": "r", "scorecard": "*", "signal": "buying_interest", "points": "-2.5"}
    row |= {
        "event_type": "page_viewed|email_opened",
        "per": "target",
        "attribute": "url",
        "operator": "in",
        "value": "a|b",
    }
    row |= {"award": "once", "within_days": "30", "decay": "half_life_14", "max_per_day": "2"}
    said = {column: words for column, _, words in explained_cells(rule_set, table, row)}
    assert said["points"] == "Takes 2.5 points."
    assert said["operator"] == "Reads: is one of ..."
    assert said["value"] == "Page address is one of a, b."
    assert said["event_type"] == "E-mail open or Website visit."
    assert said["per"] == "All of one url, else asset, in all time."
    assert said["award"] == "Points for the latest event alone."
    assert said["within_days"] == "Only events of the last 30 days count, today included."
    assert said["decay"].startswith("It halves every 14 days")
    assert said["min_count"] == "Blank: 1."
    assert said["priority"] == "Blank: last."


def test_operators_stand_as_decided(pages: dict[str, str]) -> None:
    page = pages["operators.md"]
    for name in OPERATORS:
        marks = " | ".join("yes" if fits(name, type_) else "" for type_ in TYPES)
        assert f"| `{name}` | {marks} |" in page
    (decision,) = DECISIONS.glob("0001-*.md")
    text = decision.read_text(encoding="utf-8")
    assert all(name in text for name in OPERATORS)


def test_the_plot_shows_every_curve(rule_set: RuleSet) -> None:
    curves = [read_curve(row) for row in rule_set.tables["decay_curves"]]
    plot = curve_plot.plot_description(curves)
    svg = (writing.PAGES / PLOT).read_text(encoding="utf-8")
    assert curve_plot.shows(svg, plot)
    assert all(curve.decay in svg for curve in curves)
    assert "http" not in svg.replace("http://www.w3.org/", "")
    assert not curve_plot.shows(svg, curve_plot.plot_description(curves[1:]))


def test_a_changed_a_missing_and_a_left_over_page_are_found_and_mended(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    assert call("--to", str(folder))[0] == 0
    assert call("--to", str(folder), "--check") == (0, "The pages are up to date.\n")
    (folder / "signals.md").write_text("edited by hand", encoding="utf-8")
    (folder / "lists.md").unlink()
    (folder / "gone.md").touch()
    code, output = call("--to", str(folder), "--check")
    assert code == 1
    assert "gone.md, lists.md, signals.md" in output
    assert call("--to", str(folder))[0] == 0
    assert writing.outdated(folder) == []
