"""Shows the files of an input folder to dbt as views, without storing their rows.

The views inputs.main.leads, events, outcomes and lead_merges live in an in-memory database of
their own: in the project's database file an erased lead would leave a trace.

A table is one file, or a folder of parts (events/2026-06.parquet, ...), as exports arrive.

Values of a CSV file stay text, as they are written: the staging models say what can be read.
Columns of a Parquet file keep their types, but for two: structures are set aside, and numbers with
a fraction are written out, since DuckDB would write 1e-05 and 1e+16. Column names are trimmed and
in lower case.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from lead_scoring import demo
from lead_scoring.exports import Maps, create_export_views, exports_of
from lead_scoring.project import PROJECT
from lead_scoring.reading.csv_files import csv_query
from lead_scoring.reading.guesses import ENDINGS, ending_of, missing_tables
from lead_scoring.reading.headers import REQUIRED_COLUMNS
from lead_scoring.reading.kinds import InputError
from lead_scoring.reading.parquet_files import (
    SetAside,
    is_structure,
    mixed_times,
    parquet_columns,
    parquet_query,
)

__all__ = [
    "REQUIRED_COLUMNS",
    "InputError",
    "SetAside",
    "create_views",
    "demo_folder",
    "find_files",
    "set_aside_columns",
]

# What stands for a table without a file.
EMPTY_TABLES: Mapping[str, tuple[str, ...]] = {
    "lead_merges": ("lead_id", "merged_into_lead_id", "merged_at"),
}


def find_files(folder: Path) -> dict[str, list[Path]]:
    """Returns the files of each table that `folder` holds, sorted: one file, or a folder of parts.

    Raises InputError where the folder or a required table is missing, where a table stands there
    in several ways, and where a folder of parts is empty.
    """
    if not folder.is_dir():
        raise InputError(
            f"There is no folder {folder}. Give the folder that holds your input files."
        )
    exports = exports_of(folder)
    if exports:
        return exports.paths
    files = {}
    for table in REQUIRED_COLUMNS:
        found = [folder / f"{table}{ending}" for ending in ENDINGS]
        found = [path for path in found if path.is_file()]
        parts = folder / table
        if len(found) + parts.is_dir() > 1:
            names = " and ".join(
                [path.name for path in found] + ([f"{table}/"] if parts.is_dir() else [])
            )
            raise InputError(
                f"{folder} holds {names}. Keep one of them: a table is one file, or one folder of "
                "parts."
            )
        if parts.is_dir():
            files[table] = _parts(parts)
        elif found:
            files[table] = found
    missing = [table for table in REQUIRED_COLUMNS if table not in {**files, **EMPTY_TABLES}]
    if missing:
        taken = [path for paths in files.values() for path in paths]
        raise InputError(missing_tables(folder, missing, taken))
    return files


def _parts(folder: Path) -> list[Path]:
    """Returns the parts of a table; other programs leave marks of their own beside them."""
    found = [path for path in folder.iterdir() if not path.name.startswith((".", "_"))]
    parts = sorted(path for path in found if path.name.endswith(ENDINGS) and path.is_file())
    # Lists of files and the like lie there, too: what can be a part is named, and no more.
    others = sorted(
        path.name
        for path in found
        if path not in parts
        and (path.is_dir() or (ending_of(path) and path.suffix.lower() != ".txt"))
    )
    if parts and others:
        raise InputError(
            f"{folder} holds {' and '.join(others[:3])} beside its parts: no file that ends in"
            f" {', '.join(ENDINGS)} in small letters, so it would be left out. Name it so, put it"
            " elsewhere, or let its name begin with _."
        )
    if not parts:
        raise InputError(
            f"{folder} holds no part of the table: no file that ends in {', '.join(ENDINGS)}."
        )
    return parts


def demo_folder() -> Path:
    """Returns the folder of the demo data, made first if absent or of another version."""
    folder = PROJECT / "build" / "demo"
    sources = sorted(Path(demo.__file__).parent.glob("*.py"))
    version = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    stamp = folder / ".generator_version"
    if stamp.is_file() and stamp.read_text() == version:
        return folder
    from lead_scoring.demo.files import generate  # numpy takes long to load.

    # Made aside and moved as a whole: another process never sees half of it.
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix="demo-", dir=folder.parent))
    try:
        (aside / "new").mkdir()
        generate(aside / "new")
        (aside / "new" / stamp.name).write_text(version)
        if folder.exists():
            folder.rename(aside / "old")
        (aside / "new").rename(folder)
    except OSError:
        if not stamp.is_file():  # Otherwise another process was faster, with the same rows.
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return folder


def create_views(
    connection: duckdb.DuckDBPyConnection, folder: Path, maps: Maps | None = None
) -> list[SetAside]:
    """Attaches the in-memory database `inputs` and makes its four views on the files of `folder`.

    Each CSV file is read once in whole here: a broken one is refused before anything is built.
    Of a tool's exports they are tables, made by the connector. maps: what decides how exports are
    read; None: the project's own rule tables.
    Returns the columns that are set aside. Raises InputError with the file, the line where known,
    and the mend.
    """
    exports = exports_of(folder.absolute())
    if exports:
        create_export_views(connection, exports, maps or Maps())
        return []
    files = find_files(folder.absolute())
    aside: list[SetAside] = []
    connection.execute("attach if not exists ':memory:' as inputs")
    for table in REQUIRED_COLUMNS:
        if table in files:
            query = _query_of_parts(connection, table, files[table], aside)
        else:
            query = _empty_query(table)
        connection.execute(f"create or replace view inputs.main.{table} as {query}")
    return aside


def set_aside_columns(folder: Path) -> list[SetAside]:
    """Returns the columns that create_views sets aside, read from the Parquet files' ends alone."""
    with duckdb.connect() as connection:
        return [
            SetAside(table, path, name.strip().lower())
            for table, paths in find_files(folder.absolute()).items()
            for path in paths
            if path.suffix == ".parquet" and table in REQUIRED_COLUMNS
            for name, kind in parquet_columns(connection, path)
            if is_structure(kind)
        ]


def _query_of_parts(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    paths: Sequence[Path],
    aside: list[SetAside],
) -> str:
    # A column that a part does not have reads as null there.
    as_texts = mixed_times(connection, paths) if len(paths) > 1 else set()
    queries = [
        parquet_query(connection, table, path, aside, as_texts)
        if path.suffix == ".parquet"
        else csv_query(connection, table, path)
        for path in paths
    ]
    return " union all by name ".join(queries)


def _empty_query(table: str) -> str:
    columns = ", ".join(f"cast(null as varchar) as {name}" for name in EMPTY_TABLES[table])
    return f"select {columns} where false"
