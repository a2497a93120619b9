"""Shows the files of an input folder to dbt as views, without storing their rows.

The views inputs.main.leads, events, outcomes and lead_merges live in an in-memory database of
their own: in the project's database file an erased lead would leave a trace.

A table is one file, or a folder of parts (events/2026-06.parquet, ...), as exports arrive.

Values of a CSV file stay text, as they are written: the staging models say what can be read.
Columns of a Parquet file keep their types. Column names are trimmed and in lower case.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import os
import re
import shutil
import tempfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin

from lead_scoring.published.places import is_published

# The required columns of each table, as the contract names them.
REQUIRED_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "leads": ("lead_id", "created_at"),
    "events": ("event_id", "lead_id", "event_type", "occurred_at"),
    "outcomes": ("lead_id", "outcome", "occurred_at"),
    "lead_merges": ("lead_id", "merged_into_lead_id"),
}
# What stands for a table without a file.
EMPTY_TABLES: Mapping[str, tuple[str, ...]] = {
    "lead_merges": ("lead_id", "merged_into_lead_id", "merged_at"),
}
ENDINGS = (".csv", ".csv.gz", ".parquet")
PROJECT = Path(__file__).resolve().parents[2]
LONGEST_LINE = 2_000_000  # bytes that DuckDB takes for a line
END = LONGEST_LINE + 2  # and what ends it


class InputError(RuntimeError):
    """The input folder cannot be used. The message says what to do about it."""


def find_files(folder: Path) -> dict[str, list[Path]]:
    """Returns the files of each table that `folder` holds, sorted: one file, or a folder of parts.

    Raises InputError where the folder or a required table is missing, where a table stands there
    in several ways, and where a folder of parts is empty.
    """
    if not folder.is_dir():
        raise InputError(
            f"There is no folder {folder}. Give the folder that holds your input files."
        )
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
        elif table not in EMPTY_TABLES:
            names = ", ".join(f"{table}{ending}" for ending in ENDINGS)
            raise InputError(
                f"{folder} has no file for the table {table}. Add one of {names}, or a folder "
                f"{table} that holds its parts; the names are in lower case."
            )
    return files


def _parts(folder: Path) -> list[Path]:
    """Returns the parts of a table; other programs leave marks of their own beside them."""
    parts = sorted(
        path
        for path in folder.iterdir()
        if path.name.endswith(ENDINGS) and not path.name.startswith((".", "_"))
    )
    if not parts:
        raise InputError(
            f"{folder} holds no part of the table: no file that ends in {', '.join(ENDINGS)}."
        )
    return parts


def demo_folder() -> Path:
    """Returns the folder of the demo data, made first if absent or of another version."""
    from lead_scoring import demo  # Not needed, and not loaded, for other data.

    folder = PROJECT / "build" / "demo"
    sources = sorted(Path(demo.__file__).parent.glob("*.py"))
    version = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
    stamp = folder / ".generator_version"
    if stamp.is_file() and stamp.read_text() == version:
        return folder
    # Made aside and moved as a whole: another process never sees half of it.
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix="demo-", dir=folder.parent))
    try:
        (aside / "new").mkdir()
        demo.generate(aside / "new")
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


def create_views(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Attaches the in-memory database `inputs` and makes its four views on the files of `folder`.

    Each CSV file is read once in whole here: a broken one is refused before anything is built.
    Raises InputError with the file, the line where known, and the mend.
    """
    files = find_files(folder.absolute())
    connection.execute("attach if not exists ':memory:' as inputs")
    for table in REQUIRED_COLUMNS:
        if table in files:
            query = _query_of_parts(connection, table, files[table])
        else:
            query = _empty_query(table)
        connection.execute(f"create or replace view inputs.main.{table} as {query}")


class Plugin(BasePlugin):
    """The dbt-duckdb plugin. LEAD_SCORING_DATA names the input folder; blank: the demo.

    LEAD_SCORING_MEMORY_LIMIT ("8GB") is read here because no value of DuckDB's means its default.
    """

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        """Keeps the folder. Files are looked at when dbt connects, so that parsing needs none."""
        self._data = os.environ.get("LEAD_SCORING_DATA", "")
        self._memory_limit = os.environ.get("LEAD_SCORING_MEMORY_LIMIT", "")
        self._new_database: Path | None = None

    def update_connection_config(self, creds: Any, config: dict[str, Any]) -> None:
        """Makes the folder of the database file, and a new file that only its owner may read.

        Raises InputError where the file is the one that readers open.
        """
        if creds.path == ":memory:":
            return
        database = Path(creds.path)
        if is_published(database):
            raise InputError(
                f"{database} is what readers see, and only ./scripts/score publishes there. "
                "Set LEAD_SCORING_DATABASE to a file of your own, such as build/dbt.duckdb."
            )
        database.parent.mkdir(parents=True, exist_ok=True)
        self._new_database = None if database.exists() else database

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        """Makes the views. Every cursor of the connection sees them.

        Raises InputError where the limit of memory or the folder cannot be used.
        """
        if self._new_database is not None:
            self._new_database.chmod(0o600)  # private tables hold names and addresses
        if self._memory_limit:
            try:
                conn.execute(f"set memory_limit = {_literal(self._memory_limit)}")
            except duckdb.Error as error:
                raise InputError(
                    f"LEAD_SCORING_MEMORY_LIMIT is {self._memory_limit}: {error}. "
                    "Write it like 8GB."
                ) from None
        create_views(conn, Path(self._data) if self._data else demo_folder())


