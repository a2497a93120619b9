"""A run of the project on a PostgreSQL server."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from lead_scoring.postgres.connection import Connection
from lead_scoring.postgres.schemas import relations
from lead_scoring.runs.runner import BuildResult
from lead_scoring.warehouses.build import score_in_schemas
from lead_scoring.warehouses.schemas import Schemas


def score_on_postgres(server: Mapping[str, str], *, schema: str, **run: Any) -> BuildResult:
    """Scores the leads of input tables of a server.

    server: the variables by which it is found. The others are those of `score_in_schemas`.
    """
    return score_in_schemas(
        "postgres",
        lambda: Connection(server, Schemas(schema).parts),
        schema=schema,
        environment=server,
        **run,
    )


class ServerPlace:
    """Schemas of a server in which a run has scored, for `rebuild`."""

    def __init__(
        self, server: Mapping[str, str], schemas: Schemas, work_folder: Path, **run: object
    ) -> None:
        """Keep the schemas. run: arguments of `score_in_schemas` that every run there has."""
        self._server = server
        self._schemas = schemas
        self._work_folder = work_folder
        self._run = run

    def score(self, **run: object) -> BuildResult:
        """Runs dbt there; the arguments are those of `score_in_schemas`."""
        return score_on_postgres(
            self._server,
            schema=self._schemas.name,
            **{"work_folder": self._work_folder, **self._run, **run},
        )

    def open(self) -> Connection:
        """Opens a session that sees its tables."""
        return Connection(self._server, self._schemas.parts)

    @contextlib.contextmanager
    def beside(self, other: ServerPlace) -> Iterator[tuple[Connection, Callable[[str], str]]]:
        """Opens a session, which sees the other's tables by the names that the second gives."""
        with self.open() as connection:
            yield connection, other.relation

    def relation(self, table: str) -> str:
        """Returns the name by which any session of the server finds a table."""
        with self.open() as connection:
            schema, _ = relations(connection, self._schemas).get(table, (self._schemas.private, ""))
        return f"{schema}.{table}"
