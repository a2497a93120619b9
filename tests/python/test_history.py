"""The record of scores, stages and hand-offs over real runs: kept, repeated, rebuilt."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest

from lead_scoring.demo.files import generate
from lead_scoring.rules.checks.schema import SEEDS
from lead_scoring.runs.failures import RunFailed
from lead_scoring.runs.rebuild import rebuild
from lead_scoring.runs.runner import score
from runs import no_artifacts, of_inputs, short_lists

RULES = "lead_scoring__engagement_rules.csv"
THRESHOLDS = "lead_scoring__thresholds.csv"
TABLES = ("lead_score_history", "stage_changes", "lead_handoffs", "lead_score_changes")
LOGS = (
    "int_lead_scoring__run_log",
    "int_lead_scoring__score_log",
    "int_lead_scoring__changed_reasons",
    "int_lead_scoring__stage_log",
)
DAYS = tuple(f"2026-03-0{day}" for day in range(1, 6))
# From here on another rule holds.
CHANGE = DAYS[2]
LATER = "2026-03-06"


@dataclass(frozen=True)
class Record:
    """Input, rules and the database of runs at the midnights of DAYS."""

    data: Path
    rules: Path
    database: Path

    def copy(self, folder: Path) -> Record:
        """The same record in files of its own."""
        for part in (self.data, self.rules):
            shutil.copytree(part, folder / part.name)
        shutil.copyfile(self.database, folder / self.database.name)
        return Record(*(folder / part.name for part in (self.data, self.rules, self.database)))

    def run(
        self,
        as_of: str,
        *,
        announce: bool = False,
        full_refresh: bool = False,
        has_same_rules: bool = False,
    ) -> None:
        """A run as a schedule makes it, without the tables that history does not need."""
        score(
            data=self.data,
            rules=self.rules,
            as_of=as_of,
            database=self.database,
            full_refresh=full_refresh,
            variables={"lead_scoring_announce_rule_changes": announce},
            select=of_inputs(*TABLES) if has_same_rules else [f"+{table}" for table in TABLES],
            with_tests=False,
        )

    def tables(
        self, names: Sequence[str] = (*TABLES, *LOGS)
    ) -> dict[str, list[tuple[object, ...]]]:
        """Every row of the history tables, sorted."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return {name: connection.sql(f"from {name} order by all").fetchall() for name in names}

    def query(self, query: str) -> list[tuple[object, ...]]:
        with duckdb.connect(str(self.database), read_only=True) as connection:
            return connection.sql(query).fetchall()

    def change_rules(self, points: int) -> None:
        """Another weight for demo requests."""
        old = (SEEDS / RULES).read_text(encoding="utf-8")
        row = next(line for line in old.splitlines() if line.startswith("demo_requested,*,"))
        new = old.replace(row, row.replace(",25,once,", f",{points},once,"))
        (self.rules / RULES).write_text(new, encoding="utf-8")

    def change_people(self, *, erased: str, merged: tuple[str, str], removed: str = "") -> None:
        """One lead is erased, one merged into another, one is in the input no more."""
        leads = self.data / "leads.csv"
        with leads.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["lead_id"] != removed]
        for row in rows:
            if row["lead_id"] == erased:
                row["deleted_at"] = "2026-03-05T12:00:00Z"
        with leads.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        with (self.data / "lead_merges.csv").open("a", encoding="utf-8") as file:
            file.write(f"{','.join(merged)},2026-03-05T12:00:00Z\n")


@pytest.fixture(scope="module", autouse=True)
def artifacts() -> Iterator[None]:
    """None are written."""
    with no_artifacts():
        yield


