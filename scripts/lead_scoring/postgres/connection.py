"""Connections to a PostgreSQL server, which answer as those of DuckDB do."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any

from lead_scoring.runs.failures import RunFailed

# By these variables libpq, psql and the profile find a server; what they say if they are not set.
VARIABLES = {
    "PGHOST": "localhost",
    "PGPORT": "5432",
    "PGUSER": "lead_scoring",
    "PGPASSWORD": "",
    "PGDATABASE": "lead_scoring",
}
NO_ADAPTER = "PostgreSQL's adapter is not installed. Run ./scripts/setup postgres first."


def server_of_environment() -> dict[str, str]:
    """Returns the variables by which the server is found, as the profile reads them."""
    return {name: os.environ.get(name, default) for name, default in VARIABLES.items()}


class Connection:
    """A session on a server. Each statement stands for itself, outside `transaction`.

    Tables are found in `schemas`, in this order; times are shown in UTC. A context manager.
    """

    def __init__(
        self, server: Mapping[str, str], schemas: Sequence[str] = (), name: str = "lead_scoring"
    ) -> None:
        """Open a session, named so that others see whose it is.

        Raises RunFailed where the server does not answer.
        """
        try:
            import psycopg2  # comes with dbt's adapter, which only this engine needs
        except ImportError:
            raise RunFailed(NO_ADAPTER) from None
        settings = {"TimeZone": "UTC", "client_min_messages": "error"}
        try:
            self._session = psycopg2.connect(
                host=server["PGHOST"],
                port=server["PGPORT"],
                user=server["PGUSER"],
                password=server["PGPASSWORD"],
                dbname=server["PGDATABASE"],
                application_name=name,
                options=" ".join(f"-c {key}={value}" for key, value in settings.items()),
            )
        except psycopg2.OperationalError as error:
            raise RunFailed(
                f"The PostgreSQL server does not answer: {' '.join(str(error).split())}."
                " PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE say where it is."
            ) from None
        self._session.autocommit = True
        if schemas:
            self.execute("select set_config('search_path', ?, false)", [", ".join(schemas)])

    def execute(self, query: str, parameters: Sequence[object] = (), /) -> Any:
        """Runs a statement with `?` for each parameter; returns the cursor with its rows."""
        cursor = self._session.cursor()
        if parameters:
            cursor.execute(query.replace("%", "%%").replace("?", "%s"), list(parameters))
        else:
            cursor.execute(query)
        return cursor

    def executemany(self, query: str, parameters: Sequence[Sequence[object]], /) -> None:
        """Runs a statement for each row of parameters."""
        for row in parameters:
            self.execute(query, row)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Makes all statements within one change, or none where one fails."""
        self.execute("begin")
        try:
            yield
        except BaseException:
            self.execute("rollback")
            raise
        self.execute("commit")

    def copy(self, statement: str, rows: Any) -> None:
        """Runs a `copy ... from stdin` with the text of a file."""
        self._session.cursor().copy_expert(statement, rows)

    def close(self) -> None:
        """Ends the session."""
        self._session.close()

    def __enter__(self) -> Connection:
        """Give itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the session."""
        self.close()
