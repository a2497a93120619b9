"""Reads the rule tables that a run would use, with every cell as the contract compares it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from lead_scoring.rules.files import RulesError, seed_columns, spelled_tables

# The contract's blanks (decision 1), and the columns whose text is kept as written (decision 19).
BLANKS = " \t\n\v\f\r\u00a0"
AS_WRITTEN = frozenset(
    ("value", "label", "segment", "owner", "queue", "action", "description", "note", "entry")
)
EVERY_SCORECARD = "*"

Cells = dict[str, str]


@dataclass(frozen=True)
class RuleSet:
    """Rule tables by their contract names; each row is column name -> text, '' where blank."""

    tables: Mapping[str, list[Cells]]

    def names(self, table: str, column: str) -> dict[str, Cells]:
        """Returns the rows of a table by one of its columns; of equal ones the first counts."""
        found: dict[str, Cells] = {}
        for row in self.tables[table]:
            found.setdefault(row[column], row)
        return found

    def effective(self, table: str, scorecard: str, keys: tuple[str, ...]) -> list[Cells]:
        """Returns the rows that hold for a scorecard, in the order of the table.

        A row of the scorecard's own takes the place of the row for every scorecard with equal
        `keys`.
        """
        held: dict[tuple[str, ...], Cells] = {}
        for row in self.tables[table]:
            key = tuple(row[column].lower() for column in keys)
            if row["scorecard"] == scorecard or (
                row["scorecard"] == EVERY_SCORECARD and key not in held
            ):
                held[key] = row
        return list(held.values())


def read_rule_set(rules: Path | None = None) -> RuleSet:
    """Returns the project's rule tables; those of the folder `rules` take their place.

    Raises RulesError where a file cannot be used.
    """
    columns = seed_columns()
    return RuleSet(
        {
            name: [
                {
                    column: clean(column, cell)
                    for column, cell in zip(columns[name], row, strict=True)
                }
                for row in rows
            ]
            for name, rows in spelled_tables(rules).items()
        }
    )


def read_table(path: Path) -> list[Cells]:
    """Returns the rows of one rule table that is known to be well formed."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            {column: clean(column, cell) for column, cell in row.items()}
            for row in csv.DictReader(file)
        ]


def clean(column: str, cell: str | None) -> str:
    """Returns a cell without outer blanks, names in lower case."""
    text = (cell or "").strip(BLANKS)
    return text if column in AS_WRITTEN else text.lower()


def number(row: Mapping[str, str], column: str) -> Decimal | None:
    """Returns the number in a cell, None where it is blank. Raises RulesError where it is none."""
    text = row[column]
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise RulesError(f"The {column} {text!r} is no number. Correct it in {_where(row)}.")
    return value


def whole(row: Mapping[str, str], column: str) -> int | None:
    """Returns the whole number in a cell, None where it is blank. Raises RulesError otherwise."""
    value = number(row, column)
    if value is None:
        return None
    if value != int(value):
        raise RulesError(f"The {column} {row[column]!r} is not whole. Correct it in {_where(row)}.")
    return int(value)


def is_true(text: str) -> bool:
    """Returns whether a flag of a rule table is set; blank is not."""
    return text in ("true", "t", "yes", "y", "1")


def plain(value: Decimal) -> str:
    """Returns a number as a person writes it: without idle zeros, thousands with a comma."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def signed(value: Decimal) -> str:
    """Returns points with their sign; 0 has none."""
    return f"+{plain(value)}" if value > 0 else plain(value)


def _where(row: Mapping[str, str]) -> str:
    cells: Iterable[str] = (cell for cell in row.values() if cell)
    return "the row " + ", ".join(cells)
