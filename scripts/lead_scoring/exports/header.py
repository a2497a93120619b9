"""Reads an export as its tool wrote it: whatever its header, its delimiter and its footer."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from pathlib import Path

import duckdb

from lead_scoring.reading.headers import DELIMITERS, LONGEST_HEADER, identifier, literal
from lead_scoring.reading.kinds import InputError, encoding_fault, footer_of, kind_of, open_unpacked
from lead_scoring.reading.parquet_files import is_structure, parquet_columns, parquet_rows


def names_of(path: Path) -> list[str]:
    """Returns the names of a file's columns as it has them; none where it cannot be read."""
    try:
        if path.suffix == ".parquet":
            with duckdb.connect() as connection:
                return [name for name, _ in parquet_columns(connection, path)]
        return _header(path)[0]
    except InputError:
        return []


def export_query(connection: duckdb.DuckDBPyConnection, path: Path) -> str:
    """Returns a select of an export's rows, each value as it is written, without a report's footer.

    Of several columns of one name the first is read. Raises InputError where the file cannot be
    read, with the line where it is known.
    """
    if path.suffix == ".parquet":
        # Entries of a list are told apart by ; as in the contract.
        lists = ", ".join(
            f"array_to_string({identifier(name)}, ';') as {identifier(name)}"
            for name, kind in parquet_columns(connection, path)
            if kind.endswith("]") and not is_structure(kind)
        )
        replaced = f" replace ({lists})" if lists else ""
        return f"select *{replaced} from {parquet_rows(path)}"
    names, sign = _header(path)
    unique = [
        name if name.strip() and name not in names[:place] else f"column {place + 1}"
        for place, name in enumerate(names)
    ]
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in unique)
    footer = footer_of(path, sign)
    query = (
        f"select * from read_csv({literal(path)}, auto_detect = false, header = true, "
        f"hive_partitioning = false, delim = '{sign}', quote = '\"', escape = '\"', "
        f"{'null_padding = true, ' if footer else ''}columns = {{{columns}}})"
    )
    if footer and len(unique) > 1:
        rest = " and ".join(f"{identifier(name)} is null" for name in unique[1:])
        query += f" where not ({rest})"
    try:
        connection.execute(f"select count(columns(*)) from ({query})").fetchall()
    except duckdb.Error as error:
        # DuckDB's message quotes the line, which may hold personal data: it is not passed on.
        if "utf-8" in str(error).lower():
            raise InputError(encoding_fault(path)) from None
        raise InputError(
            f"{path}: it cannot be read as CSV. Are its quotes closed and its rows all of "
            f"{len(names)} values?"
        ) from None
    return query


def _header(path: Path) -> tuple[list[str], str]:
    """Returns the names of the first line, and the delimiter that makes most of it."""
    try:
        with open_unpacked(path) as content:
            start = content.read(LONGEST_HEADER)
        kind = kind_of(start[:4096])
        if kind is not None:
            raise InputError(f"{path} is {kind.words}. {kind.mend}")
        text = start.decode("utf-8-sig", errors="replace")
    except (OSError, EOFError, zlib.error, gzip.BadGzipFile):
        raise InputError(f"{path} cannot be read. Export it anew.") from None
    found = [(_split(text, sign), sign) for sign in DELIMITERS]
    names, sign = max(found, key=lambda each: len(each[0]))
    if not any(name.strip() for name in names):
        raise InputError(f"{path} is empty. It needs a line with the column names.")
    return names, sign


def _split(text: str, sign: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=sign), [])
    except csv.Error:
        return []
