"""Event types and outcomes of the inputs beside those that the rule tables know."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches

import duckdb

from lead_scoring.data.checks.findings import EventType
from lead_scoring.data.checks.rule_reads import RuleReads
from lead_scoring.model_expressions import Project
from lead_scoring.reading.known_headers import plain_name

LIKENESS = 0.84
MOST_TYPES = 500  # of which near names are sought
TOO_MANY = 200  # types: people's names or addresses, by the looks of it


def event_types_of(
    connection: duckdb.DuckDBPyConnection, project: Project, reads: RuleReads
) -> list[EventType]:
    """Returns the event types and outcomes of inputs and rules, those with most rows first."""
    counts = _counts(connection, project, "events", "event_type")
    named = {*reads.event_types, *reads.known_event_types}
    likely = near_types(list(counts)[:MOST_TYPES], named)
    lacking = [name for name in sorted(named) if name not in counts]
    found = [
        EventType(
            "events",
            name,
            rows,
            name in reads.known_event_types,
            reads.event_types.get(name, ()),
            likely.get(name),
            len(counts) > TOO_MANY,
        )
        for name, rows in (*counts.items(), *((name, 0) for name in lacking))
    ]
    outcomes = _counts(connection, project, "outcomes", "outcome")
    taken = list(project.macro("outcomes")())
    near = near_types(list(outcomes)[:MOST_TYPES], taken)
    return found + [
        EventType(
            "outcomes",
            name,
            rows,
            name in taken,
            (),
            near.get(name),
            len(outcomes) > TOO_MANY,
        )
        for name, rows in outcomes.items()
    ]


def near_types(names: Iterable[str], known: Collection[str]) -> dict[str, str]:
    """Returns the known type that each unknown one is like: signs, plurals, single letters."""
    by_letters = {_singular(name): name for name in sorted(known)}
    found = {}
    for name in names:
        plain = _singular(name)
        if name in known or not plain:
            continue
        close = (
            [plain] if plain in by_letters else get_close_matches(plain, by_letters, 1, LIKENESS)
        )
        if close:
            found[name] = by_letters[close[0]]
    return found


def _singular(name: str) -> str:
    return "".join(
        word[:-1] if word.endswith("s") and len(word) > 3 else word
        for word in (plain_name(part) for part in name.replace("-", " ").replace("_", " ").split())
    )


def _counts(
    connection: duckdb.DuckDBPyConnection, project: Project, table: str, column: str
) -> dict[str, int]:
    value = project.input_value(table, column)
    return dict(
        connection.execute(
            f"select lower({value}) as name, count(*) from inputs.main.{table} "
            "where name is not null group by name order by 2 desc, 1"
        ).fetchall()
    )
