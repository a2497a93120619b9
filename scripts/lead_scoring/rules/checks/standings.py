"""What predictions rest on, by the SQL of the engine on rule tables that no run has loaded yet.

A fingerprint, and whether the gate holds, are told by one model, `int_lead_scoring__predictions`:
whoever trains, approves or checks a prediction asks it here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

import duckdb

from lead_scoring.model_expressions import Project
from lead_scoring.rules.checks.schema import PREDICTIONS, PREFIX, schemas

MODEL = "int_lead_scoring__predictions"
_TYPES = {"text": "varchar", "number": "decimal(38, 10)", "flag": "boolean"}
Cells = Sequence[str | None]


@dataclass(frozen=True)
class Standing:
    """What a prediction that is not off rests on."""

    prediction: str  # in lower case
    scorecard: str
    status: str  # as the table says: live or challenger
    fingerprint: str  # of its rows as they are
    is_as_trained: bool  # the fingerprint in the table is that one
    first_age: int  # in days; of younger leads and of older ones than last_age it is unknown
    last_age: int
    gate_failures: tuple[str, ...]  # in words; none: the gate holds
    approved_by: str | None
    purpose: str | None
    approved_at: datetime | None  # in UTC; None: nobody has approved it as it stands

    @property
    def may_be_live(self) -> bool:
        """Whether it counts as live, as far as rows say it: drift may still switch it off."""
        return (
            self.status == "live"
            and self.is_as_trained
            and self.approved_at is not None
            and not self.gate_failures
        )


def standings(tables: Mapping[str, Sequence[Cells]]) -> dict[str, Standing]:
    """Returns what each prediction that is not off rests on, by its name in lower case.

    tables: of each of PREDICTIONS its rows, cells in the order of the seed's columns, blank ones
    '' or None.
    """
    with duckdb.connect() as connection:
        for name in PREDICTIONS:
            _load(connection, name, tables[name])
        relation = Project(connection=connection).relation_of_model(MODEL)
        columns = [field.name for field in fields(Standing)]
        found = connection.execute(
            f"select {', '.join(columns)} from {relation} order by prediction"
        ).fetchall()
    rows = [dict(zip(columns, row, strict=True)) for row in found]
    for row in rows:
        failures = row["gate_failures"]
        row["gate_failures"] = tuple(failures.split("; ")) if failures else ()
    return {row["prediction"]: Standing(**row) for row in rows}


def _load(connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[Cells]) -> None:
    kinds = schemas()[name].kinds
    columns = ", ".join(f'"{column}" {_TYPES[kind]}' for column, kind in kinds.items())
    connection.execute(f'create temp table "{PREFIX}{name}" ({columns})')
    if rows:
        places = ", ".join("?" * len(kinds))
        connection.executemany(
            f'insert into temp."{PREFIX}{name}" values ({places})',
            [[cell or None for cell in row] for row in rows],
        )