@pytest.fixture(scope="module")
def schedule(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    folder = tmp_path_factory.mktemp("schedule")
    record = Record(folder / "data", folder / "rules", folder / "lead_scoring.duckdb")
    generate(record.data, leads=300, events=6000)
    short_lists(record.rules)
    record.change_rules(25)
    for day in DAYS:
        if day == CHANGE:
            record.change_rules(60)
        record.run(day, has_same_rules=day not in (DAYS[0], CHANGE))
    yield record


def test_runs_keep_what_was(schedule: Record) -> None:
    starts = schedule.query(
        "select valid_from::date::text, count(*) from lead_score_history group by 1 order by 1"
    )
    days, rows = zip(*starts, strict=True)
    assert days == DAYS
    assert max(rows) == rows[0]
    marked = "select distinct changed_at::date::text from stage_changes where is_rule_change"
    assert schedule.query(marked) == [(CHANGE,)]
    assert schedule.query(
        f"select count(*) > 0 from stage_changes where changed_at = '{CHANGE}'"
        " and crossing = 'first' and to_stage in ('mql', 'sql')"
    ) == [(True,)]
    assert schedule.query(
        f"select count(*) from lead_handoffs where handed_off_at = '{CHANGE}'"
    ) == [(0,)]
    assert schedule.query(
        f"select count(*) > 0 from lead_handoffs where handed_off_at = '{DAYS[0]}'"
    ) == [(True,)]


def test_a_second_run_changes_no_row_even_if_all_else_is_rebuilt(
    schedule: Record, tmp_path: Path
) -> None:
    record = schedule.copy(tmp_path)
    record.run(DAYS[-1], full_refresh=True)
    assert record.tables() == schedule.tables()


def test_a_rebuild_writes_the_leads_of_the_present_input(schedule: Record, tmp_path: Path) -> None:
    record = schedule.copy(tmp_path)
    found = record.query(
        f"select lead_id from {LOGS[1]} group by all having count(distinct as_of) > 3 order by 1"
    )
    erased, merged, survivor, removed, *_ = (str(lead) for (lead,) in found)
    record.change_people(erased=erased, merged=(merged, survivor), removed=removed)
    # One of the runs was at no midnight, so that one sees which rows stay.
    with duckdb.connect(str(record.database)) as connection:
        for log in LOGS:
            connection.execute(
                f"update {log} set as_of = as_of - interval 1 hour where as_of = '{DAYS[3]}'"
            )
    before = record.tables()
    rebuild(
        first_day=date.fromisoformat(DAYS[1]),
        last_day=date.fromisoformat(DAYS[3]),
        data=record.data,
        rules=record.rules,
        database=record.database,
    )
    after = record.tables()
    for name in after:
        assert not [row for row in after[name] if erased in row], name
    for name in LOGS[1:]:
        kept = [row for row in before[name] if removed in row]
        assert kept
        assert [row for row in after[name] if removed in row] == kept, name
    first = f"select as_of::date::text, total_score is null, merged_into_lead_id from {LOGS[1]}"
    assert record.query(f"{first} where lead_id = '{merged}' order by all") == [
        (DAYS[0], False, None),
        (DAYS[1], True, survivor),
    ]
    # All others as runs at the midnights wrote them; colleagues may count on those that are gone.
    gone = {erased, merged, survivor, removed}
    [(leads,)] = schedule.query(f"select count(distinct lead_id) from {LOGS[1]}")
    for name in LOGS[1:]:
        differing = {row[0] for row in set(after[name]) ^ set(schedule.tables([name])[name])}
        assert len(differing - gone) < int(str(leads)) / 50, name


def test_a_rebuild_beyond_the_record_is_refused(schedule: Record) -> None:
    with pytest.raises(RunFailed, match="latest recorded run"):
        rebuild(
            first_day=date(2026, 3, 1),
            last_day=date(2026, 3, 6),
            data=schedule.data,
            rules=schedule.rules,
            database=schedule.database,
        )


def test_lead_scores_say_how_they_moved_on_record(schedule: Record, tmp_path: Path) -> None:
    record = schedule.copy(tmp_path)
    # the first run on record is that of the 1st: 30 days before, nothing had been said
    score(
        data=record.data,
        rules=record.rules,
        as_of="2026-03-10T15:00:00Z",
        database=record.database,
        select=["+account_scores"],
        with_tests=False,
    )
    said = f"select * from {LOGS[1]} where as_of < '2026-03-04' qualify"
    latest = f"{said} row_number() over (partition by lead_id order by as_of desc) = 1"
    moved = record.query(
        "select change_over_7_days is not distinct from leads.total_score - said.total_score,"
        " change_over_30_days is null, trend, count(*), max(abs(change_over_7_days))"
        f" from lead_scores as leads left join ({latest}) as said using (lead_id) group by all"
    )
    assert {row[:2] for row in moved} == {(True, True)}
    # of leads that have come since, nothing was on record
    assert {row[2] for row in moved} == {"rising", "steady", "falling", None}
    largest = {trend: int(str(most)) for _, _, trend, _, most in moved if trend}
    assert largest["steady"] < 5 <= min(largest["rising"], largest["falling"])
    # an account of one lead that counts has moved as that lead has
    accounts = record.query(
        "select accounts.change_over_7_days is not distinct from leads.change_over_7_days,"
        " accounts.trend is not distinct from leads.trend, accounts.trend, count(*)"
        " from account_scores as accounts"
        " join lead_scores as leads on accounts.best_lead_id = leads.lead_id"
        " where accounts.open_leads = 1 group by all"
    )
    assert {row[:2] for row in accounts} == {(True, True)}
    assert {row[2] for row in accounts} >= {"steady", None}


@pytest.fixture(scope="module")
def later(
    schedule: Record, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Record, str, tuple[str, str]]:
    """A day later a lead is erased, one merged, and a lower threshold for mql is announced.

    Returns the record, the erased lead, and the merged one with its survivor.
    """
    record = schedule.copy(tmp_path_factory.mktemp("later"))
    handed = record.query(
        f"select distinct lead_id from lead_handoffs semi join {LOGS[2]} using (lead_id)"
        " order by 1 limit 3"
    )
    erased, merged, survivor = (str(lead) for (lead,) in handed)
    record.change_people(erased=erased, merged=(merged, survivor))
    thresholds = (SEEDS / THRESHOLDS).read_text(encoding="utf-8")
    lower = thresholds.replace("*,stage,mql,2,50,", "*,stage,mql,2,30,")
    assert lower != thresholds
    (record.rules / THRESHOLDS).write_text(lower, encoding="utf-8")
    record.run(LATER, announce=True)
    return record, erased, (merged, survivor)


def test_erased_leads_leave_no_row_and_merged_ones_a_last_one(
    schedule: Record, later: tuple[Record, str, tuple[str, str]]
) -> None:
    record, erased, (merged, survivor) = later
    for name in (*TABLES, *LOGS[1:]):
        left = {lead for (lead,) in record.query(f"select distinct lead_id from {name}")}
        assert left and erased not in left, name
    assert record.query(
        f"select has_score, merged_into_lead_id from lead_score_changes where lead_id = '{merged}'"
    ) == [(False, survivor)]
    # Nobody else's past has changed.
    for log in LOGS[1:]:
        past = f"select * from {log} where as_of < '{LATER}' order by all"
        before = schedule.query(past)
        kept = [row for row in before if erased not in row]
        assert len(kept) < len(before)
        assert record.query(past) == kept


def test_announced_changes_of_rules_are_handed_over(
    later: tuple[Record, str, tuple[str, str]],
) -> None:
    record = later[0]
    handed = f"select count(*) > 0 from lead_handoffs where handed_off_at = '{LATER}'"
    assert record.query(handed) == [(True,)]
