"""Input files as tables of a PostgreSQL server, each column as text, as a file has them."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import duckdb

from lead_scoring.data.folder import create_views
from lead_scoring.postgres.connection import Connection
from lead_scoring.reading.headers import REQUIRED_COLUMNS, identifier

# What stands for a missing cell in COPY; no text of an input is this one.
MISSING = "\\N"


def load_inputs(server: Mapping[str, str], folder: Path, schema: str) -> None:
    """Makes the schema anew, with the tables of an input folder in it.

    Raises InputError as a run does.
    """
    with (
        tempfile.TemporaryDirectory() as made,
        duckdb.connect() as files,
        Connection(server) as connection,
    ):
        create_views(files, folder)
        connection.execute(f"drop schema if exists {schema} cascade")
        connection.execute(f"create schema {schema}")
        for table in REQUIRED_COLUMNS:
            described = files.execute(f"describe inputs.main.{table}").fetchall()
            columns = [identifier(row[0]) for row in described]
            connection.execute(
                f"create table {schema}.{table} ({', '.join(f'{name} text' for name in columns)})"
            )
            # Through a file: millions of rows do not fit into this process.
            texts = ", ".join(f"replace(cast({name} as varchar), chr(0), '')" for name in columns)
            file = Path(made) / f"{table}.csv"
            files.execute(
                f"copy (select {texts} from inputs.main.{table}) to '{file}'"
                f" (format csv, header false, nullstr '{MISSING}')"
            )
            with file.open("rb") as rows:
                connection.copy(
                    f"copy {schema}.{table} from stdin with (format csv, null '{MISSING}')", rows
                )
