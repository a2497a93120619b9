"""Connections to scored databases, and rows of their tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import duckdb

from lead_scoring.project import called

Row = dict[str, Any]


class Queries(Protocol):
    """A connection to an engine: DuckDB's own, or `lead_scoring.postgres.connection`'s."""

    def execute(self, query: str, parameters: Any = ..., /) -> Any:
        """Runs a statement, with `?` for each parameter; returns the cursor with its rows."""

    def executemany(self, query: str, parameters: Any, /) -> Any:
        """Runs a statement for each row of parameters."""


class DatabaseError(RuntimeError):
    """A database cannot be read. The message says why and what to do."""


def open_database(database: Path) -> duckdb.DuckDBPyConnection:
    """Opens a scored database for reading. Raises DatabaseError where there is none."""
    if not database.is_file():
        raise DatabaseError(f"There is no database {database}. Run {called('score')} first.")
    try:
        connection = duckdb.connect(str(database), read_only=True)
        connection.execute("set TimeZone = 'UTC'")
        return connection
    except duckdb.Error as error:
        if "lock" in str(error):
            raise DatabaseError(f"{database} is being written just now. Try again later.") from None
        raise DatabaseError(f"{database} cannot be read: {error}") from None


def rows(
    connection: Queries,
    query: str,
    parameters: Sequence[object] | Mapping[str, object] = (),
) -> list[Row]:
    """Returns the rows of a query, each as column name -> value."""
    cursor = connection.execute(query, parameters)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
