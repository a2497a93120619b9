"""What lead_levers says comes true: levers are pulled in the input, and it is scored again."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from lead_scoring.demo.files import generate
from lead_scoring.rules.files import SEEDS
from lead_scoring.runs.runner import keeping_artifacts, score
from runs import Cell, read_query
from worlds.compiled import Compiled

AS_OF = "2026-06-30T12:00:00Z"
LEADS = 500
BEFORE = """
    select levers.*, scores.account
    from lead_levers as levers
    inner join lead_scores as scores using (lead_id)
    order by lead_id, kind, lever
"""
AFTER = "select lead_id, total_score, fit_score, engagement_score, stage from lead_scores"
Row = dict[str, Cell]


def change_rows(path: Path, change: Callable[[list[dict[str, str]]], None]) -> None:
    """Reads a CSV file, changes its rows, and writes it."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = list(rows[0])
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def one_lever_each(levers: list[Row]) -> list[Row]:
    """A lever of each of many leads, of all kinds alike; of leads of one account, who count for
    each other, one lead alone."""
    of_leads: dict[Cell, list[Row]] = {}
    for lever in levers:
        of_leads.setdefault(lever["lead_id"], []).append(lever)
    chosen: list[Row] = []
    accounts: set[Cell] = set()
    uses: Counter[Cell] = Counter()
    for found in of_leads.values():
        account = found[0]["account"]
        if account is None or account not in accounts:
            accounts.add(account)
            rarest = min(found, key=lambda one: uses[one["lever"]])
            uses[rarest["lever"]] += 1
            chosen.append(rarest)
    return chosen


def pull(levers: list[Row], data: Path) -> None:
    """Writes the events and the values of levers into the input."""
    events = [
        {
            "event_id": f"pulled {number}",
            "lead_id": str(lever["lead_id"]),
            "event_type": str(lever["lever"]),
            "occurred_at": AS_OF,
        }
        for number, lever in enumerate(levers)
        if lever["kind"] == "event"
    ]
    values = {one["lead_id"]: one for one in levers if one["kind"] == "attribute"}

    def set_values(rows: list[dict[str, str]]) -> None:
        for row in rows:
            if lever := values.get(row["lead_id"]):
                row[str(lever["attribute"])] = str(lever["value"])

    change_rows(data / "events.csv", lambda rows: rows.extend(events))
    change_rows(data / "leads.csv", set_values)


def test_levers_that_are_pulled_do_what_they_say(tmp_path: Path) -> None:
    data = tmp_path / "data"
    generate(data, leads=1_400, events=16_000)
    with keeping_artifacts():
        run = score(
            data=data,
            as_of=AS_OF,
            database=tmp_path / "scores.duckdb",
            select=["+lead_levers", "+lead_scores"],
            with_tests=False,
        )
    levers = one_lever_each(read_query(run.database, BEFORE))
    pull(levers, data)
    compiled = Compiled(run.database, run.work_folder)
    after = compiled.build(data, SEEDS, tmp_path / "after" / "scores.duckdb", "lead_scores")
    scores = {row["lead_id"]: row for row in read_query(after, AFTER)}
    differences = [
        (lever["lead_id"], lever["words"], scores[lever["lead_id"]])
        for lever in levers
        if [scores[lever["lead_id"]][name] for name in list(scores[lever["lead_id"]])[1:]]
        != [lever[f"to_{name}"] for name in list(scores[lever["lead_id"]])[1:]]
    ]
    assert not differences, differences[:5]
    assert len(levers) >= LEADS
    kinds = Counter(lever["kind"] for lever in levers)
    assert min(kinds["event"], kinds["attribute"]) >= 20, kinds
    assert len({lever["lever"] for lever in levers}) >= 15
    # stages that one lever reaches are among them
    assert sum(bool(lever["is_new_stage"]) for lever in levers) >= 20
