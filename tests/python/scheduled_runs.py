"""Schedules in real runs: one database run after run, beside fresh ones for the same inputs."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from comparison import Difference
from generate.dice import SeedRow
from generate.packs import Pack, token_of
from runs import run_pack
from same_rows import compare_databases, compared_tables

# Rows that runs record; `lead_score_changes` tells of the latest run alone.
RECORDS = ("lead_score_history", "stage_changes", "lead_handoffs")
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

        Raises RunFailed.
        """
        kept = self.move("kept")
        try:
            self.run(pack)
            return self.move("full")
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

    def move(self, name: str) -> Path:
        """The database under the same file name elsewhere; the next run makes a new one."""
        place = self._folder / name / self.database.name
        place.parent.mkdir(exist_ok=True)
        return Path(shutil.move(self.database, place))


def history_by_final_inputs(runs: ScheduledRuns, packs: Sequence[Pack]) -> list[Difference]:
    """What differs between the history of a database and that of runs at the same instants which
    had the last run's inputs from the beginning: late, corrected, merged and erased rows rewrite
    the past of their leads. Leads that have left the input are not compared: they keep their rows.

    Nor are those whose rules look at colleagues: a late row of a lead does not rewrite the past of
    its colleagues (decision 10). Rules and settings must be the same in all runs. Raises RunFailed.
    """
    final = packs[-1]
    kept = runs.move("recorded")
    for pack in packs:
        runs.run(replace(final, world=replace(final.world, as_of=pack.world.as_of)))
    differences = compare_databases(runs.database, kept, RECORDS, of_scored_leads=True)
    tokens = {
        token_of(case.number)
        for case in final.cases
        if _look_at_colleagues(final.world.seeds) or _look_at_colleagues(case.seeds)
    }
    return [one for one in differences if not any(token in repr(one.key) for token in tokens)]


def _look_at_colleagues(rules: Mapping[str, Sequence[SeedRow]]) -> bool:
    return any(
        (row.get("attribute") or "").strip().lower() == "active_colleagues"
        for table, rows in rules.items()
        if table != "attributes"
        for row in rows
    )
