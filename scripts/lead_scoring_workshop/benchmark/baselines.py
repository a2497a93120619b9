"""Runs one of the ways of others in this process; prints the seconds that it took as JSON.

Call: python -m lead_scoring_workshop.benchmark.baselines WAY FOLDER RULES THREADS, where WAY is
floor, case_when or pandas, and FOLDER was made by `prepare`. FOLDER/WAY_RULES.parquet gets the
totals.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from pathlib import Path

import duckdb

from lead_scoring_workshop.benchmark import case_when, pandas_totals
from lead_scoring_workshop.benchmark.rules import engagement_rules, floor_rules

WAYS = ("floor", "case_when", "pandas")


def prepare(base: Path, folder: Path) -> None:
    """Makes what the ways read: clean events and the scorecard of each lead, as a user has them.

    They lie in a DuckDB file, and for pandas in Parquet files. None of that is measured.
    """
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / "clean.duckdb"
    if database.exists():
        return
    unfinished = folder / "unfinished.duckdb"
    unfinished.unlink(missing_ok=True)
    with duckdb.connect(str(unfinished)) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(
            f"create view leads as from read_parquet('{base / 'leads' / '*.parquet'}')"
        )
        connection.execute(
            f"create table kept_events as from read_parquet('{base / 'kept_events.parquet'}')"
        )
        connection.execute(f"create table scorecards_of_leads as {case_when.scorecards_query()}")
        connection.execute(
            f"copy scorecards_of_leads to '{folder / 'scorecards_of_leads.parquet'}'"
        )
        connection.execute("drop view leads")
    (folder / "kept_events.parquet").unlink(missing_ok=True)
    (folder / "kept_events.parquet").hardlink_to(base / "kept_events.parquet")
    unfinished.rename(database)


def run(way: str, folder: Path, count: int, day: str) -> float:
    """Makes the totals of one way, by so many rules as of a day; returns the seconds."""
    rules = floor_rules() if way == "floor" else engagement_rules(count, without_activity=True)
    target = folder / f"{way}_{count}.parquet"
    if way == "pandas":
        import_module("pandas")  # its start is not measured, as dbt's is not
        started = time.monotonic()
        result = pandas_totals.totals(
            folder / "kept_events.parquet", folder / "scorecards_of_leads.parquet", rules, day
        )
        seconds = time.monotonic() - started
        result.reset_index().to_parquet(target)
        return seconds
    query = case_when.floor_query if way == "floor" else case_when.case_when_query
    with duckdb.connect(str(folder / "clean.duckdb"), read_only=True) as connection:
        connection.execute("set enable_progress_bar = false; set memory_limit = '8GB'")
        started = time.monotonic()
        connection.execute(f"create temp table totals as {query(rules, day)}")
        seconds = time.monotonic() - started
        connection.execute(f"copy totals to '{target}'")
    return seconds


if __name__ == "__main__":
    way, folder, count, day = sys.argv[1:]
    print(json.dumps({"seconds": run(way, Path(folder), int(count), day)}))
