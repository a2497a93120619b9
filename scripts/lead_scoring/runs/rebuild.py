"""Writes the history of past days anew: what runs at each midnight would have written."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import duckdb

from lead_scoring.databases import DatabaseError, Queries, open_database
from lead_scoring.private_files import scratch_folder
from lead_scoring.project import DATABASE, called
from lead_scoring.rules.files import RulesError
from lead_scoring.rules.recorded import write_recorded_rules
from lead_scoring.runs import runner
from lead_scoring.runs.failures import RunFailed
from lead_scoring.runs.history_runs import Run, midnights_of, passes_of, runs_anew, scored_again
from lead_scoring.runs.runner import BuildResult

RUN_LOG = "int_lead_scoring__run_log"
# The words behind the numbers in the score log. It only grows.
REASON_WORDS = "int_lead_scoring__reason_words"
LOGS = (
    "int_lead_scoring__score_log",
    "int_lead_scoring__changed_reasons",
    "int_lead_scoring__stage_log",
)
# What is derived from the logs and built as tables.
DERIVED = (
    "int_lead_scoring__stage_episodes",
    "lead_score_changes",
    "stage_changes",
    "lead_handoffs",
)
# They say beside their scores how these have moved on record: whoever writes the record anew builds
# them once more.
READERS_OF_THE_RECORD = ("lead_scores", "account_scores")
LEADS = "stg_lead_scoring__lead_identities"
# What says at which instants a pass scores. A table, so that dbt sees the same words each time and
# need not read the project again.
INSTANTS = "instants_to_replay"
# A pass holds all events that count at each of its moments: this bounds its memory.
MOST_MOMENTS = 1_200_000
Relation = Callable[[str], str]  # of a table the name under which a connection finds it


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild did: how many midnights it wrote anew, and how long it took."""

    midnights: int
    passes: int
    seconds: float


class Place(Protocol):
    """A database, or schemas of a server, in which runs score."""

    def score(self, **run: Any) -> BuildResult:
        """Runs dbt there: rules, variables, select, exclude, with_tests, as for `runner.score`."""

    def open(self) -> AbstractContextManager[Queries]:
        """Opens a connection that sees its tables."""

    def relation(self, table: str) -> str:
        """Returns the name of a table that is there, or that only the engine reads."""

    def beside(self, other: Any) -> AbstractContextManager[tuple[Queries, Relation]]:
        """Opens a connection that sees another place too; the second names the other's tables."""


class FilePlace:
    """A DuckDB file in which runs score."""

    def __init__(self, database: Path, **run: object) -> None:
        """Keep the file. run: arguments of `runner.score` that every run there has."""
        self.database = database
        self._run = run

    def score(self, **run: Any) -> BuildResult:
        """Runs dbt there."""
        return runner.score(database=self.database, **{**self._run, **run})

    @contextlib.contextmanager
    def open(self) -> Iterator[Queries]:
        """Opens the file, to be read and written."""
        with duckdb.connect(str(self.database)) as connection:
            connection.execute("set TimeZone = 'UTC'")
            yield connection

    def relation(self, table: str) -> str:
        """Returns the name of a table of the file."""
        return f"main.{table}"

    @contextlib.contextmanager
    def beside(self, other: FilePlace) -> Iterator[tuple[Queries, Relation]]:
        """Opens the file, and another one to be read; the second names the other's tables."""
        with self.open() as connection:
            connection.execute(f"attach '{_quoted(other.database)}' as beside (read_only)")
            yield connection, lambda table: f"beside.{other.relation(table)}"


def rebuild(
    *,
    first_day: date,
    last_day: date,
    data: Path | None = None,
    rules: Path | None = None,
    database: Path = DATABASE,
    threads: int | None = None,
    variables: Mapping[str, object] | None = None,
    echo: bool = False,
) -> Rebuilt:
    """Writes the record of a DuckDB file anew, from one midnight to another, as `write_anew` does.

    data, rules, threads, variables, echo: as for `runner.score`.
    Raises RunFailed where nothing is recorded, the range is none or reaches beyond the latest
    recorded run, or a pass fails; the database is then as it was.
    """
    try:
        open_database(database).close()
    except DatabaseError as error:
        raise RunFailed(str(error)) from None
    with scratch_folder("rebuild") as folder:
        scratch = folder / "lead_scoring.duckdb"
        run: dict[str, Any] = {"data": data, "threads": threads, "echo": echo}
        try:
            return write_anew(
                FilePlace(database, **run),
                FilePlace(scratch, **run),
                first_day=first_day,
                last_day=last_day,
                rules=rules,
                variables=variables,
                folder=folder,
            )
        except duckdb.CatalogException:
            raise RunFailed(
                f"No run is on record in {database}. Run {called('score')} first: its rules are the"
                " first recorded."
            ) from None


