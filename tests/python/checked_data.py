"""Input files to look at before a run, and what is found in them."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from typer.testing import CliRunner

from lead_scoring.commands.app import app
from lead_scoring.data.checks.findings import Column, DataFindings, Finding

Rows = Sequence[Mapping[str, object]]
CANARY = "cnry"
LEAD = {"lead_id": "L1", "created_at": "2026-01-01", "email": "ann@acme.example"}
EVENT = {
    "event_id": "e1",
    "lead_id": "L1",
    "event_type": "page_viewed",
    "occurred_at": "2026-01-02T10:00:00Z",
}
OUTCOME = {"lead_id": "L1", "outcome": "won", "occurred_at": "2026-02-01"}


def write(folder: Path, **tables: Rows) -> Path:
    """Writes a folder of CSV files; tables that are not given have one good row."""
    folder.mkdir(exist_ok=True)
    given: dict[str, Rows] = {"leads": [LEAD], "events": [EVENT], "outcomes": [OUTCOME]}
    for table, rows in (given | tables).items():
        names = list(dict.fromkeys(name for row in rows for name in row))
        with (folder / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def leads(count: int, **values: object) -> list[dict[str, object]]:
    return [LEAD | {"lead_id": f"L{number}"} | values for number in range(1, count + 1)]


def column(found: DataFindings, table: str, name: str) -> Column:
    return next(one for one in found.columns if (one.table, one.name) == (table, name))


def finding(found: DataFindings, place: str) -> Finding:
    return next(one for one in found.findings if one.place == place)


def call(*arguments: object) -> tuple[int, str]:
    """The exit code of the command, and all that it prints."""
    result = CliRunner().invoke(app, ["check", "data", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output
