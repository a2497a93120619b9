"""The warehouses whose runs are killed: a server, and Spark in several processes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lead_scoring.postgres.connection import Connection
from lead_scoring.postgres.schemas import versions
from lead_scoring.spark import connection as of_spark
from lead_scoring.spark import publication, views
from lead_scoring.warehouses.schemas import Schemas
from lead_scoring.warehouses.versions import current_of
from lead_scoring_workshop.engines.kills import look_at
from lead_scoring_workshop.engines.postgres_inputs import load_inputs
from lead_scoring_workshop.engines.same_tables import Reader, tables_of_schema
from lead_scoring_workshop.engines.spark_engine import load_tables, tables_of


class KilledPostgres:
    """A PostgreSQL server."""

    name = "postgres"

    def __init__(self, server: Mapping[str, str]) -> None:
        """server: the variables by which it is found."""
        self._server = server

    def load(self, data: Path, schema: str) -> None:
        """Makes the input tables anew from a folder of input files."""
        load_inputs(self._server, data, schema)

    def environment(self) -> Mapping[str, str]:
        """Returns the variables by which a command finds it."""
        return self._server

    def look(self, schema: str) -> str:
        """Returns the run that readers see. Raises NotWhole."""
        with Connection(self._server, Schemas(schema).parts) as connection:
            current = current_of(versions(connection, Schemas(schema)))
            return look_at(connection, current.records if current else [])

    def tables(self, schema: str) -> Reader:
        """Returns a reader of the published tables."""
        return tables_of_schema(self._server, schema)


class KilledSpark:
    """Spark: one session that reads, and a list of tables that commands find too."""

    name = "spark"

    def __init__(self, session: Any, configuration: Path, folder: Path) -> None:
        """configuration: Spark's, for the commands. folder: for files of inputs."""
        self._session, self._configuration, self._folder = session, configuration, folder

    def load(self, data: Path, schema: str) -> None:
        """Makes the input tables anew from a folder of input files."""
        load_tables(self._session, data, schema, self._folder)

    def environment(self) -> Mapping[str, str]:
        """Returns the variables by which a command finds it."""
        return {"SPARK_CONF_DIR": str(self._configuration)}

    def look(self, schema: str) -> str:
        """Returns the run that readers see. Raises NotWhole."""
        schemas = Schemas(schema)
        listing = of_spark.Connection(self._session)
        current = current_of(publication.versions(listing, schemas))
        # The public views, and of the run that they show what readers do not see.
        seen = [*schemas.parts[:2], *(current.schemas.parts[2:] if current else [])]
        return look_at(of_spark.Connection(self._session, seen), current.records if current else [])

    def tables(self, schema: str) -> Reader:
        """Returns a reader of the tables of the run that readers see."""
        listing = of_spark.Connection(self._session)
        run_id = views.shown(listing, Schemas(schema)).run_id or ""
        return tables_of(self._session, views.place_of(Schemas(schema), run_id).name)
