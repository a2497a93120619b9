"""Explains one row of a rule table, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from lead_scoring.rules.decay_curves import curve_words, read_curve
from lead_scoring.rules.rule_set import (
    EVERY_SCORECARD,
    Cells,
    RuleSet,
    is_true,
    number,
    plain,
    signed,
)
from lead_scoring.rules.rule_tables import Column, RuleTable
from lead_scoring.rules.score_ranges import asked_words
from lead_scoring.rules.sentences import award_words
from lead_scoring.rules.words import (
    RULE_TABLES,
    Condition,
    attribute_words,
    condition_words,
    days_of,
    event_words,
    operator_words,
    rule_words,
)


def worked_row(rows: Sequence[Cells]) -> Cells:
    """Returns the row with the most cells filled in, the first of equal ones."""
    return max(rows, key=lambda row: sum(map(bool, row.values())))


def explained_cells(rule_set: RuleSet, table: RuleTable, row: Cells) -> list[tuple[str, str, str]]:
    """Returns column, cell and what the cell means, for every column of the table."""
    return [
        (column.name, row[column.name], _meaning(rule_set, table, column, row))
        for column in table.columns
    ]


def row_words(rule_set: RuleSet, table: str, row: Cells) -> str:
    """Returns what a row says as one sentence; '' for tables whose rows are plain entries."""
    if table in RULE_TABLES:
        words = rule_words(rule_set, RULE_TABLES[table], row)
        if table == "engagement_rules":
            words = f"{words}; {award_words(rule_set, row)}"
        points = number(row, "points")
        return f"{'off' if points is None else f'{signed(points)} points'}: {words}."
    if table == "audiences":
        words = _condition(rule_set, "lead", row)
        return f"{row['scorecard']} is for leads of whom this holds: {words}."
    if table == "buying_roles":
        words = _condition(rule_set, "lead", row)
        return f"In an account {row['role']} is a lead of whom this holds, among others: {words}."
    if table == "rule_conditions":
        return f"The rule {row['rule_id']} asks besides: {_condition(rule_set, row['of'], row)}."
    if table == "decay_curves":
        curve = read_curve(row)
        return f"What fades by {curve.decay} {curve_words(curve)}."
    if table == "thresholds":
        return f"A lead is {row['label']}, in the ladder {row['ladder']}, from {asked_words(row)}."
    if table == "routing_rules":
        words = _condition(rule_set, "lead", row)
        return (
            f"A lead of {row['scorecard']} that reaches {row['stage']}, with {words}, "
            f"goes to {row['queue']}."
        )
    return ""


def _meaning(rule_set: RuleSet, table: RuleTable, column: Column, row: Cells) -> str:
    cell = row[column.name]
    if column.name == "note":
        return "Nothing depends on it." if cell else "No note."
    if not cell:
        return _blank(column.description)
    if column.holds == "true or false":
        return f"{'Yes' if is_true(cell) else 'No'}. {_sentence(column.description)}"
    named = _named(rule_set, table, column.name, row)
    if named:
        return named
    words = _choice(cell, column.description)
    if words:
        return words
    words = _sentence(column.description)
    words = words.replace("so many last days", f"the last {cell} days").replace("so many", cell)
    # A description in small letters begins with the names that the column may hold.
    return f"One of {words}" if words[:1].islower() else words


def _choice(cell: str, description: str) -> str:
    """What a description says about one of the names that it lists; '' where it says nothing."""
    name = re.escape(cell)
    said = re.search(rf"(?:^|[;,.] ){name}: ([^;.]+)|\b{name} \(([^)]+)\)", description)
    words = said[1] or said[2] if said else ""
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _named(rule_set: RuleSet, table: RuleTable, column: str, row: Cells) -> str:
    """What a cell means that names something, or that is a part of a condition."""
    cell = row[column]
    if column == "scorecard" and table.name != "scorecards":
        if cell == EVERY_SCORECARD:
            return "Every scorecard that has no row of its own of the same name."
        described = rule_set.names("scorecards", "scorecard").get(cell, {}).get("description", "")
        return f"This scorecard alone{f': {described}' if described else ''}."
    if column == "signal" and table.name != "signals":
        signal = rule_set.names("signals", "signal").get(cell, {})
        return f"{signal['description'] or cell}: {signal['dimension']}, {signal['family']}."
    if column == "event_type" and table.name != "event_types":
        return f"{event_words(rule_set, cell)}."
    if column == "decay" and table.name != "decay_curves":
        words = curve_words(read_curve(rule_set.names("decay_curves", "decay")[cell]))
        return f"It {words}."
    if column == "method":
        return f"What it fades by: it {curve_words(read_curve(row))}."
    if column == "points":
        points = number(row, column) or Decimal(0)
        return f"{'Takes' if points < 0 else 'Gives'} {plain(abs(points))} points."
    if column == "max_per_day":
        return f"Events of one day that count: at most {cell}."
    if column in ("attribute", "operator", "value") and table.name != "attributes":
        return _condition_part(rule_set, table.name, column, row)
    return ""


def _condition_part(rule_set: RuleSet, table: str, column: str, row: Cells) -> str:
    of = row.get("of") or ("event" if table in ("engagement_rules", "event_names") else "lead")
    if column == "attribute":
        return f"{attribute_words(rule_set, of, row[column])}, an attribute of the {of}."
    if column == "operator":
        return f"Reads: {operator_words(row[column], '...', of=of)}"
    return f"{_condition(rule_set, of, row)}."


def _condition(rule_set: RuleSet, of: str, row: Cells) -> str:
    history = of == "history"
    return condition_words(
        rule_set,
        Condition(
            of,
            row["event_type"] if history else "",
            days_of(row, "within_days") if history else "",
            row["attribute"],
            row["operator"],
            row["value"],
        ),
    )


def _blank(description: str) -> str:
    """What the column's description says about a blank cell."""
    said = re.search(r"Blank: (.+?)(?=\. [A-Z]|\.?$)", description)
    if said:
        return f"Blank: {said[1]}."
    allowed = re.search(r"(Blank only[^.]*|[^.]*\bblank)\.", description)
    return f"{allowed[1].strip()}." if allowed else "Blank."


def _sentence(description: str) -> str:
    """The first sentence of a description."""
    return re.split(r"(?<=[.]) (?=[A-Z])", description, maxsplit=1)[0]
