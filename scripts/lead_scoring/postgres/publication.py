"""A run on a server from lock to publication: readers see all of it, or nothing.

A run builds in schemas of its own. When it has passed its tests, they take the published names in
one transaction; those that had them are kept under the run's number for a rollback.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from lead_scoring.postgres import schemas as on_server
from lead_scoring.postgres.building import copy_tables, make_building
from lead_scoring.postgres.connection import Connection
from lead_scoring.postgres.options import ServerOptions
from lead_scoring.private_files import scratch_folder
from lead_scoring.project import PROJECT, called
from lead_scoring.published.lock import Locked
from lead_scoring.published.record import RunRecord, write_record
from lead_scoring.runs import rebuild
from lead_scoring.runs.failures import RunFailed, without_values
from lead_scoring.runs.runner import BuildResult
from lead_scoring.warehouses import publication
from lead_scoring.warehouses.publication import PublishedRun, Tell
from lead_scoring.warehouses.schemas import Schemas
from lead_scoring.warehouses.versions import Version, current_of, version_to_go_back_to


def score_and_publish(options: ServerOptions, tell: Tell) -> PublishedRun:
    """Scores leads as of one instant and publishes the result.

    tell: takes a sentence on what someone should know.
    Raises Locked, HeldBack and RunFailed; readers then see what they saw.
    """
    with only_run(options.server, options.schemas, called("score")) as connection:
        return publication.score_and_publish(Server(connection, options), options, tell)


def rebuild_and_publish(
    options: ServerOptions, first_day: date, last_day: date, tell: Tell
) -> tuple[rebuild.Rebuilt, RunRecord]:
    """Writes the history of some days anew, as `rebuild.write_anew` does, and publishes the result.

    Raises Locked and RunFailed; readers then see what they saw.
    """
    with only_run(options.server, options.schemas, called("score")) as connection:
        warehouse = Server(connection, options)
        run = publication.begin(warehouse, options)
        if run.current is None:
            raise RunFailed(
                f"Nothing is published on this server yet. Run {called('score')} --target postgres"
                " first: its rules are the first recorded."
            )
        scratch = on_server.scratch(options.schemas)
        copy_tables(connection, run.building, options.schemas)
        make_building(connection, scratch, run.building)
        place = options.place(run.building)
        with scratch_folder("rebuild") as folder:
            rebuilt = rebuild.write_anew(
                place,
                options.place(scratch),
                first_day=first_day,
                last_day=last_day,
                rules=options.rules,
                variables=options.variables,
                folder=folder,
            )
        on_server.drop(connection, scratch)
        # What was copied are tables; views are made where they stand.
        made = [*rebuild.READERS_OF_THE_RECORD, "config.materialized:view"]
        place.score(select=made, with_tests=False)
        tested = place.score(select=["resource_type:test"])
        record = publication.publish(warehouse, options, run, "history", tested, tell)
    return rebuilt, record


def roll_back(server: Mapping[str, str], schemas: Schemas, run: str) -> Version:
    """Gives the published names to the schemas of an earlier run; returns it as it was listed.

    run: its id or number, or `previous`. The next run starts from its state.
    Raises Locked and RunFailed, and LookupError where there is no such run.
    """
    with only_run(server, schemas, called("rollback")) as connection:
        found = on_server.versions(connection, schemas)
        chosen, current = version_to_go_back_to(found, run), current_of(found)
        if not chosen.is_current:

            def change() -> None:
                if current:
                    on_server.rename(connection, schemas, on_server.of_run(schemas, current.number))
                on_server.rename(connection, chosen.schemas, schemas)

            on_server.swap(connection, schemas, change)
    return chosen


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
            words = without_values(error.diag.message_primary or type(error).__name__)
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


class Server:
    """A server as the run sees it that holds the lock."""

    engine = "postgres"
    hash_of_row = "hashtextextended(cast(read as text), 0)"

    def __init__(self, connection: Connection, options: ServerOptions) -> None:
        """connection: the session that holds the lock."""
        self._connection, self._options = connection, options
        self._schemas = options.schemas

    def version(self) -> str:
        """Returns the server's version."""
        return str(self._connection.execute("show server_version").fetchone()[0])

    def versions(self) -> list[Version]:
        """Returns the published runs that are kept, the newest first."""
        return on_server.versions(self._connection, self._schemas)

    def begin(self, _run_id: str, _current: Version | None) -> Schemas:
        """Makes empty schemas for a run to build in, with the privileges of the published ones."""
        names = [path.stem for path in (PROJECT / "models").rglob("*.sql")]
        names += [path.stem for path in (PROJECT / "seeds").rglob("*.csv")]
        on_server.check_contents(self._connection, self._schemas, names)
        building = on_server.building(self._schemas)
        # what a run that wrote the record anew, and did not end, has left
        on_server.drop(self._connection, on_server.scratch(self._schemas))
        make_building(self._connection, building, self._schemas)
        return building

    def copy(self, building: Schemas, current: Version, names: Sequence[str]) -> None:
        """Copies tables of a published run to where the next one builds."""
        copy_tables(self._connection, building, current.schemas, names)

    def score(self, building: Schemas, **run: Any) -> BuildResult:
        """Runs dbt there."""
        return self._options.place(building).score(**run)

    def open(self, schemas: Schemas) -> Connection:
        """Opens a session that sees the tables of a run."""
        return Connection(self._options.server, schemas.parts)

    def relations(self, schemas: Schemas) -> Mapping[str, tuple[str, str]]:
        """Returns what schemas hold: name -> schema and kind."""
        return on_server.relations(self._connection, schemas)

    def show(
        self,
        building: Schemas,
        current: Version | None,
        record: RunRecord,
        tables: Mapping[str, int],
        tell: Tell,
    ) -> None:
        """Gives the published names to the schemas of a run, in one transaction."""
        connection, schemas = self._connection, self._schemas
        if current and (pinned := on_server.readers_elsewhere(connection, schemas)):
            tell(
                f"{', '.join(pinned)} read the tables that were published until now, and go on"
                " doing so: make these views anew after each run."
            )

        def change() -> None:
            earlier = current.records if current else []
            write_record(connection, building.name, earlier, record, tables)
            on_server.give_to_readers(connection, building)
            on_server.record_contents(connection, building)
            if current:
                on_server.rename(connection, schemas, on_server.of_run(schemas, current.number))
            else:
                for part in on_server.existing(connection, schemas):
                    # empty: it was made for its privileges
                    connection.execute(f"drop schema {part}")
            on_server.rename(connection, building, schemas)

        if not on_server.swap(connection, schemas, change):
            tell(
                f"Someone has read {schemas.name} for more than"
                f" {on_server.PATIENCE_WITH_READERS:g} s. The run was published beside that."
            )

    def drop(self, version: Version) -> str | None:
        """Drops a run that readers do not see, unless someone does read it."""
        return on_server.drop(self._connection, version.schemas)
