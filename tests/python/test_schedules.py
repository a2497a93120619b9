"""However rows arrive and rules change: run after run ends in what one fresh run makes.

`pytest tests/python/test_schedules.py --schedules 3000 -n 2` tries more schedules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from comparison import Difference, report
from conftest import SCHEDULES_PER_RUN
from generate.directed import directed_schedule
from generate.directed_cases import DIRECTED, NOON
from generate.packs import Pack, token_of
from generate.schedules import draw_schedule
from same_rows import compare_databases, compared_tables
from scheduled_runs import ScheduledRuns, history_by_final_inputs

AGE_AND_RULES = ("as_of", "rules_fingerprint", "rules_commit", "quarantined_row")


@pytest.fixture(scope="module", autouse=True)
def tables_without_their_tests() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DBT_INDIRECT_SELECTION", "empty")
        yield


def test_run_after_run_ends_in_the_same_tables_as_one_fresh_run(
    schedule_seed: int, tmp_path: Path
) -> None:
    schedule = draw_schedule(schedule_seed, SCHEDULES_PER_RUN)
    runs = ScheduledRuns(tmp_path)
    for number, pack in enumerate(schedule.runs):
        runs.run(pack)
        if number in schedule.checked:
            differences = runs.compare(pack)
            where = f"seed {schedule_seed}, run {number} of {len(schedule.runs)}"
            words = report(differences, pack, "full -> incremental")
            assert not differences, f"{where}: {words}"
    if not schedule.changes_rules:
        differences = history_by_final_inputs(runs, schedule.runs)
        where = f"seed {schedule_seed}, history"
        words = report(differences, schedule.pack, "inputs from the beginning -> as they came")
        assert not differences, f"{where}: {words}"


@dataclass(frozen=True)
class DirectedRuns:
    """What the runs of the directed cases left."""

    pack: Pack
    changes: Sequence[Sequence[Difference]]  # by run: what is other than after the run before
    differences: Sequence[Difference]


@pytest.fixture(scope="module")
def directed(tmp_path_factory: pytest.TempPathFactory) -> DirectedRuns:
    """Every directed case in one database, and what differs from fresh runs."""
    schedule = directed_schedule()
    runs = ScheduledRuns(tmp_path_factory.mktemp("directed"))
    changes: list[list[Difference]] = []
    differences = []
    for number, pack in enumerate(schedule.runs):
        before = runs.copy("before") if number else None
        runs.run(pack)
        tables = compared_tables(runs.database)
        changes.append(
            compare_databases(before, runs.database, tables, AGE_AND_RULES) if before else []
        )
        differences += runs.compare(pack) if number in schedule.checked else []
    return DirectedRuns(schedule.pack, changes, differences)


def about(number: int, differences: Sequence[Difference]) -> list[Difference]:
    """Those of one case: its token is part of every id."""
    return [one for one in differences if token_of(number) in repr(one.key)]


def test_directed_schedules_leave_the_same_counts(directed: DirectedRuns) -> None:
    differences = [one for one in directed.differences if "k0" not in repr(one.key)]
    assert not differences, report(differences, directed.pack, "full -> incremental")


@pytest.mark.parametrize("name", DIRECTED)
def test_incremental_is_full_where(name: str, directed: DirectedRuns) -> None:
    number, case = list(DIRECTED).index(name), DIRECTED[name]
    differences = about(number, directed.differences)
    assert not differences, report(differences, directed.pack, "full -> incremental")
    run, table = case.changes or (NOON, None)
    changed = {one.table for one in about(number, directed.changes[run])}
    assert table in changed if table else not changed, changed
