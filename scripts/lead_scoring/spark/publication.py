"""A run on Spark from lock to publication: readers see all of it, or nothing.

Each run has schemas of its own, named after it, and readers see views on them: see `views`. What a
run that failed or was killed has left goes when the next one begins.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lead_scoring.project import PROJECT, called
from lead_scoring.published.record import RunRecord
from lead_scoring.runs.failures import RunFailed
from lead_scoring.runs.runner import BuildResult
from lead_scoring.spark import views
from lead_scoring.spark.connection import Connection, copy_table, relations
from lead_scoring.spark.lock import AT_WORK, only_run
from lead_scoring.spark.record import read_records, write_record
from lead_scoring.spark.views import CURRENT, RECORD, Shown, place_of
from lead_scoring.warehouses import publication
from lead_scoring.warehouses.build import score_in_schemas
from lead_scoring.warehouses.options import WarehouseOptions
from lead_scoring.warehouses.publication import PublishedRun, Tell
from lead_scoring.warehouses.schemas import PARTS, Schemas
from lead_scoring.warehouses.versions import Version, version_to_go_back_to

# Of the schemas of a run the ones whose tables readers see.
PUBLIC = PARTS[:2]


def score_and_publish(session: Any, options: WarehouseOptions, tell: Tell) -> PublishedRun:
    """Scores leads as of one instant and publishes the result.

    session: of Spark, the one that dbt joins. tell: takes a sentence on what someone should know.
    Raises Locked, HeldBack and RunFailed; readers then see what they saw.
    """
    with _refusals():
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


def list_versions(session: Any, schemas: Schemas) -> list[Version]:
    """Returns the same in a session of its own. Raises RunFailed."""
    with _refusals():
        return versions(Connection(session), schemas)


def roll_back(session: Any, schemas: Schemas, work_folder: Path, run: str) -> Version:
    """Leads readers back to an earlier run; returns it as it was listed.

    run: its id or number, or `previous`. The next run starts from its state.
    Raises Locked and RunFailed, and LookupError where there is no such run.
    """
    with _refusals():
        connection = Connection(session)
        with only_run(connection, schemas, work_folder, called("rollback")):
            published = PublicViews(connection, schemas)
            found = versions(connection, schemas)
            chosen = version_to_go_back_to(found, run)
            if not chosen.run_id:
                raise LookupError(f"Run {chosen.name} cannot be read. Choose another one.")
            if not chosen.is_current:
                published.switch(published.shown.run_id, chosen.run_id)
    return chosen


@contextlib.contextmanager
def _refusals() -> Iterator[None]:
    from pyspark.errors import PySparkException

    try:
        yield
    except PySparkException as error:
        # Without its further lines, in which Spark quotes rows.
        words = str(error).strip().splitlines() or [type(error).__name__]
        raise RunFailed(f"Spark refused a statement: {words[0]}") from None


class PublicViews:
    """The views that readers see, for whoever holds the lock."""

    def __init__(self, connection: Connection, schemas: Schemas) -> None:
        """Look at what readers see."""
        self._connection, self._schemas = connection, schemas
        self.shown = views.shown(connection, schemas)

    def switch(self, before: str | None, run_id: str) -> None:
        """Leads readers from one run to another, at one instant."""
        connection, current = self._connection, f"{self._schemas.name}.{CURRENT}"
        for part in PUBLIC:
            connection.execute(f"create schema if not exists {self._schemas.name}{part}")
        if before is None:
            views.show(connection, self._schemas, self.shown)
        old = self._tables(before) if before else {}
        made = []
        for (part, name), table in self._tables(run_id).items():
            view = f"{self._schemas.name}{part}.{name}"
            views.put(connection, view, views.query_of(current, old.get((part, name)), table))
            made.append(view)
        # A view that cannot be planned is to be found out while readers see the run before.
        for view in made:
            connection.columns(view)
        kept = sorted({*self.shown.kept, run_id})
        self.shown = Shown(run_id, tuple(kept))
        views.show(connection, self._schemas, self.shown)
        self.drop_others()

    def settle(self) -> None:
        """Makes all views name the tables of the run alone that readers see."""
        if self.shown.run_id is None:
            return
        place = place_of(self._schemas, self.shown.run_id)
        for part, name in self._names(place):
            view = f"{self._schemas.name}{part}.{name}"
            views.put(self._connection, view, f"select * from {place.name}{part}.{name}")

    def drop_others(self) -> None:
        """Drops views on what other runs made, and the one that readers see did not."""
        current = (
            self._names(place_of(self._schemas, self.shown.run_id)) if self.shown.run_id else set()
        )
        others = {each for place in self.places() for each in self._names(place)} - current
        for part, name in others:
            schema = f"{self._schemas.name}{part}"
            if relations(self._connection, [schema]).get(name, ("", ""))[1] == "view":
                self._connection.execute(f"drop view {schema}.{name}")

    def places(self) -> list[Schemas]:
        """Returns the schemas of all runs, those that were not published among them."""
        name = self._schemas.name
        pattern = re.compile(rf"({name}_\d{{6,}}_\d{{8}}t\d{{6}}z)({'|'.join(PARTS)})")
        found = self._connection.execute(f"show schemas like '{name}*'").fetchall()
        matches = (pattern.fullmatch(schema) for (schema,) in found)
        return [Schemas(each) for each in sorted({match[1] for match in matches if match})]

    def forget(self, run_id: str) -> None:
        """Takes a run out of those that can be gone back to."""
        kept = tuple(each for each in self.shown.kept if each != run_id)
        self.shown = Shown(self.shown.run_id, kept)
        views.show(self._connection, self._schemas, self.shown)

    def _tables(self, run_id: str) -> dict[tuple[str, str], views.Table]:
        place = place_of(self._schemas, run_id)
        found = {}
        for part, name in self._names(place):
            table = f"{place.name}{part}.{name}"
            found[part, name] = views.Table(run_id, table, self._connection.columns(table))
        return found

    def _names(self, place: Schemas) -> set[tuple[str, str]]:
        return {
            (part, name)
            for part in PUBLIC
            for name in relations(self._connection, [f"{place.name}{part}"])
        }


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
        self._drop(version.schemas)
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
