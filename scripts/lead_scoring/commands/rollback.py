"""The command lead-scoring rollback: lists the runs that are kept, leads readers back to one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.commands import options as given
from lead_scoring.commands.endings import ending, print_json
from lead_scoring.places import Places, places_of, spark_folder
from lead_scoring.project import DATABASE, called
from lead_scoring.published.lock import Locked, only_run
from lead_scoring.published.record import RunRecord
from lead_scoring.published.versions import current_version, find, show, versions
from lead_scoring.runs.failures import RunFailed
from lead_scoring.terminal import console, shown, table
from lead_scoring.warehouses.versions import Version

ENDS = {
    0: "done",
    1: "there is no such run, or it cannot be read",
    2: "called wrongly",
    75: "a run is at work",
}
EXAMPLES = {"": "the runs that are kept", "previous": "back to the one before", "12": "to run 12"}


def main(
    run: Annotated[
        str | None,
        typer.Argument(
            metavar="RUN|previous",
            help="The run to go back to, by id or number; without it, the runs are listed.",
        ),
    ] = None,
    database: given.Database = DATABASE,
    target: given.OnTarget = given.Target.DUCKDB,
    as_json: given.AsJson = False,
) -> None:
    """Its tables, contacts, state and record come back. The next run starts from there, as if what
    came after had not been.
    """
    with ending({Locked: 75, LookupError: 1, OSError: 1, RunFailed: 1}):
        if target is given.Target.POSTGRES:
            found = _on_server(run)
        elif target is given.Target.SPARK:
            found = _on_spark(database, run)
        else:
            found = _of_file(places_of(database), run)
    if isinstance(found, str):
        if as_json:
            print_json({"run_id": found})
        else:
            console().print(f"Readers see run {found} now.")
    elif as_json:
        print_json({"runs": [_values(*one) for one in found]})
    else:
        _print_versions(found)


# A run that is kept: its id, the runs that led there (none: it cannot be read), and whether readers
# see it.
Kept = tuple[str, Sequence[RunRecord], bool]


def _of_file(places: Places, run: str | None) -> str | list[Kept]:
    """Leads readers of a file to a run, and returns its id; where none is named, all runs."""
    if run is None:
        current = current_version(places)
        return [
            (version.run_id, version.records(), version == current) for version in versions(places)
        ]
    with only_run(places.lock, called("rollback")):
        version = find(places, run)
        if not version.records():
            raise LookupError(f"Run {version.run_id} cannot be read. Choose another one.")
        show(places, version)
    return version.run_id


def _on_server(run: str | None) -> str | list[Kept]:
    """Does the same on a server."""
    # What it needs comes with dbt's adapter, which only this engine has.
    from lead_scoring.postgres import publication, schemas
    from lead_scoring.postgres.connection import Connection, server_of_environment
    from lead_scoring.warehouses.schemas import schemas_of_environment

    server, published = server_of_environment(), schemas_of_environment()
    if run is not None:
        return publication.roll_back(server, published, run).name
    with Connection(server, published.parts) as connection:
        found = schemas.versions(connection, published)
    return _kept(found)


def _on_spark(database: Path, run: str | None) -> str | list[Kept]:
    """Does the same on Spark. database: its folder is that of the work folder."""
    from lead_scoring.spark import publication
    from lead_scoring.spark.connection import Connection
    from lead_scoring.spark.session import spark_session
    from lead_scoring.warehouses.schemas import schemas_of_environment

    published, work_folder = schemas_of_environment(), spark_folder(database)
    with spark_session(work_folder / "logs" / "spark.log") as session:
        if run is not None:
            return publication.roll_back(session, published, work_folder, run).name
        return _kept(publication.versions(Connection(session), published))


def _kept(found: Iterable[Version]) -> list[Kept]:
    return [(version.name, version.records, version.is_current) for version in found]


def _values(run_id: str, records: Sequence[RunRecord], is_seen: bool) -> dict[str, object]:
    last = records[-1] if records else None
    return {
        "run_id": run_id,
        "as_of": last and last.as_of,
        "leads": last and last.leads,
        "tests_passed": last and last.tests_passed,
        "is_readable": last is not None,
        "readers_see_it": is_seen,
    }


def _print_versions(found: Iterable[Kept]) -> None:
    numbers = ["leads", "tests"]
    grid = table(["run", "as of", *numbers, ""], numbers)
    for column in grid.columns:
        column.no_wrap = True
    for run_id, records, is_seen in found:
        mark = "readers see it" if is_seen else ""
        if records:
            last = records[-1]
            values = (last.run_id, last.as_of, last.leads, last.tests_passed)
            grid.add_row(*(shown(value) for value in values), mark)
        else:
            grid.add_row(run_id, "cannot be read", "", "", mark)
    nothing = f"No run is published yet. Run {called('score')}."
    console().print(grid if grid.row_count else nothing, soft_wrap=not grid.row_count)
