"""What a reader sees: one whole run, or a mix. Nothing but DuckDB is used, as a reader would."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import duckdb


class NotWhole(AssertionError):
    """What is published is not of one run. The message says where."""


@dataclass(frozen=True)
class Seen:
    """The run that a reader sees."""

    run_id: str
    leads: int


def look(database: Path) -> Seen | None:
    """Reads every published table, None where nothing is published yet.

    Raises NotWhole where tables or files are of different runs, duckdb.Error where a file is none.
    """
    current = database.with_suffix(".current")
    if not current.is_symlink():
        return None
    folder = Path(os.path.realpath(current))  # looked up once: both files are of one run
    with duckdb.connect(str(folder / "published.duckdb"), read_only=True) as connection:
        quoted = str(folder / "lead_contacts.duckdb").replace("'", "''")
        connection.execute(f"attach '{quoted}' as contacts (read_only)")
        run_id, as_of, leads = _last_run(connection, "published")
        if _last_run(connection, "contacts")[0] != run_id:
            raise NotWhole("lead_contacts is of another run")
        counts = connection.execute("select table_name, rows from run_tables").fetchall()
        for table, rows in counts:
            relation = f'contacts."{table}"' if table == "lead_contacts" else f'"{table}"'
            found = connection.execute(f"select count(*) from {relation}").fetchall()
            if found != [(rows,)]:
                raise NotWhole(f"{table} has {found[0][0]} rows, the run wrote {rows}")
            if table != "rule_changes" and "as_of" in _columns(connection, relation):
                instants = connection.execute(f"select distinct as_of from {relation}").fetchall()
                if instants not in ([], [(as_of,)]):
                    raise NotWhole(f"{table} is as of {instants}, the run as of {as_of}")
        sums = connection.execute(_UNEXPLAINED).fetchall()
        if sums != [(0,)]:
            raise NotWhole(f"reasons do not sum to {sums[0][0]} scores")
    return Seen(run_id, leads)


def look_by_name(database: Path) -> str:
    """Returns the run that is seen by whoever opens the file under its name."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return str(_last_run(connection, connection.execute(_NAME).fetchall()[0][0])[0])


def _last_run(connection: duckdb.DuckDBPyConnection, database: str) -> tuple[str, object, int]:
    query = f'select run_id, as_of, leads from "{database}".main.runs order by run_id desc limit 1'
    run_id, as_of, leads = connection.execute(query).fetchall()[0]
    return run_id, as_of, leads


def _columns(connection: duckdb.DuckDBPyConnection, relation: str) -> list[str]:
    return [name for name, *_ in connection.execute(f"describe {relation}").fetchall()]


_NAME = "select current_database()"
_UNEXPLAINED = """
    with sums as (
        select lead_id, scorecard, sum(points) as points
        from score_reasons group by lead_id, scorecard
    )
    select count(*) from scorecard_scores as scores left join sums using (lead_id, scorecard)
    where scores.fit_points + scores.engagement_points <> coalesce(sums.points, 0)
"""
