"""Reads Parquet files with DuckDB: which columns, and which of them are written as text."""

from __future__ import annotations

from collections.abc import Container, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from lead_scoring.model_expressions import Column, Project
from lead_scoring.reading.headers import REQUIRED_COLUMNS, check_names, file_name, identifier
from lead_scoring.reading.kinds import InputError, kind_of

STRUCTURES = ("STRUCT", "MAP", "UNION", "VARIANT")
_ZONED = "TIMESTAMP WITH TIME ZONE"


class SetAside(NamedTuple):
    """A column that is not read: a structure has no one value that a rule could compare."""

    table: str
    path: Path
    column: str


def parquet_query(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    path: Path,
    aside: list[SetAside],
    as_texts: Container[str] = (),
) -> str:
    """Returns a select of a Parquet file's columns; adds the structures to `aside`.

    as_texts: columns of times, in lower case, that are to be texts, as `mixed_times` finds them.
    Raises InputError where the file is no Parquet with the columns of `table`.
    """
    columns = []
    for name, kind in parquet_columns(connection, path):
        if not is_structure(kind):
            columns.append((name, kind))
            continue
        aside.append(SetAside(table, path, name.strip().lower()))
        if aside[-1].column in REQUIRED_COLUMNS[table]:
            raise InputError(
                f"{path}: column {aside[-1].column} is a structure. Write its value as text."
            )
    check_names([name.strip().lower() for name, _ in columns], table, path)
    return _select(path, [(name, kind, name.strip().lower()) for name, kind in columns], as_texts)


def export_of_parquet(
    connection: duckdb.DuckDBPyConnection, path: Path, as_texts: Container[str] = ()
) -> str:
    """Returns a select of all columns of a tool's Parquet file, under their own names.

    as_texts: as for parquet_query. Raises InputError where the file is no Parquet.
    """
    columns = parquet_columns(connection, path)
    return _select(path, [(name, kind, name) for name, kind in columns], as_texts)


def _select(path: Path, columns: Sequence[tuple[str, str, str]], as_texts: Container[str]) -> str:
    """Returns a select of columns: their names, their types and what they are to be called."""
    projections = ", ".join(
        f"{_time_as_text(name, kind) if called.lower() in as_texts else _parquet_value(name, kind)}"
        f" as {identifier(called)}"
        for name, kind, called in columns
    )
    return f"select {projections} from {parquet_rows(path)}"


def mixed_times(connection: duckdb.DuckDBPyConnection, paths: Sequence[Path]) -> set[str]:
    """Returns the columns, in lower case, whose times know their zone in some of the files alone.

    DuckDB would read those that do not as times in UTC, and not as ones of the input's zone.
    """
    knows: dict[str, set[bool]] = {}
    for path in (each for each in paths if each.suffix == ".parquet"):
        for name, kind in parquet_columns(connection, path):
            if kind.startswith(("TIMESTAMP", "DATE")):
                knows.setdefault(name.strip().lower(), set()).add(kind == _ZONED)
    return {name for name, found in knows.items() if len(found) > 1}


def _time_as_text(name: str, kind: str) -> str:
    if kind == _ZONED:
        return f"cast(timezone('UTC', {identifier(name)}) as varchar) || 'Z'"
    return f"cast({identifier(name)} as varchar)"


def parquet_rows(path: Path) -> str:
    """Returns what reads a Parquet file in a query: its own columns, and none of its folders."""
    # DuckDB would take a column from a folder named like country=DE.
    return f"read_parquet({file_name(path)}, hive_partitioning = false)"


def parquet_columns(connection: duckdb.DuckDBPyConnection, path: Path) -> list[tuple[str, str]]:
    """Returns the columns and their types.

    Raises InputError where the file is no Parquet, or has decimals that DuckDB reads as others.
    """
    try:
        query = f"describe select * from {parquet_rows(path)}"
        columns = [(name, kind) for name, kind, *_ in connection.execute(query).fetchall()]
        if any(kind == "DOUBLE" for _, kind in columns):
            _check_decimals(connection, path)
        return columns
    except duckdb.Error:
        with path.open("rb") as content:
            kind = kind_of(content.read(4096))
        if kind is not None and kind.words != "a Parquet file":
            mend = f"it is {kind.words}. {kind.mend}"
        else:
            mend = "it is broken, cut off or of another kind. Write it again."
        raise InputError(f"{path} cannot be read as Parquet: {mend}") from None


def _check_decimals(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    # Longer decimals it makes doubles of, wrong ones unless they fill whole words of 8 bytes.
    query = (
        f"select name, precision from parquet_schema({file_name(path)})"
        " where precision > 38 and try_cast(type_length as integer) % 8 <> 0"
    )
    for name, digits in connection.execute(query).fetchall():
        raise InputError(
            f"{path}: column {name} has decimals of {digits} digits, which would be read wrongly. "
            "Write them with at most 38 digits, or as text."
        )


def is_structure(kind: str) -> bool:
    """Whether a column of this type holds structures, one or many a row."""
    return kind.startswith(STRUCTURES)


def _parquet_value(name: str, kind: str) -> str:
    value = identifier(name)
    if kind.endswith("]") and not is_structure(kind):
        # The contract writes a list as text with `;` between its entries.
        return f"array_to_string({value}, ';')"
    if kind == "BLOB":
        # Older programs write texts without the mark that they are texts.
        return f"coalesce(try(decode({value})), cast({value} as varchar))"
    if kind in ("DOUBLE", "FLOAT"):
        # As a warehouse's are read; and no 55.0 beside the 55 of another part that is CSV.
        return Project().expression("clean_text", Column(name, kind))
    return value
