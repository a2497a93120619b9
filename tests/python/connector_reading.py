"""Reads made-up exports of tools through the connectors' maps, as commands do."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from lead_scoring.exports import Exports, Maps, create_export_views, exports_of
from lead_scoring.model_expressions import Project

Row = Mapping[str, object]
Files = Mapping[str, Sequence[Row]]


class Read:
    """The input tables that a folder of exports becomes."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        exports: Exports,
        variables: Mapping[str, object],
    ) -> None:
        """connection: where the tables are. variables: vars of dbt."""
        self.exports = exports
        self._connection = connection
        self._variables = {**variables, "lead_scoring_sources": list(exports.tools)}

    def rows(self, table: str, *columns: str) -> list[Any]:
        """Returns rows of a table in order; of one column its values."""
        found = self._connection.execute(
            f"select {', '.join(columns)} from inputs.main.{table} order by all"
        ).fetchall()
        return [row[0] for row in found] if len(columns) == 1 else found

    def of_model(self, model: str, *columns: str) -> list[Any]:
        """Returns rows of a model of connectors that the input tables do not need."""
        project = Project(self._variables, self._connection, connectors="inputs.connectors")
        query = f"select {', '.join(columns)} from {project.table_of_model(model)} order by all"
        return self._connection.execute(query).fetchall()

    def whole(self, table: str) -> list[Any]:
        """Returns the rows of a table with all of its columns, in order of their names."""
        names = [
            row[0] for row in self._connection.execute(f"describe inputs.main.{table}").fetchall()
        ]
        return self.rows(table, *sorted(names))


def write(folder: Path, files: Files) -> Path:
    """Writes a file of exports for each name; columns are those of all its rows."""
    for name, rows in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        header = list(dict.fromkeys(column for row in rows for column in row))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def read(
    folder: Path,
    files: Files,
    source: str | None = None,
    *,
    event_names: Sequence[Mapping[str, str]] | None = None,
    **variables: object,
) -> Read:
    """Writes exports and reads them. variables: vars of dbt, without lead_scoring_ before them.

    event_names: rows that take the place of the project's own.
    """
    tables = None
    if event_names is not None:
        tables = {"event_names": list(map(dict, event_names)), "outcome_stages": [], "lists": []}
    write(folder, files)
    exports = exports_of(folder, source)
    assert exports is not None
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    named = {f"lead_scoring_{name}": value for name, value in variables.items()}
    create_export_views(connection, exports, Maps(tables=tables, variables=named))
    return Read(connection, exports, named)
