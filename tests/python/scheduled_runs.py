"""Schedules in real runs: one database run after run, beside fresh ones for the same inputs."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from comparison import Difference
from generate.packs import Pack
from runs import run_pack
from same_rows import compare_databases, compared_tables

# All tables; of the tests the one that stops a run whose rules cannot apply.
BUILT = ("resource_type:seed", "resource_type:model", "assert_no_rule_is_invalid")


class ScheduledRuns:
    """A folder in which one database goes through the runs of a schedule.

    Runs need DBT_INDIRECT_SELECTION=empty: else the tests of every table would run as well.
    """

    def __init__(self, folder: Path) -> None:
        """The folder comes to hold the database and copies of it."""
        self._folder = folder
        self.database = folder / "scores.duckdb"

    def run(self, pack: Pack) -> None:
        """The next run of the database. Raises RunFailed."""
        run_pack(pack, self._folder, database=self.database, select=BUILT)

    def fresh(self, pack: Pack) -> Path:
        """A new database, made by one run; the scheduled one is as it was before.

        It runs in the other's place, where dbt has parsed the project for that instant already.
        Raises RunFailed.
        """
        kept = self._move("kept")
        try:
            self.run(pack)
            return self._move("full")
        finally:
            shutil.move(kept, self.database)

    def copy(self, name: str) -> Path:
        """A copy of the database as it is, under the same file name."""
        place = self._folder / name / self.database.name
        place.parent.mkdir(exist_ok=True)
        return Path(shutil.copyfile(self.database, place))

    def compare(self, pack: Pack) -> list[Difference]:
        """What differs between a fresh run of the pack and the database."""
        full = self.fresh(pack)
        return compare_databases(full, self.database, compared_tables(self.database))

    def _move(self, name: str) -> Path:
        place = self._folder / name / self.database.name
        place.parent.mkdir(exist_ok=True)
        return Path(shutil.move(self.database, place))


def rebuilt_history(runs: ScheduledRuns, packs: Sequence[Pack]) -> list[Difference]:
    """What differs between the history of a database and one rebuilt by replays.

    Nothing yet: tables of history are compared once they can be rebuilt at the instants and by
    the rules of earlier runs.
    """
    return []
