"""Says in words how two rule sets differ, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lead_scoring.rules.checks.schema import PREDICTIONS, Schema, schemas
from lead_scoring.rules.files import PREFIX
from lead_scoring.rules.rule_set import EVERY_SCORECARD, Cells, RuleSet, is_true, read_table
from lead_scoring.rules.words import RULE_TABLES, Condition, condition_words, days_of, rule_words

# Parts of a key that people edit: a row with another value is the same row, changed.
EDITED_PARTS = ("value", "operator", "within_days")
BLANK = "blank"

PARTS_OF_PREDICTIONS = ("prediction_features", "prediction_bins", "prediction_calibration")
# What is said of a prediction that is another: how it stands, and on what.
SAID = (
    *("status", "scorecard", "horizon_days", "trained_until", "leads_with", "auc"),
    *("scorecard_auc", "calibration_slope", "calibration_error"),
)

RowPair = tuple[Cells | None, Cells | None]


@dataclass(frozen=True)
class RuleDifference:
    """One row of a rule table that was added, changed or removed.

    row: which row it is, in words. words: what it looks at or holds.
    cells: column, from, to; of an added or removed row none.
    """

    change: str
    table: str
    row: str
    words: str
    cells: tuple[tuple[str, str, str], ...] = ()


def prediction_differences(base: RuleSet, edited: RuleSet) -> list[RuleDifference]:
    """Returns what differs of predictions: each that is new, gone or another, each approval."""
    before, after = (
        {row["prediction"].lower(): row for row in rules.tables["predictions"]}
        for rules in (base, edited)
    )
    found = []
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        row = new or old
        assert row is not None
        words = f"to be {row['foretells']} within {row['horizon_days']} days"
        if old is None or new is None:
            change = "removed" if new is None else "added"
            said = ", ".join(f"{column} {row[column]}" for column in SAID if row[column])
            found.append(
                RuleDifference(change, "predictions", row["prediction"], f"{words} - {said}")
            )
            continue
        cells = tuple(
            (column, _cell(column, old[column]), _cell(column, new[column]))
            for column in (*SAID, "description", "note")
            if old[column] != new[column]
        )
        is_trained = _rows_of_prediction(base, name) != _rows_of_prediction(edited, name)
        if is_trained and old["fingerprint"] != new["fingerprint"]:
            words += ", trained anew"
        elif is_trained:
            words += ", edited by hand: no approval holds for it"
        if cells or is_trained or old != new:
            found.append(RuleDifference("changed", "predictions", new["prediction"], words, cells))
    return found + _approvals(base, edited)


def _rows_of_prediction(rules: RuleSet, name: str) -> list[tuple[str, ...]]:
    """All that training wrote of a prediction but its own row."""
    return sorted(
        (table, *row.values())
        for table in PARTS_OF_PREDICTIONS
        for row in rules.tables[table]
        if row["prediction"].lower() == name
    )


def _approvals(base: RuleSet, edited: RuleSet) -> list[RuleDifference]:
    name = "prediction_approvals"
    old, new = base.tables[name], edited.tables[name]
    sides = (("added", _missing_from(old, new)), ("removed", _missing_from(new, old)))
    return [
        RuleDifference(
            change, name, row["prediction"], f"by {row['approved_by']}, for {row['purpose']}"
        )
        for change, found in sides
        for row in found
    ]


def read_laid_out(folder: Path) -> RuleSet:
    """Returns the rule set that was laid out in a folder."""
    return RuleSet({name: read_table(folder / f"{PREFIX}{name}.csv") for name in schemas()})


def rule_differences(base: RuleSet, edited: RuleSet) -> list[RuleDifference]:
    """Returns every row that differs, in the order of the tables of rules first.

    Of a prediction, whose rows training writes by the hundred, all that differs is one.
    """
    found = []
    for name in sorted(schemas(), key=lambda name: (name not in RULE_TABLES, name)):
        schema = schemas()[name]
        if name == "predictions":
            found += prediction_differences(base, edited)
        if name in PREDICTIONS:
            continue
        for before, after in _pairs(schema, base.tables[name], edited.tables[name]):
            if before is None and after is not None:
                found.append(_whole_row("added", schema, edited, after))
            elif before is not None and after is None:
                found.append(_whole_row("removed", schema, base, before))
            elif before is not None and after is not None:
                found.append(_changed_row(schema, edited, before, after))
    return found


def _pairs(schema: Schema, before: Sequence[Cells], after: Sequence[Cells]) -> Iterator[RowPair]:
    """Pairs the rows that are not equal, by their key, then by what is seldom edited of it."""
    gone, new = _missing_from(after, before), _missing_from(before, after)
    loose = tuple(column for column in schema.key if column not in EDITED_PARTS)
    # Another event type is often one more: then the row is still the same.
    looser = tuple(column for column in loose if column != "event_type")
    for key in dict.fromkeys((schema.key, loose, looser or loose)):
        waiting: dict[tuple[str, ...], list[Cells]] = {}
        for row in new:
            waiting.setdefault(_key(row, key), []).append(row)
        unpaired = []
        for row in gone:
            matches = waiting.get(_key(row, key))
            if matches:
                yield row, matches.pop(0)
            else:
                unpaired.append(row)
        gone = unpaired
        new = [row for rows in waiting.values() for row in rows]
    yield from ((row, None) for row in gone)
    yield from ((None, row) for row in new)


def _missing_from(known: Sequence[Cells], rows: Sequence[Cells]) -> list[Cells]:
    """Returns those of the rows that `known` has not."""
    equals = {tuple(row.values()) for row in known}
    return [row for row in rows if tuple(row.values()) not in equals]


def _key(row: Cells, columns: Iterable[str]) -> tuple[str, ...]:
    return tuple(row[column].lower() for column in columns)


def _whole_row(change: str, schema: Schema, rule_set: RuleSet, row: Cells) -> RuleDifference:
    words = _words(schema.name, rule_set, row)
    shown = {
        column: cell
        for column, cell in row.items()
        if cell and column not in schema.key and not _is_in_words(schema.name, column, cell)
    }
    holds = ", ".join(f"{column} {cell}" for column, cell in shown.items())
    return RuleDifference(
        change, schema.name, _name(schema, row), " - ".join(filter(None, [words, holds]))
    )


def _changed_row(schema: Schema, rule_set: RuleSet, before: Cells, after: Cells) -> RuleDifference:
    cells = tuple(
        (column, _cell(column, before[column]), _cell(column, after[column]))
        for column in schema.columns
        if before[column] != after[column]
    )
    words = _words(schema.name, rule_set, after)
    return RuleDifference("changed", schema.name, _name(schema, after), words, cells)


def _name(schema: Schema, row: Cells) -> str:
    """Returns by which names an analyst finds the row: its key, the edited parts left out."""
    names = [
        row[column]
        for column in schema.key
        if column not in EDITED_PARTS and column != "scorecard" and row[column]
    ]
    if schema.key == ("scorecard",):
        names.append(row["scorecard"])
    elif "scorecard" in schema.key:
        every = row["scorecard"] == EVERY_SCORECARD
        names.append("every scorecard" if every else f"scorecard {row['scorecard']}")
    return ", ".join(names)


def _words(table: str, rule_set: RuleSet, row: Cells) -> str:
    if table in RULE_TABLES:
        return rule_words(rule_set, RULE_TABLES[table], row)
    if table == "buying_roles" and not row["attribute"]:
        return row["description"]
    if table == "routing_rules" and not row["attribute"]:
        return ""
    if table in ("rule_conditions", "audiences", "routing_rules", "buying_roles"):
        days = days_of(row, "within_days") if "within_days" in row else ""
        event_type = row.get("event_type", "")
        place = (row.get("of") or "lead", event_type, days)
        return condition_words(
            rule_set, Condition(*place, row["attribute"], row["operator"], row["value"])
        )
    return "" if table in ("lists", "title_keywords") else row.get("description", "")


def _is_in_words(table: str, column: str, cell: str) -> bool:
    """Whether the words of a whole row already say a cell, or it says nothing."""
    if column == "disqualifies":
        return not is_true(cell)
    if column in ("attribute", "operator", "value", "event_type", "description"):
        return True
    return table == "inactivity_rules" and column == "after_days"


def _cell(column: str, text: str) -> str:
    return text or ("blank: off" if column == "points" else BLANK)
