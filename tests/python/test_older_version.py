"""A work file of the version before: what is on record in it stays, and runs go on from there.

The folder older_version holds what commit bdf37df had in its work file after runs as of 2026-05-30,
06-20 and 06-23 over the input files in data/, with a dwell of five days: tables of its record, and
the public tables that it made of them. Rules were rule_files/good with the routing_rules.csv of
that folder; in the first run decision_maker gave 30 points.
"""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import duckdb
import pytest

from lead_scoring.published.older_version import RECORD, take_over
from lead_scoring.runs import runner
from lead_scoring.runs.failures import RunFailed

HERE = Path(__file__).parent
FOLDER = HERE / "older_version"
# The public tables of the record, and the time of a row in each.
HISTORIES = {
    "lead_score_history": "valid_from",
    "stage_changes": "changed_at",
    "lead_handoffs": "handed_off_at",
}
LAST_RUN = "2026-06-23"
FALLEN = "mql -> lead, lost, 2026-06-30 00:00:00"


def load_table(connection: duckdb.DuckDBPyConnection, name: str, table: str) -> None:
    """Makes a table of a CSV file whose header says the type of each column."""
    file = FOLDER / "tables" / f"{name}.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        columns = dict(column.split(" ") for column in next(csv.reader(lines)))
    connection.execute(
        f"create table {table} as select * from read_csv($file, header = true, columns = $columns)",
        {"file": str(file), "columns": columns},
    )


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A work file of the version before."""
    made = tmp_path / "scores.duckdb"
    with duckdb.connect(str(made)) as connection:
        for file in (FOLDER / "tables").iterdir():
            if file.stem != "lead_score_history":
                load_table(connection, file.stem, file.stem)
        connection.execute("create table stg_lead_scoring__events (event_hash bigint)")
        connection.execute(
            "create view lead_score_history as select *, as_of as valid_from"
            " from main.int_lead_scoring__score_log"
        )
    return made


def names(work: Path) -> set[str]:
    with duckdb.connect(str(work), read_only=True) as connection:
        return {name for (name,) in connection.execute("show tables").fetchall()}


def test_what_is_on_record_lies_in_the_tables_of_this_version(work: Path) -> None:
    assert take_over(work)
    assert names(work) == {*RECORD, "stage_changes", "lead_handoffs"}
    with duckdb.connect(str(work), read_only=True) as connection:
        reasons = connection.execute(
            "select lead_id, strftime(as_of, '%m-%d'), left(reasons_changed, 20)"
            " from int_lead_scoring__changed_reasons where lead_id in ('quiet', 'rising')"
            " order by as_of"
        ).fetchall()
        stages = connection.execute(
            "select lead_id, strftime(as_of, '%m-%d'), stage, stage_rank, is_on,"
            " strftime(missed_since, '%m-%d'), queue"
            " from int_lead_scoring__stage_log where lead_id in ('returning', 'waiting')"
            " order by lead_id, as_of, stage"
        ).fetchall()
    assert reasons == [
        ("rising", "06-20", "No activity for 30 d"),
        ("rising", "06-23", "Pricing page visit 0"),
    ]
    assert stages == [
        ("returning", "05-30", "lead", 1, True, None, None),
        ("returning", "05-30", "mql", 2, True, None, "dach_development"),
        ("returning", "06-20", "disqualified", None, False, None, None),
        ("returning", "06-23", "lead", 1, True, None, None),
        ("returning", "06-23", "mql", 2, True, None, "dach_development"),
        ("waiting", "05-30", "lead", 1, True, None, None),
        ("waiting", "05-30", "mql", 2, True, None, "dach_development"),
        ("waiting", "06-20", "lead", 1, True, None, None),
        ("waiting", "06-20", "mql", 2, True, "06-20", None),
    ]


def test_files_of_this_version_are_left_alone(work: Path) -> None:
    assert not take_over(work.with_name("nowhere.duckdb"))
    assert take_over(work)
    before = names(work)
    assert not take_over(work)
    assert names(work) == before


def test_a_file_that_cannot_be_read_stays_as_it_is(work: Path) -> None:
    with duckdb.connect(str(work)) as connection:
        connection.execute("alter table int_lead_scoring__held_stages drop column is_within")
    before = names(work)
    with pytest.raises(RunFailed, match="What the version before recorded in"):
        take_over(work)
    assert names(work) == before


def test_the_record_of_a_later_run_begins_with_that_of_the_version_before(
    work: Path, tmp_path: Path
) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(HERE / "rule_files" / "good", rules)
    shutil.copy(FOLDER / "routing_rules.csv", rules)
    assert take_over(work)
    runner.score(
        data=FOLDER / "data",
        rules=rules,
        as_of="2026-06-30",
        database=work,
        variables={"lead_scoring_minimum_dwell_days": 5},
        select=[f"+{name}" for name in HISTORIES],
        with_tests=False,
    )
    with duckdb.connect(str(work)) as connection:
        for name, time in HISTORIES.items():
            load_table(connection, name, f"{name}_before")
            before = connection.table(f"{name}_before")
            # A row that held until further notice may have ended since.
            columns = [f'"{column}"' for column in before.columns if column != "valid_to"]
            listed = ", ".join(columns)
            now = f"select {listed} from {name} where {time} <= timestamp '{LAST_RUN}'"
            assert connection.execute(f"{now} order by all").fetchall() == (
                before.project(listed).order("all").fetchall()
            ), name
        later = connection.execute(
            "select concat(from_stage, ' -> ', to_stage, ', ', crossing, ', ', changed_at)"
            f" from stage_changes where changed_at > timestamp '{LAST_RUN}'"
            " and lead_id = 'waiting'"
        ).fetchall()
    # Missed since 06-20: the dwell of five days goes on from there, whoever recorded it.
    assert later == [(FALLEN,)]
