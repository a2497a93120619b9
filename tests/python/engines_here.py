"""The engines that this machine has, each as what runs a query on it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from lead_scoring.postgres.connection import Connection
from lead_scoring.spark.session import NoSparkError
from lead_scoring_workshop.engines.postgres_server import NoPostgresError, postgres_server
from lead_scoring_workshop.engines.spark_session import spark_session

Row = tuple[Any, ...]
Run = Callable[[str], list[Row]]
ENGINES = ("duckdb", "postgres", "spark")


@contextlib.contextmanager
def engine_here(name: str, folder: Path) -> Iterator[Run]:
    """What runs a query on an engine, with times in UTC. A test is left out without the engine."""
    if name == "duckdb":
        with duckdb.connect() as files:
            files.execute("set TimeZone = 'UTC'")
            yield lambda query: files.execute(query).fetchall()
        return
    if name == "spark":
        try:
            with spark_session(folder, "local[1]") as session:
                yield lambda query: [tuple(row) for row in session.sql(query).collect()]
        except NoSparkError as error:
            pytest.skip(str(error))
        return
    try:
        server = postgres_server()
        with server as variables, Connection(variables) as connection:
            yield lambda query: list(connection.execute(query).fetchall())
    except NoPostgresError as error:
        pytest.skip(str(error))
