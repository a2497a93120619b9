"""Keys that come twice, and names that stand nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from lead_scoring.rules.checks.findings import Finding, Level, visible
from lead_scoring.rules.checks.schema import schemas
from lead_scoring.rules.checks.tables import Row, RuleTables, Table
from lead_scoring.rules.checks.text import event_types_of, normalised, plain_number

RULES = ("fit_rules", "engagement_rules", "inactivity_rules")
WITH_SCORECARD = (*RULES, "rule_conditions", "thresholds", "routing_rules", "buying_roles")
# Table and column that name something, and the table that must have it.
REFERENCES = (
    *((table, "scorecard", "scorecards") for table in ("audiences", *WITH_SCORECARD)),
    ("predictions", "scorecard", "scorecards"),
    ("prediction_features", "prediction", "predictions"),
    ("prediction_features", "decay", "decay_curves"),
    ("prediction_bins", "prediction", "predictions"),
    ("prediction_calibration", "prediction", "predictions"),
    ("fit_rules", "signal", "signals"),
    ("engagement_rules", "signal", "signals"),
    ("engagement_rules", "decay", "decay_curves"),
)
# Tables whose rows name event types, one or several.
WITH_EVENT_TYPES = ("engagement_rules", "rule_conditions", "prediction_features")
DIMENSIONS = {"fit_rules": "fit", "engagement_rules": "engagement"}


def check_references(tables: RuleTables) -> Iterator[Finding]:
    """Yields the rows whose rule_id comes twice, or that name what does not exist."""
    yield from _check_rule_ids(tables)
    for table, column, target in REFERENCES:
        if tables.are_whole(target):
            yield from _check_names(tables, table, column, target)
    for table in WITH_EVENT_TYPES:
        for row in tables.rows(table):
            yield from _check_event_types(tables, row)
    if tables.are_whole("signals"):
        yield from _check_dimensions(tables)
    if tables.are_whole("thresholds"):
        yield from _check_stages(tables)


def did_you_mean(name: str, known: dict[str, str]) -> str:
    """Returns `: did you mean x?` where a known name is nearly the same, else a full stop."""
    likely = get_close_matches(name, known, 1, 0.7)
    return f": did you mean {known[likely[0]]}?" if likely else "."


def check_keys(table: Table) -> Iterator[Finding]:
    """Yields the rows of a table whose key comes twice."""
    schema = table.schema
    first: dict[tuple[str, ...], Row] = {}
    for row in table.known_rows:
        key = tuple(_comparable(row, column) for column in schema.key)
        if not any(key):
            continue
        same = first.setdefault(key, row)
        if same is not row:
            yield row.finding(
                schema.key[0],
                f"has the same {', '.join(schema.key)} as row {same.number}",
                "Keep one of the two rows.",
                Level.RELATION,
            )


def _comparable(row: Row, column: str) -> str:
    is_number = schemas()[row.table].kinds[column] == "number"
    number = row.decimal(column) if is_number else None
    return row.name(column) if number is None else plain_number(number)


def _check_rule_ids(tables: RuleTables) -> Iterator[Finding]:
    """A rule_id is unique per scorecard over all kinds of rules."""
    first: dict[tuple[str, str], Row] = {}
    for table in RULES:
        for row in tables.rows(table):
            key = (row.name("rule_id"), row.name("scorecard"))
            same = first.setdefault(key, row)
            if all(key) and same.table != table:
                yield row.finding(
                    "rule_id",
                    f"is a rule of {same.table} too (row {same.number}), for the same scorecard",
                    "Give one of the two another rule_id.",
                    Level.RELATION,
                )


def _check_names(tables: RuleTables, table: str, column: str, target: str) -> Iterator[Finding]:
    known = tables.names(target, column)
    for row in tables.rows(table):
        name = row.name(column)
        if name and name not in known and not (column == "scorecard" and name == "*"):
            yield row.finding(
                column,
                f"is not in {target}",
                f"Add it to {target}.csv, or correct the name{did_you_mean(name, known)}",
                Level.RELATION,
            )


def _check_event_types(tables: RuleTables, row: Row) -> Iterator[Finding]:
    """Event types are separated by |: each must be known, and stand there once."""
    text = row.text("event_type")
    if not text:
        return
    names, parts = event_types_of(text), text.split("|")
    known = tables.names("event_types", "event_type")
    unknown = [name for name in names if name not in known]
    if len(names) < len(parts):
        nothing = any(not normalised(part) for part in parts)
        yield row.finding(
            "event_type",
            "names no event type beside a |" if nothing else "names an event type twice",
            f"Write {'|'.join(names)}." if names else "Write event types, separated by |.",
        )
    elif unknown and tables.are_whole("event_types"):
        likely = did_you_mean(unknown[0], known)
        if len(names) > 1:
            problem = f"{visible(unknown[0])} is not in event_types"
            mend = f"Add {visible(unknown[0])} to event_types.csv, or correct the name{likely}"
        elif separated := _otherwise_separated(text, known):
            problem = "is not in event_types"
            mend = f"Separate several event types by |: write {separated}."
        else:
            problem = "is not in event_types"
            mend = f"Add it to event_types.csv, or correct the name{likely}"
        yield row.finding("event_type", problem, mend, Level.RELATION)


def _otherwise_separated(text: str, known: dict[str, str]) -> str:
    """Returns event types that commas, semicolons and the like stand between, as `a|b`; else ''."""
    names = [normalised(part) for part in re.split(r"[,;/+&]| or | and ", text)]
    return "|".join(names) if len(names) > 1 and all(name in known for name in names) else ""


def _check_dimensions(tables: RuleTables) -> Iterator[Finding]:
    dimensions = {row.name("signal"): row.name("dimension") for row in tables.rows("signals")}
    for table, dimension in DIMENSIONS.items():
        for row in tables.rows(table):
            found = dimensions.get(row.name("signal"), dimension)
            if found != dimension:
                yield row.finding(
                    "signal",
                    f"is a signal of {found}, and this is a rule of {dimension}",
                    f"Name a signal of {dimension}: a signal has rules of one dimension only.",
                    Level.RELATION,
                )


def _check_stages(tables: RuleTables) -> Iterator[Finding]:
    stages: dict[str, dict[str, str]] = {}
    for row in tables.rows("thresholds"):
        if row.name("ladder") == "stage":
            of_scorecard = stages.setdefault(row.name("scorecard"), {})
            of_scorecard[row.name("label")] = row.text("label")
    every = stages.get("*", {})
    for row in tables.rows("routing_rules"):
        scorecard = row.name("scorecard")
        if scorecard == "*":
            known = {name: text for labels in stages.values() for name, text in labels.items()}
        else:
            known = every | stages.get(scorecard, {})
        stage = row.name("stage")
        if stage and stage not in known:
            yield row.finding(
                "stage",
                "is no label of the ladder stage in thresholds",
                f"Add it to thresholds.csv, or correct the name{did_you_mean(stage, known)}",
                Level.RELATION,
            )
