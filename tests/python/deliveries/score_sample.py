"""A small database with what the record says of leads, as the public tables have it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

START = datetime(2026, 6, 30, 12)
_HISTORY = (
    "lead_id varchar, total_score integer, fit_score integer, engagement_score integer,"
    " stage varchar, grade varchar, segment varchar, temperature varchar,"
    " merged_into_lead_id varchar, has_score boolean, valid_from timestamp, valid_to timestamp"
)
_REASONS = ", ".join(f"reason_{way}_{place}" for way in ("up", "down") for place in (1, 2, 3))


class Record:
    """What successive runs say: each is a table of lead -> score, a lead of no score, or gone."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.run = 0
        self.rows: list[list[object]] = []
        self.said: Mapping[str, int | str | None] = {}  # by the last run
        # By a live prediction, of the runs to come; None: a challenger alone foretells.
        self.likelihoods: Mapping[str, float | None] = {}

    def copy(self, database: Path) -> Record:
        """Returns a record that goes on from here, in a copy of the database."""
        made = Record(database)
        made.run, made.rows, made.said = self.run, [[*row] for row in self.rows], self.said
        made.likelihoods = self.likelihoods
        return made

    def say(self, scores: Mapping[str, int | str | None]) -> None:
        """Writes a run: lead -> total score, None: none any more, text: merged into that lead.

        A lead that is not named, and was before, is erased: no table knows it.
        """
        self.run += 1
        self.said = dict(scores)
        at = START + timedelta(days=self.run)
        self.rows = [row for row in self.rows if row[0] in scores]
        last = {row[0]: row for row in self.rows if row[-1] is None}
        for lead, said in scores.items():
            row = _row(lead, said, at)
            before = last.get(lead)
            if before is not None and before[1:10] == row[1:10]:
                continue
            if before is not None:
                before[-1] = at
            self.rows.append(row)
        self._write(at)

    def _write(self, at: datetime) -> None:
        self.database.unlink(missing_ok=True)
        now = [row for row in self.rows if row[-1] is None and row[9]]
        with duckdb.connect(str(self.database)) as connection:
            connection.execute(f"create table lead_score_history ({_HISTORY})")
            kinds = " varchar, ".join(_REASONS.split(", "))
            connection.execute(
                "create table lead_scores"
                f" (lead_id varchar, total_score integer, as_of timestamp, {kinds} varchar)"
            )
            connection.execute("create table secrets as select 'ann.canary@acme.example' as email")
            _insert(connection, "lead_score_history", self.rows)
            words = [f"Größe (+{self.run})", None, None, "Idle (-1)", None, None]
            _insert(connection, "lead_scores", [[row[0], row[1], at, *words] for row in now])
            write_likelihoods(connection, self.likelihoods, at)


def write_likelihoods(
    connection: duckdb.DuckDBPyConnection, likelihoods: Mapping[str, float | None], at: datetime
) -> None:
    """Writes what predictions say of leads: a live one the share, unless that is None, another
    live one, for all leads, 0.98, and a challenger 0.99.
    """
    connection.execute("create table prediction_standings (prediction varchar, scorecard varchar)")
    connection.execute(
        "create table lead_likelihoods (lead_id varchar, prediction varchar, status varchar,"
        " probability decimal(10, 9), band integer, expected_amount decimal(18, 2),"
        " as_of timestamp)"
    )
    _insert(
        connection,
        "prediction_standings",
        [["a_rival", "enterprise"], ["of_all", "*"], ["own", "enterprise"]],
    )
    rows: list[list[object]] = []
    for lead, share in likelihoods.items():
        rows.append([lead, "a_rival", "challenger", 0.99, 9, 1, at])
        if share is None:
            continue
        rows += [
            [lead, "of_all", "live", 0.98, 9, 1, at],
            [lead, "own", "live", share, 1 + int(10 * share), 12_345.6 * share, at],
        ]
    _insert(connection, "lead_likelihoods", rows)


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[list[object]]) -> None:
    if rows:  # in one statement: each costs DuckDB more than its rows
        marks = f"({', '.join('?' * len(rows[0]))})"
        values = [value for row in rows for value in row]
        connection.execute(f"insert into {table} values {', '.join([marks] * len(rows))}", values)


def _row(lead: str, said: int | str | None, at: datetime) -> list[object]:
    if not isinstance(said, int):
        return [lead, *[None] * 7, said, False, at, None]
    stage = "sql" if said >= 80 else "mql" if said >= 40 else None
    words = [stage, "A1", "enterprise", "hot" if said >= 60 else "cold"]
    return [lead, said, said // 2, said - said // 2, *words, None, True, at, None]
