"""Rule tables in memory: rows that know their place in the file they were read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from lead_scoring.rules.checks.findings import Finding, Level, visible
from lead_scoring.rules.checks.schema import Kind, Schema
from lead_scoring.rules.checks.text import flag_of, normalised, number_of, plain_number, trimmed


@dataclass(frozen=True)
class Row:
    """One row of a rule table."""

    table: str
    file: Path
    number: int  # as a spreadsheet counts: the header is row 1
    line: int  # as a text editor counts: where the row begins
    cells: Mapping[str, str]  # as the file has them

    def text(self, column: str) -> str:
        """Returns a cell without outer blanks; '' where it is blank."""
        return trimmed(self.cells.get(column, ""))

    def name(self, column: str) -> str:
        """Returns a cell as names are compared; '' where it is blank."""
        return normalised(self.cells.get(column, ""))

    def decimal(self, column: str) -> Decimal | None:
        """Returns the number in a cell; None where it is blank or cannot be read."""
        return number_of(self.cells.get(column, ""))

    def finding(
        self, column: str | None, problem: str, mend: str, level: Level = Level.CELL
    ) -> Finding:
        """Returns a finding about a cell of this row, or with None about the whole row."""
        value = visible(self.cells.get(column, "")) if column else None
        return Finding(level, self.file, self.number, self.line, column, value, problem, mend)


@dataclass
class Table:
    """One rule table as far as it could be read."""

    schema: Schema
    file: Path
    header: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    has_columns: bool = True  # the header names every column, once
    has_rows: bool = True  # no row had to be left out
    _names: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def known_rows(self) -> list[Row]:
        """The rows; none where the columns are in doubt."""
        return self.rows if self.has_columns else []

    def names(self, column: str) -> dict[str, str]:
        """Returns the names that a column holds, as compared -> as first written."""
        if column not in self._names:
            found: dict[str, str] = {}
            for row in self.known_rows:
                found.setdefault(row.name(column), row.text(column))
            found.pop("", None)
            self._names[column] = found
        return self._names[column]

    @cached_property
    def spelled_rows(self) -> list[list[str]]:
        """The rows in the seed's own order of columns, numbers and flags in one spelling."""
        kinds = self.schema.kinds.items()
        return [[_spelled(row, column, kind) for column, kind in kinds] for row in self.rows]

    def finding(
        self,
        problem: str,
        mend: str,
        *,
        row: int | None = None,
        line: int | None = None,
        column: str | None = None,
        value: str | None = None,
        level: Level = Level.FILE,
    ) -> Finding:
        """Returns a finding about the file, or about a place in it that is no whole row."""
        shown = visible(value) if value is not None else None
        return Finding(level, self.file, row, line, column, shown, problem, mend)


class RuleTables:
    """The rule tables of one run: those of a folder, and the project's own for the rest."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        """Hold the tables by their names."""
        self.tables = tables

    def __getitem__(self, table: str) -> Table:
        """Returns a table by the contract's name."""
        return self.tables[table]

    def rows(self, table: str) -> list[Row]:
        """Returns the rows of a table; none where its columns are in doubt."""
        return self.tables[table].known_rows

    def are_whole(self, *tables: str) -> bool:
        """Whether nothing of these tables is missing: only then does an absent row say anything."""
        found = [self.tables[name] for name in tables]
        return all(table.has_columns and table.has_rows for table in found)

    def names(self, table: str, column: str) -> dict[str, str]:
        """Returns the names that a column holds, as compared -> as first written."""
        return self.tables[table].names(column)


def warning(row: Row, column: str, problem: str, mend: str) -> Finding:
    """Returns a warning about a cell."""
    return row.finding(column, problem, mend, Level.WARNING)


def _spelled(row: Row, column: str, kind: Kind) -> str:
    """Returns a cell in the one spelling that every engine reads alike."""
    text = row.text(column)
    number = row.decimal(column) if kind == "number" else None
    if number is not None:
        return plain_number(number)
    if kind == "flag" and text:
        return "true" if flag_of(text) else "false"
    return text.replace("\r\n", "\n").replace("\r", "\n")
