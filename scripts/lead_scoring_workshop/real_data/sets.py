"""Public data sets as the contract's input files.

Each set has a mapping in SQL and a folder of rule tables, beside this module.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path

import duckdb

FOLDER = Path(__file__).resolve().parent
TABLES = ("leads", "events", "outcomes")


class DataSet(str, Enum):
    """The public data sets that have a mapping."""

    xeducation = "xeducation"
    udacity = "udacity"

    @property
    def rules(self) -> Path:
        """The folder of the set's own rule tables."""
        return FOLDER / "rules" / self.value

    @property
    def as_of(self) -> str:
        """An instant to score at: what it is to foretell has not happened yet."""
        return {"xeducation": "2018-01-02", "udacity": "2015-06-01"}[self.value]


class SourceError(RuntimeError):
    """The files of a data set cannot be read. The message says which and why."""


def open_source(data_set: DataSet, source: Path) -> duckdb.DuckDBPyConnection:
    """Returns a connection in memory with the views leads, events and outcomes on the source files.

    Raises SourceError where a file of the set is missing or cannot be read.
    """
    connection = duckdb.connect()
    try:
        # The mapping names its files without their folder.
        connection.execute("set file_search_path = $1", [str(source.absolute())])
        connection.execute((FOLDER / f"{data_set.value}.sql").read_text(encoding="utf-8"))
    except duckdb.Error as error:
        cause = str(error).splitlines()[0]
        raise SourceError(
            f"{source} does not hold the data set {data_set.value}: {cause}"
        ) from None
    return connection


def prepare(data_set: DataSet, source: Path, target: Path) -> dict[str, int]:
    """Writes leads.csv, events.csv and outcomes.csv to the folder `target`; returns their rows.

    source: the folder with the files of the set, as they were published. Raises SourceError.
    """
    target.mkdir(parents=True, exist_ok=True)
    counts = {}
    with open_source(data_set, source) as connection:
        for name in TABLES:
            view = connection.table(name)
            counts[name] = len(view)
            view.write_csv(str(target / f"{name}.csv"))
    return counts
