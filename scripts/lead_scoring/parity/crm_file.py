"""Reads a CRM's own scores from its export: which column is the lead, and which the score."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from lead_scoring.exports.header import export_query, names_of
from lead_scoring.model_expressions import Project
from lead_scoring.reading.guesses import ENDINGS
from lead_scoring.reading.headers import identifier, shown_names
from lead_scoring.reading.kinds import InputError
from lead_scoring.reading.known_headers import contract_column, likeliest_first

TABLE = "crm_scores"  # of known_headers
LEAST_READABLE = 0.5  # share of the filled cells, for a column to hold scores at all
# The best first: A+ to F, or a letter with a digit, as A1; a digit is the better, the lower it is.
GRADE = "^[A-F]([+-]|[1-9])?$"
_PLACE_OF_GRADE = """
    case when regexp_matches(label, '{grade}') then
        10 * (ascii('F') - ascii(label[1])) + case
            when label[2] = '' then 5
            when label[2] = '+' then 6
            when label[2] = '-' then 4
            else 10 - cast(label[2] as integer)
        end
    end
"""


@dataclass(frozen=True)
class CrmFile:
    """What was read: the columns, and what became of the rows. is_graded: scores are letters."""

    id_column: str
    score_column: str
    is_graded: bool
    rows: int
    without_score: int  # or without an id
    unreadable: int
    doubled: int  # rows of ids that stand there several times
    other_columns: tuple[str, ...]  # that a score may be in, too


def read_crm_file(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    id_column: str | None = None,
    score_column: str | None = None,
) -> CrmFile:
    """Makes the temporary table crm_scores (lead_id, label, score) of a file's usable rows.

    id_column, score_column: names of the file's columns; None: told by the known headers. label is
    the score as it is written; score rises with it, and has no scale. Raises InputError.
    """
    if not path.is_file() or not path.name.lower().endswith(ENDINGS):
        raise InputError(f"There is no file {path} that ends in {', '.join(ENDINGS)}.")
    query = export_query(connection, path)
    names = [name for name in names_of(path) if name.strip()]
    lead = _column(names, "lead_id", id_column, "--id-column", path)
    score = _column(names, "score", score_column, "--score-column", path)
    connection.execute(
        "create or replace temp table crm_rows as select"
        f" nullif(trim(cast({identifier(lead)} as varchar)), '') as lead_id,"
        f" nullif(trim(cast({identifier(score)} as varchar)), '') as written from ({query})"
    )
    connection.execute(
        "create or replace temp table crm_values as select *,"
        f" cast({Project().reading('number', 'written')} as double) as number,"
        f" {_PLACE_OF_GRADE.format(grade=GRADE)} as grade"
        " from (select *, upper(written) as label from crm_rows)"
    )
    rows, usable, numbers, grades = _one(
        connection,
        "select count(*), count(*) filter (written is not null and lead_id is not null),"
        " count(number) filter (lead_id is not null), count(grade) filter (lead_id is not null)"
        " from crm_values",
    )
    is_graded = grades > numbers
    readable = max(numbers, grades)
    if not readable or readable < LEAST_READABLE * usable:
        raise InputError(
            f"{path}: of {usable:,} filled cells of {_shown(score, names)} {readable:,} can be "
            "read as numbers or as grades (A+ to F, or A1). Name the column of the score with "
            "--score-column."
        )
    connection.execute(
        "create or replace temp table crm_scores as"
        f" select lead_id, label, cast({'grade' if is_graded else 'number'} as double) as score"
        " from crm_values where lead_id is not null and score is not null"
        " qualify count(*) over (partition by lead_id) = 1"
    )
    (kept,) = _one(connection, "select count(*) from crm_scores")
    others = [
        name
        for name in likeliest_first(names, TABLE)
        if name != score and contract_column(name, TABLE) == "score"
    ]
    return CrmFile(
        lead, score, is_graded, rows, rows - usable, usable - readable, readable - kept,
        tuple(others),
    )  # fmt: skip


def _column(names: list[str], wanted: str, given: str | None, option: str, path: Path) -> str:
    """Returns the file's own name of a column."""
    if given is not None:
        found = [name for name in names if name.strip().lower() == given.strip().lower()]
    else:
        likely = likeliest_first(names, TABLE)
        found = [name for name in likely if contract_column(name, TABLE) == wanted]
    if not found:
        what = "the lead's id" if wanted == "lead_id" else "a score or a grade"
        missing = f"no column {given}" if given else f"no column that is known as {what}"
        columns = shown_names(names, names, "leads")
        raise InputError(
            f"{path} has {missing}. Its columns are {columns}. Name the right one with {option}."
        )
    return found[0]


def _shown(name: str, names: list[str]) -> str:
    return shown_names([name], names, "leads")


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    return connection.execute(query).fetchall()[0]
