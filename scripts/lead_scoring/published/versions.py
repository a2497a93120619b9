"""The folders of published runs: listed, kept, dropped, and led back to."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from lead_scoring.databases import DatabaseError
from lead_scoring.places import PUBLISHED, WORK, Places
from lead_scoring.private_files import lead, remove_database
from lead_scoring.published.record import RunRecord, read_records

# A number that only rises orders them: clocks are set back.
_NAME = re.compile(r"(\d{6,})-\d{8}T\d{6}Z")
_UNFINISHED = ".publishing"


@dataclass(frozen=True)
class Version:
    """The folder of one run, named after it."""

    folder: Path

    @property
    def run_id(self) -> str:
        """The run that filled it."""
        return self.folder.name

    @property
    def number(self) -> int:
        """Its place in the order of runs."""
        found = _NAME.fullmatch(self.folder.name)
        return int(found[1]) if found else 0

    @property
    def published(self) -> Path:
        """The file with the public tables."""
        return self.folder / PUBLISHED

    @property
    def work(self) -> Path:
        """The file that the run built in."""
        return self.folder / WORK

    def records(self) -> list[RunRecord]:
        """Returns the runs that led to this one, which is the last; none where it is not whole."""
        try:
            return read_records(self.published)
        except (DatabaseError, duckdb.Error):
            return []


def versions(places: Places) -> list[Version]:
    """Returns the versions that are kept, the newest first."""
    if not places.versions.is_dir():
        return []
    found = [Version(path) for path in places.versions.iterdir() if _NAME.fullmatch(path.name)]
    return sorted(found, key=lambda version: version.number, reverse=True)


def current_version(places: Places) -> Version | None:
    """Returns the version that readers see, None before the first."""
    with contextlib.suppress(OSError):
        folder = places.versions / places.current.readlink().name
        if folder.is_dir():
            return Version(folder)
    return None


def next_run_id(places: Places, started_at: datetime) -> str:
    """Returns the id of a run that begins now: one number higher than all others, and the time."""
    numbers = [version.number for version in versions(places)]
    current = current_version(places)
    if current:
        numbers += [int(record.run_id.split("-")[0]) for record in current.records()]
    return f"{max(numbers, default=0) + 1:06d}-{started_at:%Y%m%dT%H%M%SZ}"


def unfinished_folder(places: Places) -> Path:
    """Returns an empty folder for a version in the making; a broken-off one is removed."""
    folder = places.versions / _UNFINISHED
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def show(places: Places, version: Version) -> None:
    """Leads all readers to a version, by one atomic rename."""
    is_first = current_version(places) is None
    lead(places.current, Path(places.versions.name) / version.folder.name)
    for link, target in places.links().items():
        if link.is_symlink() and link.readlink() == target:
            continue
        # Before the first publication a file may stand here that a run without one has built: the
        # version began as its copy. Later, such a file is someone's own.
        if link.exists() and not link.is_symlink() and not is_first:
            places.damaged.mkdir(mode=0o700, exist_ok=True)
            link.replace(places.damaged / f"{version.run_id}-{link.name}")
        lead(link, target)


def drop_old(places: Places, keep: int) -> None:
    """Removes all but the newest versions, so many; the one that readers see stays."""
    current = current_version(places)
    for version in versions(places)[keep:]:
        if version != current:
            drop(version)


def drop(version: Version) -> None:
    """Removes a version; whoever has it open goes on reading. Its name goes first, in one step."""
    aside = version.folder.with_name(f".dropped-{version.folder.name}")
    version.folder.rename(aside)
    shutil.rmtree(aside, ignore_errors=True)


def drop_damaged(places: Places) -> None:
    """Removes work files that were set aside, of versions that are not kept any more."""
    kept = {version.run_id for version in versions(places)}
    for work in places.damaged.glob("*.duckdb"):
        if _NAME.fullmatch(work.stem) and work.stem not in kept:
            with contextlib.suppress(OSError):
                remove_database(work)


def sweep(places: Places) -> None:
    """Removes what broken-off runs left among the versions."""
    if places.versions.is_dir():
        for path in places.versions.glob(".*"):
            shutil.rmtree(path, ignore_errors=True)


def erases_leads(before: Path, work: Path) -> bool:
    """Tells whether a lead is erased by the state of a work file that was not by the one before."""
    with duckdb.connect() as connection:
        _attach(connection, older=before, newer=work)
        return bool(
            connection.execute(
                "select 1 from newer.stg_lead_scoring__lead_identities where is_erased"
                " and lead_hash not in (select lead_hash"
                " from older.stg_lead_scoring__lead_identities where is_erased) limit 1"
            ).fetchall()
        )


def names_erased_leads(older: Path, work: Path) -> bool:
    """Tells whether a run's file holds a lead that is erased by the state of a newer work file."""
    with duckdb.connect() as connection:
        _attach(connection, older=older, newer=work)
        tables = connection.execute(
            "select table_name from duckdb_tables() where database_name = 'older'"
        ).fetchall()
        named = ids_of_leads({name for (name,) in tables}, "older")
        if not named:
            return False
        return bool(
            connection.execute(
                f"select 1 from ({named}) as named where hash(lead_id) in ("
                "select lead_hash from newer.stg_lead_scoring__lead_identities where is_erased"
                ") limit 1"
            ).fetchall()
        )


def _attach(connection: duckdb.DuckDBPyConnection, **databases: Path) -> None:
    for name, file in databases.items():
        quoted = str(file).replace("'", "''")
        connection.execute(f"attach '{quoted}' as {name} (read_only)")


# Of leads that are there, of those whose rows cannot be used, and those that the record tells of.
_IDS = {
    "stg_lead_scoring__lead_identities": ("lead_id",),
    "stg_lead_scoring__leads": ("lead_id",),
    "stg_lead_scoring__lead_merges": ("lead_id", "merged_into_lead_id"),
    "int_lead_scoring__score_log": ("lead_id",),
}


def ids_of_leads(tables: Container[str], schema: str) -> str:
    """Returns a query for all ids of leads that a run's private tables hold, of those there are."""
    return " union all ".join(
        f"select {column} as lead_id from {schema}.{table}"
        for table, columns in _IDS.items()
        if table in tables
        for column in columns
    )


def find(places: Places, run: str) -> Version:
    """Returns the version of a run, named by its id or number, or `previous`.

    Raises LookupError, which names those that there are, where there is none.
    """
    found = versions(places)
    current = current_version(places)
    if run == "previous":
        older = [each for each in found if current and each.number < current.number]
    else:
        older = [each for each in found if run in (each.run_id, str(each.number))]
    if not older:
        names: Sequence[str] = [version.run_id for version in found]
        wanted = "earlier run" if run == "previous" else f"run {run}"
        raise LookupError(
            f"There is no {wanted} to go back to. Kept: {', '.join(names) or 'none'}."
        )
    return older[0]
