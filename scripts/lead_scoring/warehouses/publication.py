"""A run in a warehouse from its first look at what is published to its publication.

It builds in schemas that no reader looks into, which begin with copies of what the published run
keeps (events and the record). When it has passed its tests, the warehouse shows its tables to
readers, all at once; those of the run before are kept for a rollback.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from dbt.contracts.graph.manifest import Manifest

from lead_scoring.databases import Queries
from lead_scoring.model_expressions import Project
from lead_scoring.published.fingerprints import project_fingerprint, settings_fingerprint
from lead_scoring.published.monitors import held_back
from lead_scoring.published.record import RunFacts, RunRecord, record_of, utc_now
from lead_scoring.published.scored_run import TEST_OF_INPUTS, HeldBack
from lead_scoring.published.versions import ids_of_leads
from lead_scoring.runs.failures import RunFailed
from lead_scoring.runs.runner import BuildResult
from lead_scoring.warehouses.options import WarehouseOptions
from lead_scoring.warehouses.schemas import Schemas
from lead_scoring.warehouses.versions import Version, current_of, next_run_id

Tell = Callable[[str], None]
# The tables of inputs as they were read, whose rows say whether the inputs are the same.
READ = tuple(
    f"stg_lead_scoring__{table}" for table in ("leads", "events", "outcomes", "lead_merges")
)


class Warehouse(Protocol):
    """A warehouse as the run sees it that holds the lock of the published schemas."""

    engine: str  # by the name of the profile's target
    hash_of_row: str  # an expression of 64 bits; the row is named `read`

    def version(self) -> str:
        """Returns the version of its software."""

    def versions(self) -> list[Version]:
        """Returns the published runs that are kept, the newest first."""

    def begin(self, run_id: str, current: Version | None) -> Schemas:
        """Makes empty schemas for a run to build in. Raises RunFailed."""

    def copy(self, building: Schemas, current: Version, names: Sequence[str]) -> None:
        """Copies tables of a published run, where they are, to where the next one builds."""

    def score(self, building: Schemas, **run: Any) -> BuildResult:
        """Runs dbt there; further arguments are those of `score_in_schemas`. Raises RunFailed."""

    def open(self, schemas: Schemas) -> AbstractContextManager[Queries]:
        """Opens a session that sees the tables of a run."""

    def relations(self, schemas: Schemas) -> Mapping[str, tuple[str, str]]:
        """Returns what schemas hold: name -> schema and kind (table, view, other)."""

    def show(
        self,
        building: Schemas,
        current: Version | None,
        record: RunRecord,
        tables: Mapping[str, int],
        tell: Tell,
    ) -> None:
        """Writes the record of a run, and lets readers see its tables. tables: name -> rows."""

    def drop(self, version: Version) -> str | None:
        """Drops a run that readers do not see; returns None, or why it is still there."""


@dataclass(frozen=True)
class PublishedRun:
    """A run that readers see, and how it went."""

    record: RunRecord
    seconds: float
    warnings: tuple[str, ...]  # one sentence each


@dataclass(frozen=True)
class Begun:
    """A run that has begun: where it builds, and what is published meanwhile."""

    run_id: str
    started_at: datetime
    current: Version | None
    building: Schemas


def begin(warehouse: Warehouse, options: WarehouseOptions) -> Begun:
    """Makes the schemas in which a run builds. Raises RunFailed."""
    started_at = utc_now()
    options.work_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = warehouse.versions()
    run_id, current = next_run_id(found, started_at), current_of(found)
    return Begun(run_id, started_at, current, warehouse.begin(run_id, current))


def score_and_publish(warehouse: Warehouse, options: WarehouseOptions, tell: Tell) -> PublishedRun:
    """Scores leads as of one instant and publishes the result.

    tell: takes a sentence on what someone should know.
    Raises HeldBack and RunFailed; readers then see what they saw.
    """
    started = time.monotonic()
    run = begin(warehouse, options)
    is_other_project = run.current is not None and _project_of(run.current) != project_fingerprint()
    if is_other_project:
        tell(
            "What is published is of another version of the project: every table is built anew,"
            " and what is on record stays."
        )

    def copy_kept(manifest: Manifest) -> None:
        if run.current:
            warehouse.copy(run.building, run.current, kept_tables(manifest))

    try:
        built = warehouse.score(
            run.building,
            as_of=options.as_of,
            full_refresh=options.full_refresh or is_other_project,
            begin=copy_kept,
        )
    except RunFailed as failure:
        if TEST_OF_INPUTS in str(failure):
            raise HeldBack(_NOT_UNDERSTOOD.format(run.building.name)) from None
        raise
    _hold_back(warehouse, options, run)
    record = publish(warehouse, options, run, "run", built, tell)
    return PublishedRun(record, time.monotonic() - started, built.warnings)


_NOT_UNDERSTOOD = (
    "Held back: of a table too many rows cannot be used, or of a column too many values cannot be"
    " read. {0}.quarantined_rows and {0}.input_columns say which; if the data are right, run again"
    " with --publish-anyway. Readers see what they saw."
)


def kept_tables(manifest: Manifest) -> list[str]:
    """Returns the names of the tables that a run goes on with: events and the record."""
    return sorted(
        node.name for node in manifest.nodes.values() if node.config.materialized == "incremental"
    )


def publish(
    warehouse: Warehouse,
    options: WarehouseOptions,
    run: Begun,
    kind: str,
    built: BuildResult,
    tell: Tell,
) -> RunRecord:
    """Publishes what a run has built, and drops versions that are not to be kept.

    kind: as in `runs`. built: how dbt went. Raises RunFailed.
    """
    with warehouse.open(run.building) as connection:
        facts = RunFacts(
            kind=kind,
            inputs_fingerprint=_inputs_fingerprint(
                connection, run.building.private, warehouse.hash_of_row
            ),
            settings_fingerprint=settings_fingerprint(
                {**(options.variables or {}), warehouse.engine: warehouse.version()}
            ),
            project_fingerprint=project_fingerprint(),
            events_read=None,
            tests=built.tests,
            started_at=run.started_at,
        )
        record = record_of(connection, run.run_id, facts)
        tables = {
            name: connection.execute(f"select count(*) from {name}").fetchone()[0]
            for name in built.public_tables
        }
    warehouse.show(run.building, run.current, record, tables, tell)
    _drop_old(warehouse, options.keep, tell)
    return record


def _project_of(version: Version) -> str | None:
    return version.records[-1].project_fingerprint if version.records else None


def _hold_back(warehouse: Warehouse, options: WarehouseOptions, run: Begun) -> None:
    """Raises HeldBack where someone should look first."""
    current = run.current
    if current is None or options.publish_anyway:
        return
    if "lead_scores" not in warehouse.relations(current.schemas):
        return
    with (
        warehouse.open(current.schemas) as published,
        warehouse.open(run.building) as built,
    ):
        before = current.records[-1].as_of if current.records else None
        place = f"the schema {run.building.name}"
        reason = held_back(published, built, options.limits, before, place)
    if reason:
        raise HeldBack(reason)


def _inputs_fingerprint(built: Queries, schema: str, hash_of_row: str) -> str:
    """Returns a fingerprint of the input tables as they were read; order does not matter."""
    parts = [
        f"select '{table}' as name, count(*) as input_rows,"
        f" sum(cast({hash_of_row} as decimal(38, 0))) as hashes from {schema}.{table} as read"
        for table in READ
    ]
    found = built.execute(" union all ".join(parts)).fetchall()
    words = ", ".join(f"{name} {rows} {hashes}" for name, rows, hashes in sorted(found))
    return hashlib.md5(words.encode(), usedforsecurity=False).hexdigest()


def _drop_old(warehouse: Warehouse, keep: int, tell: Tell) -> None:
    """Drops versions that are too old, and those that hold leads which are erased by now."""
    found = warehouse.versions()
    current = current_of(found)
    for place, version in enumerate(found):
        if version.is_current or current is None:
            continue
        if place < keep and not names_erased_leads(warehouse, version.schemas, current.schemas):
            continue
        if why := warehouse.drop(version):
            tell(f"{version.schemas.name} is not needed any more, and stays for now: {why}.")


def names_erased_leads(warehouse: Warehouse, older: Schemas, newer: Schemas) -> bool:
    """Tells whether schemas hold a lead that is erased by the state of newer ones."""
    lead = Project(engine=warehouse.engine).expression("short_hash", ["named.lead_id"])
    named = ids_of_leads(warehouse.relations(older), older.private)
    if not named:
        return False
    with warehouse.open(newer) as connection:
        found = connection.execute(
            f"select 1 from ({named}) as named where {lead} in (select lead_hash from"
            f" {newer.private}.stg_lead_scoring__lead_identities where is_erased) limit 1"
        ).fetchone()
    return found is not None