def write_anew(
    place: Place,
    scratch: Place,
    *,
    first_day: date,
    last_day: date,
    rules: Path | None,
    variables: Mapping[str, object] | None,
    folder: Path,
) -> Rebuilt:
    """Writes the record from the midnight of `first_day` to that of `last_day` anew.

    Every lead of the present input is scored at every midnight under the rules that the latest run
    until then was recorded with, before the first run those of the first. A pass takes many
    midnights at once, all under the same rules. The first recorded run after the range is scored
    along, so that its rows say again what changed. Leads that the input has no more keep their
    rows. The tables of `place` change in one transaction, at the end. READERS_OF_THE_RECORD are
    left to the caller's next run there.

    scratch: an empty place on the same engine, to score in. folder: for rule tables and artifacts.
    Raises RunFailed where nothing is recorded, the range is none or reaches beyond the latest
    recorded run, or a pass fails; the place is then as it was.
    """
    started = time.monotonic()
    given = dict(variables or {})
    zone = ZoneInfo(str(given.get("lead_scoring_time_zone", "UTC")))
    midnights = midnights_of(first_day, last_day, zone)
    try:
        with place.open() as connection:
            recorded = _recorded_runs(connection)
            runs = runs_anew(recorded, midnights)
            again = scored_again(runs, midnights)
            passes = passes_of(again, max(MOST_MOMENTS // _leads(connection), 1))
            for version in {version for version, _ in passes}:
                write_recorded_rules(connection, version, rules, folder / f"rules{version}")
    except (DatabaseError, RulesError) as error:
        raise RunFailed(str(error)) from None
    # Every lead at every instant, once it is known.
    moments = (
        f"(select identities.lead_id, instants.as_of from {scratch.relation(LEADS)} as identities"
        f" cross join {scratch.relation(INSTANTS)} as instants)"
    )

    def build(version: int, select: Sequence[str]) -> None:
        scratch.score(
            rules=folder / f"rules{version}",
            variables={
                **given,
                "lead_scoring_moments": moments,
                "lead_scoring_replays_history": True,
            },
            select=select,
            exclude=[RUN_LOG, "rule_changes"],
            with_tests=False,
        )

    build(passes[0][0], [f"+{LEADS}"])
    _begin_record(scratch, place, runs, first=midnights[0], last=again[-1].as_of)
    built = 0  # the version of the rules whose tables stand in the scratch place
    for version, part in passes:
        _set_instants(scratch, part)
        # What does not depend on the instants is built once for each version.
        since = "int_lead_scoring__moments+," if version == built else ""
        build(version, [f"{since}+{log}" for log in LOGS])
        _check_rules(scratch, part[0])
        built = version
    scratch.score(
        rules=rules,
        # Of its own: for other variables dbt would read the whole project again in the passes'.
        work_folder=folder / "derived.run",
        variables=given,
        select=[*DERIVED, "lead_score_history"],
        with_tests=False,
    )
    _write_back(scratch, place)
    return Rebuilt(len(midnights), len(passes), time.monotonic() - started)


def _leads(connection: Queries) -> int:
    found = connection.execute(f"select count(distinct lead_key) from {LEADS}").fetchone()
    return max(found[0], 1) if found else 1


def _recorded_runs(connection: Queries) -> list[Run]:
    found = connection.execute(
        "select as_of, rules_fingerprint, rules_version, minimum_dwell_days, is_rule_change,"
        f" announces_rule_changes from {RUN_LOG} order by as_of"
    ).fetchall()
    return [Run(*row) for row in found]


def _begin_record(
    scratch: Place, place: Place, runs: Sequence[Run], first: datetime, last: datetime
) -> None:
    """Puts the new record of runs into the scratch place, and the rows of the logs that stay.

    They are those of other times, and of leads that are in the input no more.
    """
    with scratch.beside(place) as (connection, recorded):
        for log in LOGS:
            connection.execute(
                f"create table {scratch.relation(log)} as select * from {recorded(log)} as log"
                " where log.as_of not between ? and ? or log.lead_id not in"
                f" (select lead_id from {scratch.relation(LEADS)} where lead_id is not null)",
                [first, last],
            )
        for table, rows in ((REASON_WORDS, ""), (RUN_LOG, " limit 0")):
            connection.execute(
                f"create table {scratch.relation(table)} as select * from {recorded(table)}{rows}"
            )
        connection.executemany(
            f"insert into {scratch.relation(RUN_LOG)} ({', '.join(vars(runs[0]))})"
            " values (?, ?, ?, ?, ?, ?)",
            [tuple(vars(run).values()) for run in runs],
        )


def _set_instants(scratch: Place, runs: Sequence[Run]) -> None:
    instants = scratch.relation(INSTANTS)
    with scratch.open() as connection:
        connection.execute(f"drop table if exists {instants}")
        connection.execute(f"create table {instants} (as_of timestamp)")
        connection.executemany(f"insert into {instants} values (?)", [[run.as_of] for run in runs])


def _check_rules(scratch: Place, run: Run) -> None:
    with scratch.open() as connection:
        found = connection.execute(
            "select rules_fingerprint from int_lead_scoring__rules_fingerprint"
        ).fetchall()
    if found != [(run.rules_fingerprint,)]:
        raise RunFailed(
            f"The rules of version {run.rules_version} cannot be made again from rule_changes. "
            "Nothing was changed."
        )


def _write_back(scratch: Place, place: Place) -> None:
    with place.beside(scratch) as (connection, rebuilt):
        connection.execute("begin")
        for table in (RUN_LOG, REASON_WORDS, *LOGS, *DERIVED):
            written = place.relation(table)
            described = connection.execute(f"select * from {written} limit 0").description
            columns = ", ".join(column[0] for column in described)
            connection.execute(f"delete from {written}")
            connection.execute(
                f"insert into {written} ({columns}) select {columns} from {rebuilt(table)}"
            )
        connection.execute("commit")


def _quoted(path: Path) -> str:
    return str(path.absolute()).replace("'", "''")
