"""Warnings that need scored leads: event types that never occur, rules that never decide."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from lead_scoring.databases import open_database, rows
from lead_scoring.places import work_file
from lead_scoring.rules.checks.findings import Finding, Level
from lead_scoring.rules.checks.references import RULES
from lead_scoring.rules.checks.schema import PREFIX, schemas
from lead_scoring.rules.checks.tables import Row, RuleTables, warning
from lead_scoring.rules.checks.text import event_types_of, flag_of, normalised, plain_number

# Fewer leads than this share a rule by chance.
FEWEST_LEADS = 20
# What tells that events are of one session or target.
JOINED_BY = {"session": "a session_id", "target": "a url or asset"}
Key = tuple[str, str, str]  # table, rule_id, scorecard
Cells = tuple[str, ...]


def advise_on_data(tables: RuleTables, database: Path) -> Iterator[Finding]:
    """Yields warnings about rules and the leads that a run has scored.

    Of the rules it judges those that stand in the run's own rule tables as they do now.
    Raises DatabaseError where the database cannot be read.
    """
    with open_database(work_file(database)) as connection:
        try:
            idle = list(_event_types(tables, connection))
            yield from idle
            explained = {(finding.file, finding.row) for finding in idle}
            for finding in _reasons(tables, connection):
                if (finding.file, finding.row) not in explained:
                    yield finding
            yield from _events_that_nothing_joins(tables, connection)
        except (duckdb.CatalogException, duckdb.BinderException):
            return  # a run that did not finish, or of an earlier version, leaves something out


def _event_types(tables: RuleTables, connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    query = """
        select contents.event_type, count(*) as events
        from stg_lead_scoring__events as events
        join stg_lead_scoring__event_contents as contents using (content_key)
        where events.quarantine_cause is null
        group by contents.event_type
        order by events desc, contents.event_type
    """
    occurring = {normalised(row["event_type"]): row["events"] for row in rows(connection, query)}
    for row in tables.rows("engagement_rules"):
        names = event_types_of(row.text("event_type"))
        absent = [name for name in names if name not in occurring]
        if absent and row.text("points"):
            what = "this type" if len(names) == 1 else f"type {' or '.join(absent)}"
            yield warning(
                row,
                "event_type",
                f"no event of {what} occurs in the data",
                "Look at how the input spells its types, or remove the "
                f"{'rule' if absent == names else 'name'}.",
            )
    known = tables.names("event_types", "event_type")
    for name, events in occurring.items():
        if name not in known and "@" not in name:  # an address is a person's
            yield tables["event_types"].finding(
                f"{events:,} events of this type occur in the data, and no rule looks at them",
                "If they should count, add the type to event_types.csv and a rule for it.",
                column="event_type",
                value=name,
                level=Level.WARNING,
            )


def _events_that_nothing_joins(
    tables: RuleTables, connection: duckdb.DuckDBPyConnection
) -> Iterator[Finding]:
    query = """
        select
            contents.event_type,
            count(events.session_hash) as session,
            count(events.target_hash) as target
        from int_lead_scoring__counting_events as events
        join stg_lead_scoring__event_contents as contents using (content_key)
        group by contents.event_type
    """
    counts = {normalised(row["event_type"]): row for row in rows(connection, query)}
    for row in tables.rows("engagement_rules"):
        per, names = row.name("per"), event_types_of(row.text("event_type"))
        found = [counts[name] for name in names if name in counts]
        if (
            per in JOINED_BY
            and row.text("points")
            and found
            and not sum(count[per] for count in found)
        ):
            yield warning(
                row,
                "per",
                f"none of its events in the data has {JOINED_BY[per]}: each counts by itself",
                "Let the input have that column, or write day.",
            )


def _reasons(tables: RuleTables, connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Compares the sets of leads to which rules gave points."""
    query = """
        select
            rule_id, scorecard, count(*) as leads,
            bit_xor(hash(lead_id, as_of)) as fingerprint
        from score_reasons group by rule_id, scorecard
    """
    given = {(row["rule_id"], row["scorecard"]): row for row in rows(connection, query)}
    scored = [
        row["scorecard"]
        for row in rows(connection, "select distinct scorecard from scorecard_scores")
    ]
    judged = list(_unchanged_rules(tables, connection))
    own = {(row.name("rule_id"), row.name("scorecard")) for row in judged}
    together: dict[tuple[str, int, int], Row] = {}
    for row in judged:
        rule_id, scorecard = row.name("rule_id"), row.name("scorecard")
        if scorecard == "*":
            held_by = [name for name in scored if (rule_id, name) not in own]
        else:
            held_by = [scorecard] if scorecard in scored else []
        if held_by and not any((rule_id, name) in given for name in held_by):
            yield warning(
                row,
                "rule_id",
                "gave no lead any points in the last run",
                "Look at its condition, or remove it.",
            )
        for name in held_by:
            reason = given.get((rule_id, name))
            if reason is None or reason["leads"] < FEWEST_LEADS:
                continue
            same = together.setdefault((name, reason["leads"], reason["fingerprint"]), row)
            if same is not row:
                yield warning(
                    row,
                    "rule_id",
                    f"gave points to the same {reason['leads']:,} leads as {same.text('rule_id')} "
                    f"did by {name}",
                    "Keep one of the two, unless they will part.",
                )
                break


def _unchanged_rules(tables: RuleTables, connection: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    """Yields the rules with points that the run had word for word, further conditions too."""
    conditions = _further(tables.rows("rule_conditions"))
    conditions_then = _further(_rows_of_run(connection, "rule_conditions"))
    for table in RULES:
        then = {_key(row): _cells(row) for row in _rows_of_run(connection, table)}
        for row in tables.rows(table):
            key = _key(row)
            if (
                row.decimal("points")
                and then.get(key) == _cells(row)
                and conditions.get(key[1:]) == conditions_then.get(key[1:])
            ):
                yield row


def _rows_of_run(connection: duckdb.DuckDBPyConnection, table: str) -> list[Row]:
    found = rows(connection, f"select * from {PREFIX}{table}")
    return [
        Row(table, Path(), 0, 0, {column: _text(value) for column, value in row.items()})
        for row in found
    ]


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return plain_number(value)
    return "" if value is None else str(value)


def _further(conditions: list[Row]) -> dict[tuple[str, ...], set[Cells]]:
    found: dict[tuple[str, ...], set[Cells]] = {}
    for row in conditions:
        found.setdefault(_key(row)[1:], set()).add(_cells(row))
    return found


def _key(row: Row) -> Key:
    return row.table, row.name("rule_id"), row.name("scorecard")


def _cells(row: Row) -> Cells:
    """Returns what decides of a row, in one spelling."""
    schema = schemas()[row.table]
    return tuple(
        _comparable(row, column, schema.kinds[column])
        for column in schema.columns
        if column != "note"
    )


def _comparable(row: Row, column: str, kind: str) -> str:
    number = row.decimal(column) if kind == "number" else None
    if number is not None:
        return plain_number(number)
    return str(flag_of(row.text(column))) if kind == "flag" else row.name(column)
