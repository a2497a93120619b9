"""Files of a data folder: which are read, refused or named, and how parts fit together."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from checked_data import write
from lead_scoring.data.checks import check_folder
from lead_scoring.data.folder import InputError, create_views, find_files
from lead_scoring.model_expressions import Project

pytestmark = pytest.mark.usefixtures("rules_read_once")


@pytest.mark.parametrize("other", ["feb.CSV", "mar.tsv", "2026-06"])
def test_a_folder_of_parts_holds_parts_alone(tmp_path: Path, other: str) -> None:
    folder = write(tmp_path / "data")
    (folder / "events").mkdir()
    (folder / "events.csv").rename(folder / "events" / "jan.csv")
    assert find_files(folder)["events"] == [folder / "events" / "jan.csv"]
    for mark in ("_SUCCESS", ".jan.csv.crc"):
        (folder / "events" / mark).touch()
    assert find_files(folder)["events"] == [folder / "events" / "jan.csv"]
    (folder / "events" / other).mkdir()
    with pytest.raises(InputError, match=rf"events holds {other} beside its parts"):
        find_files(folder)


def test_files_that_are_no_tables_are_named(tmp_path: Path) -> None:
    folder = write(tmp_path / "data")
    merges = "lead_id,merged_into_lead_id,merged_at\nL1,L2,2026-02-01\n"
    (folder / "Lead_Merges.csv").write_text(merges)
    (folder / "events-old.csv").write_text("event_id\n")
    (folder / "lead_merges.parquet").mkdir()
    (folder / "notes.md").write_text("x")
    (folder / "deals.XLSX").write_text("x")
    (folder / ".hidden.csv").write_text("x")
    found = [one for one in check_folder(folder).findings if one.problem.startswith("not read")]
    assert [one.problem for one in found] == [
        "not read: Lead_Merges.csv (seems to be the lead_merges), deals.XLSX, events-old.csv,"
        " lead_merges.parquet"
    ]


def test_parts_whose_times_know_their_zone_do_not_decide_for_those_that_do_not(
    tmp_path: Path,
) -> None:
    folder = write(tmp_path / "data")
    (folder / "events.csv").unlink()
    (folder / "events").mkdir()
    for part, kind in (("a", "timestamp"), ("b", "timestamptz")):
        duckdb.execute(
            "set TimeZone = 'UTC'; copy (select 'L1' as lead_id, 'page_viewed' as event_type,"
            f" '{part}' as event_id, cast('2026-06-30 12:00:00' as {kind}) as occurred_at)"
            f" to '{folder}/events/{part}.parquet'"
        )
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        create_views(connection, folder)
        project = Project({"lead_scoring_input_time_zone": "Europe/Berlin"}, connection)
        value = project.reading("time", project.input_value("events", "occurred_at"))
        found = connection.execute(
            f"select event_id, cast({value} as varchar) from inputs.main.events order by 1"
        ).fetchall()
    assert found == [("a", "2026-06-30 10:00:00"), ("b", "2026-06-30 12:00:00")]
