"""A server, the runs of a generated schedule that are made on it, and the same ones on DuckDB."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from generate.packs import Pack
from generate.predictions import with_predictions
from lead_scoring.postgres import schemas
from lead_scoring.postgres.build import ServerPlace
from lead_scoring.postgres.connection import Connection
from lead_scoring.postgres.options import ServerOptions
from lead_scoring.postgres.publication import score_and_publish
from lead_scoring.runs import runner
from lead_scoring.runs.runner import BuildResult
from lead_scoring.warehouses.schemas import Schemas
from lead_scoring_workshop.engines.killed_warehouses import KilledPostgres
from lead_scoring_workshop.engines.postgres_inputs import load_inputs

CASES, SEED = 20, 11
NAME = "lead_scoring"


@dataclass
class Story:
    """A server, the runs that are made on it, and the same ones on DuckDB."""

    server: Mapping[str, str]
    folder: Path
    packs: list[Pack]
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.packs = [with_predictions(pack, SEED) for pack in self.packs]

    @property
    def database(self) -> Path:
        """The file in which DuckDB makes the same runs."""
        return self.folder / "duckdb" / "scores.duckdb"

    def look(self) -> str:
        """The run that readers see, all of whose tables are its own."""
        return KilledPostgres(self.server).look(NAME)

    def options(self, number: int, *, as_of: str | None = None) -> ServerOptions:
        """The run of a pack of the schedule, whose inputs are loaded."""
        pack = self.packs[number]
        data, rules = pack.write(self.folder / f"pack{number}")
        load_inputs(self.server, data, "raw")
        return ServerOptions(
            server=self.server,
            schemas=Schemas(NAME),
            work_folder=self.folder / "postgres",
            input_schema="raw",
            rules=rules,
            as_of=as_of or pack.world.as_of,
            variables=pack.variables,
            publish_anyway=True,
        )

    def publish(self, options: ServerOptions) -> str:
        """Runs, and returns the run's id."""
        return score_and_publish(options, self.said.append).record.run_id

    def on_duckdb(self, number: int) -> Path:
        """Makes the run of a pack on DuckDB; returns the folder of its data."""
        pack = self.packs[number]
        data, rules = pack.write(self.folder / f"pack{number}")
        runner.score(
            data=data,
            rules=rules,
            as_of=pack.world.as_of,
            database=self.database,
            variables=pack.variables,
            with_tests=False,
        )
        return data

    def ask(self, query: str, reader: str | None = None) -> list[tuple[object, ...]]:
        """The rows of a query, of the owner or of a reader."""
        server = {**self.server, "PGUSER": reader} if reader else self.server
        with Connection(server) as connection:
            return list(connection.execute(query).fetchall())

    @contextlib.contextmanager
    def built_without_dbt(self, *changes: str) -> Iterator[None]:
        """Runs that build what is published once more, with some statements after that.

        All that stands around a build is tried; dbt takes nearly all of a run. changes: {0} stands
        for the schema in which it is built.
        """
        published, building = Schemas(NAME), schemas.building(Schemas(NAME))
        of_publication = (schemas.CONTENTS, "runs", "run_tables")

        def score(_place: ServerPlace, **_: object) -> BuildResult:
            public = []
            with Connection(self.server) as connection:
                for name, (place, _kind) in schemas.relations(connection, published).items():
                    if name not in of_publication:
                        made = f"{building.parts[published.parts.index(place)]}.{name}"
                        connection.execute(f"create table {made} as select * from {place}.{name}")
                        if place != published.private:
                            public.append(name)
                for change in changes:
                    connection.execute(change.format(building.name))
            return BuildResult(self.folder / "postgres", 1.0, 1, {"pass": 1}, (), tuple(public))

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ServerPlace, "score", score)
            yield

    def do(self, *statements: str) -> None:
        with Connection(self.server) as connection:
            for statement in statements:
                connection.execute(statement)
