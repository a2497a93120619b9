"""Times that can be read, and still say something that cannot have been."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb

from lead_scoring.data.checks.columns import DATE_AND_CLOCK, readable_expression
from lead_scoring.data.checks.findings import Column, DataFindings, Finding, Level
from lead_scoring.data.checks.judgements import Judge
from lead_scoring.model_expressions import Project
from lead_scoring.reading.headers import identifier

# Before this no CRM had leads: 0001, 1900 and 1970 stand for nothing.
EARLIEST = "timestamp '1990-01-01'"
# Clocks and time zones differ by less.
LATEST = "timezone('UTC', now()) + interval 1 day"
# Of an attribute, which may be a birthday or the end of a contract: what stands for nothing.
EARLIEST_DATE, LATEST_DATE = "timestamp '1901-01-01'", "timestamp '2200-01-01'"
ZONELESS = ("ISO without offset", "date alone")
FEW = 10  # rows that may well fall into one second
HAPPENED = (("leads", "created_at"), ("events", "occurred_at"))


def findings_on_times(
    connection: duckdb.DuckDBPyConnection, project: Project, found: DataFindings, judge: Judge
) -> Iterator[Finding]:
    """Yields what is to be said of the times of each table."""
    for column in found.columns:
        if column.type in ("time", "date") and column.readable:
            yield from _of_column(connection, project, column, judge)
    yield from _of_clocks(connection, project, judge)


def _of_column(
    connection: duckdb.DuckDBPyConnection, project: Project, column: Column, judge: Judge
) -> Iterator[Finding]:
    is_date = column.type == "date"
    earliest, latest = (EARLIEST_DATE, LATEST_DATE) if is_date else (EARLIEST, LATEST)
    early, late, span = connection.execute(
        f"select count(*) filter (time < {earliest}), count(*) filter (time > {latest}), "
        "date_diff('microsecond', min(time), max(time)) "
        f"from ({_times(project, column)}) where time is not null"
    ).fetchall()[0]
    for count, when, mend in (
        (
            early,
            "before 1901" if is_date else "before 1990",
            "Leave the cell blank where the time is not known.",
        ),
        (
            late,
            "after 2199" if is_date else "in the future",
            "Leave the cell blank where there is none."
            if is_date
            else "Look at the order of day and month, and at the time zone.",
        ),
    ):
        if count:
            yield judge.finding(
                Level.WARNING,
                column.table,
                column.shown,
                f"{count:,} of {column.filled:,} times lie {when}{_effect(column)}",
                mend,
                count,
                column.filled,
            )
    is_happening = (column.table, column.name) in HAPPENED
    if is_happening and column.filled >= FEW and span is not None and span < 1_000_000:
        yield judge.finding(
            Level.WARNING,
            column.table,
            column.shown,
            f"all {column.filled:,} times lie within one second",
            "Is it the time of an export or an import? Take the column that says when it happened.",
            column.filled,
        )
    yield from _of_zones(column, judge)
    for form in column.forms:
        if form.form == DATE_AND_CLOCK:
            yield judge.finding(
                judge.level(form.count, column.filled),
                column.table,
                column.shown,
                f"{form.count:,} of {column.filled:,} times are {form.form}, and read as "
                f"milliseconds or microseconds since 1970{_effect(column)}",
                "Write 2026-06-30T14:30:00.",
                form.count,
                column.filled,
            )


def _effect(column: Column) -> str:
    return "; these leads count as deleted" if column.name == "deleted_at" else ""


def _times(project: Project, column: Column) -> str:
    """Returns a select of a column's times in UTC."""
    reading = readable_expression(project, column)
    if reading is None:
        found = project.macro("input_columns")(column.table)[column.name]
        return f"select {project.macro('utc_time')(found)} as time from inputs.main.{column.table}"
    value = project.input_value(column.table, column.name)
    return (
        f"select cast({reading} as timestamp) as time from "
        f"(select {value} as {identifier(column.name)} from inputs.main.{column.table})"
    )


def _of_zones(column: Column, judge: Judge) -> Iterator[Finding]:
    counts = {form.form: form.readable for form in column.forms if form.readable}
    without: Sequence[int] = [counts[form] for form in ZONELESS if form in counts]
    if without and "ISO with offset" in counts:
        yield judge.finding(
            Level.WARNING,
            column.table,
            column.shown,
            f"{sum(without):,} of {column.filled:,} times name no time zone, and others do",
            "Write all with an offset, or say --input-time-zone.",
            sum(without),
            column.filled,
        )


def _of_clocks(
    connection: duckdb.DuckDBPyConnection, project: Project, judge: Judge
) -> Iterator[Finding]:
    events = project.relation_of_model("stg_lead_scoring__events")
    ahead, total = connection.execute(
        f"select count(*) filter (is_clock_ahead), count(*) from {events}"
    ).fetchall()[0]
    if ahead:
        yield judge.finding(
            Level.WARNING,
            "events",
            "occurred_at",
            f"{ahead:,} of {total:,} events occurred after they were loaded, and count as of then",
            "Are occurred_at and loaded_at swapped, or clocks or time zones wrong?",
            ahead,
            total,
        )
