"""The prediction tables of a rules folder: read as they are written, and written back."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from lead_scoring.rules.checks.schema import PREDICTIONS
from lead_scoring.rules.files import PREFIX, SEEDS, seed_columns
from lead_scoring.rules.rule_set import Cells, clean


def read_tables(rules: Path | None) -> dict[str, list[Cells]]:
    """Returns the rows of the five tables, cells as they are written.

    rules: a folder that is known to be well formed; what it has not is the project's own.
    """
    return {name: read_rows(rules, name) for name in PREDICTIONS}


def of_prediction(tables: Mapping[str, Sequence[Cells]], name: str) -> dict[str, list[Cells]]:
    """Returns the rows of one prediction."""
    return {
        table: [row for row in rows if clean("prediction", row["prediction"]) == name]
        for table, rows in tables.items()
    }


def with_prediction(
    tables: Mapping[str, Sequence[Cells]], name: str, rows: Mapping[str, Sequence[Cells]]
) -> dict[str, list[Cells]]:
    """Returns the tables in which these rows take the place of those of the same prediction.

    Approvals stay: what was approved once is on record.
    """
    return {
        table: [
            *(
                row
                for row in old
                if table not in rows or clean("prediction", row["prediction"]) != name
            ),
            *rows.get(table, ()),
        ]
        for table, old in tables.items()
    }


def write_tables(rules: Path | None, tables: Mapping[str, Sequence[Cells]], target: Path) -> None:
    """Copies the files of a rules folder to `target` as they are, and writes these tables anew."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(rules.glob("*.csv")) if rules else ():
        if path.stem.removeprefix(PREFIX) not in tables:
            shutil.copyfile(path, target / path.name)
    for name, rows in tables.items():
        write_table(target / f"{name}.csv", name, rows)


def write_table(path: Path, name: str, rows: Sequence[Cells]) -> None:
    """Writes one table with its columns in their order."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(
            lines, seed_columns()[name], restval="", extrasaction="ignore", lineterminator="\n"
        )
        writer.writeheader()
        writer.writerows(rows)


def file_of(rules: Path, name: str) -> Path:
    """Returns the file of a table in a folder: the one that is there, or the one to write."""
    prefixed = rules / f"{PREFIX}{name}.csv"
    return prefixed if prefixed.exists() else rules / f"{name}.csv"


def _file(rules: Path | None, name: str) -> Path:
    own = file_of(rules, name) if rules else None
    return own if own is not None and own.exists() else SEEDS / f"{PREFIX}{name}.csv"


def read_rows(rules: Path | None, name: str) -> list[Cells]:
    """Returns the rows of one table, cells as they are written."""
    with _file(rules, name).open(encoding="utf-8-sig", newline="") as lines:
        return [
            {(name or "").strip().lower(): cell or "" for name, cell in row.items() if name}
            for row in csv.DictReader(lines)
        ]


def rewrite_cells(rules: Path, name: str, changed: Callable[[Cells], Cells]) -> None:
    """Writes a table of a folder anew with each row changed; columns stay as they are."""
    file = file_of(rules, name)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        columns = [(one or "").strip().lower() for one in reader.fieldnames or ()]
        rows = read_rows(rules, name)
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(changed(row) for row in rows)
