"""Engines beside DuckDB: each is started for a command, with places of their own for stories."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring_workshop.engines import comparison
from lead_scoring_workshop.engines.postgres_engine import PostgresEngine
from lead_scoring_workshop.engines.postgres_server import postgres_server
from lead_scoring_workshop.engines.spark_cluster import spark_cluster
from lead_scoring_workshop.engines.spark_engine import SparkEngine
from lead_scoring_workshop.engines.spark_session import IN_THIS_PROCESS, spark_session


class EngineName(str, Enum):
    """The engines beside DuckDB, by the names of the profile's targets."""

    POSTGRES = "postgres"
    SPARK = "spark"


OfSpark = Annotated[
    int,
    typer.Option(
        "--workers",
        min=0,
        help="Of Spark: workers of a cluster on this machine; without, it runs in one process.",
    ),
]
# What makes a place on an engine: of the folder's name, with its files in the folder.
Places = Callable[[Path], comparison.Engine]


def start(
    engine: EngineName,
    folder: Path,
    stack: contextlib.ExitStack,
    settings: Mapping[str, str] | None = None,
    *,
    workers: int = 0,
    few_rows: bool = True,
) -> tuple[Places, Mapping[str, str] | None]:
    """Starts an engine until the stack ends; returns its places and, of a server, how it is found.

    folder: for its files. settings: of the server, beside those that all have. workers: of Spark,
    in a cluster of this machine; 0: two cores of this process. few_rows: Spark is set for them.
    Raises NoPostgresError or NoSparkError where it is not on this machine.
    """
    if engine is EngineName.SPARK:
        master = IN_THIS_PROCESS
        if workers:
            master = stack.enter_context(spark_cluster(folder / "cluster", workers))
        session = stack.enter_context(spark_session(folder / "spark", master, few_rows=few_rows))
        return lambda place: SparkEngine(session, place.name, place), None
    server = stack.enter_context(postgres_server(settings=settings))
    return lambda place: PostgresEngine(server, place.name), server
