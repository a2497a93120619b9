"""However rows arrive and rules change: run after run ends in what one fresh run makes, and what a
run has said stays as it was said.

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
from runs import naive
from same_rows import OF_THE_RECORD, compare_databases, public_tables
from scheduled_runs import ScheduledRuns, rewritten

# What every row says of its run; what all leads together and the past decide.
AGE_AND_RULES = ("as_of", "rules_fingerprint", "rules_commit", "quarantined_row")
OF_OTHERS = ("score_percentile", *OF_THE_RECORD)


@pytest.fixture(scope="module", autouse=True)
def tables_without_their_tests() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DBT_INDIRECT_SELECTION", "empty")
        yield


def run_and_look_back(runs: ScheduledRuns, pack: Pack, where: str, *, is_first: bool) -> None:
    """The next run: what earlier ones said stands, and a reader of changes knows the scores."""
    # A run takes the place of one at the same instant: what that one said is not earlier.
    until = str(naive(pack.world.now))
    before = None if is_first else runs.copy("before")
    runs.run(pack)
    if before is not None:
        erased = runs.erased_leads()
        earlier = ScheduledRuns(before.parent).record(until, erased)
        changed = rewritten(earlier, runs.record(until, erased))
        assert not changed, f"{where}: rows of earlier runs were rewritten: {changed}"
    runs.tell()
    assert runs.told == runs.scores(), where


def test_run_after_run_ends_in_the_same_tables_as_one_fresh_run(
    schedule_seed: int, tmp_path: Path
) -> None:
    schedule = draw_schedule(schedule_seed, SCHEDULES_PER_RUN)
    runs = ScheduledRuns(tmp_path)
    for number, pack in enumerate(schedule.runs):
        where = f"seed {schedule_seed}, run {number} of {len(schedule.runs)}"
        run_and_look_back(runs, pack, where, is_first=number == 0)
        if number in schedule.checked:
            differences = runs.compare(pack)
            words = report(differences, pack, "fresh -> run after run")
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
        before = runs.copy("earlier") if number else None
        run_and_look_back(runs, pack, f"directed run {number}", is_first=number == 0)
        tables = public_tables(runs.database)
        changes.append(
            compare_databases(before, runs.database, tables, (*AGE_AND_RULES, *OF_OTHERS))
            if before
            else []
        )
        differences += runs.compare(pack) if number in schedule.checked else []
    return DirectedRuns(schedule.pack, changes, differences)


def about(number: int, differences: Sequence[Difference]) -> list[Difference]:
    """Those of one case: its token is part of every id."""
    return [one for one in differences if token_of(number) in repr(one.key)]


def test_directed_schedules_leave_the_same_tables(directed: DirectedRuns) -> None:
    assert not directed.differences, report(
        directed.differences, directed.pack, "fresh -> run after run"
    )


@pytest.mark.parametrize("name", DIRECTED)
def test_what_arrives_shows_where(name: str, directed: DirectedRuns) -> None:
    number, case = list(DIRECTED).index(name), DIRECTED[name]
    run, table = case.changes or (NOON, None)
    changed = {one.table for one in about(number, directed.changes[run])}
    assert table in changed if table else not changed, changed
