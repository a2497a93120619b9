"""A run on Spark from lock to publication: readers see all of it, or nothing.

Each run has schemas of its own, named after it, and readers see views on them: see `views`. What a
run that failed or was killed has left goes when the next one begins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lead_scoring.project import PROJECT, called
from lead_scoring.published.record import RunRecord
from lead_scoring.runs.failures import RunFailed
from lead_scoring.runs.runner import BuildResult
from lead_scoring.spark import views
from lead_scoring.spark.connection import Connection, Refused, copy_table, relations
from lead_scoring.spark.lock import AT_WORK, only_run
from lead_scoring.spark.public_views import PUBLIC, PublicViews
from lead_scoring.spark.record import read_records, write_record
from lead_scoring.spark.views import CURRENT, RECORD, place_of
from lead_scoring.warehouses import publication
from lead_scoring.warehouses.build import score_in_schemas
from lead_scoring.warehouses.options import WarehouseOptions
from lead_scoring.warehouses.publication import PublishedRun, Tell
from lead_scoring.warehouses.schemas import Schemas
from lead_scoring.warehouses.versions import Version, version_to_go_back_to


def score_and_publish(session: Any, options: WarehouseOptions, tell: Tell) -> PublishedRun:
    """Scores leads as of one instant and publishes the result.

    session: of Spark, the one that dbt joins. tell: takes a sentence on what someone should know.
    Raises Locked, HeldBack and RunFailed; readers then see what they saw.
    """
    warehouse = Spark(session, options)
    with only_run(warehouse.connection, options.schemas, options.work_folder, called("score")):
        return publication.score_and_publish(warehouse, options, tell)


def versions(connection: Connection, schemas: Schemas) -> list[Version]:
    """Returns the published runs that are kept, the newest first."""
    shown = views.shown(connection, schemas)
    found = []
    for run_id in sorted(shown.kept, reverse=True):
        place = place_of(schemas, run_id)
        records = read_records(connection, place)
        found.append(Version(place, records, run_id == shown.run_id))
    return found


def roll_back(session: Any, schemas: Schemas, work_folder: Path, run: str) -> Version:
    """Leads readers back to an earlier run; returns it as it was listed.

    run: its id or number, or `previous`. The next run starts from its state.
    Raises Locked and RunFailed, and LookupError where there is no such run.
    """
    connection = Connection(session)
    with only_run(connection, schemas, work_folder, called("rollback")):
        published = PublicViews(connection, schemas)
        chosen = version_to_go_back_to(versions(connection, schemas), run)
        if not chosen.run_id:
            raise LookupError(f"Run {chosen.name} cannot be read. Choose another one.")
        if not chosen.is_current:
            published.switch(published.shown.run_id, chosen.run_id)
    return chosen


@dataclass
class Spark:
    """Spark as the run sees it that holds the lock."""

    session: Any
    options: WarehouseOptions
    copied: list[str] = field(default_factory=list)  # tables that the run goes on with

    engine = "spark"
    hash_of_row = "xxhash64(to_json(struct(read.*)))"

    def __post_init__(self) -> None:
        """Open a session of its own."""
        self.connection = Connection(self.session)
        self._named: set[str | None] = set()  # runs whose tables the public views name

    def version(self) -> str:
        """Returns Spark's version."""
        return str(self.session.version)

    def versions(self) -> list[Version]:
        """Returns the published runs that are kept, the newest first."""
        return versions(self.connection, self.options.schemas)

    def begin(self, run_id: str, _current: Version | None) -> Schemas:
        """Makes empty schemas for a run to build in; drops what runs left that had no end."""
        self._refuse_tables()
        published = PublicViews(self.connection, self.options.schemas)
        kept = {place_of(self.options.schemas, each) for each in published.shown.kept}
        left = [place for place in published.places() if place not in kept]
        if left:
            published.settle()  # a run that was killed as it was published
        published.drop_others()
        for place in left:
            self._drop(place)
        building = place_of(self.options.schemas, run_id)
        for part in building.parts:
            self.connection.execute(f"create schema {part}")
        return building

    def copy(self, building: Schemas, current: Version, names: Sequence[str]) -> None:
        """Copies tables of a published run to where the next one builds."""
        there = views.tables_of(self.connection, current.schemas, names)
        for name, schema in there.items():
            part = schema.removeprefix(current.schemas.name)
            made = f"{building.name}{part}.{name}"
            copy_table(self.connection, made, f"{schema}.{name}")
            self.copied.append(made)

    def score(self, building: Schemas, **run: Any) -> BuildResult:
        """Runs dbt there."""
        options = self.options
        return score_in_schemas(
            "spark",
            lambda: self.open(building),
            schema=building.name,
            work_folder=options.work_folder,
            input_schema=options.input_schema,
            rules=options.rules,
            threads=options.threads,
            variables=options.dbt_variables,
            echo=options.echo,
            **run,
        )

    def open(self, schemas: Schemas) -> Connection:
        """Opens a session that sees the tables of a run."""
        return Connection(self.session, schemas.parts)

    def relations(self, schemas: Schemas) -> Mapping[str, tuple[str, str]]:
        """Returns what schemas hold: name -> schema and kind."""
        return relations(self.connection, schemas.parts)

    def show(
        self,
        building: Schemas,
        current: Version | None,
        record: RunRecord,
        tables: Mapping[str, int],
        _tell: Tell,
    ) -> None:
        """Makes the views show the tables of a run."""
        if current and publication.names_erased_leads(self, current.schemas, building):
            self._forget_what_was()
        earlier = current.records if current else []
        write_record(self.connection, building, earlier, record, tables)
        before = current.run_id if current else None
        PublicViews(self.connection, self.options.schemas).switch(before, record.run_id)
        self._named = {before, record.run_id}

    def drop(self, version: Version) -> str | None:
        """Drops a run that readers do not see."""
        published = PublicViews(self.connection, self.options.schemas)
        run_id = version.run_id or next(
            each
            for each in published.shown.kept
            if place_of(self.options.schemas, each) == version.schemas
        )
        if run_id in self._named:
            published.settle()
            self._named = {published.shown.run_id}
        published.forget(run_id)
        try:
            self._drop(version.schemas)
        except Refused as refused:
            return f"{refused}. The next run drops it"
        return None

    def _drop(self, place: Schemas) -> None:
        for part in place.parts:
            self.connection.execute(f"drop schema if exists {part} cascade")

    def _forget_what_was(self) -> None:
        """Copies the tables once more that the run went on with.

        Delta Lake keeps the files that rows were taken out of, here those of erased people.
        """
        for table in self.copied:
            before = f"{table}__before"
            self.connection.execute(f"alter table {table} rename to {before}")
            copy_table(self.connection, table, before)
            self.connection.execute(f"drop table {before}")

    def _refuse_tables(self) -> None:
        """Raises RunFailed where a table stands in the place of a public view."""
        schemas = [f"{self.options.schemas.name}{part}" for part in PUBLIC]
        names = {path.stem for path in (PROJECT / "models").rglob("*.sql")}
        names |= {*RECORD, CURRENT, AT_WORK}
        tables = [
            f"{schema}.{name}"
            for name, (schema, kind) in relations(self.connection, schemas).items()
            if kind == "table" and name in names
        ]
        if tables:
            words = f"{', '.join(tables[:5])}{' and others' if len(tables) > 5 else ''}"
            raise RunFailed(
                f"Where readers are to see views lie tables, such as dbt makes without publication:"
                f" {words}. Drop them, or name another schema by LEAD_SCORING_SCHEMA."
            )
