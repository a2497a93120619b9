"""Schedules in real runs: one database run after run, beside fresh ones for the same inputs."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb

from comparison import Difference
from generate.packs import Pack
from runs import Cell, Reruns, plain, run_pack
from same_rows import OF_THE_RECORD, compare_databases, compared_tables

# The record: tables that runs add to, by the column that says which run has written a row.
RECORD = {
    "int_lead_scoring__run_log": "as_of",
    "int_lead_scoring__score_log": "as_of",
    "int_lead_scoring__changed_reasons": "as_of",
    "int_lead_scoring__stage_log": "as_of",
    "stage_changes": "changed_at",
    "lead_handoffs": "handed_off_at",
}
LABELS = (
    "scorecard", "status", "stage", "temperature", "grade", "total_score", "fit_score",
    "engagement_score", "is_disqualified",
)  # fmt: skip
# All tables; of the tests the one that stops a run whose rules cannot apply.
BUILT = ("resource_type:seed", "resource_type:model", "assert_no_rule_is_invalid")
# What they depend on besides rules and settings.
BUILT_OF_INPUTS = ("source:*+", "stg_lead_scoring__as_of+")
Rows = list[tuple[Cell, ...]]
Scores = dict[Cell, tuple[Cell, ...]]  # by lead

SURVIVOR_OR_NULL = (
    "case when not list_contains($without, hash(merged_into_lead_id))"
    " then merged_into_lead_id end as merged_into_lead_id"
)


class ScheduledRuns:
    """A folder in which one database goes through the runs of a schedule.

    Runs need DBT_INDIRECT_SELECTION=empty: else the tests of every table would run as well.
    """

    def __init__(self, folder: Path) -> None:
        """The folder comes to hold the database and copies of it."""
        self._folder = folder
        self.database = folder / "scores.duckdb"
        self._of_rules: tuple[object, ...] = ()  # of the run before
        self.told: Scores = {}  # what a reader of all lead_score_changes so far knows

    def run(self, pack: Pack) -> None:
        """The next run of the database: where rules and settings are those of the run before, what
        they alone decide stands. Raises RunFailed.
        """
        of_rules = (pack.seeds, pack.variables)
        if self.database.exists():
            select = BUILT_OF_INPUTS if of_rules == self._of_rules else BUILT
            run_pack(
                pack,
                self._folder,
                database=self.database,
                select=select,
                with_tests=select == BUILT,
            )
        else:
            self._first = Reruns(pack, self._folder, BUILT)
        self._of_rules = of_rules

    def fresh(self, pack: Pack) -> Path:
        """A new database, made by one run: by the SQL of the first one, where settings are its.

        Raises RunFailed.
        """
        folder = self._folder / "full"
        if self._first.can_score(pack):
            return self._first.database_of(pack, folder, compared_tables(self.database))
        database = folder / self.database.name
        database.unlink(missing_ok=True)
        return run_pack(pack, folder, database=database, select=BUILT)

    def copy(self, name: str) -> Path:
        """A copy of the database as it is, under the same file name."""
        place = self._folder / name / self.database.name
        place.parent.mkdir(exist_ok=True)
        return Path(shutil.copyfile(self.database, place))

    def compare(self, pack: Pack) -> list[Difference]:
        """What differs between a fresh run of the pack and the database, in floors 1 and 2."""
        full = self.fresh(pack)
        tables = compared_tables(self.database)
        return compare_databases(full, self.database, tables, OF_THE_RECORD)

    def erased_leads(self) -> list[int]:
        """Hashes of the leads that are erased."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            found = connection.sql(
                "select lead_hash from stg_lead_scoring__lead_identities where is_erased"
            ).fetchall()
        return [lead_hash for (lead_hash,) in found]

    def record(self, until: str, without: Sequence[int]) -> dict[str, Rows]:
        """The rows of the record, sorted: of runs before an instant, without those of some leads.

        without: hashes of leads.
        """
        found = {}
        with duckdb.connect(str(self.database), read_only=True) as connection:
            connection.execute("set TimeZone = 'UTC'")
            for name, written_at in RECORD.items():
                query = f"from {name} where {written_at} < '{until}'"
                if name.endswith("score_log"):
                    # an erased survivor's id leaves the rows of those merged into it, too
                    query = f"select * replace ({SURVIVOR_OR_NULL}) {query}"
                if not name.endswith("run_log"):
                    query += " and not list_contains($without, hash(lead_id))"
                    rows = connection.execute(f"{query} order by all", {"without": [*without]})
                else:
                    rows = connection.execute(f"{query} order by all")
                found[name] = [tuple(map(plain, row)) for row in rows.fetchall()]
        return found

    def tell(self) -> None:
        """Applies what the latest run says to what a reader knows. Of an erased lead no row is
        left: whoever erases it at the source does so wherever it was told."""
        values = ", ".join(f"to_{label}" for label in LABELS)
        with duckdb.connect(str(self.database), read_only=True) as connection:
            changes = connection.sql(
                f"select lead_id, has_score, {values} from lead_score_changes"
            ).fetchall()
            hashes = connection.execute(
                "select lead_id, hash(lead_id) from unnest(?) as leads (lead_id)",
                [list(self.told)],
            ).fetchall()
        erased = set(self.erased_leads())
        gone = {lead_id for lead_id, lead_hash in hashes if lead_hash in erased}
        for lead_id, has_score, *cells in changes:
            if has_score:
                self.told[lead_id] = tuple(cells)
            else:
                gone.add(lead_id)
        self.told = {lead_id: row for lead_id, row in self.told.items() if lead_id not in gone}

    def scores(self) -> Scores:
        """What lead_scores says of each lead."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            found = connection.sql(f"select lead_id, {', '.join(LABELS)} from lead_scores")
            return {lead_id: tuple(cells) for lead_id, *cells in found.fetchall()}


def rewritten(before: dict[str, Rows], after: dict[str, Rows]) -> dict[str, Sequence[object]]:
    """Rows of the record that one side alone has, by table; none where nothing was rewritten."""
    return {
        name: sorted(set(before[name]) ^ set(after[name]), key=repr)[:5]
        for name in before
        if before[name] != after[name]
    }
