"""Takes over a work file that the version before made, in which the record lay in other tables.

What people and the CRM were told stays as it was told: changes of scores, stages, hand-offs, rules
and runs. Everything else in the file is a result, which a run builds anew.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from lead_scoring.runs.failures import RunFailed

SCORE_LOG = "int_lead_scoring__score_log"
CHANGED_REASONS = "int_lead_scoring__changed_reasons"
STAGE_LOG = "int_lead_scoring__stage_log"
HELD_STAGES = "int_lead_scoring__held_stages"
STAGE_LATCHES = "int_lead_scoring__stage_latches"
STANDING_LOG = "int_lead_scoring__standing_log"
# Private tables that a run adds to, as they are or as they are made here.
RECORD = (
    "int_lead_scoring__run_log",
    "int_lead_scoring__reason_words",
    SCORE_LOG,
    CHANGED_REASONS,
    STAGE_LOG,
)
# Each is there in files of the version before alone.
MARKS = ("int_lead_scoring__run_plan", STANDING_LOG, STAGE_LATCHES)
# What is kept of events, and a column that files of an earlier version do not have.
KEPT_INPUTS = (
    "stg_lead_scoring__events",
    "stg_lead_scoring__event_contents",
    "stg_lead_scoring__user_agents",
)
COLUMN_OF_EVENTS = "is_clock_ahead"
IN_WORDS = (
    "The work file is of an earlier version of the project: scores, stages, hand-offs, rules and"
    " runs on record stay as they are, everything else is built anew."
)


def take_over(work: Path) -> bool:
    """Gives a work file the tables of this version, where the version before made it.

    Returns whether it did. Nothing has changed where it fails: then it raises RunFailed.
    """
    if not work.is_file():
        return False
    try:
        with duckdb.connect(str(work)) as connection:
            tables = _names(connection, "tables")
            if not tables & set(MARKS):
                _forget_inputs(connection, tables)
                return False
            connection.execute("begin")
            _convert(connection, tables)
            connection.execute("commit")
    except duckdb.Error as error:
        raise RunFailed(
            f"What the version before recorded in {work} cannot be read: {error}"
        ) from None
    return True


def _convert(connection: duckdb.DuckDBPyConnection, tables: set[str]) -> None:
    for view in _names(connection, "views"):
        connection.execute(f'drop view "{view}"')
    if SCORE_LOG in tables:
        connection.execute(_CHANGED_REASONS)
        connection.execute(f"alter table {SCORE_LOG} drop column reasons_changed")
        connection.execute(f"alter table {SCORE_LOG} add column merged_into_lead_id varchar")
    if {HELD_STAGES, STAGE_LATCHES, STANDING_LOG} <= tables:
        connection.execute(_STAGE_LOG)
    for table in tables:
        if table.startswith(("int_lead_scoring__", "stg_lead_scoring__")) and table not in RECORD:
            connection.execute(f'drop table "{table}"')


def _forget_inputs(connection: duckdb.DuckDBPyConnection, tables: set[str]) -> None:
    """Drops what is kept of events where it lacks a column: a run reads them all anew."""
    events = KEPT_INPUTS[0]
    if events in tables:
        columns = connection.execute(f"select * from {events} limit 0").description or []
        if COLUMN_OF_EVENTS not in {name for name, *_ in columns}:
            for table in tables & set(KEPT_INPUTS):
                connection.execute(f'drop table "{table}"')


def _names(connection: duckdb.DuckDBPyConnection, kind: str) -> set[str]:
    """Returns the names of the tables, or of the views, that the file holds."""
    found = connection.execute(
        f"select {kind.removesuffix('s')}_name from duckdb_{kind}()"
        " where not internal and database_name = current_database() and schema_name = 'main'"
    ).fetchall()
    return {name for (name,) in found}


_CHANGED_REASONS = f"""
    create table {CHANGED_REASONS} as
    select lead_id, reasons_changed, as_of from {SCORE_LOG}
    where reasons_changed is not null
"""

# The stages at or below the highest that a lead held, at each instant at which one was switched, or
# the row disqualified where it held none. What was said with a hand-off is of that instant.
_STAGE_LOG = f"""
    create table {STAGE_LOG} as
    with standings as (
        select
            *,
            count(*) filter (standing <> 'missed') over (
                partition by lead_id, stage order by as_of rows unbounded preceding
            ) as stretch
        from {STANDING_LOG}
    ),

    standings_with_miss as (
        select
            lead_id, stage, as_of,
            case
                when standing = 'missed'
                    then min(as_of) filter (standing = 'missed') over (
                        partition by lead_id, stage, stretch
                    )
            end as missed_since
        from standings
    ),

    stages as (
        select
            held.lead_id, held.stage, held.stage_rank, latches.is_on,
            case when latches.is_on then standings.missed_since end as missed_since,
            held.as_of
        from {HELD_STAGES} as held
        inner join {STAGE_LATCHES} as latches
            on
                held.lead_id = latches.lead_id
                and held.stage = latches.stage
                and held.as_of >= latches.changes_at
                and (latches.next_change_at is null or held.as_of < latches.next_change_at)
        asof left join standings_with_miss as standings
            on
                held.lead_id = standings.lead_id
                and held.stage = standings.stage
                and held.as_of >= standings.as_of
        where held.is_within
        union all
        select
            lead_id, 'disqualified' as stage, null as stage_rank, false as is_on,
            null as missed_since, as_of
        from {HELD_STAGES}
        group by lead_id, as_of
        having not bool_or(is_within)
    )

    select
        stages.lead_id, stages.stage, details.scorecard, details.account, details.routing_rule,
        details.segment, details.queue, details.action, details.owner, details.reasons,
        details.grade,
        coalesce(details.rules_fingerprint, run_log.rules_fingerprint) as rules_fingerprint,
        cast(stages.stage_rank as integer) as stage_rank, details.total_score,
        details.respond_within_minutes, stages.is_on, stages.missed_since, stages.as_of
    from stages
    left join {STANDING_LOG} as details using (lead_id, stage, as_of)
    left join int_lead_scoring__run_log as run_log on stages.as_of = run_log.as_of
"""
