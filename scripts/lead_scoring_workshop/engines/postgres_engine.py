"""A PostgreSQL server as one of the engines whose tables are compared: inputs, runs, rows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lead_scoring.postgres.build import score_on_postgres
from lead_scoring.runs.runner import BuildResult
from lead_scoring_workshop.engines.postgres_inputs import load_inputs
from lead_scoring_workshop.engines.same_tables import Reader, tables_of_schema
from lead_scoring_workshop.engines.stories import Run
from lead_scoring_workshop.engines.unit_tests import UnitTests, run_unit_tests


class PostgresEngine:
    """Schemas of a server."""

    name = "postgres"

    def __init__(self, server: Mapping[str, str], schema: str) -> None:
        """server: the variables by which it is found."""
        self._server, self._schema = server, schema

    def load(self, data: Path, *, typed: bool = False) -> None:
        """Makes the input tables anew from a folder of input files, each column as text or not."""
        load_inputs(self._server, data, f"{self._schema}_inputs", typed=typed)

    def score(self, run: Run, work_folder: Path) -> BuildResult:
        """Scores what is loaded. Raises RunFailed."""
        return score_on_postgres(
            self._server,
            schema=self._schema,
            input_schema=f"{self._schema}_inputs",
            work_folder=work_folder,
            as_of=run.as_of,
            rules=run.rules,
            variables=run.variables,
            select=run.select,
        )

    def unit_tests(self, folder: Path) -> UnitTests:
        """Runs dbt's unit tests where the runs left all tables."""
        return run_unit_tests("postgres", self._server, self._schema, folder)

    def tables(self) -> Reader:
        """Returns a reader of what the runs left."""
        return tables_of_schema(self._server, self._schema)
