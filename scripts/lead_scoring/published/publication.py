"""A run from lock to publication: it works on a copy, and readers see all of it or nothing."""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import duckdb

from lead_scoring import private_files as files
from lead_scoring.databases import DatabaseError, open_database
from lead_scoring.places import CONTACTS, PUBLISHED, WORK, Places, is_published
from lead_scoring.project import called
from lead_scoring.published import versions
from lead_scoring.published.record import RunFacts, RunRecord, record_of, write_record
from lead_scoring.published.versions import Version, current_version
from lead_scoring.runs.failures import RunFailed
from lead_scoring.runs.runner import STORAGE_VERSION, check_database

PERSONAL = "lead_contacts"  # in a file of its own
Tell = Callable[[str], None]


def begin(places: Places, tell: Tell) -> Version | None:
    """Puts a copy of the last published state in the place where a run builds.

    Returns the version that it starts from, None where nothing is published. A state that cannot
    be read is set aside, and the one before taken. Raises RunFailed.
    """
    versions.sweep(places)
    places.run_folder.mkdir(mode=0o700, exist_ok=True)
    places.run_folder.chmod(0o700)
    files.remove_database(places.building)
    files.remove_database(_written_anew(places.building))
    for version in starting_points(places):
        if not version.work.is_file():
            continue
        _copy(version.work, places.building)
        if _opens(places.building):
            return version
        set_aside(places, version, tell)
    if places.database.is_file() and not is_published(places.database):
        # A file that a run without publication built in.
        check_database(places.database, read_only=True)
        _copy(places.database, places.building)
    return None


def starting_points(places: Places) -> list[Version]:
    """Returns the versions whose state a run may start from: what readers see, then older ones."""
    current = current_version(places)
    if current is None:
        return versions.versions(places)
    older = [each for each in versions.versions(places) if each.number < current.number]
    return [current, *older]


def set_aside(places: Places, version: Version, tell: Tell) -> None:
    """Moves a damaged work file away, and says what that means."""
    places.damaged.mkdir(mode=0o700, exist_ok=True)
    aside = places.damaged / f"{version.run_id}.duckdb"
    version.work.replace(aside)
    files.remove_database(places.building)
    older = [each for each in starting_points(places) if each.work.is_file()]
    if older:
        words = f"The run starts from the state of run {older[0].run_id}; what is on record later"
    else:
        words = (
            "All is built anew from the input; what is on record of scores, stages and hand-offs"
        )
    tell(
        f"The work file of run {version.run_id} is damaged, and set aside as {aside}, for as"
        f" long as that run is kept. {words} is lost until {called('score')} --from DAY --to DAY"
        " writes it anew."
    )


def is_damaged(work: Path) -> bool:
    """Reads a file whole, and tells whether a part of it cannot be read."""
    try:
        with open_database(work) as connection:
            names = connection.execute(
                "select table_name from duckdb_tables() where not internal"
            ).fetchall()
            for (name,) in names:
                connection.execute(f'select bit_xor(hash(each)) from "{name}" as each').fetchall()
    except (DatabaseError, duckdb.Error):
        return True
    return False


def publish(
    places: Places, base: Version | None, facts: RunFacts, public: Sequence[str], *, keep: int
) -> RunRecord:
    """Publishes what stands in the place where a run builds, and drops versions that are too old.

    facts: what is known of the run. public: the tables that readers see. keep: how many versions
    stay. Raises RunFailed where the disk is full or cannot be written: readers then see what they
    saw.
    """
    run_id = versions.next_run_id(places, facts.started_at)
    try:
        record = _publish(places, base, facts, public, run_id)
    except (OSError, duckdb.Error) as error:
        with suppress(OSError):
            versions.sweep(places)
        raise RunFailed(f"The run could not be published: {reason(error)}") from None
    version = Version(places.versions / run_id)
    _drop_erased(places, base, version)
    versions.drop_old(places, keep)
    versions.drop_damaged(places)
    return record


