"""Where the files of a published database lie, and which one a command reads."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

WORK = "work.duckdb"
CONTACTS = "lead_contacts.duckdb"
PUBLISHED = "published.duckdb"


@dataclass(frozen=True)
class Places:
    """The paths around a published database, here build/lead_scoring.duckdb.

    What readers open are links: through `current`, the only one that moves, all of them lead into
    the folder of one run.
    """

    database: Path

    @property
    def contacts(self) -> Path:
        """The link to the file with lead_contacts: lead_scoring.contacts.duckdb."""
        return self._beside("contacts.duckdb")

    @property
    def work(self) -> Path:
        """The link to the file that the run built in, private tables too."""
        return self._beside("work.duckdb")

    @property
    def evidence(self) -> Path:
        """The file of what scores were worth, which `review` writes."""
        return self._beside("evidence.duckdb")

    @property
    def current(self) -> Path:
        """The link to the folder of the run that is published: lead_scoring.current."""
        return self._beside("current")

    @property
    def versions(self) -> Path:
        """The folder with a folder for each run that is kept: lead_scoring.versions."""
        return self._beside("versions")

    @property
    def run_folder(self) -> Path:
        """The folder of dbt's artifacts and of the file that a run builds in."""
        return self._beside("run")

    @property
    def building(self) -> Path:
        """The file that a run builds in, and where one that was not published stays."""
        return self.run_folder / WORK

    @property
    def lock(self) -> Path:
        """The file whose lock a run holds."""
        return self._beside("lock")

    @property
    def damaged(self) -> Path:
        """The folder for files that cannot be read any more."""
        return self._beside("damaged")

    def links(self) -> dict[Path, Path]:
        """Returns the links for readers, and where each leads; `database` is the last."""
        return {
            self.contacts: Path(self.current.name) / CONTACTS,
            self.work: Path(self.current.name) / WORK,
            self.database: Path(self.current.name) / PUBLISHED,
        }

    def _beside(self, ending: str) -> Path:
        return self.database.with_name(f"{self.database.stem}.{ending}")


def places_of(database: Path) -> Places:
    """Returns the places of a database; a link of someone else's is followed to its file."""
    found = Places(database.absolute())
    if found.database.is_symlink() and not is_published(found.database):
        return Places(found.database.resolve())
    return found


def is_published(database: Path) -> bool:
    """Tells whether a path is the link that a run publishes behind."""
    if not database.is_symlink():
        return False
    places = Places(database.absolute())
    return database.readlink() == places.links()[places.database]


def work_file(database: Path) -> Path:
    """Returns the file with the private tables of what is published, else the database itself."""
    if not is_published(database):
        return database
    return Path(os.path.realpath(Places(database.absolute()).current)) / WORK


def public_files(database: Path) -> tuple[Path, Path]:
    """Returns the files with the public tables and with lead_contacts, both of one run.

    What no run has published is one file with both.
    """
    if not is_published(database):
        return database, database
    folder = Path(os.path.realpath(Places(database.absolute()).current))
    return folder / PUBLISHED, folder / CONTACTS


def spark_folder(database: Path) -> Path:
    """Returns the folder of dbt's artifacts and of the lock of runs on Spark, beside a database."""
    return database.with_name("spark.run").absolute()
