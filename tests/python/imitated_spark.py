"""As much of a session of Spark as publication asks for, over DuckDB: its lists of schemas, tables
and views, and statements in its words. What Spark itself makes of them is tried where it is."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import duckdb


class PySparkException(Exception):
    """A statement was refused: by this name errors of Spark are known."""


STATEMENTS = {
    r"show schemas like '(.*)'": (
        "select distinct schema_name from duckdb_schemas() where schema_name glob '{0}'"
    ),
    r"show views in (\w+)": (
        "select schema_name, view_name, false from duckdb_views() where schema_name = '{0}'"
    ),
    r"show tables in (\w+)": (
        "select table_schema, table_name, false from information_schema.tables"
        " where table_schema = '{0}'"
    ),
    r"create table (\S+) like (\S+)": "create table {0} as from {1} limit 0",
    r"alter table (\S+) rename to \w+\.(\w+)": "alter table {0} rename to {1}",
    r"alter view (\S+) as (.*)": "create or replace view {0} as {1}",
}
WORDS = {
    r" using (parquet|delta) ": " ",
    r"array\(": "list_value(",
    r"array<string>": "varchar[]",
    r"`": '"',
}


class Frame:
    """The rows of a statement."""

    def __init__(self, rows: list[tuple[Any, ...]], dtypes: list[tuple[str, str]]) -> None:
        """Keep them."""
        self._rows, self.dtypes = rows, dtypes

    def collect(self) -> list[tuple[Any, ...]]:
        """All rows."""
        return self._rows

    def take(self, count: int) -> list[tuple[Any, ...]]:
        """The first rows."""
        return self._rows[:count]


class Session:
    """A session; those made of it share its tables."""

    version = "of DuckDB"

    def __init__(self, connection: duckdb.DuckDBPyConnection | None = None) -> None:
        """Begin without tables, or with those of another session."""
        self.conf = SimpleNamespace(set=lambda name, value: None)
        if connection is None:
            connection = duckdb.connect()
            connection.execute("create macro xxhash64(words) as hash(words)")
        self._connection = connection

    def newSession(self) -> Session:  # noqa: N802, as Spark calls it
        """Another session."""
        return Session(self._connection.cursor())

    def sql(self, statement: str) -> Frame:
        """Runs a statement."""
        if found := re.match(r"alter view (\w+)\.(\w+) ", statement):
            views = f"select 1 from duckdb_views() where schema_name = '{found[1]}'"
            if not self._run(f"{views} and view_name = '{found[2]}'")._rows:
                raise PySparkException(f"There is no view {found[2]}")
        for pattern, words in STATEMENTS.items():
            if found := re.fullmatch(pattern, statement, re.DOTALL):
                statement = words.format(*found.groups())
        for pattern, word in WORDS.items():
            statement = re.sub(pattern, word, statement)
        return self._run(statement)

    def table(self, name: str) -> Any:
        """A table or view by its name."""
        columns = self._run(f"select * from {name} limit 0").dtypes
        view = "create or replace temporary view {} as from {}"
        return SimpleNamespace(
            dtypes=columns,
            createOrReplaceTempView=lambda made: self._run(view.format(made, name)),
        )

    def _run(self, statement: str) -> Frame:
        try:
            done = self._connection.execute(statement)
            columns = [(str(column[0]), str(column[1])) for column in done.description or []]
            return Frame(list(done.fetchall()), columns)
        except duckdb.Error as error:
            raise PySparkException(str(error)) from None
