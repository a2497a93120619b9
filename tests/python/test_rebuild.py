"""Which runs a rebuild records, and how recorded rule rows are read; no run of dbt."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from lead_scoring.commands.app import app
from lead_scoring.rules.recorded import cells_of, write_recorded_rules
from lead_scoring.runs.failures import RunFailed
from lead_scoring.runs.history_runs import Run, passes_of, runs_anew


def run(day: int, hour: int, version: int, **values: bool) -> Run:
    """A recorded run of March 2026."""
    known = {"is_rule_change": False, "announces_rule_changes": False} | values
    return Run(datetime(2026, 3, day, hour), f"rules {version}", version, 0, **known)


RECORDED = [
    run(3, 12, 1),
    run(4, 12, 2, is_rule_change=True, announces_rule_changes=True),
    run(5, 12, 2),
    run(7, 12, 3, is_rule_change=True),
]


def test_midnights_take_the_place_of_runs_under_their_rules() -> None:
    midnights = [datetime(2026, 3, day) for day in (2, 3, 4, 5, 6)]
    found = runs_anew(RECORDED, midnights)
    assert [(run.as_of.day, run.as_of.hour, run.rules_version) for run in found] == [
        (2, 0, 1),
        (3, 0, 1),
        (4, 0, 1),
        (5, 0, 2),
        (6, 0, 2),
        (7, 12, 3),
    ]
    assert [run.is_rule_change for run in found] == [False, False, False, True, False, True]
    # The run that brought version 2 announced it; so does its first midnight.
    assert found[3].announces_rule_changes
    assert not found[-1].announces_rule_changes


def test_runs_outside_the_range_stay() -> None:
    found = runs_anew(RECORDED, [datetime(2026, 3, 5)])
    assert found[:2] == RECORDED[:2]
    # The rules had changed before: the first run after the range is no change any more.
    assert found[2:] == [
        replace(RECORDED[1], as_of=datetime(2026, 3, 5), is_rule_change=False),
        *RECORDED[2:],
    ]


def test_a_second_rebuild_records_the_same_runs() -> None:
    midnights = [datetime(2026, 3, day) for day in (3, 4, 5, 6)]
    once = runs_anew(RECORDED, midnights)
    assert runs_anew(once, midnights) == once


def test_a_pass_is_bounded_and_under_one_version() -> None:
    runs = [run(day, 0, version) for day, version in enumerate((1, 1, 1, 2, 2, 1), start=1)]
    passes = [(version, [run.as_of.day for run in part]) for version, part in passes_of(runs, 2)]
    assert passes == [(1, [1, 2]), (1, [3]), (2, [4, 5]), (1, [6])]


@pytest.mark.parametrize("recorded", [[], RECORDED])
def test_nothing_beyond_the_record_is_rebuilt(recorded: list[Run]) -> None:
    with pytest.raises(RunFailed):
        runs_anew(recorded, [datetime(2026, 3, 8)])


def test_words_of_a_row_are_its_cells() -> None:
    columns = ("rule_id", "scorecard", "attribute", "operator", "value", "points")
    words = "rule_id title; scorecard *; operator in; value vp; or points|a  b; points -2.5"
    assert cells_of(words, columns) == {
        "rule_id": "title",
        "scorecard": "*",
        "operator": "in",
        "value": "vp; or points|a  b",
        "points": "-2.5",
    }
    # A blank first cell leaves its separator behind.
    assert cells_of("; operator in", columns) == {"operator": "in"}


def test_rules_of_a_version_are_the_latest_rows_until_then(tmp_path: Path) -> None:
    connection = duckdb.connect()
    connection.execute(
        "create table rule_changes as from (values"
        " (1, 'lists', 'a, b', 'added', 'list a; entry b'),"
        " (1, 'lists', 'a, c', 'added', 'list a; entry c'),"
        " (2, 'lists', 'a, c', 'removed', null),"
        " (1, 'scorecards', 'enterprise', 'added', 'scorecard enterprise; priority 1'),"
        " (2, 'scorecards', 'enterprise', 'changed', 'scorecard enterprise; priority 2')"
        ") as changes (rules_version, seed, row_key, change, to_row)"
    )
    texts = {}
    for version in (1, 2):
        write_recorded_rules(connection, version, None, tmp_path / str(version))
        texts[version] = {
            name: (tmp_path / str(version) / f"{name}.csv").read_text(encoding="utf-8")
            for name in ("lists", "scorecards", "fit_rules")
        }
    assert texts[1]["lists"] == "list,entry,note\na,b,\na,c,\n"
    assert texts[2]["lists"] == "list,entry,note\na,b,\n"
    assert "enterprise,,,1," in texts[1]["scorecards"]
    assert "enterprise,,,2," in texts[2]["scorecards"]
    # What decides nothing is taken from the present row.
    assert "enterprise_sales" in texts[1]["scorecards"]
    assert len(texts[1]["fit_rules"].splitlines()) == 1


def test_the_command_wants_both_ends(tmp_path: Path) -> None:
    outcome = CliRunner().invoke(app, ["score", "--from", "2026-03-01"])
    assert outcome.exit_code != 0
    missing = ["--from", "2026-03-01", "--to", "2026-03-02", "--database"]
    outcome = CliRunner().invoke(app, ["score", *missing, str(tmp_path / "none.duckdb")])
    assert outcome.exit_code == 1
    assert not (tmp_path / "none.duckdb").exists()
