"""What to do where a table has no file: which file of the folder it may be, and what will do."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from lead_scoring.reading.headers import DELIMITERS, REQUIRED_COLUMNS
from lead_scoring.reading.kinds import open_unpacked
from lead_scoring.reading.known_headers import contract_column

ENDINGS = (".csv", ".csv.gz", ".parquet")
TEXT_ENDINGS = (".tsv", ".txt", ".tab", ".tsv.gz", ".txt.gz")
# What tools write besides, and nothing reads.
OTHER_ENDINGS = (
    *(".xlsx", ".xlsm", ".xls", ".ods", ".numbers", ".zip"),
    *(".json", ".jsonl", ".ndjson", ".json.gz", ".jsonl.gz", ".ndjson.gz", ".avro", ".orc"),
)
LONGEST_HEADER = 1_000_000  # bytes
LEAST = 3  # known names in a header that tell its table
# Words in the names of files, where a header tells nothing.
_WORDS: Mapping[str, Sequence[str]] = {
    "lead_merges": ("merge",),
    "outcomes": ("outcome", "opportunit", "deal"),
    "events": ("event", "track", "activit", "page", "click"),
    "leads": ("lead", "contact", "prospect", "person", "people", "customer"),
}
_WITHOUT: Mapping[str, str] = {
    "leads": (
        "leads has one row per person, with at least lead_id and created_at: where web or mail "
        "tools have none, export the contacts of your CRM, with the id that those tools know."
    ),
    "events": "No events yet? Then events.csv may be this line alone: {}",
    "outcomes": "No outcomes yet? Then outcomes.csv may be this line alone: {}",
}


def missing_tables(folder: Path, missing: Sequence[str], taken: Sequence[Path]) -> str:
    """Returns what is said where required tables have no file in a folder.

    taken: the files of the folder that are tables already. No cell of a file is quoted.
    """
    others = sorted(
        path
        for path in folder.iterdir()
        if path.is_file() and path not in taken and not path.name.startswith((".", "_"))
    )
    guesses = {path: table for path in others if (table := _table_of(path))}
    names = ", ".join(f"{missing[0]}{ending}" for ending in ENDINGS)
    parts = [
        f"{folder} has no file for the table{'s' * (len(missing) > 1)} {', '.join(missing)}. Add "
        f"one of {names}, or a folder {missing[0]} that holds its parts"
        f"{', and so on' if len(missing) > 1 else ''}; the names are in lower case."
    ]
    for table in missing:
        found = [path for path, guess in guesses.items() if guess == table]
        if len(found) == 1:
            parts.append(_renaming(found[0], table))
        elif found:
            listed = ", ".join(path.name for path in found)
            parts.append(f"Is one of {listed} the {table}? Rename it {table}.csv.")
        else:
            parts.append(_WITHOUT[table].format(",".join(REQUIRED_COLUMNS[table])))
    if set(missing) & set(guesses.values()):
        parts.append(_MAP)
    return " ".join(parts)


def unread_files(folder: Path, taken: Sequence[Path]) -> dict[Path, str | None]:
    """Returns what lies beside a folder's tables and may be one: of which table, by its header or
    name, or None where it only is called almost as one."""
    tables = {*taken, *(file.parent for file in taken)}
    found: dict[Path, str | None] = {}
    for path in sorted(folder.iterdir()):
        if path in tables or not (path.is_dir() or may_be_table(path)):
            continue
        table = _table_of(path) if path.is_file() else None
        if table or path.name.lower().partition(".")[0] in REQUIRED_COLUMNS:
            found[path] = table
    return found


def may_be_table(path: Path) -> bool:
    """Tells whether something that lies in a folder is a file that may hold rows, of whatever kind
    it is: by its name, of texts by their first line too."""
    name = path.name.lower()
    if not path.is_file() or name.startswith((".", "_")):
        return False
    if name.endswith(".txt"):
        return len(_names(path)) >= LEAST
    return ending_of(path) is not None or name.endswith(OTHER_ENDINGS)


# Who has names of their own for files and columns need not rename any.
_MAP = (
    "Or leave the files as they are, and say in a columns.csv beside them which column is which"
    " (docs/how-to/connectors, Any other tool)."
)


def _renaming(path: Path, table: str) -> str:
    ending = ending_of(path)
    if ending is None:
        return f"Is {path.name} the {table}? Export it as CSV, and name it {table}.csv."
    tabs = "; tabs between the values are read too" if ending not in path.name else ""
    return f"{path.name} seems to be the {table}: rename it {table}{ending}{tabs}."


def ending_of(path: Path) -> str | None:
    """Returns the ending by which a file would be read."""
    name = path.name.lower()
    if name.endswith(TEXT_ENDINGS):
        return ".csv.gz" if name.endswith(".gz") else ".csv"
    return next((ending for ending in ENDINGS if name.endswith(ending)), None)


def _table_of(path: Path) -> str | None:
    """Returns the table that a file seems to be, by its header, else by its name."""
    names = _names(path)
    known = {
        table: len({column for name in names if (column := contract_column(name, table))})
        for table in REQUIRED_COLUMNS
    }
    best = max(known, key=lambda table: known[table])
    if known[best] >= LEAST and list(known.values()).count(known[best]) == 1:
        return best
    name = path.name.lower()
    return next(
        (table for table, words in _WORDS.items() if any(word in name for word in words)), None
    )


def _names(path: Path) -> list[str]:
    """Returns the names of a file's columns; none where it cannot be read."""
    ending = ending_of(path)
    if ending == ".parquet":
        try:
            query = "select name from parquet_schema(?)"
            return [row[0] for row in duckdb.execute(query, [str(path)]).fetchall()]
        except duckdb.Error:
            return []
    if ending is None:
        return []
    try:
        with open_unpacked(path) as content:
            line = content.readline(LONGEST_HEADER).decode("utf-8-sig")
        rows = [next(csv.reader([line], delimiter=sign), []) for sign in DELIMITERS]
    except (OSError, EOFError, zlib.error, gzip.BadGzipFile, UnicodeDecodeError, csv.Error):
        return []
    return max(rows, key=len)
