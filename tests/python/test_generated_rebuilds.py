"""Generated worlds: `--from/--to` writes what runs at each midnight said of what was loaded then.

`pytest tests/python/test_generated_rebuilds.py --rebuilds 20` tries so many of them; one takes over
a minute, and without the option only the directed rebuilds of test_history.py are tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from random import Random

import duckdb
import pytest

from generate.arrivals import known_at
from generate.dice import InputRow
from generate.packs import Pack, seeded_pack
from generate.schedules import RULE_CHANGES, other_settings, with_rules
from lead_scoring.runs.rebuild import LOGS, rebuild
from oracle.times import instant
from scheduled_runs import ScheduledRuns, rewritten

# At so many midnights, one after the other; the rules change before the one of this number.
MIDNIGHTS, CHANGE = 3, 2
CASES = 100
SEED_CHANGES = [change for change in RULE_CHANGES if change is not other_settings]


@pytest.fixture(autouse=True)
def tables_without_their_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """See ScheduledRuns."""
    monkeypatch.setenv("DBT_INDIRECT_SELECTION", "empty")


def loaded_by(pack: Pack, now: datetime) -> Pack:
    """The pack at an instant, with the rows that were loaded by then.

    No lead is erased: it leaves no trace in other leads' past, which runs before its erasure saw.
    Leads that are merged are there from the first run on: a merge holds from its own time, or
    always, even where the input says of its survivor that it was created later.
    """
    clock = pack.world.clock
    merged = {
        (row[column] or "").strip()
        for row in pack.inputs["lead_merges"]
        for column in ("lead_id", "merged_into_lead_id")
    }

    def loaded(table: str, row: InputRow) -> datetime | None:
        if table == "leads":
            if (row["lead_id"] or "").strip() in merged:
                return None
            # A version of a lead that exists says nothing before its time.
            times = (instant(row.get(name), clock) for name in ("created_at", "updated_at"))
            return min((at for at in times if at is not None), default=None)
        return instant(row["merged_at"], clock) if "merged_at" in row else known_at(row, clock)

    def rows_by_then(table: str, rows: Sequence[InputRow]) -> Sequence[InputRow]:
        living = [row | {"deleted_at": None} if table == "leads" else row for row in rows]
        return [row for row in living if (at := loaded(table, row)) is None or at <= now]

    return replace(pack.map_inputs(rows_by_then), world=replace(pack.world, as_of=now.isoformat()))


def last_days(pack: Pack) -> list[date]:
    return [pack.world.today - timedelta(days=back) for back in reversed(range(MIDNIGHTS))]


def test_a_rebuild_is_what_runs_at_each_midnight_said(
    rebuild_seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A pass for each midnight, so that passes under the same rules follow each other.
    monkeypatch.setattr("lead_scoring.runs.rebuild.MOST_MOMENTS", 1)
    source, whole = Random(rebuild_seed), seeded_pack(rebuild_seed, CASES)
    days, zone = last_days(whole), whole.world.zone
    midnights = [datetime.combine(day, time(0), zone).astimezone(timezone.utc) for day in days]
    before = source.choice(SEED_CHANGES)(source, whole)
    packs = [
        with_rules(loaded_by(whole, at), before if number < CHANGE else whole)
        for number, at in enumerate(midnights)
    ]
    runs = ScheduledRuns(tmp_path)
    for pack in packs:
        runs.run(pack)
    until = str(midnights[-1].replace(tzinfo=None) + timedelta(seconds=1))
    said = runs.record(until, [])
    assert len(said[LOGS[0]]) > CASES
    # What is to be written anew is gone, or wrong.
    with duckdb.connect(str(runs.database)) as connection:
        for log in LOGS:
            connection.execute(f"delete from {log} where hash(lead_id) % 2 = 0")
        connection.execute(f"update {LOGS[0]} set total_score = 101, reasons = null")
    assert rewritten(said, runs.record(until, []))
    data, rules = packs[-1].write(tmp_path)
    rebuilt = rebuild(
        first_day=days[0],
        last_day=days[-1],
        data=data,
        rules=rules,
        database=runs.database,
        variables=packs[-1].variables,
    )
    assert (rebuilt.midnights, rebuilt.passes) == (MIDNIGHTS, MIDNIGHTS)
    assert not rewritten(said, runs.record(until, []))
