"""Rows that can be used one by one, and together tell of files joined, cut or numbered badly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb

from lead_scoring.data.checks.findings import Column, Finding, Level, Role
from lead_scoring.data.checks.judgements import Judge
from lead_scoring.model_expressions import Project
from lead_scoring.reading.headers import read_header
from lead_scoring.reading.parquet_files import parquet_columns

# Rows of a sheet in old and new workbooks, with and without a header.
FULL_SHEETS = (65_535, 65_536, 1_048_575, 1_048_576)
MANY = 0.2  # share of events that are alike: fewer may well be


def findings_on_rows(
    connection: duckdb.DuckDBPyConnection,
    project: Project,
    rows: Mapping[str, int],
    judge: Judge,
) -> Iterator[Finding]:
    """Yields what is to be said of each table's rows as a whole."""
    yield from _of_sizes(rows, judge)
    yield from _of_leads(connection, project, judge)
    yield from _of_events(connection, project, rows["events"], judge)
    copies = connection.execute(
        "select count(*) - (select count(*) from (select distinct * from inputs.main.outcomes)) "
        "from inputs.main.outcomes"
    ).fetchall()[0][0]
    if copies:
        yield judge.finding(
            Level.WARNING,
            "outcomes",
            None,
            f"{copies:,} of {rows['outcomes']:,} rows are copies of another, and count once more",
            "Is a file there twice? Take the copies out.",
            copies,
            rows["outcomes"],
        )


def _of_sizes(rows: Mapping[str, int], judge: Judge) -> Iterator[Finding]:
    for table, count in rows.items():
        if not count and table == "leads":
            yield judge.finding(
                Level.HELD_BACK,
                table,
                None,
                "the table has no rows: nobody would have a score any more",
                "Export it anew."
                if not judge.reads_exports
                else "Export who is a lead too. Of a web tool that knows no users: put the export "
                "of a CRM beside it, each in a folder that is called as its tool.",
                0,
            )
        elif not count and table == "events":
            yield judge.finding(
                Level.WARNING,
                table,
                None,
                "the table has no rows: nobody would have points for what they did",
                "Export it anew, if there are events.",
                0,
            )
        elif count in FULL_SHEETS:
            yield judge.finding(
                Level.WARNING,
                table,
                None,
                f"the table has {count:,} rows, as many as a sheet of a workbook holds",
                "Look whether the rows behind them were cut off.",
                count,
            )


def _of_leads(
    connection: duckdb.DuckDBPyConnection, project: Project, judge: Judge
) -> Iterator[Finding]:
    leads = project.relation_of_model("stg_lead_scoring__leads")
    rivals, reborn = connection.execute(
        f"""
        with usable as (
            select distinct * exclude (fate) from {leads} where quarantine_cause is null
        ), versions as (
            select lead_id, count(*) as versions from usable group by lead_id, holds_since
        ), births as (
            select lead_id from usable group by lead_id having count(distinct created_at) > 1
        )
        select
            (select count(distinct lead_id) from versions where versions > 1),
            (select count(*) from births)
        """
    ).fetchall()[0]
    if rivals:
        yield judge.finding(
            Level.WARNING,
            "leads",
            "lead_id",
            f"{rivals:,} ids have rows that differ and are of one time: one of them counts",
            "One row per lead, or an updated_at that says which is the latest.",
            rivals,
        )
    if reborn:
        yield judge.finding(
            Level.WARNING,
            "leads",
            "lead_id",
            f"{reborn:,} ids have rows with different created_at: are they different people?",
            "Give each lead an id of its own; all rows of one lead say the same created_at.",
            reborn,
        )


def _of_events(
    connection: duckdb.DuckDBPyConnection, project: Project, total: int, judge: Judge
) -> Iterator[Finding]:
    events = project.relation_of_model("stg_lead_scoring__events")
    ids, lost = connection.execute(
        f"""
        with shared as (
            select count(*) as id_rows from {events} where quarantine_cause is null
            group by event_hash
            having count(distinct lead_hash) > 1 or count(distinct occurred_at) > 1
        )
        select count(*), coalesce(sum(id_rows - 1), 0) from shared
        """
    ).fetchall()[0]
    if ids:
        yield judge.finding(
            Level.WARNING,
            "events",
            "event_id",
            f"{ids:,} ids stand for several leads or times: {lost:,} of {total:,} rows give way "
            "to a later one",
            "Give each event an id of its own, unless these are corrections.",
            int(lost),
            total,
        )
    alike = connection.execute(
        f"""
        with apart as (
            select distinct event_hash, lead_hash, occurred_at, content_key, target_hash,
                session_hash, user_agent_hash
            from {events} where quarantine_cause is null
        )
        select
            count(*) - count(distinct (
                lead_hash, occurred_at, content_key, target_hash, session_hash, user_agent_hash
            ))
        from apart
        """
    ).fetchall()[0][0]
    if alike >= 3 and alike > MANY * total:
        yield judge.finding(
            Level.WARNING,
            "events",
            None,
            f"{alike:,} of {total:,} events are like another in all but the event_id",
            "Is a file there twice, numbered anew? Each event needs the same id in every export.",
            alike,
            total,
        )


def findings_on_parts(
    connection: duckdb.DuckDBPyConnection,
    files: Mapping[str, Sequence[Path]],
    columns: Sequence[Column],
    judge: Judge,
) -> Iterator[Finding]:
    """Yields which columns that mean something stand in some parts of a table alone."""
    for table, paths in files.items():
        if len(paths) < 2:
            continue
        names = [set(_names(connection, table, path)) for path in paths]
        for column in columns:
            parts = sum(column.name in found for found in names)
            is_read = column.rules or column.role in (Role.OPTIONAL, Role.ATTRIBUTE)
            if is_read and 0 < parts < len(paths):
                yield judge.finding(
                    Level.WARNING,
                    table,
                    column.shown,
                    f"the column stands in {parts:,} of {len(paths):,} parts, and is blank in the "
                    "others",
                    "Call it alike in all, if they have it.",
                    len(paths) - parts,
                    len(paths),
                )


def _names(connection: duckdb.DuckDBPyConnection, table: str, path: Path) -> Iterator[str]:
    if path.suffix == ".parquet":
        yield from (name.strip().lower() for name, _ in parquet_columns(connection, path))
    else:
        yield from read_header(path, table).names