def _query_of_parts(
    connection: duckdb.DuckDBPyConnection, table: str, paths: Sequence[Path]
) -> str:
    # A column that a part does not have reads as null there.
    queries = [_query(connection, table, path) for path in paths]
    return " union all by name ".join(queries)


def _query(connection: duckdb.DuckDBPyConnection, table: str, path: Path) -> str:
    if path.suffix == ".parquet":
        columns = _parquet_columns(connection, path)
    else:
        columns = [(name, "VARCHAR") for name in _csv_header(path)]
    names = [name.strip().lower() for name, _ in columns]
    _check_names(names, table, path)
    if path.suffix != ".parquet":
        query = f"select * from {_csv_reader(path, names)}"
        _check_rows(connection, query, path)
        return query
    projections = ", ".join(
        f"{_parquet_value(name, kind)} as {_identifier(name.strip().lower())}"
        for name, kind in columns
    )
    return f"select {projections} from read_parquet({_literal(path)})"


def _empty_query(table: str) -> str:
    columns = ", ".join(f"cast(null as varchar) as {name}" for name in EMPTY_TABLES[table])
    return f"select {columns} where false"


def _check_names(names: list[str], table: str, path: Path) -> None:
    if "" in names:
        raise InputError(f"{path}: column {names.index('') + 1} has no name in the header line.")
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise InputError(
            f"{path} has several columns named {', '.join(doubled)} "
            "(capitals and outer blanks do not count). Rename or remove all but one."
        )
    if any('"' in name for name in names):
        # It would end the quoted name of the column, and the rest would be read as SQL.
        raise InputError(f"{path} has a double quote in the name of a column. Rename the column.")
    missing = [name for name in REQUIRED_COLUMNS[table] if name not in names]
    if missing:
        mend = f"Its columns are {', '.join(names)}."
        if len(names) == 1 and re.search(r"[;\t|]", names[0]):
            mend = "Its columns seem not to be separated by commas: save it with commas."
        raise InputError(f"{path} has no column {', '.join(missing)}. {mend}")


def _csv_header(path: Path) -> list[str]:
    try:
        _check_last_line(path, _unpacked_end(path) if path.suffix == ".gz" else _end(path))
        with _open_text(path) as lines:
            return next(csv.reader(lines, strict=True))
    except StopIteration:
        raise InputError(f"{path} is empty. It needs a line with the column names.") from None
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8 text. Save it as CSV in UTF-8.") from None
    except csv.Error as error:
        raise InputError(f"{path}: the header line cannot be read as CSV ({error}).") from None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise InputError(f"{path} is not a whole gzip file. Pack it again.") from None


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


def _open_text(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open("r", encoding="utf-8-sig", newline="")


def _csv_reader(path: Path, names: list[str]) -> str:
    # Nothing is guessed: DuckDB would take types, delimiters and headers from a sample of the rows.
    columns = ", ".join(f"{_literal(name)}: 'VARCHAR'" for name in names)
    return (
        f"read_csv({_literal(path)}, auto_detect = false, header = true, strict_mode = true, "
        f"delim = ',', quote = '\"', escape = '\"', columns = {{{columns}}})"
    )


def _check_rows(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    try:
        # Columns that nothing counts would not be decoded, and not be checked.
        connection.execute(f"select count(columns(*)) from ({query})").fetchall()
    except duckdb.OutOfMemoryException:
        raise InputError(
            f"There is too little memory to read {path}. Raise LEAD_SCORING_MEMORY_LIMIT."
        ) from None
    except duckdb.Error as error:
        # DuckDB's message quotes the line, which may hold personal data: it is not passed on.
        raise InputError(f"{path}{_fault(str(error))}") from None


def _fault(message: str) -> str:
    line = re.search(r"CSV Error on Line: (\d+)", message)
    where = f", line {line[1]}: " if line else ": "
    counts = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", message)
    if counts:
        return f"{where}it has {counts[2]} values, the header names {counts[1]} columns."
    for sign, words in (
        (
            "unterminated quote",
            'a quoted value has no closing quote (a quote in it is written "").',
        ),
        ("utf-8", "it is not UTF-8 text. Save the file as CSV in UTF-8."),
        ("Maximum line size", "the line is longer than 2 MB; probably a quote is not closed."),
    ):
        if sign.lower() in message.lower():
            return where + words
    return f"{where}it cannot be read as CSV. Are its quotes closed and its line ends all alike?"


def _parquet_columns(connection: duckdb.DuckDBPyConnection, path: Path) -> list[tuple[str, str]]:
    try:
        query = f"describe select * from read_parquet({_literal(path)})"
        return [(name, kind) for name, kind, *_ in connection.execute(query).fetchall()]
    except duckdb.Error as error:
        raise InputError(f"{path} cannot be read as Parquet ({error}).") from None


def _parquet_value(name: str, kind: str) -> str:
    # The contract writes a list as text with `;` between its entries.
    return f"array_to_string({_identifier(name)}, ';')" if kind.endswith("]") else _identifier(name)


def _literal(value: Path | str) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
