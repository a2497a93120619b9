"""What a run says it has read of the events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import pytest

from lead_scoring.published.events_read import LoadDay, LoadDays, events_read, kept_load_days
from lead_scoring.runs.failures import RunFailed

READING = "reading 1, v1.4.1: url"


def days(rows: Mapping[int, int], reading: str = READING) -> LoadDays:
    """Load days of January, each with so many rows."""
    return {date(2026, 1, day): LoadDay(reading, count, 10 * day) for day, count in rows.items()}


BEFORE = days({1: 4, 2: 5, 3: 1_000})


@pytest.mark.parametrize(
    ("before", "after", "rows", "words"),
    [
        ({}, BEFORE, 1_009, "Read all 1,009 event rows: none were kept from a run before."),
        (BEFORE, BEFORE, 0, "Read no event row: no load day has changed or is new."),
        (
            BEFORE,
            {**BEFORE, **days({2: 6, 4: 1_200})},
            1_206,
            "Read 1,206 event rows of 2 changed or new load days.",
        ),
        (
            BEFORE,
            {**days({1: 4, 3: 1_000}), date(2026, 1, 4): LoadDay(READING, 1, 7)},
            1,
            "Read 1 event row of 1 changed or new load day; 1 load day had left the input.",
        ),
        (
            BEFORE,
            days({1: 4}, "reading 1, v1.4.1: quantity, url"),
            4,
            "Read all 4 event rows: the event columns that attributes declares have changed.",
        ),
        (
            BEFORE,
            days({1: 4}, "reading 1, v1.4.2: url"),
            4,
            "Read all 4 event rows: the settings of times, or this version of the project or of"
            " DuckDB, read them otherwise.",
        ),
        (
            BEFORE,
            {},
            0,
            "Read no event row: no load day has changed or is new; 3 load days had left the input.",
        ),
    ],
)
def test_what_was_read_is_told(before: LoadDays, after: LoadDays, rows: int, words: str) -> None:
    found = events_read(before, after, is_full_refresh=False)
    assert (found.rows, found.in_words) == (rows, words)


def test_a_day_with_other_rows_was_read_even_if_their_number_is_the_same() -> None:
    corrected = {**BEFORE, date(2026, 1, 2): LoadDay(READING, 5, 21)}
    assert events_read(BEFORE, corrected, is_full_refresh=False).rows == 5


def test_a_full_refresh_reads_everything() -> None:
    found = events_read(BEFORE, BEFORE, is_full_refresh=True)
    assert found.in_words == "Read all 1,009 event rows: every table was built anew."


def test_load_days_are_those_of_the_work_file(tmp_path: Path) -> None:
    work = tmp_path / "work.duckdb"
    assert kept_load_days(work) == {}
    with duckdb.connect(str(work)) as connection:
        connection.execute("create table other (n integer)")
    assert kept_load_days(work) == {}
    with duckdb.connect(str(work)) as connection:
        connection.execute(
            "create table stg_lead_scoring__events as"
            " select cast(day as date) as load_day, 'how: url' as reading,"
            " cast(row_hash as ubigint) as row_hash from (values"
            " ('2026-01-01', 18446744073709551615), ('2026-01-01', 2), ('2026-01-02', 3))"
            " as events (day, row_hash)"
        )
    assert kept_load_days(work) == {
        date(2026, 1, 1): LoadDay("how: url", 2, 18446744073709551617),
        date(2026, 1, 2): LoadDay("how: url", 1, 3),
    }


def test_a_file_that_cannot_be_read_is_said_to_be_so(tmp_path: Path) -> None:
    work = tmp_path / "work.duckdb"
    work.write_text("no database")
    with pytest.raises(RunFailed, match="cannot be read"):
        kept_load_days(work)
