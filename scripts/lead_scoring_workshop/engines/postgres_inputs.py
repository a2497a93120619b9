"""Input files as tables of a PostgreSQL server: each column as text, or as Parquet has it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import duckdb

from lead_scoring.data.folder import create_views
from lead_scoring.postgres.connection import Connection
from lead_scoring.reading.headers import REQUIRED_COLUMNS
from lead_scoring_workshop.engines.input_rows import columns_to_load

# What stands for a missing cell in COPY; no text of an input is this one.
MISSING = "\\N"


# What DuckDB's types are called there; decimals are called alike.
TYPES: Mapping[str, str] = {
    "VARCHAR": "text",
    "VARCHAR[]": "text[]",
    "DOUBLE": "double precision",
    "FLOAT": "real",
}


def load_inputs(
    server: Mapping[str, str], folder: Path, schema: str, *, typed: bool = False
) -> None:
    """Makes the schema anew, with the tables of an input folder in it.

    typed: columns as Parquet files have them; else each is text. Raises InputError as a run does.
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
            rows_to_load, columns = columns_to_load(files, folder, table, typed=typed)
            kinds = ", ".join(f"{name} {TYPES.get(kind, kind)}" for name, kind in columns)
            connection.execute(f"create table {schema}.{table} ({kinds})")
            # Through a file: millions of rows do not fit into this process.
            file = Path(made) / f"{table}.csv"
            lists = ", ".join(
                f"'{{' || array_to_string({name}, ',') || '}}' as {name}"
                for name, kind in columns
                if kind.endswith("]")
            )
            replaced = f" replace ({lists})" if lists else ""
            files.execute(
                f"copy (select *{replaced} from ({rows_to_load})) to '{file}'"
                f" (format csv, header false, nullstr '{MISSING}')"
            )
            with file.open("rb") as rows:
                connection.copy(
                    f"copy {schema}.{table} from stdin with (format csv, null '{MISSING}')", rows
                )
