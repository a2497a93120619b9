"""A run on a server from lock to publication: readers see all of it, or nothing.

A run builds in schemas of its own, which begin with copies of what the published run keeps (events
and the record). When it has passed its tests, its schemas take the published names in one
transaction; those that had them are kept under the run's number for a rollback.
"""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dbt.contracts.graph.manifest import Manifest

from lead_scoring.model_expressions import Project
from lead_scoring.postgres import schemas as on_server
from lead_scoring.postgres.building import copy_tables, make_building
from lead_scoring.postgres.connection import Connection
from lead_scoring.postgres.options import ServerOptions
from lead_scoring.postgres.schemas import Schemas, Version
from lead_scoring.project import PROJECT, called
from lead_scoring.published.fingerprints import project_fingerprint, settings_fingerprint
from lead_scoring.published.lock import Locked
from lead_scoring.published.monitors import held_back
from lead_scoring.published.publication import public_tables
from lead_scoring.published.record import RunFacts, RunRecord, record_of, utc_now, write_record
from lead_scoring.published.scored_run import TEST_OF_INPUTS, HeldBack
from lead_scoring.runs import rebuild
from lead_scoring.runs.failures import RunFailed

Tell = Callable[[str], None]
# The tables of inputs as they were read, whose rows say whether the inputs are the same.
READ = tuple(
    f"stg_lead_scoring__{table}" for table in ("leads", "events", "outcomes", "lead_merges")
)


@dataclass(frozen=True)
class PublishedOnServer:
    """A run that readers see, and how it went."""

    record: RunRecord
    seconds: float
    warnings: tuple[str, ...]  # one sentence each


def score_and_publish(options: ServerOptions, tell: Tell) -> PublishedOnServer:
    """Scores leads as of one instant and publishes the result.

    tell: takes a sentence on what someone should know.
    Raises Locked, HeldBack and RunFailed; readers then see what they saw.
    """
    started, started_at = time.monotonic(), utc_now()
    with only_run(options.server, options.schemas, called("score")) as connection:
        current = _begin(connection, options)
        building = options.schemas.building
        project = project_fingerprint()
        is_other_project = current is not None and _project_of(current) != project
        if is_other_project:
            tell(
                "What is published is of another version of the project: every table is built anew,"
                " and what is on record stays."
            )

        def copy_kept(manifest: Manifest) -> None:
            kept = [
                node.name
                for node in manifest.nodes.values()
                if node.config.materialized == "incremental"
            ]
            copy_tables(connection, building, options.schemas, sorted(kept))

        try:
            built = options.place(building).score(
                as_of=options.as_of,
                full_refresh=options.full_refresh or is_other_project,
                begin=copy_kept,
            )
        except RunFailed as failure:
            if TEST_OF_INPUTS in str(failure):
                raise HeldBack(_NOT_UNDERSTOOD.format(building.name)) from None
            raise
        _hold_back(options, current)
        facts = RunFacts(
            kind="run",
            inputs_fingerprint=_inputs_fingerprint(connection, building),
            settings_fingerprint=_settings(options, connection),
            project_fingerprint=project,
            events_read=None,
            tests=built.tests,
            started_at=started_at,
        )
        record = _publish(connection, options, current, facts, tell)
    return PublishedOnServer(record, time.monotonic() - started, built.warnings)


_NOT_UNDERSTOOD = (
    "Held back: of a table too many rows cannot be used, or of a column too many values cannot be"
    " read. {0}.quarantined_rows and {0}.input_columns say which; if the data are right, run again"
    " with --publish-anyway. Readers see what they saw."
)


