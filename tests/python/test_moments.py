"""Many moments in one pass: at each instant the same as a run at that instant."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from comparison import compare_run, report
from generate.packs import Pack, seeded_pack
from oracle import Result
from runs import run_pack

CASES = 20
DAYS_BACK = (0, 1, 30)


def write_moments(database: Path, moments: list[tuple[str, datetime]], kind: str) -> None:
    """Create the table of wanted moments, as one would beside the input tables."""
    database.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"create table main.wanted_moments (lead_id varchar, as_of {kind})")
        rows = [(lead_id, as_of.isoformat()) for lead_id, as_of in moments]
        connection.execute("set TimeZone = 'UTC'")
        connection.executemany("insert into main.wanted_moments values (?, ?)", rows)


def score_moments(pack: Pack, folder: Path, kind: str) -> list[Result]:
    """Score every lead at each instant in one run; returns the oracle's results."""
    oracle = pack.oracle()
    instants = [pack.world.now - timedelta(days=days) for days in DAYS_BACK]
    lead_ids = [*oracle.people.usable, "nobody"]
    moments = [(lead_id, as_of) for lead_id in lead_ids for as_of in instants]
    write_moments(folder / "scores.duckdb", moments, kind)
    variables = {"lead_scoring_moments": "main.wanted_moments"}
    run_pack(pack, folder, variables=variables)
    return [oracle.at(as_of) for as_of in instants]


def test_each_moment_is_scored_as_by_a_run_of_its_own(tmp_path: Path) -> None:
    pack = seeded_pack(301, CASES)
    results = score_moments(pack, tmp_path, "varchar")
    differences = compare_run(pack, results, tmp_path / "scores.duckdb")
    assert not differences, report(differences, pack)
