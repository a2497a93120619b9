"""Reads a scored database, and makes its values fit to be shown on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import duckdb
from rich.console import Console
from rich.table import Table
from rich.text import Text

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


def heading(words: str) -> Text:
    """Returns the line that stands above a table."""
    return Text(words, style="bold")


def console(*, is_error: bool = False) -> Console:
    """Returns a console that is 80 to 120 columns wide, whatever it writes to."""
    made = Console(stderr=is_error, highlight=False, markup=False)
    made.width = min(max(made.width, 80), 120)
    return made


def table(columns: Sequence[str], numbers: Sequence[str] = ()) -> Table:
    """Returns an empty table for `add_row`; the columns named in `numbers` stand to the right."""
    made = Table(box=None, pad_edge=False, header_style="dim")
    for column in columns:
        is_number = column in numbers
        made.add_column(
            column, justify="right" if is_number else "left", no_wrap=is_number, overflow="fold"
        )
    return made


def shown(value: object) -> Text:
    """Returns a value as text: numbers without idle zeros, times in UTC, null as a dash.

    Characters that a terminal would obey are replaced: ids and attributes are other people's text.
    """
    if value is None:
        text = "-"
    elif isinstance(value, bool):
        text = "yes" if value else "no"
    elif isinstance(value, int):
        text = f"{value:,}"
    elif isinstance(value, Decimal):
        text = f"{value:,f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    elif isinstance(value, datetime):
        text = f"{value:%Y-%m-%d %H:%M} UTC"
    else:
        text = "".join(sign if sign.isprintable() else "?" for sign in str(value))
    return Text(text)
