"""Changes of the good data folder: of bytes, of cells, of rows, and into Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

GOOD = Path(__file__).parent / "good"
TABLES = ("leads", "events", "outcomes", "lead_merges")
# In names, addresses and owners of the good folder: no message may print it.
CANARY = "cnry"
Row = dict[str, str]


@dataclass(frozen=True)
class Parquet:
    """A Parquet file: a query over the good tables, whose columns are all texts."""

    query: str


Content = bytes | Parquet | None  # none: the file is taken away
Files = dict[str, Content]  # name in the folder -> what differs from the good one


@cache
def good(table: str) -> bytes:
    """The bytes of a good table."""
    return (GOOD / f"{table}.csv").read_bytes()


def text(table: str) -> str:
    """The text of a good table."""
    return good(table).decode()


def rows(table: str) -> list[Row]:
    """The rows of a good table."""
    return list(csv.DictReader(io.StringIO(text(table), newline="")))


def written(changed: Sequence[Mapping[str, str]], **style: object) -> bytes:
    """Rows as a CSV file, by the options of `csv.writer`."""
    target = io.StringIO(newline="")
    options: dict[str, object] = {"lineterminator": "\n", **style}
    writer = csv.DictWriter(target, list(changed[0]), **options)  # type: ignore[arg-type]
    writer.writeheader()
    writer.writerows(changed)
    return target.getvalue().encode()


def each(table: str, change: Callable[[Row, int], Row]) -> Files:
    """Every row with what the change gives for it: of the row and its place, from 0."""
    changed = [row | change(row, place) for place, row in enumerate(rows(table))]
    return {f"{table}.csv": written(changed)}


def column(table: str, name: str, change: Callable[[str], str]) -> Files:
    """Every filled value of one column changed."""
    return each(table, lambda row, _: {name: change(row[name]) if row[name] else ""})


def first(table: str, name: str, *values: str) -> Files:
    """Other values of a column in the first rows."""
    return each(table, lambda row, at: {name: values[at] if at < len(values) else row[name]})


def swapped(table: str, one: str, other: str) -> Files:
    """Two columns whose values have changed places."""
    return each(table, lambda row, _: {one: row[other], other: row[one]})


def renamed(table: str, names: Mapping[str, str]) -> Files:
    """Columns under other names."""
    header, line_end, rest = text(table).partition("\n")
    named = [names.get(name, name) for name in header.split(",")]
    return {f"{table}.csv": f"{','.join(named)}{line_end}{rest}".encode()}


def lines(table: str, change: Callable[[list[str]], Sequence[str]]) -> Files:
    """The lines of a table changed, the header first; no cell of the good ones has line breaks."""
    changed = change(text(table).splitlines())
    return {f"{table}.csv": "".join(f"{line}\n" for line in changed).encode()}


def parquet(table: str, query: str) -> Files:
    """A Parquet file in the place of the table's CSV file."""
    return {f"{table}.csv": None, f"{table}.parquet": Parquet(query)}


def written_folder(files: Files, folder: Path) -> Path:
    """Writes the good folder with what differs; returns it."""
    folder.mkdir(parents=True)
    contents: dict[str, Content] = {f"{table}.csv": good(table) for table in TABLES}
    for name, content in (contents | files).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        if isinstance(content, Parquet):
            write_parquet(content.query, path)
        elif content is not None:
            path.write_bytes(content)
    return folder


def write_parquet(query: str, path: Path) -> None:
    """Writes what a query over the good tables gives."""
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        for table in TABLES:
            connection.execute(
                f"create view {table} as select * from read_csv('{GOOD / table}.csv', "
                "header = true, all_varchar = true)"
            )
        connection.execute(f"copy ({query}) to '{path}' (format parquet)")
