"""Writes the rule tables of a recorded version of the rules as CSV files, from `rule_changes`."""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from lead_scoring.databases import Queries
from lead_scoring.rules.checks.schema import PREDICTIONS, PREFIX, Schema, schemas
from lead_scoring.rules.files import lay_out_rules

Cells = dict[str, str]
# What says how inputs are read, as settings do, and not what they are worth: as they are now, and
# the project's own where there are no others.
UNRECORDED = ("event_names", "outcome_stages")


def write_recorded_rules(
    connection: Queries, version: int, rules: Path | None, target: Path
) -> None:
    """Fills the folder `target` with the rule tables as they were in a version of the rules.

    connection: one that sees `rule_changes`. rules: the folder of rule tables that runs use now;
    None: the project's own. Columns that decide nothing, as descriptions and owners, are not
    recorded: they come from the present row of the same key, blank where there is none.
    Raises RulesError where the present tables cannot be used.
    """
    recorded = connection.execute(
        "select seed, to_row from (select seed, to_row, change, row_number() over"
        " (partition by seed, row_key order by rules_version desc) as place from rule_changes"
        " where rules_version <= ?) as latest"
        " where place = 1 and change <> 'removed' order by seed, to_row",
        [version],
    ).fetchall()
    with tempfile.TemporaryDirectory() as folder:
        lay_out_rules(rules, Path(folder))
        present = {
            name: _present_rows(Path(folder) / f"{PREFIX}{name}.csv", schema)
            for name, schema in schemas().items()
        }
    # A type that was not there yet is named by no row.
    columns = schemas()["event_types"].columns
    types = {
        cells_of(words, columns)["event_type"].lower()
        for seed, words in recorded
        if seed == "event_types"
    }
    target.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        if name in UNRECORDED:
            if rules is not None and (rules / f"{name}.csv").is_file():
                rows = [
                    row
                    for row in present[name].values()
                    if not row.get("event_type") or row["event_type"].strip().lower() in types
                ]
                _write_table(target / f"{name}.csv", schema, rows, {})
            continue
        if name in PREDICTIONS:
            _write_table(
                target / f"{name}.csv", schema, _of_predictions(name, recorded, present), {}
            )
            continue
        rows = [cells_of(words, schema.columns) for seed, words in recorded if seed == name]
        _write_table(target / f"{name}.csv", schema, rows, present[name])


def cells_of(words: str, columns: Iterable[str]) -> Cells:
    """Returns the filled cells of a row that `rule_changes` shows as `points 5; award once`."""
    names = "|".join(map(re.escape, columns))
    parts = re.split(rf"(?:^|; )({names}) ", words)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _of_predictions(
    name: str,
    recorded: Sequence[tuple[str, str]],
    present: Mapping[str, Mapping[tuple[str, ...], Cells]],
) -> list[Cells]:
    """Returns the rows of predictions that were there then and are the same now: of each its
    fingerprint is recorded, and not its hundreds of rows."""
    recorded_rows = {
        table: [
            cells_of(words, schemas()[table].columns) for seed, words in recorded if seed == table
        ]
        for table in ("predictions", "prediction_approvals")
    }
    kept = {}
    for row in recorded_rows["predictions"]:
        now = present["predictions"].get(_key(row, schemas()["predictions"]), {})
        if now and now["fingerprint"] == row.get("fingerprint", ""):
            kept[row["prediction"].lower()] = now | {"status": row["status"]}
    if name == "predictions":
        return list(kept.values())
    rows = list(present[name].values())
    if name == "prediction_approvals":
        schema = schemas()[name]
        then = {_key(row, schema) for row in recorded_rows[name]}
        rows = [row for row in rows if _key(row, schema) in then]
    return [row for row in rows if row["prediction"].strip().lower() in kept]


def _present_rows(path: Path, schema: Schema) -> dict[tuple[str, ...], Cells]:
    with path.open(encoding="utf-8", newline="") as file:
        return {_key(row, schema): row for row in csv.DictReader(file)}


def _key(row: Mapping[str, str], schema: Schema) -> tuple[str, ...]:
    return tuple(row.get(column, "").strip().lower() for column in schema.key or schema.columns)


def _write_table(
    path: Path, schema: Schema, rows: list[Cells], present: Mapping[tuple[str, ...], Cells]
) -> None:
    # A column that no recorded row fills may be one that is not recorded at all.
    recorded = {column for row in rows for column in row}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, schema.columns, restval="", lineterminator="\n")
        writer.writeheader()
        for row in rows:
            now = present.get(_key(row, schema), {})
            unrecorded = {
                column: now.get(column, "")
                for column in ("description", "owner", "note")
                if column in schema.columns and column not in recorded
            }
            writer.writerow(unrecorded | row)
