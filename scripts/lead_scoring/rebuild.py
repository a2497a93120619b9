"""Writes the history of past days anew: what runs at each midnight would have written."""

from __future__ import annotations

import itertools
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from lead_scoring import runner
from lead_scoring.recorded_rules import write_recorded_rules
from lead_scoring.rule_files import RulesError
from lead_scoring.tables import DatabaseError, open_database

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
LEADS = "stg_lead_scoring__lead_identities"
# What says at which instants a pass scores. A table, so that dbt sees the same words each time and
# need not read the project again.
INSTANTS = "instants_to_replay"
# A pass holds all events that count at each of its moments: this bounds its memory.
MOST_MOMENTS = 1_200_000


@dataclass(frozen=True)
class Run:
    """A row of the record of runs. as_of: UTC, without zone."""

    as_of: datetime
    rules_fingerprint: str
    rules_version: int
    minimum_dwell_days: int
    is_rule_change: bool
    announces_rule_changes: bool


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild did: how many midnights it wrote anew, and how long it took."""

    midnights: int
    passes: int
    seconds: float


def rebuild(
    *,
    first_day: date,
    last_day: date,
    data: Path | None = None,
    rules: Path | None = None,
    database: Path = runner.DATABASE,
    threads: int | None = None,
    variables: Mapping[str, object] | None = None,
    echo: bool = False,
) -> Rebuilt:
    """Writes the record from the midnight of `first_day` to that of `last_day` anew.

    Every lead of the present input is scored at every midnight under the rules that the latest run
    until then was recorded with, before the first run those of the first. A pass takes many
    midnights at once, all under the same rules. The first recorded run after the range is scored
    along, so that its rows say again what changed. Leads that the input has no more keep their
    rows. The database changes in one transaction, at the end.

    data, rules, threads, variables, echo: as for `runner.score`.
    Raises RunFailed where nothing is recorded, the range is none or reaches beyond the latest
    recorded run, or a pass fails; the database is then as it was.
    """
    started = time.monotonic()
    given = dict(variables or {})
    zone = ZoneInfo(str(given.get("lead_scoring_time_zone", "UTC")))
    midnights = _midnights(first_day, last_day, zone)
    with tempfile.TemporaryDirectory(prefix="lead_scoring-rebuild-") as name:
        folder = Path(name)
        scratch = folder / "lead_scoring.duckdb"
        try:
            with open_database(database) as connection:
                recorded = _recorded_runs(connection)
                runs = runs_anew(recorded, midnights)
                again = _scored_again(runs, midnights)
                passes = passes_of(again, max(MOST_MOMENTS // _leads(connection), 1))
                for version in {version for version, _ in passes}:
                    write_recorded_rules(connection, version, rules, folder / f"rules{version}")
        except (DatabaseError, RulesError) as error:
            raise runner.RunFailed(str(error)) from None
        except duckdb.CatalogException:
            raise runner.RunFailed(_NOTHING.format(database)) from None

        def build(version: int, select: Sequence[str]) -> None:
            runner.score(
                data=data,
                rules=folder / f"rules{version}",
                database=scratch,
                threads=threads,
                variables={
                    **given,
                    "lead_scoring_moments": _MOMENTS,
                    "lead_scoring_replays_history": True,
                },
                select=select,
                exclude=[RUN_LOG, "rule_changes"],
                with_tests=False,
                echo=echo,
            )

        build(passes[0][0], [f"+{LEADS}"])
        _begin_record(scratch, database, runs, first=midnights[0], last=again[-1].as_of)
        built = 0  # the version of the rules whose tables stand in the scratch database
        for version, part in passes:
            _set_instants(scratch, part)
            # What does not depend on the instants is built once for each version.
            since = "int_lead_scoring__moments+," if version == built else ""
            build(version, [f"{since}+{log}" for log in LOGS])
            _check_rules(scratch, part[0])
            built = version
        runner.score(
            data=data,
            rules=rules,
            database=scratch,
            # Of its own: for other variables dbt would read the whole project again in the passes'.
            work_folder=folder / "derived.run",
            threads=threads,
            variables=given,
            select=[*DERIVED, "lead_score_history"],
            with_tests=False,
            echo=echo,
        )
        _write_back(scratch, database)
    return Rebuilt(len(midnights), len(passes), time.monotonic() - started)


# Every lead at every instant, once it is known.
_MOMENTS = (
    f"(select identities.lead_id, instants.as_of from main.{LEADS} as identities"
    f" cross join main.{INSTANTS} as instants)"
)
_NOTHING = "No run is on record in {}. Run ./scripts/score first: its rules are the first recorded."


def runs_anew(recorded: Sequence[Run], midnights: Sequence[datetime]) -> list[Run]:
    """Returns the record of runs after a rebuild: midnights take the place of the runs in range.

    Both in the order of time. Raises RunFailed where nothing is recorded or the midnights reach
    beyond the latest run.
    """
    if not recorded:
        raise runner.RunFailed("No run is on record. Run ./scripts/score first.")
    if midnights[-1] > recorded[-1].as_of:
        raise runner.RunFailed(
            f"History is rebuilt up to the latest recorded run, {recorded[-1].as_of} UTC. "
            "Choose an earlier day for --to."
        )
    governing = [_governing(recorded, midnight) for midnight in midnights]
    runs = [
        *(run for run in recorded if run.as_of < midnights[0]),
        *(replace(run, as_of=at) for run, at in zip(governing, midnights, strict=True)),
        *(run for run in recorded if run.as_of > midnights[-1]),
    ]
    changes = [False] + [
        earlier.rules_fingerprint != later.rules_fingerprint
        for earlier, later in itertools.pairwise(runs)
    ]
    return [
        replace(run, is_rule_change=changed) for run, changed in zip(runs, changes, strict=True)
    ]


def _governing(recorded: Sequence[Run], instant: datetime) -> Run:
    """Returns the latest run until an instant, the first one before that.

    It announces a change of rules if the run did that was the first under these rules.
    """
    until = [run for run in recorded if run.as_of <= instant] or [recorded[0]]
    latest = until[-1]
    same_rules = itertools.takewhile(
        lambda run: run.rules_version == latest.rules_version, reversed(until)
    )
    *_, first = same_rules
    return replace(latest, announces_rule_changes=first.announces_rule_changes)


def _scored_again(runs: Sequence[Run], midnights: Sequence[datetime]) -> list[Run]:
    """Returns the runs at the midnights, and the first one after them if there is one."""
    since = [run for run in runs if run.as_of >= midnights[0]]
    return since[: len(midnights) + 1]


def passes_of(runs: Sequence[Run], most: int) -> list[tuple[int, list[Run]]]:
    """Returns the runs in passes of at most so many, each under one version of the rules."""
    return [
        (version, stretch[start : start + most])
        for version, group in itertools.groupby(runs, key=lambda run: run.rules_version)
        for stretch in [list(group)]
        for start in range(0, len(stretch), most)
    ]


def _leads(connection: duckdb.DuckDBPyConnection) -> int:
    found = connection.execute(f"select count(distinct lead_key) from {LEADS}").fetchone()
    return max(found[0], 1) if found else 1


def _midnights(first_day: date, last_day: date, zone: ZoneInfo) -> list[datetime]:
    if last_day < first_day:
        raise runner.RunFailed(f"The days from {first_day} to {last_day} are none.")
    days = (last_day - first_day).days + 1
    return [
        datetime.combine(first_day + timedelta(days=day), datetime.min.time(), zone)
        .astimezone(timezone.utc)
        .replace(tzinfo=None)
        for day in range(days)
    ]


def _recorded_runs(connection: duckdb.DuckDBPyConnection) -> list[Run]:
    found = connection.execute(
        "select as_of, rules_fingerprint, rules_version, minimum_dwell_days, is_rule_change,"
        f" announces_rule_changes from {RUN_LOG} order by as_of"
    ).fetchall()
    return [Run(*row) for row in found]


def _begin_record(
    scratch: Path, database: Path, runs: Sequence[Run], first: datetime, last: datetime
) -> None:
    """Puts the new record of runs into the scratch database, and the rows of the logs that stay.

    They are those of other times, and of leads that are in the input no more.
    """
    with duckdb.connect(str(scratch)) as connection:
        connection.execute(f"attach '{_quoted(database)}' as recorded (read_only)")
        for log in LOGS:
            connection.execute(
                f"create table {log} as select * from recorded.{log} as log"
                " where log.as_of not between $first and $last or log.lead_id not in"
                f" (select lead_id from {LEADS} where lead_id is not null)",
                {"first": first, "last": last},
            )
        connection.execute(f"create table {REASON_WORDS} as from recorded.{REASON_WORDS}")
        connection.execute(f"create table {RUN_LOG} as select * from recorded.{RUN_LOG} limit 0")
        connection.executemany(
            f"insert into {RUN_LOG} by name select ? as as_of, ? as rules_fingerprint,"
            " ? as rules_version, ? as minimum_dwell_days, ? as is_rule_change,"
            " ? as announces_rule_changes",
            [tuple(vars(run).values()) for run in runs],
        )


def _set_instants(scratch: Path, runs: Sequence[Run]) -> None:
    with duckdb.connect(str(scratch)) as connection:
        connection.execute(f"create or replace table {INSTANTS} (as_of timestamp)")
        connection.executemany(f"insert into {INSTANTS} values (?)", [[run.as_of] for run in runs])


def _check_rules(scratch: Path, run: Run) -> None:
    with duckdb.connect(str(scratch), read_only=True) as connection:
        found = connection.sql(
            "select rules_fingerprint from int_lead_scoring__rules_fingerprint"
        ).fetchall()
    if found != [(run.rules_fingerprint,)]:
        raise runner.RunFailed(
            f"The rules of version {run.rules_version} cannot be made again from rule_changes. "
            "Nothing was changed."
        )


def _write_back(scratch: Path, database: Path) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"attach '{_quoted(scratch)}' as rebuilt (read_only)")
        connection.execute("begin")
        for table in (RUN_LOG, REASON_WORDS, *LOGS, *DERIVED):
            connection.execute(f"delete from {table}")
            connection.execute(f"insert into {table} by name select * from rebuilt.{table}")
        connection.execute("commit")


def _quoted(path: Path) -> str:
    return str(path.absolute()).replace("'", "''")
