"""The same runs on DuckDB and on another engine, and whether they leave the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lead_scoring.runs import runner
from lead_scoring_workshop.engines.same_tables import (
    Reader,
    TableDifference,
    all_tables,
    compare,
    tables_of_file,
)
from lead_scoring_workshop.engines.stories import Run
from lead_scoring_workshop.engines.unit_tests import UnitTests


class Engine(Protocol):
    """An engine other than DuckDB, with a place of its own for one story."""

    name: str

    def load(self, data: Path, *, typed: bool = False) -> None:
        """Makes the input tables anew from a folder of input files, each column as text or not."""

    def score(self, run: Run, work_folder: Path) -> runner.BuildResult:
        """Scores what is loaded. Raises RunFailed."""

    def unit_tests(self, folder: Path) -> UnitTests:
        """Runs dbt's unit tests where the runs left all tables. folder: for logs."""

    def tables(self) -> Reader:
        """Returns a reader of what the runs left."""


@dataclass(frozen=True)
class Compared:
    """What came of one run: seconds of each engine, tables with rows, and what differs."""

    run: Run
    seconds: Mapping[str, float]
    tables: int
    differences: Sequence[TableDifference]
    unit_tests: UnitTests | None  # of the other engine; None: not run


def compare_runs(engine: Engine, runs: Sequence[Run], folder: Path) -> Iterator[Compared]:
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
        engine.load(run.data, typed=run.typed)
        theirs = engine.score(run, folder / engine.name)
        read = tables_of_file(database)
        names = [name for name in all_tables() if read(name) is not None]
        yield Compared(
            run,
            {"duckdb": ours.seconds, engine.name: theirs.seconds},
            len(names),
            compare(read, engine.tables(), names),
            engine.unit_tests(folder / "unit_tests") if run.with_unit_tests else None,
        )
