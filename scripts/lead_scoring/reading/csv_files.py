"""Reads CSV files with DuckDB, and says in plain words why one cannot be read."""

from __future__ import annotations

import gzip
import re
import zlib
from pathlib import Path

import duckdb

from lead_scoring.reading.headers import Header, file_name, literal, read_header
from lead_scoring.reading.kinds import InputError, encoding_fault, footer_of, kind_of

LONGEST_LINE = 2_000_000  # bytes that DuckDB takes for a line
END = LONGEST_LINE + 2  # and what ends it


def csv_query(connection: duckdb.DuckDBPyConnection, table: str, path: Path) -> str:
    """Returns a select of a CSV file's rows, each value as it is written.

    Raises InputError where the file is no CSV in UTF-8 with the columns of `table`.
    """
    try:
        _check_last_line(path, _unpacked_end(path) if path.suffix == ".gz" else _end(path))
        header = read_header(path, table)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise InputError(no_gzip(path)) from None
    query = f"select * from {_csv_reader(path, header)}"
    _check_rows(connection, query, path, header)
    return query


def no_gzip(path: Path) -> str:
    """Returns what is said of a file that is called .gz and is none, or not a whole one."""
    with path.open("rb") as content:
        kind = kind_of(content.read(4096))
    if kind is not None and "gzip" not in kind.words:
        return f"{path} is not a whole gzip file but {kind.words}. {kind.mend}"
    return f"{path} is not a whole gzip file. Pack it again."


def _check_last_line(path: Path, end: bytes) -> None:
    # DuckDB refuses long lines, but drops a last one that is longer than its buffer without a word.
    line = end.rstrip(b"\r\n")
    if len(line) >= LONGEST_LINE and b"\n" not in line and b"\r" not in line:
        raise InputError(f"{path}: the last line is longer than 2 MB. Shorten its values.")


def _end(path: Path) -> bytes:
    with path.open("rb") as content:
        content.seek(max(path.stat().st_size - END, 0))
        return content.read()


def _unpacked_end(path: Path) -> bytes:
    # DuckDB takes a file that was cut off for a whole one: rows would be missing without a word.
    end = b""
    with gzip.open(path) as content:
        while block := content.read(1 << 20):
            end = (end + block)[-END:]
    return end


def _csv_reader(path: Path, header: Header) -> str:
    # Nothing is guessed: DuckDB would take types, delimiters and headers from a sample of the rows,
    # and columns from folders named like country=DE.
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in header.names)
    return (
        f"read_csv({file_name(path)}, auto_detect = false, header = true, strict_mode = true, "
        "hive_partitioning = false, "
        f"delim = '{header.delimiter}', quote = '\"', escape = '\"', columns = {{{columns}}})"
    )


def _check_rows(
    connection: duckdb.DuckDBPyConnection, query: str, path: Path, header: Header
) -> None:
    try:
        # Columns that nothing counts would not be decoded, and not be checked.
        connection.execute(f"select count(columns(*)) from ({query})").fetchall()
    except duckdb.OutOfMemoryException:
        raise InputError(
            f"There is too little memory to read {path}. Raise LEAD_SCORING_MEMORY_LIMIT."
        ) from None
    except duckdb.Error as error:
        # DuckDB's message quotes the line, which may hold personal data: it is not passed on.
        raise InputError(_fault(str(error), path, header)) from None


def _fault(message: str, path: Path, header: Header) -> str:
    line = re.search(r"CSV Error on Line: (\d+)", message)
    where = f"{path}, line {line[1]}: " if line else f"{path}: "
    counts = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", message)
    if counts:
        footer = footer_of(path, header.delimiter)
        if footer is not None and line is not None and footer[0] <= int(line[1]):
            return (
                f"{path}, line {footer[0]}: a report's footer begins here ({footer[1]} ...), and "
                "no row. Remove it down to the end of the file, or export without it."
            )
        return f"{where}it has {counts[2]} values, the header names {counts[1]} columns."
    if "utf-8" in message.lower():
        return encoding_fault(path)
    for sign, words in (
        (
            "unterminated quote",
            'a quoted value has no closing quote (a quote in it is written "").',
        ),
        ("Maximum line size", "the line is longer than 2 MB; probably a quote is not closed."),
    ):
        if sign.lower() in message.lower():
            return where + words
    return f"{where}it cannot be read as CSV. Are its quotes closed and its line ends all alike?"
