"""The demo with columns of types of their own, as tables of a warehouse and Parquet files have."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from lead_scoring.data.folder import create_views, demo_folder
from lead_scoring.reading.headers import literal

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
