"""Inputs whose columns have types of their own, as tables of a warehouse and Parquet files do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from lead_scoring.data.folder import create_views, demo_folder
from lead_scoring.reading.headers import identifier, literal
from lead_scoring.reading.parquet_files import parquet_columns, parquet_rows

# Those of the demo as types: of times with and without a zone, and of numbers, one of each kind.
TYPES: Mapping[str, Mapping[str, str]] = {
    "leads": {
        "created_at": "try_cast(created_at as timestamptz)",
        "updated_at": "timezone('UTC', try_cast(updated_at as timestamptz))",
        "employee_count": "try_cast(employee_count as double)",
        "annual_revenue": "try_cast(annual_revenue as decimal(20, 8))",
        "technologies": "string_split(technologies, ';')",
        "current_contract_ends_on": "try_cast(current_contract_ends_on as date)",
    },
    "events": {
        "occurred_at": "timezone('UTC', try_cast(occurred_at as timestamptz))",
        "loaded_at": "try_cast(loaded_at as timestamptz)",
        "quantity": "try_cast(quantity as float)",
    },
    "outcomes": {
        "occurred_at": "try_cast(occurred_at as timestamptz)",
        "loaded_at": "timezone('UTC', try_cast(loaded_at as timestamptz))",
        "amount": "try_cast(amount as double)",
    },
    "lead_merges": {"merged_at": "try_cast(merged_at as timestamptz)"},
}


def write_typed_demo(folder: Path) -> Path:
    """Writes a tenth of the demo's leads, with all of theirs, as Parquet; returns the folder."""
    folder.mkdir()
    with duckdb.connect() as files:
        create_views(files, demo_folder())
        for table, types in TYPES.items():
            replaced = ", ".join(f"{value} as {name}" for name, value in types.items())
            further = ", event_id like '%3' as is_bot" if table == "events" else ""
            files.execute(
                f"copy (select * replace ({replaced}){further} from inputs.main.{table}"
                f" where lead_id like '%7') to {literal(folder / f'{table}.parquet')}"
            )
    return folder


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