def rebuild_and_publish(
    options: ServerOptions, first_day: date, last_day: date, tell: Tell
) -> tuple[rebuild.Rebuilt, RunRecord]:
    """Writes the history of some days anew, as `rebuild.write_anew` does, and publishes the result.

    Raises Locked and RunFailed; readers then see what they saw.
    """
    started_at = utc_now()
    with only_run(options.server, options.schemas, called("score")) as connection:
        current = _begin(connection, options)
        if current is None:
            raise RunFailed(
                f"Nothing is published on this server yet. Run {called('score')} --target postgres"
                " first: its rules are the first recorded."
            )
        building, scratch = options.schemas.building, options.schemas.scratch
        copy_tables(connection, building, options.schemas)
        make_building(connection, scratch, building)
        place = options.place(building)
        with tempfile.TemporaryDirectory(prefix="lead_scoring-rebuild-") as folder:
            rebuilt = rebuild.write_anew(
                place,
                options.place(scratch),
                first_day=first_day,
                last_day=last_day,
                rules=options.rules,
                variables=options.variables,
                folder=Path(folder),
            )
        on_server.drop(connection, scratch)
        # What was copied are tables; views are made where they stand.
        made = [*rebuild.READERS_OF_THE_RECORD, "config.materialized:view"]
        place.score(select=made, with_tests=False)
        tested = place.score(select=["resource_type:test"])
        facts = RunFacts(
            kind="history",
            inputs_fingerprint=_inputs_fingerprint(connection, building),
            settings_fingerprint=_settings(options, connection),
            project_fingerprint=project_fingerprint(),
            events_read=None,
            tests=tested.tests,
            started_at=started_at,
        )
        record = _publish(connection, options, current, facts, tell)
    return rebuilt, record


def roll_back(server: Mapping[str, str], schemas: Schemas, run: str) -> Version:
    """Gives the published names to the schemas of an earlier run; returns it as it was listed.

    run: its id or number, or `previous`. The next run starts from its state.
    Raises Locked and RunFailed, and LookupError where there is no such run.
    """
    with only_run(server, schemas, called("rollback")) as connection:
        found = on_server.versions(connection, schemas)
        current = next((version for version in found if version.is_current), None)
        if run == "previous":
            chosen = [each for each in found if current and each.number < current.number]
        else:
            chosen = [each for each in found if run in (each.run_id, str(each.number))]
        if not chosen:
            names = [version.name for version in found]
            wanted = "earlier run" if run == "previous" else f"run {run}"
            raise LookupError(
                f"There is no {wanted} to go back to. Kept: {', '.join(names) or 'none'}."
            )
        if not chosen[0].is_current:

            def change() -> None:
                if current:
                    on_server.rename(connection, schemas, schemas.of_run(current.number))
                on_server.rename(connection, chosen[0].schemas, schemas)

            on_server.swap(connection, schemas, change)
    return chosen[0]


@contextlib.contextmanager
def only_run(server: Mapping[str, str], schemas: Schemas, what: str) -> Iterator[Connection]:
    """Holds the lock of a published schema, for as long as the session lasts that it gives.

    Raises Locked at once where another session holds it.
    """
    key = f"lead_scoring {schemas.name}"
    with Connection(server, schemas.parts, name=what) as connection:
        from psycopg2 import Error  # comes with dbt's adapter, without which no session opens

        taken = connection.execute("select pg_try_advisory_lock(hashtextextended(?, 0))", [key])
        if not taken.fetchone()[0]:
            holders = connection.execute(_HOLDERS, [key]).fetchall()
            words = ", ".join(
                f"{name} of {user} since {since} UTC" for name, user, since in holders
            )
            raise Locked(
                f"Another run is at work on {schemas.name}: {words or 'one that has just begun'}."
                " Nothing was done. Wait until it has ended, or stop it."
            )
        try:
            yield connection
        except Error as error:
            # Without its detail, in which the server quotes rows.
            words = error.diag.message_primary or type(error).__name__
            raise RunFailed(f"The server refused a statement: {words}") from None


# A lock of 64 bits is shown in two halves.
_HOLDERS = """
    select application_name, usename, date_trunc('second', backend_start at time zone 'UTC')
    from pg_locks
    inner join pg_stat_activity on pg_locks.pid = pg_stat_activity.pid
    where
        locktype = 'advisory' and granted and objsubid = 1
        and (cast(classid as bigint) << 32) | cast(objid as bigint) = hashtextextended(?, 0)
"""


