"""Do two engines' tables hold the same rows? Compared exactly: every table, column and row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import duckdb

from lead_scoring.postgres.connection import Connection
from lead_scoring.project import PROJECT
from lead_scoring.reading.headers import identifier
from lead_scoring.warehouses.schemas import Schemas

# Hashes are an engine's own, and what they are made of says how it reads: private columns.
OF_THE_ENGINE = ("_hash", "content_key", "reading")
SHOWN = 3

Row = tuple[Any, ...]
# Columns and rows of a table by its name; None where it is not there.
Reader = Callable[[str], tuple[Sequence[str], Counter[Row]] | None]


@dataclass(frozen=True)
class TableDifference:
    """What differs in one table: in words where it is not a row, else rows of one side alone."""

    table: str
    problem: str
    only_ours: Sequence[Row] = ()
    only_theirs: Sequence[Row] = ()

    def __str__(self) -> str:
        """Some rows of each side, for people."""
        lines = [f"{self.table}: {self.problem}"]
        for side, rows in (("duckdb", self.only_ours), ("other ", self.only_theirs)):
            lines += [f"  {side} {row}" for row in sorted(rows, key=repr)[:SHOWN]]
        return "\n".join(lines)


def all_tables(*folders: str) -> list[str]:
    """Returns the names of the tables that the models of some folders make; none: of all."""
    models = PROJECT / "models"
    places = [models / folder for folder in folders] or [models]
    return sorted({path.stem for place in places for path in place.rglob("*.sql")})


def compare(ours: Reader, theirs: Reader, tables: Iterable[str]) -> list[TableDifference]:
    """Returns what differs between two databases; a table that neither has is no difference."""
    differences = []
    for table in tables:
        left, right = ours(table), theirs(table)
        if left is None and right is None:
            continue
        if left is None or right is None:
            side = "DuckDB" if left is None else "the other engine"
            differences.append(TableDifference(table, f"{side} does not have it"))
        elif left[0] != right[0]:
            columns = ", ".join(sorted(set(left[0]) ^ set(right[0])))
            differences.append(TableDifference(table, f"its columns differ: {columns}"))
        elif left[1] != right[1]:
            only_ours, only_theirs = left[1] - right[1], right[1] - left[1]
            count = max(only_ours.total(), only_theirs.total())
            differences.append(
                TableDifference(table, f"{count} rows differ", [*only_ours], [*only_theirs])
            )
    return differences


def tables_of_file(database: Path) -> Reader:
    """Returns a reader of a DuckDB file."""

    def read(table: str) -> tuple[Sequence[str], Counter[Row]] | None:
        with duckdb.connect(str(database), read_only=True) as connection:
            connection.execute("set TimeZone = 'UTC'")
            try:
                described = connection.execute(f"describe {table}").fetchall()
            except duckdb.CatalogException:
                return None
            columns = comparable(row[0] for row in described)
            rows = connection.execute(_query(columns, table)).fetchall()
        return columns, Counter(map(plain, rows))

    return read


def tables_of_schema(server: Mapping[str, str], schema: str) -> Reader:
    """Returns a reader of the schemas of a run on a PostgreSQL server."""

    def read(table: str) -> tuple[Sequence[str], Counter[Row]] | None:
        with Connection(server, Schemas(schema).parts) as connection:
            if connection.execute("select to_regclass(?)", [table]).fetchone() == (None,):
                return None
            described = connection.execute(f"select * from {table} limit 0").description
            columns = comparable(column.name for column in described)
            rows = connection.execute(_query(columns, table)).fetchall()
        return columns, Counter(map(plain, rows))

    return read


def comparable(columns: Iterable[str]) -> list[str]:
    """Returns the columns that are no engine's own, in order."""
    return sorted(name for name in columns if not name.endswith(OF_THE_ENGINE))


def _query(columns: Sequence[str], table: str) -> str:
    return f"select {', '.join(map(identifier, columns)) or 1} from {table}"


def plain(row: Row) -> Row:
    """Returns a row whose times are naive ones in UTC."""
    return tuple(
        cell.astimezone(timezone.utc).replace(tzinfo=None)
        if isinstance(cell, datetime) and cell.tzinfo
        else cell
        for cell in row
    )
