"""Connections to Spark, which answer as those of DuckDB do."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Any

from lead_scoring.runs.failures import RunFailed, without_values

# Of pyspark, and of what it calls Java by.
_ERRORS = {"PySparkException", "Py4JError"}


class Refused(RunFailed):
    """Spark refused a statement. The message says why, without the rows that Spark quotes."""


@contextlib.contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if _ERRORS.isdisjoint(each.__name__ for each in type(error).__mro__):
            raise
        words = str(error).strip().splitlines() or [type(error).__name__]
        raise Refused(f"Spark refused a statement: {without_values(words[0])}") from None


class Cursor:
    """The rows of a statement that has run."""

    def __init__(self, frame: Any) -> None:
        """frame: a data frame of Spark."""
        self._frame = frame

    @property
    def description(self) -> list[tuple[str, str]]:
        """The names and types of the columns."""
        return list(self._frame.dtypes)

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Returns all rows."""
        with _refusals():
            return [tuple(row) for row in self._frame.collect()]

    def fetchone(self) -> tuple[Any, ...] | None:
        """Returns the first row, None where there is none."""
        with _refusals():
            found = self._frame.take(1)
        return tuple(found[0]) if found else None


class Connection:
    """A session of its own in a process of Spark. A context manager.

    Tables are found in `schemas` by their name alone, in this order.
    """

    def __init__(self, session: Any, schemas: Sequence[str] = ()) -> None:
        """session: the one whose list of tables and settings this one shares."""
        self._session = session.newSession()
        for name, value in {
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.parser.escapedStringLiterals": "false",
        }.items():
            self._session.conf.set(name, value)
        self._names: dict[str, str] = {}
        for schema in reversed(schemas):
            held = relations(self, [schema])
            self._names.update({name: f"{schema}.{name}" for name in held})

    def execute(self, query: str, parameters: Sequence[object] = (), /) -> Cursor:
        """Runs a statement with `?` for each parameter; returns its rows. Raises Refused."""
        with _refusals():
            # Spark has no search path: a table that is named by its name alone becomes a view of
            # this session, which goes with it.
            for name in self._names.keys() & set(re.findall(r"\w+", query)):
                self._session.table(self._names.pop(name)).createOrReplaceTempView(name)
            return Cursor(self._session.sql(with_literals(query, parameters)))

    def executemany(self, query: str, parameters: Sequence[Sequence[object]], /) -> None:
        """Runs a statement for each row of parameters."""
        for row in parameters:
            self.execute(query, row)

    def columns(self, table: str) -> dict[str, str]:
        """Returns the columns of a table: name -> type. Raises Refused."""
        with _refusals():
            return dict(self._session.table(table).dtypes)

    def __enter__(self) -> Connection:
        """Give itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing is held open."""


def with_literals(query: str, parameters: Sequence[object]) -> str:
    """Returns a statement with values in place of each `?`: Delta Lake's parser loses parameters.

    Raises ValueError where there are more or fewer.
    """
    if not parameters:
        return query
    first, *rest = query.split("?")
    pairs = zip(parameters, rest, strict=True)
    return first + "".join(literal(value) + text for value, text in pairs)


def literal(value: object) -> str:
    """Returns a value as Spark writes it. Times are in UTC."""
    if value is None:
        return "null"
    if isinstance(value, bool | int | float):
        return str(value)
    if isinstance(value, datetime):
        return f"timestamp '{value:%Y-%m-%d %H:%M:%S.%f}'"
    if isinstance(value, date):
        return f"date '{value}'"
    words = str(value).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{words}'"


def relations(connection: Connection, schemas: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Returns what schemas hold: name -> schema and kind (table, view)."""
    found: dict[str, tuple[str, str]] = {}
    for schema in schemas:
        try:
            views = {row[1] for row in connection.execute(f"show views in {schema}").fetchall()}
            listed = connection.execute(f"show tables in {schema}").fetchall()
        except Refused:
            if connection.execute(f"show schemas like '{schema}'").fetchone():
                raise
            continue
        for _, name, is_temporary in listed:
            if not is_temporary:
                found[name] = (schema, "view" if name in views else "table")
    return found


def copy_table(connection: Connection, made: str, source: str) -> None:
    """Copies a table of Delta Lake with its constraints."""
    connection.execute(f"create table {made} like {source}")
    connection.execute(f"insert into {made} select * from {source}")