def _begin(connection: Connection, options: ServerOptions) -> Version | None:
    """Makes the schemas in which a run builds; returns what is published."""
    options.work_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    names = [path.stem for path in (PROJECT / "models").rglob("*.sql")]
    names += [path.stem for path in (PROJECT / "seeds").rglob("*.csv")]
    on_server.check_contents(connection, options.schemas, names)
    make_building(connection, options.schemas.building, options.schemas)
    found = on_server.versions(connection, options.schemas)
    return next((version for version in found if version.is_current), None)


def _project_of(version: Version) -> str | None:
    return version.records[-1].project_fingerprint if version.records else None


def _hold_back(options: ServerOptions, current: Version | None) -> None:
    """Raises HeldBack where someone should look first."""
    if current is None or options.publish_anyway:
        return
    schemas = options.schemas
    with (
        Connection(options.server, schemas.parts) as published,
        Connection(options.server, schemas.building.parts) as built,
    ):
        if "lead_scores" not in on_server.relations(published, schemas):
            return
        before = current.records[-1].as_of if current.records else None
        place = f"the schema {schemas.building.name}"
        reason = held_back(published, built, options.limits, before, place)
    if reason:
        raise HeldBack(reason)


def _inputs_fingerprint(connection: Connection, schemas: Schemas) -> str:
    """Returns a fingerprint of the input tables as they were read; order does not matter."""
    parts = [
        f"select '{table}' as name, count(*) as rows,"
        " sum(cast(hashtextextended(cast(read as text), 0) as numeric)) as hashes"
        f" from {schemas.private}.{table} as read"
        for table in READ
    ]
    found = connection.execute(
        "select md5(string_agg(concat_ws(' ', name, rows, hashes), ', ' order by name))"
        f" from ({' union all '.join(parts)}) as tables"
    ).fetchone()
    return str(found[0])


def _settings(options: ServerOptions, connection: Connection) -> str:
    version = connection.execute("show server_version").fetchone()[0]
    return settings_fingerprint({**(options.variables or {}), "postgres": version})


def _publish(
    connection: Connection,
    options: ServerOptions,
    current: Version | None,
    facts: RunFacts,
    tell: Tell,
) -> RunRecord:
    schemas, building = options.schemas, options.schemas.building
    found = on_server.versions(connection, schemas)
    number = max([0, *(int(each.run_id.split("-")[0]) for each in _records(found))]) + 1
    run_id = f"{number:06d}-{facts.started_at:%Y%m%dT%H%M%SZ}"
    with Connection(options.server, building.parts) as built:
        record = record_of(built, run_id, facts)
        tables = {
            name: built.execute(f"select count(*) from {name}").fetchone()[0]
            for name in public_tables(options.work_folder)
        }
    if current:
        pinned = on_server.readers_elsewhere(connection, schemas)
        if pinned:
            tell(
                f"{', '.join(pinned)} read the tables that were published until now, and go on"
                " doing so: make these views anew after each run."
            )

    def change() -> None:
        write_record(connection, building.name, current.records if current else [], record, tables)
        on_server.give_to_readers(connection, building)
        on_server.record_contents(connection, building)
        if current:
            on_server.rename(connection, schemas, schemas.of_run(current.number))
        else:
            for part in on_server.existing(connection, schemas):
                connection.execute(f"drop schema {part}")  # empty: it was made for its privileges
        on_server.rename(connection, building, schemas)

    if not on_server.swap(connection, schemas, change):
        tell(
            f"Someone has read {schemas.name} for more than"
            f" {on_server.PATIENCE_WITH_READERS:g} s. The run was published beside that."
        )
    _drop_old(connection, options, tell)
    return record


def _records(versions: list[Version]) -> list[RunRecord]:
    return [record for version in versions for record in version.records]


def _drop_old(connection: Connection, options: ServerOptions, tell: Tell) -> None:
    """Drops versions that are too old, and those that hold leads which are erased by now."""
    lead = Project(engine="postgres").expression("short_hash", ["named.lead_id"])
    for place, version in enumerate(on_server.versions(connection, options.schemas)):
        if version.is_current:
            continue
        if place < options.keep and not on_server.names_erased_leads(
            connection, version.schemas, options.schemas, lead
        ):
            continue
        if why := on_server.drop(connection, version.schemas):
            tell(f"{version.schemas.name} is not needed any more, and stays for now: {why}.")
