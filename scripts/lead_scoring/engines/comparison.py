"""The same runs on DuckDB and on a PostgreSQL server, and whether they leave the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lead_scoring import runner
from lead_scoring.engines.postgres_inputs import load_inputs
from lead_scoring.engines.same_tables import (
    TableDifference,
    all_tables,
    compare,
    tables_of_file,
    tables_of_schema,
)
from lead_scoring.postgres.build import score_on_postgres

# Of the tests of data the one without which a run would go on with rules that cannot apply.
BUILT = ("resource_type:seed", "resource_type:model", "assert_no_rule_is_invalid")


@dataclass(frozen=True)
class Run:
    """A run of a story: its inputs, rule tables, instant and settings."""

    name: str
    data: Path
    as_of: str
    rules: Path | None = None
    variables: Mapping[str, object] = field(default_factory=dict)
    select: Sequence[str] = BUILT


@dataclass(frozen=True)
class Compared:
    """What came of one run: seconds of each engine, tables with rows, and what differs."""

    run: Run
    seconds: Mapping[str, float]
    tables: int
    differences: Sequence[TableDifference]


def compare_runs(
    server: Mapping[str, str], runs: Sequence[Run], folder: Path, schema: str
) -> Iterator[Compared]:
    """Yields what came of each run of a story: one database after another on both engines.

    Raises RunFailed where a run fails on either.
    """
    database = folder / "lead_scoring.duckdb"
    for run in runs:
        ours = runner.score(
            data=run.data,
            rules=run.rules,
            as_of=run.as_of,
            database=database,
            variables=run.variables,
            select=run.select,
        )
        load_inputs(server, run.data, f"{schema}_inputs")
        theirs = score_on_postgres(
            server,
            schema=schema,
            input_schema=f"{schema}_inputs",
            work_folder=folder / "postgres",
            as_of=run.as_of,
            rules=run.rules,
            variables=run.variables,
            select=run.select,
        )
        read, read_theirs = tables_of_file(database), tables_of_schema(server, schema)
        names = [name for name in all_tables() if read(name) is not None]
        yield Compared(
            run,
            {"duckdb": ours.seconds, "postgres": theirs.seconds},
            len(names),
            compare(read, read_theirs, names),
        )