def _drop_erased(places: Places, base: Version | None, version: Version) -> None:
    """Removes files that name a lead which has been erased since: a rollback or a review would
    show it again. Nobody can look whether damaged ones do: they go with the first erasure."""
    is_erasure = base is not None and _erases(base.work, version.work)
    for older in versions.versions(places):
        if older != version and _names_erased(older.work, version.work, otherwise=is_erasure):
            versions.drop(older)
    if places.evidence.is_file() and _names_erased(
        places.evidence, version.work, otherwise=is_erasure
    ):
        with suppress(OSError):
            files.remove_database(places.evidence)


def _erases(before: Path, work: Path) -> bool:
    try:
        return versions.erases_leads(before, work)
    except duckdb.Error:
        return True  # of a version of the project with other columns


def _names_erased(older: Path, work: Path, *, otherwise: bool = False) -> bool:
    """Tells whether a file names a lead that is erased since.

    otherwise: what is said of one that is not there, or that cannot be read.
    """
    try:
        return versions.names_erased_leads(older, work) if older.is_file() else otherwise
    except duckdb.Error:
        return otherwise


def _publish(
    places: Places, base: Version | None, facts: RunFacts, public: Sequence[str], run_id: str
) -> RunRecord:
    folder = versions.unfinished_folder(places)
    earlier = base.records() if base else []
    with duckdb.connect(str(places.building)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        record = record_of(connection, run_id, facts)
        tables = {}
        for database, name in (("published", PUBLISHED), ("contacts", CONTACTS)):
            quoted = str(folder / name).replace("'", "''")
            connection.execute(
                f"attach '{quoted}' as {database} (storage_version '{STORAGE_VERSION}')"
            )
        for name in public:
            database = "contacts" if name == PERSONAL else "published"
            found = connection.execute(
                f'create table {database}."{name}" as from main."{name}"'
            ).fetchone()
            tables[name] = found[0] if found else 0
        for database in ("published", "contacts"):
            write_record(connection, database, earlier, record, tables)
            connection.execute(f"checkpoint {database}")
            connection.execute(f"detach {database}")
        connection.execute("checkpoint")
    if base and _names_erased(base.work, places.building):
        _write_anew(places.building)
    places.building.replace(folder / WORK)
    for name, mode in ((PUBLISHED, files.PUBLIC), (CONTACTS, files.PRIVATE), (WORK, files.PRIVATE)):
        (folder / name).chmod(mode)
        files.write_to_disk(folder / name)
    for each in (folder, places.versions):
        each.chmod(files.FOLDER)
    files.write_to_disk(folder)
    version = Version(folder.rename(places.versions / run_id))
    files.write_to_disk(places.versions)
    versions.show(places, version)
    return record


def _write_anew(work: Path) -> None:
    """Writes a file anew: what was taken out of its tables may still stand in blocks of it."""
    aside = _written_anew(work)
    files.remove_database(aside)
    try:
        with duckdb.connect(config={"temp_directory": f"{aside}.tmp"}) as connection:
            for name, file, how in (
                ("found", work, "read_only"),
                ("written", aside, f"storage_version '{STORAGE_VERSION}'"),
            ):
                quoted = str(file).replace("'", "''")
                connection.execute(f"attach '{quoted}' as {name} ({how})")
            connection.execute("copy from database found to written")
        aside.replace(work)
    finally:
        files.remove_database(aside)


def _written_anew(work: Path) -> Path:
    return work.with_name(f"{work.name}.new")


def reason(error: Exception) -> str:
    """Returns why a file could not be written, in words."""
    if getattr(error, "errno", None) == errno.ENOSPC or "No space left" in str(error):
        return "the disk is full. Make room and run again; what was published before stands."
    return f"{error}. What was published before stands."


def _copy(source: Path, target: Path) -> None:
    try:
        files.copy_file(source, target)
    except OSError as error:
        files.remove_database(target)
        raise RunFailed(f"The work file could not be copied: {reason(error)}") from None


def _opens(work: Path) -> bool:
    try:
        open_database(work).close()
    except DatabaseError:
        return False
    return True
