"""A small folder of input files, and what the plugin shows dbt of it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from lead_scoring.data.folder import InputError, create_views

LEADS = "lead_id,created_at\nann,2026-01-01\n"
EVENTS = "event_id,lead_id,event_type,occurred_at\n1,ann,visit,2026-01-02\n"
OUTCOMES = "lead_id,outcome,occurred_at\nann,won,2026-01-03\n"


def rows(folder: Path, table: str = "leads") -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        create_views(connection, folder)
        return connection.cursor().sql(f"select * from inputs.main.{table}").fetchall()


def columns(folder: Path, table: str = "leads") -> list[str]:
    with duckdb.connect() as connection:
        create_views(connection, folder)
        return connection.sql(f"select * from inputs.main.{table}").columns


def refusal(folder: Path) -> str:
    with duckdb.connect() as connection, pytest.raises(InputError) as caught:
        create_views(connection, folder)
    return str(caught.value)


def write_inputs(made: Path) -> Path:
    """Writes one row of each table into a new folder."""
    made.mkdir()
    (made / "leads.csv").write_text(LEADS)
    (made / "events.csv").write_text(EVENTS)
    (made / "outcomes.csv").write_text(OUTCOMES)
    return made
