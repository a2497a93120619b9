"""Reads an export as its tool wrote it: whatever its header, its delimiter and its footer."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Container
from pathlib import Path

import duckdb

from lead_scoring.reading.csv_files import no_gzip
from lead_scoring.reading.headers import (
    DELIMITERS,
    LONGEST_HEADER,
    file_name,
    identifier,
    literal,
)
from lead_scoring.reading.kinds import InputError, encoding_fault, footer_of, kind_of, open_unpacked
from lead_scoring.reading.parquet_files import export_of_parquet, parquet_columns


def names_of(path: Path) -> list[str]:
    """Returns the names of a file's columns as it has them; none where it cannot be read."""
    try:
        return header_of(path)
    except InputError:
        return []


def header_of(path: Path) -> list[str]:
    """Returns the names of a file's columns as it has them. Raises InputError where it has none."""
    if path.suffix == ".parquet":
        with duckdb.connect() as connection:
            return [name for name, _ in parquet_columns(connection, path)]
    return _header(path)[0]


def is_empty(path: Path) -> bool:
    """Whether nothing can be seen at the start of a file, its mark and blank lines aside."""
    try:
        with open_unpacked(path) as content:
            return not content.read(4096).strip(b"\xef\xbb\xbf \t\r\n")
    except (OSError, EOFError, zlib.error):
        return False


def export_query(
    connection: duckdb.DuckDBPyConnection, path: Path, as_texts: Container[str] = ()
) -> str:
    """Returns a select of an export's rows, each value as it is written, without a report's footer.

    Of several columns of one name the first is read. as_texts: columns of times, in lower case,
    that are to be texts where the file is Parquet. Raises InputError where the file cannot be read,
    with the line where it is known.
    """
    if path.suffix == ".parquet":
        return export_of_parquet(connection, path, as_texts)
    names, sign = _header(path)
    known = [name.lower() for name in names]  # as DuckDB tells names apart
    unique = [
        name if name.strip() and known[place] not in known[:place] else f"column {place + 1}"
        for place, name in enumerate(names)
    ]
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in unique)
    try:
        footer = footer_of(path, sign)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise InputError(no_gzip(path)) from None
    query = (
        f"select * from read_csv({file_name(path)}, auto_detect = false, header = true, "
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
