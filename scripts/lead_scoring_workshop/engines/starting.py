"""Engines beside DuckDB: each is started for a command, with places of their own for stories."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from lead_scoring_workshop.engines import comparison
from lead_scoring_workshop.engines.killed_warehouses import KilledPostgres, KilledSpark
from lead_scoring_workshop.engines.kills import Warehouse
from lead_scoring_workshop.engines.postgres_engine import PostgresEngine
from lead_scoring_workshop.engines.postgres_server import postgres_server
from lead_scoring_workshop.engines.spark_engine import SparkEngine
from lead_scoring_workshop.engines.spark_session import (
    metastore,
    spark_session,
    write_configuration,
)


class EngineName(str, Enum):
    """The engines beside DuckDB, by the names of the profile's targets."""

    POSTGRES = "postgres"
    SPARK = "spark"


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
) -> Started:
    """Starts an engine until the stack ends.

    folder: for its files. settings: of the server, beside those that all have.
    Raises NoPostgresError or NoSparkError where it is not on this machine.
    """
    if engine is EngineName.SPARK:
        place = folder / "spark"
        address = stack.enter_context(metastore(folder / "metastore"))
        session = stack.enter_context(spark_session(place, metastore=address))
        write_configuration(folder / "configuration", address, place)
        return Started(
            lambda place: SparkEngine(session, place.name, place),
            KilledSpark(session, folder / "configuration", folder),
        )
    server = stack.enter_context(postgres_server(settings=settings))
    return Started(
        lambda place: PostgresEngine(server, place.name),
        KilledPostgres(server),
    )
