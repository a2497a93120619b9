"""Makes a first set of rule tables from a data folder.

Rules can look at a column once a row of attributes says what it is and when it is known. This
module writes the rows, by what the columns hold; a person says whether they are right.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from lead_scoring.data.checks.leaking import leaks_of_input
from lead_scoring.data.folder import create_views
from lead_scoring.data.leaks import NOT_FACTS
from lead_scoring.exports import maps_of
from lead_scoring.model_expressions import Project
from lead_scoring.rules.checks.characters import can_be_named
from lead_scoring.rules.files import seed_columns
from lead_scoring.rules.rule_set import Cells, RuleSet, read_rule_set
from lead_scoring.suggest.candidates import BLANKS

READABLE = 0.95  # of the filled cells, for a type
FEWEST_LEADS = 20  # with a value, for it to be listed: rarer ones may name somebody
MOST_VALUES = 60
COVERED = 0.5  # of the filled cells, by the values that are listed: else they are no list
LISTED = 0.05  # of the filled cells hold a ;, for a column of lists
# Columns of events that the contract reads itself.
OF_EVENTS = frozenset(
    (
        *("event_id", "lead_id", "event_type", "occurred_at", "loaded_at", "session_id"),
        *("user_agent", "is_bot"),
    )
)
GUESSED = "Guessed from the data: say when it is known"


def start(data: Path, rules: Path | None, target: Path) -> tuple[list[Cells], list[Cells]]:
    """Writes attributes.csv and lists.csv for a data folder; returns the rows that are new.

    Raises RulesError where `rules` cannot be used, InputError where the data cannot be read.
    """
    rule_set = read_rule_set(rules)
    with duckdb.connect() as connection:
        create_views(connection, data, maps_of(rule_set))
        attributes = _attributes(connection, rule_set)
        entries = [
            {"list": row["attribute"], "entry": value, "note": ""}
            for row in attributes
            if row["of"] == "lead" and row["type"] in ("text", "list")
            for value in _frequent_values(connection, row["attribute"])
        ]
    target.mkdir(parents=True, exist_ok=True)
    _write(target / "attributes.csv", "attributes", [*rule_set.tables["attributes"], *attributes])
    _write(target / "lists.csv", "lists", [*rule_set.tables["lists"], *entries])
    return attributes, entries


def _attributes(connection: duckdb.DuckDBPyConnection, rules: RuleSet) -> list[Cells]:
    declared = {(row["of"], row["attribute"]) for row in rules.tables["attributes"]}
    found: list[Cells] = []
    for table, of, hidden in (("leads", "lead", NOT_FACTS), ("events", "event", OF_EVENTS)):
        described = connection.execute(f"describe inputs.main.{table}").fetchall()
        for name in (name for name, *_ in described):
            if name in hidden or (of, name) in declared or not can_be_named(name):
                continue
            kind = _kind(connection, table, name)
            if kind is not None:
                found.append(_row(name, of, kind))
    everything = RuleSet({**rules.tables, "attributes": [*rules.tables["attributes"], *found]})
    own = {row["attribute"] for row in found}
    for leak in leaks_of_input(connection, everything, {"leads": 1, "outcomes": 1}):
        for row in found:
            if leak.column in own and (row["of"], row["attribute"]) == ("lead", leak.column):
                row["known"] = "after_contact"
                row["note"] = f"Seems to know the outcome: {leak.words}"
    return found


def _row(name: str, of: str, kind: str) -> Cells:
    return {
        "attribute": name,
        "of": of,
        "type": kind,
        "known": "at_creation",
        "on_merge": "",
        "description": name.replace("_", " ").capitalize(),
        "note": GUESSED,
    }


def _kind(connection: duckdb.DuckDBPyConnection, table: str, name: str) -> str | None:
    """The type of a column; None where it holds nothing."""
    project = Project()
    value = f"trim(cast({_quoted(name)} as varchar), {BLANKS})"
    readings = {
        kind: f"count({project.reading(kind, value)})" for kind in ("flag", "number", "date")
    }
    filled, entries, *readable = connection.execute(
        f"select count(nullif({value}, '')), count(*) filter (contains({value}, ';')), "
        + ", ".join(readings.values())
        + f" from inputs.main.{table}"
    ).fetchone() or (0, 0)
    if not filled:
        return None
    for kind, count in zip(readings, readable, strict=True):
        if count >= READABLE * filled:
            return kind
    return "list" if table == "leads" and entries > LISTED * filled else "text"


def _frequent_values(connection: duckdb.DuckDBPyConnection, name: str) -> Iterable[str]:
    value = f"lower(trim(cast({_quoted(name)} as varchar), {BLANKS}))"
    found = connection.execute(
        f"select value, count(*) as leads, sum(count(*)) over () as filled from ("
        f"select unnest(string_split({value}, ';')) as value from inputs.main.leads) as entries"
        # an address is a person's, however many leads share it
        " where value <> '' and value not like '%@%'"
        f" group by value order by leads desc, value limit {MOST_VALUES}"
    ).fetchall()
    frequent = [(entry, leads) for entry, leads, _ in found if leads >= FEWEST_LEADS]
    if not found or sum(leads for _, leads in frequent) < COVERED * found[0][2]:
        return []
    return [entry for entry, _ in frequent if can_be_named(entry)]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _write(path: Path, table: str, rows: Sequence[Cells]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, seed_columns()[table], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
