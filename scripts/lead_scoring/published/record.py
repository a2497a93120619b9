"""The record of published runs: the tables `runs` and `run_tables` of the published file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from lead_scoring.databases import Queries, open_database, rows

COLUMNS = """
    run_id varchar, kind varchar,
    inputs_fingerprint varchar, rules_fingerprint varchar, rules_commit varchar,
    settings_fingerprint varchar, project_fingerprint varchar,
    tests_passed integer, tests_warned integer, tests_failed integer,
    leads bigint, events_read bigint,
    as_of timestamp, started_at timestamp, finished_at timestamp
"""


@dataclass(frozen=True)
class RunRecord:
    """A row of `runs`: what was published, what made it, and how its tests went. Times: UTC."""

    run_id: str
    kind: str  # run, or history: the days that --from and --to wrote anew
    inputs_fingerprint: str  # of the files; on a server of what was read of the input tables
    rules_fingerprint: str
    rules_commit: str | None
    settings_fingerprint: str
    project_fingerprint: str
    tests_passed: int
    tests_warned: int
    tests_failed: int  # always 0: a run with a failed test is not published
    leads: int
    events_read: int | None  # event rows; null: not measured
    as_of: datetime | None
    started_at: datetime
    finished_at: datetime

    @property
    def tests_in_words(self) -> str:
        """How its tests went, for whoever waits for the run."""
        warned = f", {self.tests_warned:,} warned" if self.tests_warned else ""
        return f"{self.tests_passed:,} tests passed{warned}"


@dataclass(frozen=True)
class RunFacts:
    """What is known of a run before its tables are looked at."""

    kind: str
    inputs_fingerprint: str
    settings_fingerprint: str
    project_fingerprint: str
    events_read: int | None
    tests: Mapping[str, int]  # outcome of dbt (pass, warn) -> tests
    started_at: datetime


def utc_now() -> datetime:
    """Returns the clock's time in UTC, without zone."""
    return datetime.now(timezone.utc).replace(tzinfo=None)


def record_of(connection: Queries, run_id: str, facts: RunFacts) -> RunRecord:
    """Returns the record of the run that filled the tables which the connection sees."""
    found = rows(
        connection,
        "select rules.rules_fingerprint, rules.rules_commit, run.as_of,"
        " (select count(*) from lead_scores) as leads"
        " from int_lead_scoring__rules_fingerprint as rules"
        " cross join stg_lead_scoring__as_of as run",
    )[0]
    return RunRecord(
        run_id=run_id,
        kind=facts.kind,
        inputs_fingerprint=facts.inputs_fingerprint,
        rules_fingerprint=found["rules_fingerprint"],
        rules_commit=found["rules_commit"],
        settings_fingerprint=facts.settings_fingerprint,
        project_fingerprint=facts.project_fingerprint,
        tests_passed=facts.tests.get("pass", 0),
        tests_warned=facts.tests.get("warn", 0),
        tests_failed=0,
        leads=found["leads"],
        events_read=facts.events_read,
        as_of=found["as_of"],
        started_at=facts.started_at,
        finished_at=utc_now(),
    )


def write_record(
    connection: Queries,
    place: str,
    earlier: Sequence[RunRecord],
    record: RunRecord,
    tables: Mapping[str, int],
) -> None:
    """Writes `runs` and `run_tables`. place: an attached database, or a schema of a server.

    tables: name -> rows.
    """
    connection.execute(f"create table {place}.runs ({COLUMNS})")
    places = ", ".join("?" for _ in fields(RunRecord))
    connection.executemany(
        f"insert into {place}.runs values ({places})",
        [list(asdict(each).values()) for each in (*earlier, record)],
    )
    connection.execute(
        f"create table {place}.run_tables (run_id varchar, table_name varchar, rows bigint)"
    )
    connection.executemany(
        f"insert into {place}.run_tables values (?, ?, ?)",
        [[record.run_id, name, count] for name, count in sorted(tables.items())],
    )


def read_records(published: Path) -> list[RunRecord]:
    """Returns the runs of a published file, oldest first.

    What an earlier version of the project did not write of them is None.
    Raises DatabaseError or duckdb.Error where the file is not whole.
    """
    with open_database(published) as connection:
        return records_of(connection, "runs")


def records_of(connection: Queries, table: str) -> list[RunRecord]:
    """Returns the runs of a table, oldest first."""
    found = rows(connection, f"select * from {table} order by run_id")
    records = []
    for row in found:
        values: dict[str, Any] = {each.name: row.get(each.name) for each in fields(RunRecord)}
        records.append(RunRecord(**values))
    return records
