"""Spark as one of the engines whose tables are compared: inputs, runs, rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from lead_scoring.data.folder import create_views
from lead_scoring.reading.headers import REQUIRED_COLUMNS
from lead_scoring.runs.runner import BuildResult
from lead_scoring.spark.connection import Connection
from lead_scoring.warehouses.build import score_in_schemas
from lead_scoring.warehouses.schemas import Schemas
from lead_scoring_workshop.engines.input_rows import columns_to_load
from lead_scoring_workshop.engines.same_tables import Reader, Row, comparable
from lead_scoring_workshop.engines.stories import Run
from lead_scoring_workshop.engines.unit_tests import UnitTests, run_unit_tests


class SparkEngine:
    """Schemas of a session of Spark in this process, which dbt joins, or goes by a server."""

    name = "spark"

    def __init__(
        self, session: Any, schema: str, folder: Path, server: Mapping[str, str] | None = None
    ) -> None:
        """folder: for files of inputs. server: how dbt finds it; None: dbt joins the session."""
        self._session, self._schema, self._folder = session, schema, folder
        self._server = server or {}
        self._target = "spark_server" if server else "spark"

    def load(self, data: Path, *, typed: bool = False) -> None:
        """Makes the input tables anew from a folder of input files, each column as text or not."""
        load_tables(self._session, data, f"{self._schema}_inputs", self._folder, typed=typed)

    def score(self, run: Run, work_folder: Path) -> BuildResult:
        """Scores what is loaded. Raises RunFailed."""
        return score_in_schemas(
            self._target,
            lambda: Connection(self._session, Schemas(self._schema).parts),
            schema=self._schema,
            input_schema=f"{self._schema}_inputs",
            work_folder=work_folder,
            environment=self._server,
            as_of=run.as_of,
            rules=run.rules,
            variables=run.variables,
            select=run.select,
        )

    def unit_tests(self, folder: Path) -> UnitTests:
        """Runs dbt's unit tests where the runs left all tables."""
        return run_unit_tests(self._target, self._server, self._schema, folder)

    def tables(self) -> Reader:
        """Returns a reader of what the runs left."""
        return tables_of(self._session, self._schema)


def load_tables(
    session: Any, data: Path, schema: str, folder: Path, *, typed: bool = False
) -> None:
    """Makes the input tables of a schema anew from a folder of input files.

    folder: for files of theirs. typed: as the Parquet files have them; else each column is text.
    """
    session.sql(f"create schema if not exists {schema}")
    with duckdb.connect() as files:
        create_views(files, data)
        for table in REQUIRED_COLUMNS:
            rows_to_load, _columns = columns_to_load(files, data, table, typed=typed)
            file = folder / f"{table}.parquet"
            files.execute(f"copy ({rows_to_load}) to '{file}'")
            session.sql(f"drop table if exists {schema}.{table}")
            rows = session.read.parquet(str(file))
            rows.write.format("parquet").saveAsTable(f"{schema}.{table}")


def tables_of(session: Any, schema: str) -> Reader:
    """Returns a reader of the tables of a run. schema: of the public ones."""

    def read(table: str) -> tuple[Sequence[str], Counter[Row]] | None:
        for name in (f"{part}.{table}" for part in Schemas(schema).parts):
            if session.catalog.tableExists(name):
                kinds = dict(session.table(name).dtypes)
                columns = comparable(kinds)
                # pyspark makes no time of the first day of year 1, unless it has no zone
                cells = ", ".join(
                    f"cast(`{column}` as timestamp_ntz)"
                    if kinds[column] == "timestamp"
                    else f"`{column}`"
                    for column in columns
                )
                found = session.sql(f"select {cells or 1} from {name}").collect()
                return columns, Counter(tuple(row) for row in found)
        return None

    return read
