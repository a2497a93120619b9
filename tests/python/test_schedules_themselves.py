"""Generated schedules hold what they promise, and keep to what a run can be asked to see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from generate.arrivals import known_at
from generate.dice import InputRow
from generate.packs import Pack
from generate.schedules import Schedule, draw_schedule

SEEDS = range(1, 16)
CASES = 20


@cache
def schedules() -> list[Schedule]:
    return [draw_schedule(seed, CASES) for seed in SEEDS]


def neighbours() -> Iterator[tuple[Pack, Pack]]:
    """Each run of each schedule with the run before."""
    for schedule in schedules():
        yield from pairwise(schedule.runs)


def row_counts(pack: Pack, table: str) -> Counter[tuple[tuple[str, str | None], ...]]:
    return Counter(tuple(row.items()) for row in pack.inputs[table])


def rule_rows(pack: Pack) -> dict[str, list[str]]:
    """Every seed in an order of its own: that of the rows changes from run to run."""
    return {name: sorted(map(str, rows)) for name, rows in pack.seeds.items()}


def came_and_gone(before: Pack, after: Pack, table: str) -> tuple[list[InputRow], list[InputRow]]:
    """The rows that are there only after, and only before."""
    counts = row_counts(before, table), row_counts(after, table)
    came, gone = (counts[1] - counts[0]).elements(), (counts[0] - counts[1]).elements()
    return [dict(row) for row in came], [dict(row) for row in gone]


def test_runs_follow_each_other_and_end_at_the_instant_of_the_pack() -> None:
    for schedule in schedules():
        instants = [pack.world.now for pack in schedule.runs]
        assert instants == sorted(instants)
        assert schedule.checked[-1] == len(schedule.runs) - 1
    assert any(before.world.now == after.world.now for before, after in neighbours())


def test_every_kind_of_arrival_and_change_is_there() -> None:
    kinds: Counter[str] = Counter()
    for before, after in neighbours():
        kinds["other rules"] += rule_rows(before) != rule_rows(after)
        kinds["no loaded_at"] += bool(after.absent_columns)
        for table in ("leads", "events", "outcomes", "lead_merges"):
            came, gone = came_and_gone(before, after, table)
            ids = {(row.get("event_id"), row["lead_id"]) for row in gone}
            edited = sum((row.get("event_id"), row["lead_id"]) in ids for row in came)
            kinds[f"{table} edited"] += edited
            kinds[f"{table} removed"] += max(len(gone) - edited, 0)
            if table == "leads":
                kinds["erased"] += sum(bool(row["deleted_at"]) for row in came)
                kinds["restored"] += sum(
                    bool(row["deleted_at"]) and row["lead_id"] in {one["lead_id"] for one in came}
                    for row in gone
                )
            if table == "events":
                known = row_counts(before, "events")
                ids_before = {row["event_id"] for row in before.inputs["events"]}
                clock = after.world.clock
                loaded = [known_at(row, clock) for row in came]
                kinds["late"] += sum(
                    one is not None and one <= before.world.now for one in loaded
                )  # fmt: skip
                kinds["copies"] += sum(known[tuple(row.items())] > 0 for row in came)
                kinds["corrections"] += sum(row["event_id"] in ids_before for row in came)
                kinds["readable since"] += sum(
                    known_at(row, clock) is None
                    and row["event_id"] in {one["event_id"] for one in came}
                    for row in gone
                )
                kinds["of another lead"] += sum(
                    (row["event_id"], row["lead_id"]) not in ids
                    and row["event_id"] in {one["event_id"] for one in before.inputs["events"]}
                    for row in came
                )
                kinds["early"] += sum(
                    one is not None and one > after.world.now for one in loaded
                )  # fmt: skip
    rare = {kind: count for kind, count in kinds.items() if count < 5}
    assert not rare, rare
    assert len(kinds) == 18


def test_the_same_seed_draws_the_same_schedule() -> None:
    first = schedules()[0]
    assert [pack.inputs for pack in draw_schedule(SEEDS[0], CASES).runs] == [
        pack.inputs for pack in first.runs
    ]
