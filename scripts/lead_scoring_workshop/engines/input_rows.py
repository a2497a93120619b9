"""The rows of input files, as an engine that is compared loads them."""

from __future__ import annotations

from pathlib import Path

import duckdb

from lead_scoring.reading.headers import identifier
from lead_scoring.reading.parquet_files import parquet_columns, parquet_rows


def columns_to_load(
    files: duckdb.DuckDBPyConnection, folder: Path, table: str, *, typed: bool
) -> tuple[str, list[tuple[str, str]]]:
    """Returns a select of an input table's rows, and its columns with DuckDB's names of types.

    typed: as the Parquet file of the table has them; else each is text. The views of the folder
    (create_views) are there.
    """
    if typed:
        path = folder / f"{table}.parquet"
        return f"select * from {parquet_rows(path)}", parquet_columns(files, path)
    described = files.execute(f"describe inputs.main.{table}").fetchall()
    columns = [(identifier(row[0]), "VARCHAR") for row in described]
    texts = (f"replace(cast({name} as varchar), chr(0), '') as {name}" for name, _ in columns)
    return f"select {', '.join(texts)} from inputs.main.{table}", columns
