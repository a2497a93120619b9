"""Engines beside DuckDB: each is started for a command, with places of their own for stories."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.private_files import cleaned_up
from lead_scoring_workshop.engines import comparison
from lead_scoring_workshop.engines.killed_warehouses import KilledPostgres, KilledSpark
from lead_scoring_workshop.engines.kills import Warehouse
from lead_scoring_workshop.engines.postgres_engine import PostgresEngine
from lead_scoring_workshop.engines.postgres_server import postgres_server
from lead_scoring_workshop.engines.spark_cluster import spark_cluster
from lead_scoring_workshop.engines.spark_engine import SparkEngine
from lead_scoring_workshop.engines.spark_server import spark_server
from lead_scoring_workshop.engines.spark_session import (
    IN_THIS_PROCESS,
    metastore,
    spark_session,
    write_configuration,
)


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
ByServer = Annotated[
    bool, typer.Option("--thrift", help="Of Spark: dbt reaches it by a Thrift server.")
]


@dataclass(frozen=True)
class Started:
    """An engine that has been started."""

    # Makes a place on it: of a folder's name, with its files in the folder.
    place: Callable[[Path], comparison.Engine]
    killed: Warehouse  # the same engine, as one whose runs are killed


def start(
    engine: EngineName,
    folder: Path,
    stack: contextlib.ExitStack,
    settings: Mapping[str, str] | None = None,
    *,
    workers: int = 0,
    by_server: bool = False,
    few_rows: bool = True,
) -> Started:
    """Starts an engine until the stack ends.

    folder: for its files. settings: of PostgreSQL, beside those that all have. Of Spark, workers:
    in a cluster of this machine, 0: two cores of one process; by_server: dbt reaches it by Thrift;
    few_rows: it is set for them.
    Raises NoPostgresError or NoSparkError where it is not on this machine.
    """
    stack.enter_context(cleaned_up())
    if engine is EngineName.SPARK:
        place = folder / "spark"
        address = stack.enter_context(metastore(folder / "metastore"))
        master = IN_THIS_PROCESS
        if workers:
            master = stack.enter_context(spark_cluster(folder / "cluster", workers))
        # Beside a server, which takes all of a cluster, the session only loads and reads; and it
        # fetches what the server needs.
        own = "local[1]" if by_server else master
        session = stack.enter_context(spark_session(place, own, address, few_rows=few_rows))
        server: Mapping[str, str] = {}
        if by_server:
            server = stack.enter_context(
                spark_server(folder / "server", master, address, few_rows=few_rows)
            )
        write_configuration(folder / "configuration", address, place)
        return Started(
            lambda place: SparkEngine(session, place.name, place, server),
            KilledSpark(session, folder / "configuration", folder),
        )
    found = stack.enter_context(postgres_server(settings=settings))
    return Started(
        lambda place: PostgresEngine(found, place.name),
        KilledPostgres(found),
    )
