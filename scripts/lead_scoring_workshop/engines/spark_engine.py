"""Spark as one of the engines whose tables are compared: inputs, runs, rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from lead_scoring.data.folder import create_views
from lead_scoring.reading.headers import REQUIRED_COLUMNS, identifier
from lead_scoring.rules.commit import rules_commit
from lead_scoring.rules.files import lay_out_rules
from lead_scoring.runs.runner import BuildResult, build
from lead_scoring.warehouses.schemas import PARTS
from lead_scoring_workshop.engines.same_tables import Reader, Row, comparable
from lead_scoring_workshop.engines.stories import Run


class SparkEngine:
    """Schemas of a session of Spark in this process, which dbt joins."""

    name = "spark"

    def __init__(self, session: Any, schema: str, folder: Path) -> None:
        """folder: for files of inputs."""
        self._session, self._schema, self._folder = session, schema, folder

    def load(self, data: Path) -> None:
        """Makes the input tables anew from a folder of input files, each column as text."""
        inputs = f"{self._schema}_inputs"
        self._session.sql(f"create schema if not exists {inputs}")
        with duckdb.connect() as files:
            create_views(files, data)
            for table in REQUIRED_COLUMNS:
                described = files.execute(f"describe inputs.main.{table}").fetchall()
                columns = [identifier(row[0]) for row in described]
                texts = (
                    f"replace(cast({name} as varchar), chr(0), '') as {name}" for name in columns
                )
                file = self._folder / f"{table}.parquet"
                files.execute(
                    f"copy (select {', '.join(texts)} from inputs.main.{table}) to '{file}'"
                )
                self._session.sql(f"drop table if exists {inputs}.{table}")
                rows = self._session.read.parquet(str(file))
                rows.write.format("parquet").saveAsTable(f"{inputs}.{table}")

    def score(self, run: Run, work_folder: Path) -> BuildResult:
        """Scores what is loaded. Raises RunFailed."""
        lay_out_rules(run.rules, work_folder / "project" / "seeds")
        return build(
            work_folder=work_folder,
            environment={
                "LEAD_SCORING_SCHEMA": self._schema,
                "LEAD_SCORING_AS_OF": run.as_of,
                "LEAD_SCORING_RULES_COMMIT": rules_commit(run.rules),
            },
            target="spark",
            variables={**run.variables, "lead_scoring_input_schema": f"{self._schema}_inputs"},
            select=run.select,
        )

    def tables(self) -> Reader:
        """Returns a reader of what the runs left."""

        def read(table: str) -> tuple[Sequence[str], Counter[Row]] | None:
            for part in PARTS:
                name = f"{self._schema}{part}.{table}"
                if self._session.catalog.tableExists(name):
                    kinds = dict(self._session.table(name).dtypes)
                    columns = comparable(kinds)
                    # pyspark makes no time of the first day of year 1, unless it has no zone
                    cells = ", ".join(
                        f"cast(`{column}` as timestamp_ntz)"
                        if kinds[column] == "timestamp"
                        else f"`{column}`"
                        for column in columns
                    )
                    found = self._session.sql(f"select {cells or 1} from {name}").collect()
                    return columns, Counter(tuple(row) for row in found)
            return None

        return read
